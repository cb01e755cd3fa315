"""Dates that are themselves the value."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kpicli.base.wording import Text
from kpicli.model.figures import Figure
from kpicli.model.measured import ShownAs, ShownDates
from kpicli.model.value import Value
from support.command_line import Run, process
from support.frozen_project import FrozenProject
from support.mail_runs import MAIL, body, read
from support.small_project import Project

SETTINGS = """
[source.sessions]
title = "勉強会記録"
rhythm = "RHYTHM"
key = "number"
[source.sessions.columns]
number = { headers = "番号", type = "id", required = true }
held_on = { headers = "開催日", type = "date", required = true }
published_on = { headers = "公表日", type = "date" }
theme = { headers = "テーマ", type = "code", codes = "themes" }
room = { headers = "会場", type = "text" }
hours = { headers = "時間", type = "number" }
announced = { headers = "告知月", type = "month" }
staff = { headers = "担当", type = "id", personal = true }
[codes.themes]
values = { "法令" = [], "商品" = [] }
en = { "法令" = "Law", "商品" = "Products" }
[kpi.days]
title = { ja = "勉強会", en = "Study" }
source = "sessions"
measure = "dates"
unit = "回"
OWN
"""
HEADER = "番号,開催日,公表日,テーマ,会場,時間,担当"
COVERS = "2024-04..2026-03"
ROWS = (
    "1,2025-05-12,2025-06-01,法令,本社,2,S001",
    "2,2025-04-10,2025-06-20,商品,,1,S002",
    "3,2025-05-12,2025-07-01,法令,支社,1,S003",
    "4,2025-09-30,,,本社,1,S001",
    "5,2025-10-01,2025-10-02,商品,本社,1,S001",
)


def project(
    folder: Path,
    own: str,
    rows: tuple[str, ...] | list[str] = ROWS,
    *,
    covers: str | None = COVERS,
    rhythm: str = "continuous",
) -> Project:
    """Return a project with sessions and one KPI that has these keys."""
    folder.mkdir(exist_ok=True)
    made = Project(folder).toml("catalogue = []")
    made.export("sessions", rows, header=HEADER, covers=covers)
    return made.toml(SETTINGS.replace("OWN", own).replace("RHYTHM", rhythm))


def shown(value: Value) -> list[tuple[str, ...]] | None:
    """Return the dates of a value with the Japanese texts beside them."""
    if value.dates is None:
        return None
    beside = (tuple(text.ja for text in entry.beside) for entry in value.dates.entries)
    return [(day, *texts) for day, texts in zip(value.dates.written, beside, strict=True)]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ('of = "held_on"', [("2025-04-10",), ("2025-05-12",), ("2025-09-30",)]),
        ('of = "held_on"\nshown_as = "month"', [("2025-04",), ("2025-05",), ("2025-09",)]),
        ('of = "published_on"\nshown_as = "month"', [("2025-06",), ("2025-07",)]),
        (
            'of = "held_on"\nwith = "theme"',
            [("2025-04-10", "商品"), ("2025-05-12", "法令"), ("2025-09-30", "未記入")],
        ),
        (
            'of = "held_on"\nwith = ["theme", "room"]\nwhere = { theme = { missing = false } }',
            [
                ("2025-04-10", "商品", "未記入"),
                ("2025-05-12", "法令", "支社"),
                ("2025-05-12", "法令", "本社"),
            ],
        ),
    ],
)
def test_each_date_once_and_in_order(
    own: str, expected: list[tuple[str, ...]], tmp_path: Path
) -> None:
    """Days or months of the half with what stands beside them; the number is how many there are."""
    value = project(tmp_path, own).summarize("days").value()
    assert (shown(value), value.number, value.status) == (expected, len(expected), "ok")


def test_a_column_of_months_is_shown_as_months(tmp_path: Path) -> None:
    """Where no day is known the months are shown, and read again from the frozen record."""
    own = 'of = "announced"\nshown_as = "month"'
    made = Project(tmp_path).toml("catalogue = []")
    rows = ("1,2025-05-01,2025年4月", "2,2025-05-01,2025/04", "3,2025-06-01,2025-09")
    made.export("sessions", rows, header="番号,開催日,告知月", covers=COVERS)
    made.toml(SETTINGS.replace("OWN", own).replace("RHYTHM", "continuous"))
    assert shown(made.summarize("days").value()) == [("2025-04",), ("2025-09",)]
    frozen = FrozenProject.of(made)
    frozen.freeze()
    assert frozen.diff().kpis == ()


def test_another_date_may_decide_the_period(tmp_path: Path) -> None:
    """Published, of what was held in the half; a session that is not yet published is in doubt."""
    own = 'of = "published_on"\ndate = "held_on"'
    value = project(tmp_path, own).summarize("days").value()
    assert shown(value) == [("2025-06-01",), ("2025-06-20",), ("2025-07-01",)]
    assert (value.status, value.faulty_rows) == ("provisional", 1)


@pytest.mark.parametrize(
    ("covers", "rows", "number", "status"),
    [
        (COVERS, ROWS, 1, "ok"),
        (COVERS, ROWS[4:], 0, "ok"),
        ("2025-04..2025-08", ROWS[:1], 1, "partial"),
        ("2025-04..2025-08", (), None, "no_data"),  # it may have been in September
        ("2024-04..2025-03", (), None, "no_data"),
        (COVERS, ("1,2025-13-01,,,,,",), None, "provisional"),
    ],
)
@pytest.mark.parametrize("shown_as", ["day", "month", "yes_no"])
def test_none_is_said_of_what_is_covered_alone(
    covers: str,
    rows: tuple[str, ...],
    number: int | None,
    status: str,
    shown_as: ShownAs,
    tmp_path: Path,
) -> None:
    """That there was nothing is only known of a period that the exports cover in full."""
    own = f'of = "held_on"\nshown_as = "{shown_as}"'
    value = project(tmp_path, own, rows, covers=covers).summarize("days").value()
    expected = 3 if number and len(rows) == len(ROWS) and shown_as != "yes_no" else number
    assert (value.number, value.status) == (expected, status)
    if number == 0:
        assert value.dates == ShownDates(shown_as)


def test_a_sparse_source_without_coverage_never_says_none(tmp_path: Path) -> None:
    """Yes where there was one, and else nothing."""
    own = 'of = "held_on"\nshown_as = "yes_no"'
    made = project(tmp_path, own, covers=None, rhythm="sparse")
    assert made.summarize("days").number() == 1
    assert made.summarize("days", "2024H1").value().status == "no_data"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ('of = "held"', "has no column 'held' (did you mean 'held_on'?)"),
        ('of = "theme"', "'theme' is no date column"),
        ('of = "held_on"\nwith = "staff"', "kpi.days.with: 'staff' is personal"),
        ('of = "held_on"\nwith = "hours"', "'hours' is no text"),
        ('of = "held_on"\nwith = "them"', "did you mean 'theme'?"),
        ('of = "held_on"\nwith = "theme"\nshown_as = "yes_no"', "leave `with` out"),
        ('of = "held_on"\nshown_as = "week"', "no value 'week' (there are: day, month, yes_no)"),
        ('of = "announced"', 'knows no more than the month: write shown_as = "month"'),
        ('of = "held_on"\nscale = "千"', "dates have no scale"),
        ('of = "held_on"\ndecimals = 1', "kpi.days.decimals"),
    ],
)
def test_what_cannot_be_shown_is_refused(own: str, message: str, tmp_path: Path) -> None:
    """A slip, a person's column, a number: an error that says what to write."""
    with pytest.raises(Exception, match=r"kpi\.days") as error:
        project(tmp_path, own).summarize("days")
    assert message in str(error.value)


