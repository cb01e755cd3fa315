"""What tables are."""

from pathlib import Path

from kpicli.intake.guesses import open_questions
from kpicli.intake.offering import consequences, offer
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from support.asked import HALF, asked


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


def test_a_series_is_asked_about_once(tmp_path: Path) -> None:
    """Numbers by month of several years, and files of a month each, are one question a series."""
    for year in (2023, 2024, 2025):
        own = year - 2020
        text = f"店舗,4月,5月,6月,合計\n東店,{own},1,2,{own + 3}\n西店,1,0,2,3\n"
        (tmp_path / f"来店件数_{year}年度.csv").write_text(text, encoding="utf-8")
    for month in range(4, 7):
        rows = [f"K{month}{n:02},2025/{month}/{n},苦情" for n in range(1, 21)]
        text = "\n".join(("整理番号,来た日,区分", *rows, ""))
        (tmp_path / f"記録_2025-{month:02}.csv").write_text(text, encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    questions = asked(proposal)
    series = {id_: own for id_, own in questions.items() if id_.startswith("source ")}
    assert list(series) == ["source 記録_2025-04.csv", "source 来店件数_2023年度.csv"]
    cases, months = series.values()
    assert "2 ファイル" in cases.words.ja
    assert "2 like it" in months.words.en
    taken = cases.choices[1].proposal
    assert sum(len(entry.files) for entry in taken.entries if not entry.unpivot) == 3
    refused = months.choice("-")
    assert refused is not None
    assert [feed for feed in refused.proposal.feeds if feed.made] == []
    assert {own.id for own in asked(refused.proposal).values() if "来店" in own.id} == set()
    text = settings_text(months.choices[0].proposal, "ja")
    assert text.count("unpivot") == 3
    counted = offer(text, tmp_path, ("monthly",), HALF).summary
    (total,) = (f for f in counted.figures if f.kind == "total")
    assert total.value.number == 11


def test_nobody_answers_a_series(tmp_path: Path) -> None:
    """Left open, all of a series stay out of the settings, and one line says so."""
    for month in range(4, 7):
        rows = [f"K{month}{n:02},2025/{month}/{n},苦情" for n in range(1, 21)]
        text = "\n".join(("整理番号,来た日,区分", *rows, ""))
        (tmp_path / f"記録_2025-{month:02}.csv").write_text(text, encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert proposal.entries == ()
    (each,) = open_questions(proposal)
    assert (each.guessed, "記録_2025-04.csv" in each.words.ja) == (False, True)
