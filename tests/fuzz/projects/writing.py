"""Writing a draft: kpicli.toml and the exports, messy in all the ways that must not matter."""

import csv
import io
import math
import random
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fuzz.projects.catalogue import Source
from fuzz.projects.draft import Draft, Export, Line
from fuzz.projects.records import Cell
from fuzz.projects.settings_toml import catalogue_toml, toml
from fuzz.projects.spelling import EPOCH, encodable, spell_code, spell_day, spell_id, spell_number

_FORMATS = (
    "yyyy/m/d",
    'yyyy"年"m"月"d"日"',
    '[$-411]ggge"年"m"月"d"日"',
    "mm-dd-yy",
    "yyyy-mm-dd hh:mm",
)
_FOOTERS = ("以上", "※ 個人情報につき取扱注意", "出典:CRM", "以下余白")
_UNITS = {"premium": "円", "rate": "", "minutes": ""}


def write(draft: Draft, folder: Path) -> None:
    """Write the whole project into a folder."""
    rng = random.Random(f"write {draft.seed}")
    entries: list[str] = []
    for source in draft.sources:
        exports = draft.exports[source.id]
        for export in exports:
            _write_export(rng, export, folder / export.name)
        tables = ", ".join(toml({"files": e.name, **e.options}) for e in exports)
        entries.append(f"{source.id} = [{tables}]")
    parts = ["[exports]", *entries, catalogue_toml(draft.sources, draft.kpis), draft.extra_settings]
    (folder / "kpicli.toml").write_text("\n".join(parts), encoding="utf-8")


class _Style:
    """How one export writes its columns."""

    def __init__(self, rng: random.Random, export: Export) -> None:
        names = [name for name in export.source.columns if name not in export.absent]
        self.names = rng.sample(names, len(names)) if rng.random() < 0.4 else names
        self.percent = rng.random() < 0.5
        self.plain_days = rng.random() < 0.3
        self.extra = rng.random() < 0.3

    def headers(self, rng: random.Random, export: Export) -> list[str]:
        """Return the header row."""
        written = [
            export.headers.get(name) or _header(rng, export.source, name) for name in self.names
        ]
        return [*written, "備考欄"] if self.extra else written


def _header(rng: random.Random, source: Source, name: str) -> str:
    column = source.columns[name]
    usual = column.headers[0]
    spaced = f"{usual[:1]}\u3000{usual[1:]}"
    broken = f"{usual[:2]}\n{usual[2:]}"
    ways = [usual] * 6 + [f" {usual}", spaced, broken, rng.choice(column.headers)]
    return rng.choice(ways)


def _spelled(rng: random.Random, export: Export, style: _Style, line: Line, name: str) -> object:
    """Return a cell: a text, or for a workbook a value with its number format."""
    if name in line.raw:
        return line.raw[name]
    cell = line.record[name]
    if cell is None:
        return rng.choice(("", "", "", " ", "\u3000")) if export.codec != "xlsx" else None
    if export.codec == "xlsx":
        typed = _typed(rng, export, style, name, cell)
        if typed is not None:
            return typed
    for _ in range(4):
        text = _text(rng, export, style, line, name, cell)
        if encodable(text, export.codec):
            return text
    return _plain(cell)


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _text(
    rng: random.Random, export: Export, style: _Style, line: Line, name: str, cell: Cell
) -> str:
    source = export.source
    column = source.columns[name]
    if isinstance(cell, date):
        if export.serials is not None and name == source.base:
            return str((cell - EPOCH).days - (1462 if export.serials == 1904 else 0))
        return _plain(cell) if style.plain_days else spell_day(rng, cell)
    if isinstance(cell, Decimal):
        text = spell_number(rng, cell, _UNITS[name])
        return f"{cell:f}%" if name == "rate" and style.percent else text
    text = str(cell)
    if column.kind == "id":
        return spell_id(rng, text)
    if column.kind == "code":
        day = line.record.get(source.base)
        known = isinstance(day, date) and source.base not in line.raw
        return spell_code(rng, column, text, day if known and isinstance(day, date) else None)
    return text


def _typed(rng: random.Random, export: Export, style: _Style, name: str, cell: Cell) -> object:
    """Return value and number format of a workbook's cell; None where it is a text."""
    if isinstance(cell, date) and rng.random() < 0.6 and cell.year >= 1901:
        return datetime.combine(cell, time(0)), rng.choice(_FORMATS)
    if isinstance(cell, Decimal) and rng.random() < 0.7 and abs(cell) < 10**9:
        if name == "rate" and style.percent:
            return float(cell / 100), "0.0%" if rng.random() < 0.5 else "0.00%"
        noisy = (
            math.nextafter(float(cell), math.inf) if rng.random() < 0.3 and cell else float(cell)
        )
        return noisy, rng.choice(("General", "#,##0", "0.00"))
    is_id = export.source.columns[name].kind == "id"
    if is_id and isinstance(cell, str) and cell.isdecimal() and rng.random() < 0.3:
        return int(cell), "0" * len(cell)
    return None


