"""Workbooks that a real spreadsheet program has saved are read alike by both readers of cells."""

import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpicli.loaders.workbook.parts import read_package
from kpicli.loaders.workbook.sheet.each_cell import read_each_cell
from kpicli.loaders.workbook.sheet.read_in_bulk import read_in_bulk
from support.workbooks import write_large_workbooks


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook of 4,000 rows as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("saved")
    write_large_workbooks(folder)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(folder / "v0.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "out" / "v0.xlsx"


def test_both_readers_and_openpyxl_see_the_same_cells(saved: Path) -> None:
    """Texts, numbers, dates, errors, hidden rows and merged ranges are those that were written."""
    package = read_package(saved.read_bytes(), saved.name)
    part = package.sheets[0].part
    with package.archive.open(part) as xml:
        at_once = read_in_bulk(xml, package)
    with package.archive.open(part) as xml:
        each = read_each_cell(xml, package).cells()
    assert at_once is not None
    rows = range(1, 4_001)
    assert at_once.stored(rows) == each.stored(rows)
    assert (at_once.hidden, at_once.merges) == (each.hidden, each.merges)
    as_stored = load_workbook(saved, read_only=True, data_only=True).worksheets[0]
    for number, row in enumerate(as_stored.iter_rows(values_only=True), 1):
        stored = {column: value for column, value in enumerate(row, 1) if value is not None}
        own = {n: getattr(cell, "text", cell) for n, cell in at_once.row(number).items()}
        assert own == stored, number
    sheet = load_workbook(saved).worksheets[0]
    dimensions = sheet.row_dimensions
    assert at_once.hidden == {number for number in rows if dimensions[number].hidden}
    assert len(at_once.merges) == len(sheet.merged_cells.ranges) == 1
