"""Reading one distinct cell as what its column declares it to be."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import FaultKind
from kpicli.loaders.cells.raw_table import Cell, CellError
from kpicli.values.codes import CodeReader, Numerals
from kpicli.values.dates import YEARS, UnreadableDate, excel_serial, parse_date
from kpicli.values.folding import fold
from kpicli.values.identifiers import SavedByExcel, identifier, padded

Value = str | date | Decimal

_DIGITS = 28  # of a decimal number; beyond them it would be rounded in silence
_NUMBER = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")


class Reading(Struct, frozen=True):
    """The reading of one cell: a value, nothing (blank) or a fault; and a remark, if any."""

    value: Value | None = None
    fault: FaultKind | None = None
    remark: FaultKind | None = None


BLANK = Reading()
CellReader = Callable[[Cell], Reading]


def text_of(cell: Cell) -> str:
    """Return a cell as text: what a text file would hold in its place."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def read_text(cell: Cell) -> Reading:
    """Return the folded text."""
    if isinstance(cell, CellError):
        return Reading(fault=faults.ERROR_CELL)
    return Reading(fold(text_of(cell)) or None)


def read_id(cell: Cell) -> Reading:
    """Return the id to the letter; one that a spreadsheet has rewritten is a fault.

    That is a number such as 1.23E+11, or a date where `4-1` was typed.
    """
    if isinstance(cell, CellError):
        return Reading(fault=faults.ERROR_CELL)
    if isinstance(cell, date | time | timedelta):
        return Reading(fault=faults.SAVED_BY_EXCEL)
    try:
        return Reading(identifier(text_of(cell)) or None)
    except SavedByExcel:
        return Reading(fault=faults.SAVED_BY_EXCEL)


def id_reader(width: int) -> CellReader:
    """Return a reader of ids that gives those of digits alone their zeros back, up to `width`."""

    def read(cell: Cell) -> Reading:
        reading = read_id(cell)
        if not width or not isinstance(reading.value, str):
            return reading
        return Reading(padded(reading.value, width))

    return read


def read_number(cell: Cell) -> Reading:
    """Return a decimal number; thousands may be set off by commas, in threes.

    An exponent in a text is a fault: a spreadsheet has rounded the number when it saved the file.
    """
    if isinstance(cell, CellError):
        return Reading(fault=faults.ERROR_CELL)
    if isinstance(cell, float | int) and not isinstance(cell, bool) and math.isfinite(cell):
        return Reading(Decimal(str(cell)).normalize())
    folded = fold(text_of(cell))
    if not folded:
        return BLANK
    if len(folded) > _DIGITS or not _NUMBER.fullmatch(folded):
        return Reading(fault=faults.UNREADABLE_NUMBER)
    return Reading(Decimal(folded.replace(",", "")).normalize())


def date_reader(zone: tzinfo, epoch_1904: bool) -> CellReader:
    """Return a reader of dates; stamps with an offset are cut to days in `zone`.

    A bare number of 20000 to 80000 is an Excel serial, and gets a remark.
    """

    def read(cell: Cell) -> Reading:
        if isinstance(cell, CellError):
            return Reading(fault=faults.ERROR_CELL)
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return Reading(day) if day.year in YEARS else Reading(fault=faults.UNREADABLE_DATE)
        folded = fold(text_of(cell))
        if not folded:
            return BLANK
        try:
            if _is_serial(folded):
                serial = excel_serial(float(folded), epoch_1904)
                return Reading(serial, remark=faults.EXCEL_SERIAL)
            return Reading(parse_date(folded, zone))
        except UnreadableDate:
            return Reading(fault=faults.UNREADABLE_DATE)

    return read


def _is_serial(text: str) -> bool:
    whole, _, fraction = text.partition(".")
    return (
        text.isascii()
        and len(whole) == 5
        and whole.isdecimal()
        and (not fraction or fraction.isdecimal())
    )


def code_reader(codes: CodeReader, numerals: Numerals | None) -> CellReader:
    """Return a reader of codes, `numerals` being what circled numerals mean at the row's date."""

    def read(cell: Cell) -> Reading:
        if isinstance(cell, CellError):
            return Reading(fault=faults.ERROR_CELL)
        reading = codes.read(text_of(cell), numerals)
        if reading.problem == "numeral_without_date":
            return Reading(fault=faults.NUMERAL_WITHOUT_DATE)
        if reading.problem is not None:
            return Reading(fault=faults.UNKNOWN_CODE)
        if reading.disagreement:
            return Reading(reading.value, remark=faults.NUMERAL_AGAINST_WORDS)
        return Reading(reading.value, remark=faults.SEVERAL_VALUES if reading.several else None)

    return read
