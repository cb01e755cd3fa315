"""Reading one distinct cell as what its column declares it to be."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base import faults
from kpicli.base.faults import FaultKind
from kpicli.loaders.cells.column_codes import FiveDigits, Value
from kpicli.loaders.cells.raw_table import (
    HIDDEN_BY_MERGING,
    NEVER_CALCULATED,
    Cell,
    CellError,
    text_of,
)
from kpicli.loaders.cells.row_bytes import DistinctBytes
from kpicli.values.codes import LABELLED, CodeReader, Numerals
from kpicli.values.dates import YEARS, Order, UnreadableDate, excel_serial, is_eraless, parse_date
from kpicli.values.folding import fold, holds_invisible, is_garbled
from kpicli.values.identifiers import SavedByExcel, checked_identifier, padded
from kpicli.values.number_reading import MOST_DIGITS, UnreadableNumber, parse_number

_ERROR_VALUE = (
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|BUSY!|PYTHON!|EXTERNAL!|ERROR!|GETTING_DATA)|Err:[0-9]{3}"
)
_ERROR_CAUSES = {
    "#N/A": "missing",
    "#REF!": "reference",
    "#NAME?": "name",
    "#DIV/0!": "zero",
    "#VALUE!": "operand",
}
_NOTHING = (
    r"[-ー*./]+|・+|未定|未入力|未記入|未|不明|不詳|空欄|空白|なし|無し|無|該当なし|対象外|"
    r"N/?A|null|none|nil|nan|n\.a\.|unknown|tbd"
)
"""Words for nothing; a column that has none of them among its values can declare them blank."""
_FOR_GOOD = 9999
"""The year of systems' date without an end, 9999-12-31."""
_NO_DATE = r"0000([/.-]?)00?\1?00?(?: 0?0:00(?::00)?)?"
"""The date of systems for a date that is not there, 0000-00-00."""


class Reading(Struct, frozen=True):
    """The reading of one cell: a value, nothing (blank) or a fault; and remarks, if any.

    `unit` is what the value of a number depends on (`ReadNumber.unit`). `serial` are the digits of
    a date that nothing in its cell confirms; `eraless` marks digits that are a date without its
    era (070401).
    """

    value: Value | None = None
    fault: FaultKind | None = None
    remarks: tuple[FaultKind, ...] = ()
    unit: str = ""
    serial: FiveDigits | None = None
    eraless: bool = False


BLANK = Reading()
CellReader = Callable[[Cell], Reading]


class Blanks(Struct, frozen=True):
    """Words that a column declares to mean nothing, folded; `days` are those that are dates."""

    words: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()


NOTHING_DECLARED = Blanks()


@lru_cache(maxsize=1 << 8)
def blanks_of(words: tuple[str, ...], zone: tzinfo, order: Order | None = None) -> Blanks:
    """Return the words for nothing that settings declare."""
    days = (_day_named(fold(word), zone, order) for word in words)
    return Blanks(frozenset(map(fold, words)), frozenset(day for day in days if day is not None))


def _day_named(folded: str, zone: tzinfo, order: Order | None) -> date | None:
    try:
        return parse_date(folded, zone, order)
    except UnreadableDate as error:
        return error.day


def _reader(
    written: Callable[[str, str], Reading],
    blanks: Blanks,
    stored: Callable[[Cell], Reading | None] = lambda cell: None,  # noqa: ARG005 - a default
) -> CellReader:
    """Return a reader of cells.

    `stored` reads what a workbook stores otherwise than as text, or leaves it (None); `written`
    reads a text, given as it stands and folded.
    """

    def read(cell: Cell) -> Reading:
        if isinstance(cell, str):
            text = cell
        elif isinstance(cell, CellError):
            return Reading(fault=_fault_of(cell))
        else:
            reading = stored(cell)
            if reading is not None:
                return reading
            text = text_of(cell)
        folded = fold(text)
        if not folded or folded in blanks.words:
            return BLANK
        if folded[0] in "#Ee":
            if len(folded) > 1 and not folded.strip("#"):
                return Reading(fault=faults.ERROR_CELL.because("narrow"))
            if re.fullmatch(_ERROR_VALUE, folded, re.IGNORECASE):
                return Reading(fault=_error_named(folded))
        if is_garbled(text):
            return Reading(fault=faults.GARBLED)
        reading = written(text, folded)
        if folded != text and reading.fault is None and holds_invisible(text):
            return replace(reading, remarks=(*reading.remarks, faults.INVISIBLE_SIGNS))
        return reading

    return read


def _fault_of(cell: CellError) -> FaultKind:
    if cell == HIDDEN_BY_MERGING:
        return faults.HIDDEN_BY_MERGING
    return faults.NEVER_CALCULATED if cell == NEVER_CALCULATED else _error_named(cell.text)


