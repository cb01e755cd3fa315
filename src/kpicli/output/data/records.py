"""Records: plain rows under headers, as csv, tsv, json or one sheet of a workbook."""

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.output.page.safety import inert, plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Field = str | int | None


class Records(Struct, frozen=True):
    """Rows of equal length under `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Field, ...], ...]


def render_csv(records: Records, delimiter: str = ",") -> str:
    """Return the records with a header; a text that could start a formula is made inert."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(records.columns)
    writer.writerows([[_written(field) for field in row] for row in records.rows])
    return stream.getvalue()


def _written(field: Field) -> str | int:
    if field is None:
        return ""
    return field if isinstance(field, int) else inert(plain(field))


def render_json(records: Records, **head: object) -> str:
    """Return an object with the keys of `head` and the records, to the letter, under `rows`."""
    rows = [dict(zip(records.columns, row, strict=True)) for row in records.rows]
    return (
        json.dumps({"schema_version": 1, **head, "rows": rows}, ensure_ascii=False, indent=2) + "\n"
    )


def render_workbook(records: Records, title: str) -> bytes:
    """Return a workbook of one sheet; texts stay texts even if they begin with `=`."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "A2"
    for number, row in enumerate([records.columns, *records.rows], 1):
        for place, field in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = inert(plain(field)) if isinstance(field, str) else field
            if isinstance(field, str):
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    _widen(sheet, records)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _widen(sheet: "Worksheet", records: Records) -> None:
    from openpyxl.utils import get_column_letter
    from rich.cells import cell_len

    for place, column in enumerate(records.columns, 1):
        texts: Sequence[str] = [column, *(str(row[place - 1] or "") for row in records.rows[:500])]
        width = min(40, max(cell_len(text) for text in texts) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = width
