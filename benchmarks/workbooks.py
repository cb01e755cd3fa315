"""Workbooks of generated rows, as Excel saves them: one sheet, texts in the list that cells share.

Written here, since a library takes minutes and gigabytes for 20 million cells; tests read them with
openpyxl. Dates are serial numbers in date formats, with a time where the style of the row has one.
"""

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.dates import DAYS, FIRST_DAY, OPENS, TIME_STYLES
from benchmarks.plan import Plan
from benchmarks.rows import TEXT_COUNT, Numbers, Rows, id_digits, outcome
from benchmarks.words import HEADER, written_voices

FURTHER = (
    "支店",
    "顧客コード",
    "証券コード",
    "初回保険料",
    "年齢",
    "登録日時",
    "更新日時",
    "評価",
    "備考",
)
"""Headers of columns that no figure needs, in the order in which `columns` takes them in."""

SERIAL = (FIRST_DAY - date(1899, 12, 30)).days
"""The serial number of the first day."""

_END = b"</v></c>"
Flags = npt.NDArray[np.bool_]
BRANCHES, REMARKS = ("東", "西", "南", "北"), ("要確認", "対応済み", "電話のみ")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="お客様の声" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}


@contextmanager
def workbook(plan: Plan, path: Path) -> Iterator[Callable[[Rows], object]]:
    """Return, as a context, what adds rows to the sheet of a new workbook."""
    # Excel compresses in the fastest way too.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, _XML + content)
        sheet = _Sheet(plan)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            part.write(sheet.header())
            yield lambda rows: part.write(sheet.rows(rows))
            part.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'{_XML}<sst xmlns="{_MAIN}">'.encode())
            for items in sheet.texts.items():
                part.write(items)
            part.write(b"</sst>")