def _error_named(text: str) -> FaultKind:
    return faults.ERROR_CELL.because(_ERROR_CAUSES.get(text.strip().upper(), ""))


def _no_value(kind: FaultKind, problem: str, folded: str) -> Reading:
    """Return the fault of a text that cannot be read; a word for nothing is called one."""
    nothing = re.fullmatch(_NOTHING, folded, re.IGNORECASE)
    return Reading(fault=kind.because(problem if nothing is None else "nothing"))


def text_reader(blanks: Blanks = NOTHING_DECLARED) -> CellReader:
    """Return a reader of texts, which come folded."""
    return _reader(lambda _, folded: Reading(folded), blanks)


def id_reader(width: int = 0, blanks: Blanks = NOTHING_DECLARED) -> CellReader:
    """Return a reader of ids, kept to the letter; one that a spreadsheet has rewritten is a fault.

    That is a number such as 1.23E+11, or a date where `4-1` was typed. Ids of digits alone get
    their zeros back, up to `width`.
    """

    def written(_: str, folded: str) -> Reading:
        try:
            checked = checked_identifier(folded)
        except SavedByExcel as error:
            return Reading(fault=faults.SAVED_BY_EXCEL.because(error.cause))
        return Reading(padded(checked, width) if width else checked)

    def stored(cell: Cell) -> Reading | None:
        if isinstance(cell, date | time | timedelta):
            return Reading(fault=faults.SAVED_BY_EXCEL.because("date"))
        return None

    return _reader(written, blanks, stored)


_NOT_PLAIN = re.compile(r"[=#:'\"]|[Ee][+-]|-[A-Z][a-z]{2}|[A-Z][a-z]{2}-")
"""What may be an error value, a wrapped text, or what a spreadsheet makes of an id."""
_SIGNS = "=#:'\"+-"
"""What is `_NOT_PLAIN` has at least one of these."""
_PLAIN = bytes(sign for sign in range(0x21, 0x7F) if chr(sign) not in _SIGNS)
"""The visible signs of ASCII of which nothing else is made."""


def are_plain_ids(cells: Sequence[Cell]) -> bool:
    """Return whether `id_reader` takes each of these distinct texts for an id, just as it stands.

    They are of visible ASCII signs alone, none is blank, and none looks like an error value or like
    what a spreadsheet has made of an id; where one might, each has to be read.
    """
    if isinstance(cells, DistinctBytes) and cells.are_made_of(_PLAIN):
        return True
    if not all(isinstance(cell, str) for cell in cells):
        return False
    texts = cast("Sequence[str]", cells)
    joined = " ".join(texts)
    visible = joined.isascii() and joined.isprintable() and joined.count(" ") == len(texts) - 1
    distinct = set(texts)
    if not visible or "" in distinct or len(distinct) < len(texts):
        return False
    # Each form has one of these signs, and to look for a sign takes a hundredth of the pattern.
    return not any(sign in joined for sign in _SIGNS) or _NOT_PLAIN.search(joined) is None


read_id = id_reader()
"""Reads an id where no settings are at hand."""


def number_reader(blanks: Blanks = NOTHING_DECLARED, *, labelled: bool = False) -> CellReader:
    """Return a reader of decimal numbers (see `parse_number`).

    Where they are `labelled`, what stands behind the number is what it is called. A workbook's
    numbers are taken with the 15 digits that it keeps and shows.
    """

    def written(text: str, folded: str) -> Reading:
        try:
            read = parse_number(text)
        except UnreadableNumber as error:
            parts = LABELLED.fullmatch(folded) if labelled else None
            if parts is not None:
                return Reading(Decimal(parts[1]))
            return _no_value(faults.UNREADABLE_NUMBER, error.problem, folded)
        scaled = read.unit not in ("", "%")
        return Reading(
            read.value, remarks=(faults.SCALED_NUMBER,) if scaled else (), unit=read.unit
        )

    def stored(cell: Cell) -> Reading | None:
        if isinstance(cell, bool) or not isinstance(cell, float | int) or not math.isfinite(cell):
            return None
        if text_of(cell) in blanks.words:
            return BLANK
        number = Decimal(text_of(cell))
        if number and not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
            return Reading(fault=faults.UNREADABLE_NUMBER.because("long"))
        return Reading(number.normalize())

    return _reader(written, blanks, stored)


read_number = number_reader()
"""Reads a number where no settings are at hand."""


class DateForms(Struct, frozen=True):
    """How the dates of a column are written, beyond what their cells say.

    `order` is that of dates that end in their year. `epoch_1904` is the workbook's own setting;
    `serials` declares from which year five digits count. `refused` are the five digits that are no
    serials, each with the cause of its fault. `is_base` marks the column that dates its row.
    """

    order: Order | None = None
    epoch_1904: bool = False
    serials: Literal[1900, 1904] | None = None
    refused: Mapping[FiveDigits, str] = {}
    is_base: bool = False


