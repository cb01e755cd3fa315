"""Tables that know no days: months and years as base date, in filters, stocks and shifts."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.model.value import Status
from support.command_line import Run
from support.inspected import inspection
from support.small_project import Project, codes
from support.workbooks import book_of, saved

TABLE = """
[source.monthly]
title = "月次集計"
key = ["on", "kind"]
rhythm = "RHYTHM"
[source.monthly.columns]
on = { headers = "年月", type = "TYPE", required = true }
kind = { headers = "区分", type = "code", codes = "kinds" }
n = { headers = "件数", type = "number" }
due = { headers = "期限", type = "date" }
closed = { headers = "完了", type = "month" }
[codes.kinds.values]
"苦情" = []
"要望" = []
[kpi.n]
title = "件数"
source = "monthly"
measure = "sum"
of = "n"
parts = { by = "kind" }
"""
HEADER = "年月,区分,件数,期限,完了"
MONTHS = ["2025年4月,苦情,3,,", "2025/05,苦情,4,,", "202506,要望,5,,", "R7.7,苦情,6,,"]
YEARS = ["2023年度,苦情,30,,", "令和6年度,苦情,40,,", "FY2024,要望,7,,", "2025年度,苦情,50,,"]


def table(
    folder: Path,
    rows: Sequence[str],
    kind: str = "month",
    *,
    rhythm: str = "continuous",
    covers: str | None = None,
    more: str = "",
) -> Project:
    """Return a project with a table that knows no days."""
    own = Project(folder).export("monthly", rows, header=HEADER, covers=covers)
    spec = TABLE.replace("TYPE", kind).replace("RHYTHM", rhythm)
    return own.toml((spec + more).lstrip())


def test_months_are_counted_in_whole_months(tmp_path: Path) -> None:
    """Every spelling is a month; parts, months and coverage follow: 3 + 4 + 5 = 12."""
    own = table(tmp_path, MONTHS)
    quarter = own.summarize("n", "2025Q1")
    assert quarter.number() == 12
    assert quarter.items() == {"苦情": 7, "要望": 5}
    assert quarter.value().status is Status.OK
    by_month = own.summarize("n", "2025Q1", by="month").groups()
    assert by_month == {"2025-04": 3, "2025-05": 4, "2025-06": 5}
    half = own.summarize("n", "2025H1")
    assert (half.number(), half.value().status) == (18, Status.PARTIAL)
    assert half.remarks == [
        "the exports do not cover these months in full: 2025-08, 2025-09",
    ]


@pytest.mark.parametrize(
    "period", ["2025-04-10..2025-06-30", "2025-04-01..2025-06-29", "2025-05-01..2025-05-01"]
)
def test_a_span_shorter_than_a_month_has_no_data(period: str, tmp_path: Path) -> None:
    """Which rows of a month lie in its part nothing says; the remark does."""
    result = table(tmp_path, MONTHS, covers="2025-04..2025-07").summarize("n", period)
    assert (result.number(), result.value().status) == (None, Status.NO_DATA)
    assert (
        result.remarks[0] == "on knows the month alone: only periods of whole months can be counted"
    )
    assert result.value().faulty_rows == 0


def test_years_are_counted_in_whole_years(tmp_path: Path) -> None:
    """Fiscal years begin as the settings say: 40 + 7 = 47 in 2024, 77 with 2023."""
    own = table(tmp_path, YEARS, "year")
    assert own.summarize("n", "2024").number() == 47
    both = own.summarize("n", "2023-04..2025-03", by="year")
    assert (both.number(), both.groups()) == (77, {"2023": 30, "2024": 47})
    compared = own.summarize("n", "2024", compare=["previous"]).figure().comparisons
    assert [c.value.number for c in compared] == [30]
    assert own.summarize("n", "2022").value().status is Status.NO_DATA
    for period in ("2024H1", "2024-05", "2024-01..2024-12"):
        result = own.summarize("n", period)
        assert (result.number(), result.value().status) == (None, Status.NO_DATA)
        assert result.remarks[0] == (
            "on knows the year alone: only whole years, from month 4 on can be counted"
        )
    months = own.summarize("n", "2024", by="month")
    assert months.number() == 47
    assert set(months.groups().values()) == {None}
    halves = own.summarize("n", "2024", by="half")
    assert set(halves.groups().values()) == {None}


def test_a_fiscal_year_of_ones_own(tmp_path: Path) -> None:
    """With a year from October on, 2024年度 is 2024-10 to 2025-09."""
    own = table(tmp_path, ["2024年度,苦情,8,,"], "year").toml("fiscal_year = { starts = 10 }")
    assert own.summarize("n", "2024-10..2025-09").number() == 8
    assert own.summarize("n", "2024-04..2025-03").number() is None


def test_calendar_and_fiscal_years_are_not_mixed(tmp_path: Path) -> None:
    """年 is from January on; a column with both answers for nothing, and says so."""
    calendar = table(tmp_path, ["2024年,苦情,8,,", "令和5年,苦情,9,,"], "year")
    assert calendar.summarize("n", "2024-01..2024-12").number() == 8
    assert calendar.summarize("n", "2024").number() is None
    (tmp_path / "mixed").mkdir()
    mixed = table(tmp_path / "mixed", ["2024年,苦情,8,,", "2024年度,苦情,9,,"], "year")
    for period in ("2024", "2024-01..2024-12"):
        result = mixed.summarize("n", period)
        assert result.number() is None
        assert "fiscal years stand there among calendar ones" in result.remarks[0]


def test_a_bare_year_needs_a_word(tmp_path: Path) -> None:
    """`2024` is a fault until the settings say which year it is; so is a month."""
    rows = ["2023年度,苦情,3,,", "2024,苦情,8,,", "2024年4月,苦情,1,,"]
    dataset = table(tmp_path, rows, "year").load("monthly")
    assert codes(dataset) == {"D101": 2}
    assert [fault.kind.cause for fault in dataset.faults] == ["which_year", "no_whole_year"]
    own = table(tmp_path, rows[:2], "year")
    own.tables = own.tables.replace('type = "year"', 'type = "year", year = "fiscal"')
    assert own.summarize("n", "2024").number() == 8


def test_unread_months_are_in_doubt(tmp_path: Path) -> None:
    """A month that cannot be read may be any: the figure is 要確認, and rows tells the cell."""
    own = table(tmp_path, [*MONTHS, "2025.1,苦情,9,,", "8月,苦情,9,,"], covers="2025-04..2025-09")
    result = own.summarize("n", "2025Q1")
    assert (result.value().status, result.value().faulty_rows) == (Status.PROVISIONAL, 2)
    unread = {f.place.row: f.kind.name for f in inspection(own).faults if f.level == "fault"}
    assert unread == {6: "D101.october", 7: "D101.no_year"}


def test_a_date_column_says_what_to_write(tmp_path: Path) -> None:
    """The natural declaration, type = "date", finds no day and names the type."""
    dataset = table(tmp_path, MONTHS[:1], "date").load("monthly")
    (fault,) = dataset.faults
    assert (fault.kind.name, 'type = "month"' in fault.kind.advice.ja) == ("D101.no_day", True)


def test_a_workbook_stores_months_as_days(tmp_path: Path) -> None:
    """2025/4 typed into a cell is 1 April there; a bare number is its digits."""
    rows: list[list[object]] = [
        [*HEADER.split(",")],
        [date(2025, 4, 1), "苦情", 3, None, None],
        [date(2025, 5, 31), "苦情", 4, None, None],
        [202506, "苦情", 5, None, None],
        [2025.1, "苦情", 6, None, None],
    ]
    own = table(tmp_path, MONTHS)
    (tmp_path / "m.xlsx").write_bytes(saved(book_of(*rows)))
    own.exports["monthly"] = ['{ files = "m.xlsx", covers = "2025-04..2025-06" }']
    result = own.summarize("n", "2025Q1", by="month")
    assert result.groups() == {"2025-04": 3, "2025-05": 4, "2025-06": 5}
    assert result.value().faulty_rows == 1


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        # the month of a row against a day: counted, not selected, undetermined
        ("{ on = { on_or_after = 2025-05-01 } }", (3, 1, 0)),
        ("{ on = { after = 2025-05-01 } }", (2, 1, 1)),
        ("{ on = { on_or_after = 2025-05-15 } }", (2, 1, 1)),
        ("{ on = { before = 2025-06-01 } }", (2, 2, 0)),
        ("{ on = { on_or_before = 2025-05-31 } }", (2, 2, 0)),
        ("{ on = { on_or_before = 2025-05-30 } }", (1, 2, 1)),
        ('{ on = { on_or_before = "@end" } }', (4, 0, 0)),
        ('{ on = { on_or_after = "@end - 2 months" } }', (0, 3, 1)),
        # against the day of another column: the 14th, the 1st, the last, one that is blank
        ('{ due = { on_or_after = "@on" } }', (1, 0, 3)),
        ('{ due = { after = "@on" } }', (0, 1, 3)),
        ('{ on = { on_or_before = "@due" } }', (1, 0, 3)),
        # two months are compared as months
        ('{ closed = { on_or_after = "@on" } }', (2, 1, 1)),
        ('{ closed = { after = "@on" } }', (1, 2, 1)),
        ('{ closed = { on_or_before = "@on + 1 month" } }', (3, 0, 1)),
    ],
)
def test_months_are_compared_where_that_is_sound(
    where: str, expected: tuple[int, int, int], tmp_path: Path
) -> None:
    """True and false are so for every day of the month; else it cannot be told."""
    rows = [
        "2025年4月,苦情,3,2025/4/14,2025年4月",
        "2025年5月,苦情,4,2025/5/1,2025年6月",
        "2025年6月,苦情,5,2025/6/30,2025年5月",
        "2025年7月,苦情,6,,",
    ]
    kpi = f'[kpi.own]\ntitle = "試し"\nsource = "monthly"\nmeasure = "count"\nwhere = {where}\n'
    own = table(tmp_path, rows, more=kpi).summarize("own", "2025H1").accounting
    assert (own.counted, own.not_selected, own.undetermined) == expected


def test_a_year_is_later_than_its_month(tmp_path: Path) -> None:
    """A month against a year: sure where no day of the one can be in the other."""
    more = """
