"""Generated workbooks: what other readers find in them is what was drawn."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from benchmarks import exports
from benchmarks.answers import merged
from benchmarks.bench import one_run
from benchmarks.contenders import Contender, Dataset, kpicli
from benchmarks.exports import write_exports
from benchmarks.plan import MOST_ROWS, Plan, Written
from benchmarks.scenarios.workbooks import OPENPYXL, sheets

PLAN = Plan(rows=1_200, files=2, columns=20, duplicates=0.05, superseded=0.02, long_share=0.1)
ONE = replace(PLAN, files=1, columns=11)


def records(written: Written) -> list[tuple[object, ...]]:
    """Return the rows of all workbooks, headers included, by openpyxl, blank cells at their end."""
    books = [load_workbook(file, read_only=True) for file in written.files]
    rows = (row for book in books for row in book.worksheets[0].iter_rows(values_only=True))
    return [(*row, *[None] * (11 - len(row))) for row in rows]


@pytest.mark.parametrize("plan", [PLAN, ONE], ids=["two files", "one file"])
def test_the_figures_agree_with_openpyxl(tmp_path: Path, plan: Plan) -> None:
    """A dictionary over the rows, the last one of a number winning, has the same counts."""
    written = write_exports(plan, tmp_path)
    rows = [row for row in records(written) if row[0] != "受付番号"]
    latest = {row[0]: row for row in rows}
    begin, end = datetime(2025, 4, 1), datetime(2025, 10, 1)  # noqa: DTZ001 - a sheet's
    half = [r for r in latest.values() if isinstance(r[1], datetime) and begin <= r[1] < end]
    assert merged(Counter((str(row[2]), str(row[3])) for row in half)) == written.half
    assert merged(Counter((str(row[2]), str(row[3])) for row in rows)) == written.raw
    assert (len(rows), len(latest)) == (plan.rows, written.usable)


def test_cells_are_those_of_the_text_files(tmp_path: Path) -> None:
    """The same plan as text has the same cells in the columns that are no dates."""
    book = records(write_exports(ONE, tmp_path / "book"))
    text = write_exports(replace(ONE, columns=0, styles=("dash",)), tmp_path / "text")
    with Path(text.files[0]).open(encoding="cp932", newline="") as file:
        lines = list(csv.reader(file))
    assert [[str(cell or "").replace("\r\n", "\n") for cell in row[2:7]] for row in book] == [
        [cell.replace("\r\n", "\n") for cell in line[2:7]] for line in lines
    ]
    assert [(row[0], row[8] or "") for row in book] == [(line[0], line[8]) for line in lines]
    days = [f"{row[7]:%Y-%m-%d}" if row[7] else "" for row in book[1:]]
    assert days == [line[7] for line in lines[1:]]
    reported = [f"{row[9]:%Y/%m/%d}" if row[9] else "" for row in book[1:]]
    assert reported == [line[9] for line in lines[1:]]
    assert len({*reported}) > 2


def test_further_columns(tmp_path: Path) -> None:
    """Rows have as many cells as there are columns: texts, numbers and times of day."""
    header, first, *_ = records(write_exports(PLAN, tmp_path))
    assert (header[10], header[11], header[19]) == ("保険会社改善日", "支店", "備考")
    kinds = [type(cell).__name__ for cell in first[11:]]
    assert kinds == ["str", "int", "int", "int", "int", "datetime", "datetime", "int", "str"]


def test_the_pieces_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows made a hundred at a time are the same as those made at once."""

    def parts(folder: str) -> list[bytes]:
        names = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
        files = write_exports(PLAN, tmp_path / folder).files
        return [ZipFile(file).read(name) for file in files for name in names]

    first = parts("first")
    monkeypatch.setattr(exports, "PIECE", 100)
    assert parts("pieces") == first


@pytest.mark.slow
@pytest.mark.parametrize("contender", [kpicli(), OPENPYXL], ids=lambda c: c.name)
def test_an_installed_contender_is_right(tmp_path: Path, contender: Contender) -> None:
    """Kpicli and openpyxl, as they are measured, count what was written."""
    assert one_run(contender, Dataset(tmp_path, PLAN, write_exports(PLAN, tmp_path))).output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"columns": 10}, "columns"),
        ({"columns": 21}, "columns"),
        ({"rows": MOST_ROWS + 2_000, "files": 1}, "more files"),
    ],
)
def test_a_plan_that_cannot_be_written_is_refused(change: dict[str, int], told: str) -> None:
    """Too few or too many columns, and more rows than a sheet holds, are named."""
    with pytest.raises(ValueError, match=told):
        replace(PLAN, **change)  # type: ignore[arg-type] # what is wrong is the point


def test_sizes() -> None:
    """Sizes are rows and columns."""
    assert sheets("200000x11,1_000_000x20") == ((200_000, 11), (1_000_000, 20))
