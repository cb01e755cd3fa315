"""What only people can know: questions, their first answers, and what the others change."""

from datetime import date
from pathlib import Path

from kpicli.intake.offering import consequences, offer
from kpicli.intake.proposal import Proposal
from kpicli.intake.questions import Question, answered, next_question, settled
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from kpicli.model.periods import FiscalYear, Period

HEADER = "受付番号,受付日,商品区分,声の区分"
HALF = Period.parse("2025H1", fiscal=FiscalYear(4), today=date(2026, 1, 1))


def proposal_of(folder: Path, header: str, *rows: str) -> Proposal:
    """Return what is proposed for a folder of one export: rows for six months and some more."""
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    usual = [f"V{n:03},{day},生保,感謝" for n, day in enumerate(days)]
    (folder / "a.csv").write_text("\n".join((header, *usual, *rows, "")), encoding="utf-8")
    return understand([folder], folder)[1]


def asked(proposal: Proposal) -> dict[str, Question]:
    """Return all questions by their ids, each answered by Enter."""
    return {question.id: question for question in answered(proposal, lambda q: q.choices[0])[1]}


def test_a_year_begins_in_april_unless_people_say_otherwise(tmp_path: Path) -> None:
    """Of an export that is clear only the fiscal year is asked for; Enter is April."""
    proposal = proposal_of(tmp_path, HEADER)
    questions = asked(proposal)
    assert list(questions) == ["fiscal year"]
    choice = questions["fiscal year"].choice("10")
    assert choice is not None
    assert choice.proposal.fiscal_start == 10
    assert proposal.fiscal_start == 4


def test_a_word_that_no_table_lists(tmp_path: Path) -> None:
    """苦情 is no 不満 unless people say so: Enter leaves it, and each answer's figures are told."""
    proposal = proposal_of(tmp_path, HEADER, "X1,2025/4/3,生保,苦情", "X2,2025/4/4,生保,苦情")
    question = asked(proposal)["value voices.category 苦情"]
    assert "「苦情」(2 行)" in question.words.ja
    assert [choice.key for choice in question.choices] == ["-", "感謝", "不満", "要望", "その他"]
    assert question.choices[0].proposal.synonyms == {}
    complaint = question.choice("不満")
    assert complaint is not None
    assert complaint.proposal.synonyms == {("voices", "category"): {"不満": ("苦情",)}}
    rows = dict(consequences(question, tmp_path, "ja").rows)
    assert rows["お客様の声"] == ("18件", "20件", "20件", "20件", "20件")


def test_an_answer_is_asked_for_once(tmp_path: Path) -> None:
    """A question that is answered does not come again, whatever else is asked."""
    proposal = proposal_of(tmp_path, HEADER, "X1,2025/4/3,生保,苦情")
    question = next_question(proposal)
    assert question is not None
    following = next_question(settled(question, question.choices[0]))
    assert following is not None
    assert following.id != question.id


def test_which_of_two_dates(tmp_path: Path) -> None:
    """Where two dates may be the one that counts both are offered, with what each leads to."""
    header = "受付番号,受付日,商品区分,声の区分,登録日"
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    late = [f"2025/{month + 1}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    rows = [
        f"V{n:03},{day},生保,感謝,{other}"
        for n, (day, other) in enumerate(zip(days, late, strict=True))
    ]
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    questions = asked(proposal)
    question = questions["column voices.received_on"]
    assert [choice.key for choice in question.choices[:2]] == ["受付日", "登録日"]
    (entry,) = question.choices[1].proposal.entries
    assert entry.headers["received_on"] == "登録日"


def test_few_rows_say_little_of_months(tmp_path: Path) -> None:
    """Of an export with few rows people are asked which months it holds in full."""
    rows = [f"M{n},2025/{4 + n}/5,コンプライアンス会議" for n in range(6)]
    (tmp_path / "m.csv").write_text(
        "\n".join(("会議番号,開催日,会議名", *rows, "")), encoding="utf-8"
    )
    question = asked(understand([tmp_path], tmp_path)[1])["months meetings"]
    assert [choice.key for choice in question.choices] == ["2025-04..2025-09", "-"]
    (entry,) = question.choices[1].proposal.entries
    assert entry.covers is None


