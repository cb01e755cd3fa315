"""Columns made of others: each word of `from` through filters, parts, measures and rows."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.settings.settings import read_settings
from support.command_line import process
from support.small_project import Project

HEADER = "番号,日付,終わり,甲,乙,評価,感謝,不満"
SOURCE = """
[source.things]
title = "もの"
rhythm = "continuous"
key = "number"
[source.things.columns]
number = { headers = "番号", type = "id", required = true }
on = { headers = "日付", type = "date", required = true }
ended = { headers = "終わり", type = "date" }
a = { headers = "甲", type = "number" }
b = { headers = "乙", type = "number" }
grade = { headers = "評価", type = "code", codes = "grades" }
graded = { type = "text", from = { copy = "grade" } }
total = { type = "number", from = { add = ["a", "b"], subtract = "a" } }
rate = { type = "number", from = { divide = ["a", "b"] } }
band = { type = "code", codes = "bands", from = { bins = "rate", edges = [0, 0.5] } }
points = { type = "number", from = { points = "grade", values = { "良" = 100, "悪" = -100 } } }
days = { type = "number", from = { days_between = ["on", "ended"] } }
months = { type = "number", from = { months_between = ["on", "ended"] } }
years = { type = "number", from = { years_between = ["on", "ended"] } }
open_days = { type = "number", from = { business_days_between = ["on", "ended"] } }
first = { headers = "最初", type = "date", from = { first_of = ["ended", "on"] } }
weekday = { type = "code", codes = "weekdays", from = { calendar = "on", as = "weekday" } }
week = { type = "code", codes = "weeks", from = { calendar = "on", as = "week_of_month" } }
kind = { type = "code", codes = "kinds", from = { options = { "感謝" = "感謝", "不満" = "不満" } } }
[source.things.columns.below]
type = "code"
codes = "bands"
from = { bins = "rate", edges = [0, 0.5], edge = "below" }
[calendar]
closed = ["土", "日"]
[codes.grades.values]
"良" = []
"並" = []
"悪" = []
[codes.bands.values]
"低" = []
"中" = []
"高" = []
[codes.weekdays.values]
"月" = []
"火" = []
"水" = []
"木" = []
"金" = []
"土" = []
"日" = []
[codes.weeks.values]
"1" = []
"2" = []
"3" = []
"4" = []
"5" = []
[codes.kinds.values]
"感謝" = []
"不満" = []
[kpi.own]
title = "試し"
source = "things"
"""
ROWS = [
    "1,2025/4/1,2025/5/1,1,2,良,○,",  # Tuesday; rate 0.5
    "2,2025/4/5,2025/4/7,0,5,並,0,1",  # Saturday to Monday; rate 0
    "3,2025/4/30,2026/4/30,-1,4,悪,,×",  # rate -0.25; no box ticked
    "4,2024/2/29,2025/2/28,3,0,良,✓,レ",  # divided by 0; two boxes; out of the period
    "5,2025/4/8,,7,,,はい,不明",  # blank end, blank b, a box that cannot be read
    "6,2025/4/29,2025/4/1,5,x,並,false,TRUE",  # backwards; b cannot be read
]


def project(folder: Path, kpi: str, rows: Sequence[str] = ROWS) -> Project:
    """Return a project with the rows and one KPI over them."""
    return Project(folder).export("things", rows, header=HEADER).toml(SOURCE + kpi)


def outcome(folder: Path, where: str, rows: Sequence[str] = ROWS) -> tuple[int, int]:
    """Return how many rows of 2025H1 fit a filter, and how many are undetermined."""
    result = project(folder, f'measure = "count"\nwhere = {where}', rows).summarize("own")
    own = result.accounting
    assert own.usable + own.faulty == len(rows)
    return own.counted, own.undetermined


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        # rows 1 to 3 are whole, 5 is blank where b or the end is asked for, 6 cannot be read in b
        ("{ total = { at_least = 5 } }", (1, 2)),  # 2, 5, 4
        ("{ rate = { at_least = 0.5 } }", (1, 2)),
        ("{ rate = { missing = true } }", (1, 1)),
        ("{ rate = { below = 0 } }", (1, 2)),
        ('{ band = "高" }', (1, 2)),  # 0.5 belongs above
        ('{ below = "中" }', (1, 2)),  # and to the bin below, where it is said so
        ('{ band = { not = "低" } }', (2, 2)),
        ("{ points = { at_least = 0 } }", (1, 3)),  # 並 has no points: it cannot be read
        ('{ graded = "良" }', (1, 1)),
        ("{ days = { at_most = 30 } }", (3, 1)),  # 30, 2, 365, blank, -28
        ("{ months = { at_least = 1 } }", (2, 1)),  # 1, 0, 12, blank, 0
        ("{ years = { at_least = 1 } }", (1, 1)),
        ("{ open_days = 1 }", (1, 1)),  # Saturday to Monday
        ("{ open_days = { below = 0 } }", (1, 1)),  # backwards: -20
        ('{ first = { before = "@on" } }', (1, 0)),  # row 6
        ('{ first = { on_or_after = "@on" } }', (4, 0)),
        ('{ weekday = "火" }', (3, 0)),
        ('{ weekday = ["土", "日"] }', (1, 0)),
        ('{ week = "5" }', (2, 0)),
        ('{ kind = "感謝" }', (1, 2)),  # 1; 3 has none, 5 cannot be read
        ('{ kind = "不満" }', (2, 2)),
        ("{ kind = { missing = true } }", (1, 1)),
    ],
)
def test_a_column_is_made_of_others(where: str, expected: tuple[int, int], tmp_path: Path) -> None:
    """The value of a row is made of its cells; blank and unreadable ones are told apart."""
    assert outcome(tmp_path, where) == expected


def test_several_boxes_are_decided_by_the_table(tmp_path: Path) -> None:
    """Two ticked boxes cannot be read, or with `several` are the first of the table."""
    rows = ["1,2025/4/1,,,,,○,○", "2,2025/4/1,,,,,,1"]
    assert outcome(tmp_path, '{ kind = "感謝" }', rows) == (0, 1)
    kpi = 'measure = "count"\nparts = { by = "kind" }\n[codes.kinds]\nseveral = true'
    source = SOURCE.replace(
        "[codes.kinds.values]", "[codes.kinds]\nseveral = true\n[codes.kinds.values]"
    )
    own = Project(tmp_path / "b")
    (tmp_path / "b").mkdir()
    own.export("things", rows, header=HEADER).toml(source + kpi.partition("\n[codes")[0])
    assert own.summarize("own").items() == {"感謝": 1, "不満": 1}


def test_measures_and_parts_take_them(tmp_path: Path) -> None:
    """A made column is summed, averaged and split by like any other, and `rows` proves it."""
    own = project(tmp_path, 'measure = "sum"\nof = "days"\nparts = { by = "weekday" }')
    result = own.summarize("own")
    assert (result.number(), result.value().faulty_rows) == (30 + 2 + 365 - 28, 1)
    assert result.items()["火"] == 30 - 28
    shown = process("rows", "own", "--period", "2025H1", "-f", "csv", folder=tmp_path)
    assert shown.code == 5  # row 6 has no end
    assert "days_read" in shown.text.splitlines()[0]
    assert "ended_read" in shown.text.splitlines()[0]
    assert ",365," in shown.text


def test_words_say_of_what_a_column_is_made(tmp_path: Path) -> None:
    """The definition names every made column with what it is made of, down to the cells."""
    own = project(tmp_path, 'measure = "count"\nwhere = { band = "高" }')
    catalog = read_settings(own.config).catalog
    lines = define(catalog.kpi["own"], catalog)
    assert "列「band」: rate を 0, 0.5 で区切った階級(境は上の階級)" in [line.ja for line in lines]
    assert "Column 'rate': a ÷ b" in [line.en for line in lines]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ('{ type = "number", from = { add = ["a", "c"] } }', "no column 'c'"),
        ('{ type = "number", from = { add = ["a", "grade"] } }', "'grade' is no column of type"),
        ('{ type = "text", from = { add = ["a", "b"] } }', '`from` makes it a "number"'),
        ('{ type = "number", from = { add = ["own"] } }', "made of itself"),
        ('{ type = "number", from = { divide = ["a"] } }', "divide"),
        ('{ type = "number", from = { sub = ["a"] } }', "one word says"),
        ('{ type = "number", from = { add = ["a"], divide = ["a", "b"] } }', "one word says"),
        ('{ type = "code", codes = "bands", from = { bins = "a", edges = [1] } }', "2 bins"),
        ('{ type = "code", codes = "bands", from = { bins = "a", edges = [2, 1] } }', "go up"),
        ('{ type = "code", codes = "bands", from = { calendar = "on", as = "month" } }', "lacks 1"),
        (
            '{ type = "code", codes = "kinds", from = { options = { "要望" = "x", "不満" = "y" }}}',
            "no value '要望'",
        ),
        ('{ type = "text", from = { copy = "c" } }', "`copy` names another column"),
    ],
)
def test_what_cannot_be_made_is_refused(column: str, message: str, tmp_path: Path) -> None:
    """A slip in `from` is an error that names the key and what to write."""
    own = project(tmp_path, 'measure = "count"')
    own.top = own.top.replace("[source.things.columns]", f"[source.things.columns]\nown = {column}")
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert message in str(error.value)
    assert "source.things" in str(error.value)
    assert "columns.own" in str(error.value)


def test_a_column_made_of_a_personal_one_is_personal(tmp_path: Path) -> None:
    """What a person's cell gives away, a column that is made of it gives away, too."""
    source = SOURCE.replace('"評価", type = "code"', '"評価", personal = true, type = "code"')
    own = Project(tmp_path).export("things", ROWS, header=HEADER)
    own.toml(source + 'measure = "sum"\nof = "points"')
    known = read_settings(own.config).catalog.source["things"].known
    assert (known["points"].personal, known["days"].personal) == (True, False)


NUMBERS = st.one_of(st.none(), st.decimals(-20, 20, places=1))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=40))
def test_bins_agree_with_a_count_by_hand(
    pairs: list[tuple[Decimal | None, Decimal | None]],
) -> None:
    """Counted again with fractions: every row is in one bin, or blank for want of a rate."""
    rows = [
        f"{n},2025/4/1,,{'' if a is None else a},{'' if b is None else b},,,"
        for n, (a, b) in enumerate(pairs)
    ]
    rates = [Fraction(a) / Fraction(b) for a, b in pairs if a is not None and b]
    bins = Counter("低" if r < 0 else "中" if r < Fraction(1, 2) else "高" for r in rates)
    with tempfile.TemporaryDirectory() as folder:
        own = project(Path(folder), 'measure = "count"\nparts = { by = "band" }', rows)
        items = own.summarize("own", today=date(2026, 1, 1)).items()
    blank = items.pop("未記入", 0)
    assert items == {"低": bins["低"], "中": bins["中"], "高": bins["高"]}
    assert blank == len(pairs) - len(rates)