def test_groups_parts_and_comparisons_have_their_own(tmp_path: Path) -> None:
    """Each month and part shows its own dates; the other period stands beside without a change."""
    own = 'of = "held_on"\nparts = { by = "theme" }'
    result = project(tmp_path, own).summarize("days", by="quarter", compare=("previous",))
    assert shown(result.value("法令")) == [("2025-05-12",)]
    assert shown(result.value("商品", "2025Q1")) == [("2025-04-10",)]
    assert shown(result.value("商品", "2025Q2")) == []
    (comparison,) = result.figure().comparisons
    assert (comparison.value.number, comparison.change) == (0, None)
    assert comparison.value.dates == ShownDates("day")
    later = project(tmp_path / "later", own).summarize("days", "2025H2", compare=("previous",))
    (comparison,) = later.figure().comparisons
    assert (shown(comparison.value), comparison.change) == (
        [("2025-04-10",), ("2025-05-12",), ("2025-09-30",)],
        None,
    )


def test_a_target_is_held_to_their_number(tmp_path: Path) -> None:
    """Three different days are three; one that is held to four has missed."""
    own = 'of = "held_on"\ntargets = [{ at_least = LEAST, per = "half" }]'
    for least, status in (("3", "met"), ("4", "missed")):
        made = project(tmp_path / least, own.replace("LEAST", least))
        assert made.summarize("days").target == status