def test_a_month_without_rows_may_be_a_missing_file(tmp_path: Path) -> None:
    """A gap in a log that goes on is not taken for 0: Enter declares no months at all."""
    days = [f"2025/{month}/{day}" for month in (4, 5, 8, 9) for day in (2, 12, 25)]
    rows = [f"V{n:03},{day},生保,感謝" for n, day in enumerate(days)]
    (tmp_path / "a.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    (entry,) = proposal.entries
    assert entry.covers is None
    assert [choice.key for choice in asked(proposal)["months voices"].choices] == [
        "-",
        "2025-04..2025-09",
    ]


def register(folder: Path, name: str, first: int, left: str = "") -> None:
    """Write a register of twenty staff whose numbers begin at `first`."""
    rows = [f"S{first + n:03},生保,2020/4/{1 + n},{left}" for n in range(20)]
    text = "\n".join(("職員番号,チーム,在籍開始日,在籍終了日", *rows, ""))
    (folder / name).write_text(text, encoding="utf-8")


def test_several_registers(tmp_path: Path) -> None:
    """Of two lists of the same people neither is taken until people say which is in force."""
    register(tmp_path, "a.csv", 1)
    register(tmp_path, "b.csv", 1, "2025/3/31")
    proposal = understand([tmp_path], tmp_path)[1]
    assert proposal.entries == ()
    question = asked(proposal)["register staff"]
    assert [choice.key for choice in question.choices] == ["-", "a.csv", "b.csv"]
    assert [entry.files for entry in question.choices[2].proposal.entries] == [("b.csv",)]


def test_parts_of_a_register(tmp_path: Path) -> None:
    """Two lists of other people are parts of one register, and are taken together."""
    register(tmp_path, "a.csv", 1)
    register(tmp_path, "b.csv", 501)
    (entry,) = understand([tmp_path], tmp_path)[1].entries
    assert set(entry.files) == {"a.csv", "b.csv"}


def test_two_sources_alike(tmp_path: Path) -> None:
    """What may be of two sources is of none until people say so; figures of each are told."""
    rows = [f"2025/9/30,C{n:05},{100 + n},{n - 20}" for n in range(60)]
    text = "\n".join(("基準日,顧客番号,投資元本,運用損益", *rows, ""))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert proposal.entries == ()
    question = asked(proposal)["source a.csv"]
    assert question.choices[0].key == "-"
    keys = {"common_kpis.fund_customers", "common_kpis.fx_customers"}
    assert {choice.key for choice in question.choices[1:]} == keys
    rows_told = dict(consequences(question, tmp_path, "ja").rows)
    assert set(rows_told["投資信託で運用損益が0以上の顧客"]) == {"-", "40/60名 66.7%"}


def test_the_order_of_day_and_month(tmp_path: Path) -> None:
    """Dates that nobody can tell apart are not read until somebody says which part is the day.

    The figures of both orders stand beside each other, and are those of a recount.
    """
    days = [(1 + n % 12, 1 + n * 5 % 12) for n in range(48)]
    rows = [f"V{n:03},{first}/{second}/2025,生保,感謝" for n, (first, second) in enumerate(days)]
    (tmp_path / "a.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert "order" not in settings_text(proposal, "ja")
    assert proposal.entries[0].covers is None
    question = asked(proposal)["order voices.received_on"]
    assert [choice.key for choice in question.choices] == ["-", "dmy", "mdy"]
    ordered = {key: question.choice(key) for key in ("dmy", "mdy")}
    for place, (key, choice) in enumerate(ordered.items()):
        assert choice is not None
        text = settings_text(choice.proposal, "ja", guessed=False)
        assert f'order = "{key}"' in text
        summary = offer(text, tmp_path, period=HALF).summary
        (total,) = (f for f in summary.figures if f.kind == "total" and f.kpi == "voices")
        half = range(4, 10)
        assert total.value.number == sum(pair[1 - place] in half for pair in days)
    blank = offer(settings_text(question.choices[0].proposal, "ja"), tmp_path, period=HALF).summary
    assert {f.value.number for f in blank.figures if f.kpi == "voices"} == {None}
    months = dict(consequences(question, tmp_path, "ja").rows)
    assert months["2025H1 お客様の声"][1:] == tuple(
        f"{sum(pair[1 - place] in range(4, 10) for pair in days)}件" for place in (0, 1)
    )
    assert "要確認" in months["2025H1 お客様の声"][0]


def test_an_order_that_the_dates_show(tmp_path: Path) -> None:
    """A day above 12 decides the order: it is written, nothing is asked, and all rows count."""
    rows = [f"V{n:03},{n}/{4 + n % 6}/2025,生保,感謝" for n in range(1, 29)]
    (tmp_path / "a.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert list(asked(proposal)) == ["fiscal year"]
    text = settings_text(proposal, "en")
    assert 'order = "dmy" # day/month/year' in text
    summary = offer(text, tmp_path, period=HALF).summary
    (total,) = (f for f in summary.figures if f.kind == "total" and f.kpi == "voices")
    assert total.value.number == 28