class _Texts:
    """The texts that cells share: those of a vocabulary, then the ids of the file's rows."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._ids: list[Numbers] = []
        self._first = self._known = 0

    def places(self, texts: Iterable[str]) -> Numbers:
        """Return the places of texts of the vocabulary; all are named before the first id."""
        return np.array([self._places.setdefault(text, len(self._places)) for text in texts])

    def ids(self, rows: Rows) -> Numbers:
        """Return the places of the ids of rows, whose numbers rise until some stand there again."""
        self._first = self._first if self._ids else int(rows.number[0])
        own = rows.number - self._first
        new = own >= self._known
        self._ids.append(id_digits(rows)[new])
        self._known += int(new.sum())
        return own + len(self._places)

    def items(self) -> Iterator[bytes]:
        """Yield the items of the list."""
        for text in self._places:
            kept = ' xml:space="preserve"' if text != text.strip() else ""
            lines = escape(text.replace("\r\n", "\n"))  # as Alt+Enter makes them
            yield f"<si><t{kept}>{lines}</t></si>".encode()
        for digits in self._ids:
            yield _bytes(_joined(b"<si><t>V", _spelled(digits), b"</t></si>"))


class _Sheet:
    """The XML of rows, the header first."""

    def __init__(self, plan: Plan) -> None:
        self.texts = _Texts()
        headers = [*HEADER.strip().split(","), *FURTHER][: plan.columns]
        self._headers = self.texts.places(headers)
        self._letters = [chr(ord("A") + place) for place in range(plan.columns)]
        self._timed = np.array([style in TIME_STYLES for style in plan.styles])
        lines = csv.reader(written_voices(plan.long_length))
        self._voices = np.array([self.texts.places(line[:5]) for line in lines])
        outcomes = [outcome(number) for number in range(DAYS)]
        self._improved = np.array([day for day, _, _ in outcomes])
        self._improvements = self.texts.places(text for _, text, _ in outcomes)
        self._reported = np.array([-1 if day is None else day for _, _, day in outcomes])
        self._branches, self._remarks = map(self.texts.places, (BRANCHES, REMARKS))
        self._last = 1

    def header(self) -> bytes:
        """Return the first row."""
        cells = zip(self._letters, self._headers.tolist(), strict=True)
        own = "".join(f'<c r="{letter}1" t="s"><v>{place}</v></c>' for letter, place in cells)
        return f'<row r="1" spans="1:{len(self._letters)}">{own}</row>'.encode()

    def rows(self, rows: Rows) -> bytes:
        """Return the next rows."""
        numbers = np.arange(self._last + 1, self._last + 1 + len(rows.number))
        self._last += len(numbers)
        row = _spelled(numbers)
        contents = zip(self._letters, self._contents(rows), strict=False)
        cells = [
            _joined(f'<c r="{letter}'.encode(), row, b'"', content) for letter, content in contents
        ]
        start = _joined(b'<row r="', row, f'" spans="1:{len(self._letters)}">'.encode())
        filled = [pc.fill_null(cell, b"") for cell in cells]
        return _bytes(_joined(start, *filled, b"</row>"))

    def _contents(self, rows: Rows) -> Iterator[pa.BinaryArray]:
        """Yield what follows the reference of a cell, column by column; null for no cell."""
        yield _text(self.texts.ids(rows))
        days = SERIAL + rows.day
        minutes = (OPENS + rows.minute) / (24 * 60)
        yield _stamp(days + minutes, days, self._timed[rows.style])
        for places in self._voices[rows.words * TEXT_COUNT + rows.text].T:
            yield _text(places)
        came, since = rows.improved > 0, rows.improved - 1
        reported = self._reported[since]
        yield _where(came, _date(SERIAL + self._improved[since]))
        yield _where(came, _text(self._improvements[since]))
        yield _where(came & (reported >= 0), _date(SERIAL + reported))
        yield pa.nulls(len(days), pa.binary())
        number, always = rows.number, np.ones(len(days), np.bool_)
        yield _text(self._branches[number % len(BRANCHES)])
        yield _number(number % 50_000 + 10_000)
        yield _number(number * 7_919 % 10**10 + 10**9)
        yield _number(number * 613 % 90_000 * 10)
        yield _number(number * 31 % 70 + 20)
        yield _stamp(days + minutes, days, always)
        yield _stamp(days + 1 + minutes, days, always)
        yield _number(number % 5 + 1)
        yield _text(self._remarks[number % len(REMARKS)])


def _text(places: Numbers) -> pa.BinaryArray:
    return _joined(b' t="s"><v>', _spelled(places), _END)


def _number(numbers: Numbers) -> pa.BinaryArray:
    return _joined(b"><v>", _spelled(numbers), _END)


def _date(days: Numbers) -> pa.BinaryArray:
    return _joined(b' s="1"><v>', _spelled(days), _END)


def _stamp(times: npt.NDArray[np.float64], days: Numbers, timed: Flags) -> pa.BinaryArray:
    styles = pa.array([b' s="1"><v>', b' s="2"><v>'], pa.binary()).take(pa.array(timed * 1))
    return _joined(styles, _spelled(np.where(timed, times, days)), _END)


def _where(there: Flags, contents: pa.BinaryArray) -> pa.BinaryArray:
    return pc.if_else(pa.array(there), contents, pa.scalar(None, pa.binary()))


def _spelled(numbers: npt.NDArray[np.int64 | np.float64]) -> pa.BinaryArray:
    return pa.array(numbers).cast(pa.string()).cast(pa.binary())


def _joined(*pieces: pa.BinaryArray | bytes) -> pa.BinaryArray:
    """Return the pieces joined row by row: null where one of them is."""
    own = [pa.scalar(p, pa.binary()) if isinstance(p, bytes) else p for p in pieces]
    return pc.binary_join_element_wise(*own, pa.scalar(b"", pa.binary()))


def _bytes(column: pa.BinaryArray) -> bytes:
    """Return all values, one behind the other."""
    _, offsets, data = column.buffers()
    end = int(np.frombuffer(offsets, np.int32)[len(column)])
    return bytes(memoryview(data)[:end])