OWN = 'of = "held_on"\nwith = "theme"'
WORDS = ("2025年4月10日(商品)", "2025年5月12日(法令)", "2025年9月30日(未記入)")


def test_every_answer_shows_them(tmp_path: Path, run_in: Run, cache_folder: Path) -> None:
    """Table, text, Markdown, page, csv, JSON, workbook, rows, explain; cache and cluster alike."""
    config = project(tmp_path, OWN).config
    asked = ("--config", str(config), "summarize", "-p", "2025H1", "-f")
    for form in ("table", "text", "markdown", "html"):
        text = run_in(tmp_path, *asked, form, "--no-cache").text
        assert [word for word in WORDS if word not in text] == [], form
    english = process("--lang", "en", *asked, "text", folder=tmp_path).text
    assert "10 April 2025 (Products); 12 May 2025 (Law);" in " ".join(english.split())
    line = run_in(tmp_path, *asked, "csv").text.splitlines()[1].split(",")
    dates = "2025-04-10 (商品); 2025-05-12 (法令); 2025-09-30 (未記入)"
    assert (line[10], line[-1]) == ("3", dates)
    first = run_in(tmp_path, *asked, "json")
    total = json.loads(first.out)["kpis"][0]["figures"]["total"]
    assert (total["value"], total["dates"]) == (
        3,
        [
            {"date": "2025-04-10", "with": ["商品"]},
            {"date": "2025-05-12", "with": ["法令"]},
            {"date": "2025-09-30", "with": ["未記入"]},
        ],
    )
    assert list(cache_folder.iterdir())
    assert run_in(tmp_path, *asked, "json").out == first.out
    assert run_in(tmp_path, *asked, "json", "--no-cache", "--engine", "dask").out == first.out
    book = load_workbook(BytesIO(run_in(tmp_path, *asked, "xlsx").out))
    cells = [cell for s in book for row in s.iter_rows(values_only=True) for cell in row]
    assert ("、 ".join(WORDS) in cells, line[-1] in cells) == (True, True)
    ask = ("--config", str(config))
    rows = run_in(tmp_path, *ask, "rows", "days", "-p", "2025H1", "-f", "csv")
    assert (rows.code, rows.text.count("sessions,")) == (0, 4)
    explained = run_in(tmp_path, *ask, "explain", "days", "-p", "2025H1").text
    assert "数え方: 開催日 の日付そのもの(テーマ を添える)" in explained
    assert WORDS[0] in explained


@pytest.mark.parametrize(("period", "word"), [("2025H1", "有"), ("2024H1", "無")])
def test_yes_and_no(period: str, word: str, tmp_path: Path, run_in: Run) -> None:
    """有 and 無 in words, 1 and 0 as a number."""
    config = project(tmp_path, 'of = "held_on"\nshown_as = "yes_no"').config
    asked = ("--config", str(config), "summarize", "-p", period, "-f")
    assert f"勉強会  {word}" in run_in(tmp_path, *asked, "text").text
    total = json.loads(run_in(tmp_path, *asked, "json").out)["kpis"][0]["figures"]["total"]
    assert (total["value"], total["dates"]) == (int(word == "有"), None)
    english = process("--lang", "en", *asked, "text", folder=tmp_path).text
    assert f"Study  {'Yes' if word == '有' else 'No'}" in english