[kpi.own]
title = "試し"
source = "monthly"
measure = "count"
where = { closed = { before = "@on" } }
"""
    rows = [
        "2024年度,苦情,1,,2024年3月",
        "2024年度,要望,1,,2024年4月",
        "2023年度,苦情,1,,2024年4月",
    ]
    own = table(tmp_path, rows, "year", more=more).summarize("own", "2023-04..2025-03").accounting
    assert (own.counted, own.not_selected, own.undetermined) == (1, 1, 1)


def test_a_month_in_a_snapshot_is_its_end(tmp_path: Path) -> None:
    """The holdings of 2025年6月 are those of 30 June, and stand for the end of the quarter."""
    own = table(tmp_path, MONTHS, rhythm="snapshot")
    assert [own.summarize("n", p).number() for p in ("2025Q1", "2025-05", "2025H1")] == [5, 4, None]
    by_month = own.summarize("n", "2025Q1", by="month").groups()
    assert by_month == {"2025-04": 3, "2025-05": 4, "2025-06": 5}
    assert own.summarize("n", "2025-04-01..2025-06-15").number() is None
    (tmp_path / "near").mkdir()
    near = table(tmp_path / "near", MONTHS, rhythm="snapshot")
    near.tables = near.tables.replace(
        "[source.monthly.columns]", 'within = "31 days"\n[source.monthly.columns]'
    )
    result = near.summarize("n", "2025-04-01..2025-06-15")
    assert result.number() == 4
    assert result.remarks == ["of 2025-06-15: the rows of 2025-05-31"]


def test_a_cohort_of_months(tmp_path: Path) -> None:
    """A month is shifted by months; the coverage moves with it."""
    kpi = """
