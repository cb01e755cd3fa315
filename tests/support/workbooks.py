"""Workbooks built with openpyxl, edited in the zip where it cannot write the case; large ones."""

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.base.errors import InputError
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.raw_table import Cell, HeldTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.workbook.read_workbook import read_workbook

VOICES = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "category": Column(headers=("声の区分", "区分"), type="text", required=True),
        "improved_on": Column(headers=("改善日",), type="date"),
        "insurer_improved_on": Column(headers=("保険会社改善日",), type="date"),
        "score": Column(headers=("点数",), type="number"),
    },
)
HEADER = ("受付番号", "受付日", "声の区分")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
DAY = datetime.fromisoformat("2025-04-01")
MAY = datetime.fromisoformat("2025-05-01")


def saved(book: Workbook) -> bytes:
    """Return the book as the bytes of its file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(book: Workbook) -> Worksheet:
    """Return the one sheet of a new book."""
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def book_of(*rows: Sequence[object]) -> Workbook:
    """Return a book of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        sheet_of(book).append(list(row))
    return book


def edited(content: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """Return the workbook with one part of its zip rewritten; the edit must change it."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed = edit(text.decode()).encode()
                assert changed != text
                text = changed
            new.writestr(name, text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def with_shared_texts(content: bytes, *texts: str) -> bytes:
    """Return the workbook as Excel writes it: the cells of row 2 are numbers of shared texts."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    listed = edited(content, "[Content_Types].xml", lambda xml: xml.replace("</Types>", override))
    stream = BytesIO(listed)
    with zipfile.ZipFile(stream, "a") as archive:
        items = "".join(f"<si>{text}</si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
    return stream.getvalue()


def text_numbers(a2: int, c2: int) -> Callable[[str], str]:
    """Return an edit that makes A2 and C2 shared texts of these numbers."""

    def edit(xml: str) -> str:
        for cell, number in (("A2", a2), ("C2", c2)):
            shared = f'<c r="{cell}" t="s"><v>{number}</v></c>'
            xml = re.sub(rf'<c r="{cell}".*?</c>', shared, xml)
        return xml

    return edit


def read(book: Workbook | bytes, sheet: str | None = None, source: Source = VOICES) -> HeldTable:
    """Return what the reader makes of the book."""
    content = book if isinstance(book, bytes) else saved(book)
    return read_workbook(
        ExportFile("/x/v.xlsx", "v.xlsx", HeldContent(content), None, sheet), source
    )


def values(table: HeldTable, name: str) -> list[Cell]:
    """Return a column's cells row by row."""
    column = table.columns[name]
    return [column.distinct[code] for code in column.codes]


def refused(book: Workbook | bytes, sheet: str | None = None) -> InputError:
    """Return the error that reading the book ends with."""
    with pytest.raises(InputError) as caught:
        read(book, sheet)
    return caught.value


def numbered(number: object, style: int, epoch_1904: bool = False) -> bytes:
    """Return a book whose C2 holds `number` under the bare built-in format id `style`."""
    book = book_of(HEADER, ("V1", DAY, number))
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet_of(book)["C2"].number_format = "0.00E+00"  # id 11, to be replaced
    return edited(
        saved(book),
        "xl/styles.xml",
        lambda xml: re.sub(r'numFmtId="11"', f'numFmtId="{style}"', xml),
    )


def two_sheets() -> Workbook:
    """Return a book with two sheets that fit."""
    book = book_of(HEADER, ("V1", DAY, "感謝"))
    for row in (HEADER, ("V2", DAY, "不満")):
        (book["団体"] if "団体" in book else book.create_sheet("団体")).append(row)
    return book


def write_large_workbooks(folder: Path) -> None:
    """Write two workbooks of voices that are read in bulk, the second with rows of the first.

    They have error cells, dates that are none, numbers for ids (the first), hidden and merged rows,
    percentages and texts with line breaks.
    """
    for number, first in enumerate((0, 2_500)):
        with xlsxwriter.Workbook(folder / f"v{number}.xlsx") as book:
            sheet = book.add_worksheet("声")
            dated = book.add_format({"num_format": "yyyy/m/d"})
            share = book.add_format({"num_format": "0.0%", "indent": 1})
            sheet.write_row(0, 0, [*HEADER, "商品区分", "内容", "メモ"])
            for row in range(1, 4_000):
                own = first + row
                sheet.write(row, 0, f"V{own:06}" if number or own % 997 else own)
                sheet.write_datetime(row, 1, DAY + timedelta(days=own % 180), dated)
                sheet.write(row, 2, "感謝" if (own + number * (own % 50 == 0)) % 3 else "不満")
                sheet.write(row, 3, "生保" if own % 2 else "損保")
                sheet.write(row, 4, f"{own} 件目\n助かった & よかった")
                sheet.write(row, 5, own / 4_000, share)
            for row in range(7, 4_000, 700):
                sheet.write_formula(row, 2, "=1/0", None, "#DIV/0!")
                sheet.write(row + 1, 1, "未定")
                sheet.set_row(row + 2, None, None, {"hidden": True})
            sheet.merge_range(20, 3, 22, 3, "生保")
    (folder / "kpicli.toml").write_text(
        '[exports]\nvoices = { files = "v*.xlsx", covers = "2025-04..2025-09" }\n', "utf-8"
    )