def test_a_report_and_its_sentences_show_them(tmp_path: Path, run_in: Run) -> None:
    """A placeholder is the dates; so are cells of page and workbook; they are not calculated."""
    config = project(tmp_path, OWN).config
    (tmp_path / "narrative").mkdir()
    file = tmp_path / "narrative" / "2025H1.md"
    file.write_text("# 報告\n\n開催は {{ days }} でした。\n", encoding="utf-8")
    command = ("--config", str(config), "report", "-p", "2025H1", "--allow-doubt", "-o")
    for name in ("report.md", "report.html", "report.xlsx"):
        outcome = run_in(tmp_path, *command, name)
        assert outcome.code == 0, outcome.err
    text = (tmp_path / "report.md").read_text(encoding="utf-8").replace("\\", "")
    assert f"開催は {'、'.join(WORDS)} でした。" in text
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "2025年5月12日(法令)" in page
    book = load_workbook(tmp_path / "report.xlsx")
    cells = [str(c) for s in book for row in s.iter_rows(values_only=True) for c in row if c]
    assert "、 ".join(WORDS) in cells
    file.write_text("# 報告\n\n{{ days - days }}\n", encoding="utf-8")
    refused = run_in(tmp_path, *command, "report.md")
    assert (refused.code, "日付は計算できません" in refused.err) == (3, True)


def test_a_mail_shows_them(tmp_path: Path, run_in: Run) -> None:
    """The plain text of a mail has the dates."""
    made = project(tmp_path, OWN).toml(MAIL[MAIL.index("[mail]") :])
    outcome = run_in(
        tmp_path, "--config", str(made.config), "mail", "--period", "2025H1", "--dry-run"
    )
    assert outcome.code == 0, outcome.err
    assert [word for word in WORDS if word not in body(read(outcome), "plain")] == []


def test_what_was_frozen_is_compared_date_by_date(tmp_path: Path) -> None:
    """A session that is moved to another day is a move, though there are as many days as before."""
    frozen = FrozenProject.of(project(tmp_path, OWN))
    frozen.freeze()
    assert frozen.diff().kpis == ()
    frozen.edit(
        "sessions0.csv", lambda lines: [each.replace("2025-04-10", "2025-04-11") for each in lines]
    )
    (kpi,) = frozen.diff().kpis
    (move,) = kpi.moves
    then, now = shown(move.before) or [], shown(move.after) or []
    assert (then[0], now[0]) == (("2025-04-10", "商品"), ("2025-04-11", "商品"))
    assert (move.difference, [effect.cause.value for effect in move.effects]) == (None, ["redated"])


def test_a_frozen_period_stands_beside_the_next(tmp_path: Path) -> None:
    """前期 is what was published, dates and all; the trend has them too."""
    made = project(tmp_path, OWN)
    FrozenProject.of(made).freeze()
    (tmp_path / "sessions0.csv").write_text("\n".join((HEADER, ROWS[4], "")), encoding="utf-8")
    result = made.summarize("days", "2025H2", compare=("previous",), today=date(2026, 5, 1))
    (comparison,) = result.figure().comparisons
    assert (comparison.origin.kind, len(shown(comparison.value) or ())) == ("frozen", 3)
    assert comparison.value.dates is not None
    assert comparison.value.dates.entries[0].beside == (Text("商品", "Products"),)


DAYS = st.dates(date(2025, 2, 1), date(2025, 12, 31))


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(DAYS, st.sampled_from(["法令", "商品", ""])), max_size=12),
    shown_as=st.sampled_from(["day", "month"]),
    beside=st.booleans(),
    by=st.sampled_from([None, "month", "theme"]),
)
def test_they_agree_with_a_count_by_hand(
    rows: list[tuple[date, str]], shown_as: str, beside: bool, by: str | None
) -> None:
    """Distinct days or months of the half, sorted; those of every group likewise."""
    own = f'of = "held_on"\nshown_as = "{shown_as}"' + ('\nwith = "theme"' if beside else "")
    lines = [f"{n},{day},,{theme},,," for n, (day, theme) in enumerate(rows)]
    with TemporaryDirectory() as folder:
        made = project(Path(folder), own, lines)
        result = made.summarize("days", by=by, today=date(2026, 6, 1))
    length = 7 if shown_as == "month" else 10

    def expected(figure: Figure) -> list[tuple[str, ...]]:
        inside = (
            (day, theme or "未記入")
            for day, theme in rows
            if figure.period.start <= day <= figure.period.end
            and (by != "theme" or figure.group in (None, theme or "未記入"))
        )
        return sorted({(f"{d}"[:length], *((t,) if beside else ())) for d, t in inside})

    for figure in result.summary.figures:
        assert shown(figure.value) == expected(figure)
        assert figure.value.number == len(expected(figure))
