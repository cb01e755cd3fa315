"""A wide table read by every engine, and in zips, spans and encodings."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.shapes.reshape import _is_alike, month_with_year
from kpicli.values.fiscal import FiscalYear
from support.engines import ENGINES, loaded, small
from support.messy_export import seen
from support.small_project import Project
from support.wide_tables import book, monthly, text
from support.zips import zipped

ROWS: list[list[object]] = [["地区", "店舗", "2025/4/1", "2025/5/1"]]
ROWS += [["東", f"S{n}", n, n % 3 or "x"] for n in range(500)]
LINES = text(*(",".join(map(str, row)) for row in ROWS), encoding="cp932")


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine(tmp_path: Path, engine: type[SingleThread | Threads | Processes]) -> None:
    """Whoever reads it, a wide table is the same; so is one in a zip, in UTF-16, in a workbook."""
    config = monthly(Project(tmp_path), "月次.csv", LINES).config
    one = loaded(config)["monthly"]
    assert len(one) == 1000
    assert seen(loaded(config, small(engine))["monthly"]) == seen(one)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("月次.zip", zipped({"4月/月次.csv": LINES}, "cp932")),
        ("月次.tsv", LINES.decode("cp932").replace(",", "\t").encode("utf-16")),
        ("月次.xlsx", book(ROWS)),
        ("月次.csv", LINES.replace(b"\n", b"\r")),
    ],
)
def test_other_files(tmp_path: Path, file: str, content: bytes) -> None:
    """A wide table in a zip, in UTF-16, in a workbook or for the exact reader has the same rows."""
    (tmp_path / "1").mkdir()
    one = monthly(Project(tmp_path / "1"), "月次.csv", LINES).load("monthly")
    other = monthly(Project(tmp_path), file, content).load("monthly")
    columns = ["shop", "on", "count"]
    assert other.frame[columns].astype(str).equals(one.frame[columns].astype(str))
    assert [f.kind.code for f in other.faults] == ["D105"] * 167
    assert {f.place.column for f in other.faults} == {"2025/5/1"}
    assert [f.place.row for f in other.faults] == [f.place.row for f in one.faults]


APRIL = FiscalYear(4)
SPAN = date(2025, 4, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "span", "expected"),
    [
        ("4月", SPAN, "2025年4月"),
        ("３ 月", SPAN, "2026年3月"),
        ("4月", (date(2025, 4, 1), date(2026, 4, 30)), "4月"),
        ("4月", (date(2025, 5, 1), date(2025, 9, 30)), "4月"),
        ("4月", None, "4月"),
        ("13月", SPAN, "13月"),
        ("2024年4月", SPAN, "2024年4月"),
        ("合計", SPAN, "合計"),
        ("2024年度 4月", SPAN, "2024年4月"),
        ("令和6年度\n1月", None, "2025年1月"),
        ("前年度 4月", SPAN, "前年度 4月"),
    ],
)
def test_months_without_a_year(name: str, span: tuple[date, date] | None, expected: str) -> None:
    """A month is that of the covered span where one alone is, or that of its fiscal year."""
    assert month_with_year(name, span, APRIL) == expected


def test_months_of_another_fiscal_year() -> None:
    """A year that starts in September, named after the one it ends in, has its October before."""
    assert month_with_year("2025年度10月", None, FiscalYear(9, "last")) == "2024年10月"


@pytest.mark.parametrize(
    ("header", "alike"),
    [
        ("6月分", True),
        ("前年4月", True),
        ("10 月", True),
        ("月額", False),
        ("No.", False),
        ("合計", False),
        ("4月計", False),
        ("備考", False),
        ("", False),
    ],
)
def test_headers_that_are_alike(header: str, alike: bool) -> None:
    """Digits aside, most of a header is that of an unpivoted one; totals never are."""
    assert _is_alike(header, ["4月", "5月"]) is alike