[kpi.own]
title = "試し"
source = "monthly"
measure = "sum"
of = "n"
date = "on + 2 months"
"""
    own = table(tmp_path, MONTHS, more=kpi)
    result = own.summarize("own", "2025-06..2025-09", by="month")
    assert result.groups() == {"2025-06": 3, "2025-07": 4, "2025-08": 5, "2025-09": 6}
    assert result.value().status is Status.OK
    assert own.summarize("own", "2025-05").value().status is Status.NO_DATA


def test_an_as_of_date_within_a_month_leaves_it_open(tmp_path: Path) -> None:
    """Rows of that month may be later; those of the month of today are what there is."""
    own = table(tmp_path, MONTHS, covers="2025-04..2025-07")
    cut = own.summarize("n", "2025Q1", by="month", as_of=date(2025, 5, 10))
    assert cut.groups()["2025-04"] == 3
    assert cut.value(group="2025-05").status is Status.PROVISIONAL
    today = own.summarize("n", "2025-07", today=date(2025, 7, 20))
    assert today.number() == 6


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('date = "on + 28 days"', "kpi.own.date: on knows no day: shift it by months or years"),
        ('date = ["due", "on"]', "'due' has a date, 'on' has a month"),
        ('where = { on = "2025-04" }', "a date column is not compared with values"),
        ('where = { due = { after = "@on + 3 days" } }', "@on knows no day"),
    ],
)
def test_what_a_month_cannot_say_is_refused(more: str, said: str, tmp_path: Path) -> None:
    """A shift by days, a stand-in that knows another thing, a comparison with values."""
    kpi = f'[kpi.own]\ntitle = "試し"\nsource = "monthly"\nmeasure = "count"\n{more}\n'
    with pytest.raises(SettingsError) as error:
        table(tmp_path, MONTHS, more=kpi).summarize("own", "2025H1")
    assert said in str(error.value.message.en)


def test_a_register_needs_days(tmp_path: Path) -> None:
    """From which day on a contract is in force a month does not say."""
    register = """
