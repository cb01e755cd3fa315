"""The figures of a calculation: in what order, of which rows, with what status."""

from pathlib import Path

from support.one_run import numbers, one_run, period
from support.small_project import Project

ROWS = [
    "V1,2025/4/1,生保,感謝,A,",
    "V2,2025/4/2,損保,不満,B,",
    "V3,2025/9/2,損保,不満,B,",
    "V4,2025/9/31,損保,不満,B,",
]


def project(folder: Path) -> Project:
    """Return four voices, one of them without a day that can be."""
    return Project(folder).export("voices", ROWS, covers="2025-04..2025-08")


def test_the_order_of_figures(tmp_path: Path) -> None:
    """The total comes first, then its parts, then group by group the same again."""
    figures = one_run(project(tmp_path), "voices").figures(period("2025H1"), "line")
    shown = [(f.group, f.kind, f.item) for f in figures if f.item in (None, "感謝")]
    assert shown == [
        (group, kind, item)
        for group in (None, "生保", "損保", "団体")
        for kind, item in (("total", None), ("part", "感謝"))
    ]


def test_months_share_out_the_rows(tmp_path: Path) -> None:
    """Every counted row is in one month; one in doubt without a day may be in any.

    So a month in which no row counts has no number.
    """
    figures = one_run(project(tmp_path), "voices").figures(period("2025H1"), "month")
    totals = {f.group: f.value for f in figures if f.kind == "total"}
    whole = totals.pop(None)
    assert (whole.number, whole.faulty_rows) == (3, 1)
    assert [value.number for value in totals.values()] == [2, None, None, None, None, None]
    assert {value.faulty_rows for value in totals.values()} == {1}


def test_a_column_that_the_kpi_has_not_gives_no_groups(tmp_path: Path) -> None:
    """Where no file has the column the figures stand without groups."""
    run = one_run(project(tmp_path), "voices")
    assert numbers(run.figures(period("2025H1"), "staff")) == numbers(run.figures(period("2025H1")))