def _rows(
    rng: random.Random, export: Export, lines: Sequence[Line]
) -> tuple[list[list[object]], list[int]]:
    """Return header, lines and what stands between them, and the row of every line."""
    style = _Style(rng, export)
    headers: list[object] = [*style.headers(rng, export)]
    rows: list[list[object]] = [headers]
    numbers: list[int] = []
    plain = bool(export.merged)
    for line in lines:
        if not plain and rng.random() < 0.03:
            rows.append([""] * len(headers))
        if not plain and rng.random() < 0.01:
            rows.append([*headers])
        cells = [_spelled(rng, export, style, line, name) for name in style.names]
        numbers.append(len(rows))
        rows.append([*cells, rng.choice(("", "済"))] if style.extra else cells)
    rows += _ending(rng, export, style, len(headers), len(lines))
    return rows, numbers


def _ending(
    rng: random.Random, export: Export, style: _Style, width: int, lines: int
) -> list[list[object]]:
    rows: list[list[object]] = []
    if rng.random() < 0.3:
        total: list[object] = [""] * width
        key = export.source.key or ()
        places = [n for n, name in enumerate(style.names) if name in key or not key]
        others = [n for n in range(width) if n not in places]
        total[places[0] if places and rng.random() < 0.5 else (others or places)[0]] = "合計"
        if others and len(others) > 1:
            total[others[-1]] = f"{lines}件"
        rows.append(total)
    if rng.random() < 0.3:
        rows.append([""] * width)
    if rng.random() < 0.3:
        rows.append([rng.choice(_FOOTERS), *[""] * (width - 1)])
    return rows


def _write_export(rng: random.Random, export: Export, path: Path) -> None:
    lines = export.lines if export.ordered else rng.sample(export.lines, len(export.lines))
    if export.codec == "xlsx":
        _write_workbook(rng, export, lines, path)
        return
    rows, numbers = _rows(rng, export, lines)
    delimiter = "\t" if path.suffix in (".tsv", ".txt") else ","
    end = rng.choice(("\r\n", "\n"))
    short = rng.random() < 0.3
    records: list[bytes] = []
    marked = None if export.mangled is None else numbers[export.mangled[0] % len(numbers)]
    for number, row in enumerate(rows):
        stream = io.StringIO(newline="")
        quoting: Literal[0, 1] = csv.QUOTE_ALL if rng.random() < 0.1 else csv.QUOTE_MINIMAL
        cells = [*row]
        while short and number and len(cells) > 2 and cells[-1] == "" and rng.random() < 0.9:
            cells.pop()
        csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting).writerow(cells)
        codec = export.mangled[1] if export.mangled and number == marked else export.codec
        records.append(_encoded(stream.getvalue(), codec, first=number == 0))
    content = b"".join(records)
    if export.codec in ("utf-8", "cp932") and rng.random() < 0.05:
        content += b"\x1a"
    path.write_bytes(content)


def _encoded(text: str, codec: str, *, first: bool) -> bytes:
    if codec == "utf-8-sig":
        return text.encode("utf-8-sig" if first else "utf-8")
    if codec == "utf-16":
        return (b"\xff\xfe" if first else b"") + text.encode("utf-16-le")
    return text.encode(codec)


def _write_workbook(rng: random.Random, export: Export, lines: Sequence[Line], path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "データ"
    _fill(rng, sheet, export, lines)
    for title, own, headers in export.more_sheets:
        other = Export(
            export.source, export.name, "xlsx", own, headers=headers, absent=export.absent
        )
        _fill(rng, book.create_sheet(title), other, own)
    book.save(path)


def _fill(rng: random.Random, sheet: Worksheet, export: Export, lines: Sequence[Line]) -> None:
    rows, numbers = _rows(rng, export, lines)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            if cell in ("", None):
                continue
            target = sheet.cell(number, place)
            if isinstance(cell, tuple):
                target.value, target.number_format = cell
            elif isinstance(cell, str) and cell.startswith("="):
                target.value = cell[2:-1]
            else:
                target.value = cell  # type: ignore[assignment] # text, number, or an error value
    names = [str(header) for header in rows[0]]
    for column, spans in export.merged.items():
        place = next(n for n, h in enumerate(names, 1) if h == export.headers[column])
        for first, last in spans:
            sheet.merge_cells(
                start_row=numbers[first] + 1,
                end_row=numbers[last] + 1,
                start_column=place,
                end_column=place,
            )