[source.policies]
title = "契約"
key = "on"
rhythm = "register"
in_force = ["on", "off"]
until = "last_day_in"
[source.policies.columns]
on = { headers = "契約月", type = "month", required = true }
off = { headers = "解約月", type = "month" }
"""
    own = Project(tmp_path).export("policies", ["2025/4,"], header="契約月,解約月")
    own.toml(register.lstrip())
    with pytest.raises(SettingsError, match="a month or a year does not say from which day on"):
        kpicli.load("policies", config=own.config)


def test_rows_and_frames_show_the_month(run_kpicli: Run, tmp_path: Path) -> None:
    """`rows` reads 2025-05 where the file says R7.5, and a year by its months."""
    own = table(tmp_path, ["R7.5,苦情,4,,2025年6月"])
    frame = own.load("monthly").frame
    assert [day.date() for day in frame["on"]] == [date(2025, 5, 1)]
    out = run_kpicli({}, "rows", "n", "--period", "2025-05", "-f", "csv").text
    header, row = (line.split(",") for line in out.splitlines())
    cells = dict(zip(header, row, strict=True))
    assert (cells["on"], cells["on_read"]) == ("R7.5", "2025-05")
    assert table(tmp_path, YEARS, "year").config.exists()
    out = run_kpicli({}, "rows", "n", "--period", "2023", "-f", "csv").text
    assert "2023年度,2023-04..2024-03" in out


def test_what_moved_is_redated(run_kpicli: Run, tmp_path: Path) -> None:
    """A row that has gone to another month since the figure was frozen is named by its date."""
    for rows in (["2025年5月,苦情,4,,"], ["2025年4月,要望,3,,", "2025年6月,苦情,4,,"]):
        own = table(tmp_path, rows, covers="2025-04..2025-07")
        own.tables = own.tables.replace('key = ["on", "kind"]', 'key = "kind"')
        assert own.config.exists()
        run_kpicli({}, "freeze", "--period", "2025-05", "--not-final")
    moved = json.loads(run_kpicli({}, "diff", "2025-05", "-f", "json").text)
    (kpi,) = moved["periods"][0]["kpis"]
    causes = [row["cause"] for row in kpi["rows"]]
    assert set(causes) == {"redated"}


def test_sums_of_months_are_those_of_days(tmp_path: Path) -> None:
    """The same rows, dated by the first of the month, give the same figures in whole months."""
    own = table(tmp_path, MONTHS, covers="2025-04..2025-07")
    (tmp_path / "days").mkdir()
    days = [
        f"2025/{month}/1,{row.split(',', 1)[1]}"
        for month, row in zip((4, 5, 6, 7), MONTHS, strict=True)
    ]
    dated = table(tmp_path / "days", days, "date", covers="2025-04..2025-07")
    for period in ("2025-04", "2025Q1", "2025-04..2025-07"):
        assert own.summarize("n", period).number() == dated.summarize("n", period).number()
        assert isinstance(own.summarize("n", period).number(), int | Decimal)
