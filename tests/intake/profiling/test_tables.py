"""The tables of files: layout found without a source."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kpicli.base.errors import InputError
from kpicli.intake.profiling.grids import grids_of, tables_of
from kpicli.intake.profiling.tables import data_rows
from kpicli.loaders.files.content import open_content

ROWS = "番号,受付日,区分\nV1,2025/4/1,感謝\nV2,2025/4/2,不満\n"


@pytest.mark.parametrize(
    ("text", "encoding", "delimiter", "shown"),
    [
        (ROWS, "cp932", ",", "cp932"),
        (ROWS.replace(",", "\t"), "utf-16", "\t", "utf-16"),
        (ROWS.replace(",", ";"), "utf-8-sig", ";", "utf-8-sig"),
        ("sep=,\n" + ROWS, "utf-8", ",", "utf-8"),
    ],
)
def test_text_files(tmp_path: Path, text: str, encoding: str, delimiter: str, shown: str) -> None:
    """Encoding and separator are told; a `sep=` line is no row."""
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode(encoding))
    (table,) = tables_of(open_content(file, "x"), "a.csv")
    assert (table.encoding, table.delimiter, table.rows) == (shown, delimiter, 2)
    assert table.headers == ("番号", "受付日", "区分")
    assert [column.kind for column in table.columns] == ["id", "date", "code"]


def test_titles_and_totals_are_no_rows(tmp_path: Path) -> None:
    """Title rows above the header, empty rows and totals are none of the rows."""
    file = tmp_path / "a.csv"
    file.write_text("対応一覧\n出力日,2025/10/1\n\n" + ROWS + ",,\n合計,,2\n", encoding="utf-8")
    (table,) = tables_of(open_content(file, "x"), "a.csv")
    assert (table.header_row, table.rows) == (4, 2)


def test_each_visible_sheet(tmp_path: Path) -> None:
    """A workbook has a table for every visible sheet that holds one, ids as they are shown."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "4月"
    for row in (["台帳"], ["番号", "受付日", "区分"], [7, date(2025, 4, 1), "感謝"]):
        sheet.append(row)
    sheet["A3"].number_format = "00000"
    other = book.create_sheet("隠れた控え")
    other.append(["番号", "受付日"])
    other.append(["V1", date(2025, 4, 1)])
    other.sheet_state = "hidden"
    book.create_sheet("空")
    file = tmp_path / "a.xlsx"
    book.save(file)
    (table,) = tables_of(open_content(file, "x"), "a.xlsx")
    assert (table.sheet, table.sheets, table.header_row, table.rows) == ("4月", ("4月",), 2, 1)
    assert table.label == "a.xlsx"


def test_no_table(tmp_path: Path) -> None:
    """A text without columns is no table, and what cannot be read is an error."""
    file = tmp_path / "a.txt"
    file.write_text("ただの文章です。\n二行目。\n", encoding="utf-8")
    assert tables_of(open_content(file, "x"), "a.txt") == []
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(InputError):
        tables_of(open_content(file, "x"), "a.txt")


def test_rows_of_data(tmp_path: Path) -> None:
    """The header once more is no row of data, whatever blanks stand behind it."""
    file = tmp_path / "a.csv"
    file.write_text(f"{ROWS}番号 ,受付日,区分,\nV3,2025/4/3,感謝\n", encoding="utf-8")
    (grid,) = grids_of(open_content(file, "x"), "a.csv")
    assert data_rows(grid) == [1, 2, 4]
    (table,) = tables_of(open_content(file, "x"), "a.csv")
    assert (table.rows, table.columns[1].kind) == (3, "date")