ANY_DATE = DateForms()


def date_reader(
    zone: tzinfo, forms: DateForms = ANY_DATE, blanks: Blanks = NOTHING_DECLARED
) -> CellReader:
    """Return a reader of dates; stamps with an offset are cut to days in `zone`.

    A bare number of 20000 to 80000 is an Excel serial, and gets a remark. 9999-12-31 and
    0000-00-00, by which systems say that there is no date, are blank with a remark, but not as the
    base date.
    """

    def written(_: str, folded: str) -> Reading:
        try:
            if _is_serial(folded):
                return serial(folded, stored=False)
            return checked(parse_date(folded, zone, forms.order))
        except UnreadableDate as error:
            if error.day is not None:
                return checked(error.day)
            if re.fullmatch(_NO_DATE, folded) and not forms.is_base:
                return Reading(remarks=(faults.NO_DATE_MEANT,))
            reading = _no_value(faults.UNREADABLE_DATE, error.problem, folded)
            return replace(reading, eraless=True) if is_eraless(folded) else reading

    def serial(folded: str, *, stored: bool) -> Reading:
        epoch_1904 = forms.epoch_1904 if stored else forms.serials == 1904
        day = excel_serial(float(folded), epoch_1904)
        if forms.serials is not None:
            return Reading(day, remarks=(faults.EXCEL_SERIAL,))
        five = FiveDigits(int(float(folded)), day, stored, is_eraless(folded))
        if five in forms.refused:
            return Reading(fault=faults.UNREADABLE_DATE.because(forms.refused[five]))
        return Reading(day, remarks=(faults.EXCEL_SERIAL,), serial=five)

    def checked(day: date) -> Reading:
        if day in blanks.days:
            return BLANK
        if day.year in YEARS:
            return Reading(day)
        if (day.year, day.month, day.day) == (_FOR_GOOD, 12, 31) and not forms.is_base:
            return Reading(remarks=(faults.NO_DATE_MEANT,))
        return Reading(fault=faults.UNREADABLE_DATE.because("year"))

    def stored(cell: Cell) -> Reading | None:
        if isinstance(cell, date):
            return checked(cell.date() if isinstance(cell, datetime) else cell)
        text = text_of(cell)
        if isinstance(cell, int | float) and _is_serial(text) and text not in blanks.words:
            with suppress(UnreadableDate):
                return serial(text, stored=True)
        return None

    return _reader(written, blanks, stored)


def span_reader(
    parse: Callable[[str], date], blanks: Blanks = NOTHING_DECLARED, *, days: bool = True
) -> CellReader:
    """Return a reader of months or years, each as its first day.

    `parse` reads a text. `days`: whether a day that a workbook stores names its month.
    """

    def written(text: str, folded: str) -> Reading:
        try:
            return Reading(parse(text))
        except UnreadableDate as error:
            if error.day in blanks.days:
                return BLANK
            return _no_value(faults.UNREADABLE_DATE, error.problem, folded)

    def stored(cell: Cell) -> Reading | None:
        if not isinstance(cell, date):
            return None
        text = cell.strftime("%Y-%m-%d")
        if date.fromisoformat(text) in blanks.days:
            return BLANK
        if not days:
            return Reading(fault=faults.UNREADABLE_DATE.because("no_whole_year"))
        return written(text, text)

    return _reader(written, blanks, stored)


def _is_serial(text: str) -> bool:
    if text[5:6] not in (".", ""):  # as mostly: a date with its signs
        return False
    whole, _, fraction = text.partition(".")
    return (
        text.isascii()
        and len(whole) == 5
        and whole.isdecimal()
        and (not fraction or fraction.isdecimal())
    )


def code_reader(
    codes: CodeReader, numerals: Numerals | None, blanks: Blanks = NOTHING_DECLARED
) -> CellReader:
    """Return a reader of codes, `numerals` being what circled numerals mean at the row's date."""

    def written(text: str, folded: str) -> Reading:
        reading = codes.read(text, numerals)
        if reading.problem == "numeral_without_date":
            return Reading(fault=faults.NUMERAL_WITHOUT_DATE)
        if reading.problem is not None:
            problem = "" if reading.problem == "unknown" else reading.problem
            return _no_value(faults.UNKNOWN_CODE, problem, folded)
        if reading.disagreement:
            return Reading(reading.value, remarks=(faults.NUMERAL_AGAINST_WORDS,))
        return Reading(reading.value, remarks=(faults.SEVERAL_VALUES,) if reading.several else ())

    return _reader(written, blanks)
