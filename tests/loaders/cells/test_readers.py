from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base import faults
from kpicli.loaders.cells.column_codes import FiveDigits
from kpicli.loaders.cells.raw_table import NEVER_CALCULATED, Cell, CellError, text_of
from kpicli.loaders.cells.readers import (
    CellReader,
    DateForms,
    Reading,
    are_plain_ids,
    code_reader,
    date_reader,
    read_id,
    read_number,
    text_reader,
)
from kpicli.values.codes import CodeReader

TOKYO = ZoneInfo("Asia/Tokyo")
READ_DATE = date_reader(TOKYO)
READ_BASE_DATE = date_reader(TOKYO, DateForms(is_base=True))
READ_CODE = code_reader(CodeReader({"生保": (), "#1": ()}), None)
READ_TEXT = text_reader()
EVERY = [READ_TEXT, read_id, read_number, READ_DATE, READ_CODE]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0", "0"),
        (" 12 ", "12"),
        ("１２", "12"),
        ("-3.50", "-3.5"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        (80, "80"),
        (80.0, "80"),
        (0.1, "0.1"),
        (1e20, "1E+20"),
    ],
)
def test_numbers_are_read_exactly(cell: Cell, number: str) -> None:
    """A number is a decimal; what a workbook stores is taken as it prints."""
    assert read_number(cell).value == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (110.00000000000001, "110"),
        (0.1 + 0.2, "0.3"),
        (-2.5e-16, "-2.5E-16"),
        (123456789.123456789, "123456789.123457"),
        (12345678901234567.0, "1.23456789012346E+16"),
    ],
)
def test_a_float_is_taken_with_the_digits_that_a_spreadsheet_shows(
    cell: float, number: str
) -> None:
    """What a formula leaves beyond 15 digits is noise of the machine, and no part of the figure."""
    assert read_number(cell).value == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("x", ""),
        ("1,2", "commas"),
        ("1_000", "unit"),
        ("1E+05", "exponent"),
        ("NaN", "nothing"),
        ("inf", ""),
        ("５箱", "unit"),
        ("1.", "unit"),
        ("-", "nothing"),
        ("…", "nothing"),
        ("***", "nothing"),
        ("未定", "nothing"),
        (True, ""),
        (float("nan"), "nothing"),
        (1e28, "long"),
        (1e-300, "long"),
    ],
)
def test_a_number_that_has_to_be_guessed_is_a_fault(cell: Cell, cause: str) -> None:
    """The fault says why; a word for nothing is called one."""
    assert read_number(cell).fault is faults.UNREADABLE_NUMBER.because(cause)


def test_scales_are_told_and_units_are_known() -> None:
    """12千円 is 12000 with a note; 85% is 85, a percentage."""
    scaled, percent = read_number("12千円"), read_number("85%")
    assert (scaled.value, scaled.remarks) == (Decimal(12000), (faults.SCALED_NUMBER,))
    assert (percent.value, percent.remarks) == (Decimal(85), ())
    assert (scaled.unit, percent.unit, read_number("85").unit) == ("千", "%", "")


@pytest.mark.parametrize("cell", [None, "", " ", "　", "\u200b"])
def test_blank_cells_are_blank_whatever_the_column(cell: Cell) -> None:
    """White space of any kind is no value and no fault."""
    for read in EVERY:
        reading = read(cell)
        assert (reading.value, reading.fault) == (None, None)


@pytest.mark.parametrize("read", EVERY)
def test_an_error_cell_is_a_fault_of_its_own(read: CellReader) -> None:
    """#N/A is no text, no id, no number, no date and no code: in a workbook or in a text file."""
    assert read(CellError("#N/A")).fault is faults.ERROR_CELL.because("missing")
    causes = {"N/A": "missing", "REF!": "reference", "NAME?": "name", "DIV/0!": "zero"}
    causes |= {"VALUE!": "operand"}
    for name in ("N/A", "REF!", "VALUE!", "DIV/0!", "NAME?", "NULL!", "NUM!", "SPILL!", "CALC!"):
        for text in (f"#{name}", f" #{name}\u3000", f'="#{name}"', f"＃{name}", f"#{name.lower()}"):
            assert read(text).fault is faults.ERROR_CELL.because(causes.get(name, ""))
    assert read("Err:502").fault is faults.ERROR_CELL
    for text in ("##", "####", "########"):
        assert read(text).fault is faults.ERROR_CELL.because("narrow")


@pytest.mark.parametrize("read", EVERY)
def test_a_formula_without_its_result_is_no_error_of_the_formula(read: CellReader) -> None:
    """It says to open the workbook and save it."""
    assert read(NEVER_CALCULATED).fault is faults.NEVER_CALCULATED


@pytest.mark.parametrize("text", ["NA", "N/A", "#1", "#12", "E", "Error"])
def test_texts_that_resemble_errors_are_texts(text: str) -> None:
    """NA and N/A stay values, as does whatever else begins with their signs."""
    assert (READ_TEXT(text).value, read_id(text).value) == (text, text)
    assert READ_CODE("#1").value == "#1"


@pytest.mark.parametrize("read", [READ_TEXT, read_id])
def test_signs_that_nobody_sees_are_dropped_and_told(read: CellReader) -> None:
    """C001 with a mark of direction behind it is C001, with a note."""
    assert read("C001\u200e") == Reading("C001", remarks=(faults.INVISIBLE_SIGNS,))
    assert read("C001\u00a0") == Reading("C001")
    assert READ_DATE("\u200e2025/4/1").remarks == (faults.INVISIBLE_SIGNS,)
    assert READ_CODE("生\u00ad保").remarks == (faults.INVISIBLE_SIGNS,)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("00123", "00123"), ('="00123"', "00123"), ("NA", "NA"), ("12E3", "12E3"), (123, "123")],
)
def test_ids_are_kept_to_the_letter(cell: Cell, value: str) -> None:
    """Zeros stay, NA is a value, a wrapped id is unwrapped."""
    assert read_id(cell).value == value


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("1.23E+11", "exponent"),
        (1.5e300, "exponent"),
        ("1月2日", "date"),
        (datetime.fromisoformat("2025-04-01"), "date"),
        (date(2025, 4, 1), "date"),
        (time(1, 2), "date"),
    ],
)
def test_an_id_that_a_spreadsheet_rewrote_is_a_fault(cell: Cell, cause: str) -> None:
    """Digits that are lost, or a date where a number was typed, identify nothing."""
    assert read_id(cell).fault is faults.SAVED_BY_EXCEL.because(cause)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025/4/1", date(2025, 4, 1)),
        ("令和7年4月1日", date(2025, 4, 1)),
        (datetime.fromisoformat("2025-04-01T23:59"), date(2025, 4, 1)),
        (date(2025, 4, 1), date(2025, 4, 1)),
    ],
)
def test_dates_are_days(cell: Cell, day: date) -> None:
    """The time of day is cut, and nothing is told of a date that is one."""
    reading = READ_DATE(cell)
    assert (reading.value, reading.remarks) == (day, ())


@pytest.mark.parametrize("cell", ["45748", "４５７４８", 45748, 45748.75, "45748.75"])
def test_an_excel_serial_is_a_day_and_is_told(cell: Cell) -> None:
    """45748 is 1 April 2025, with a note; whether it is one the whole column has to say."""
    reading, stored = READ_DATE(cell), not isinstance(cell, str)
    assert (reading.value, reading.remarks) == (date(2025, 4, 1), (faults.EXCEL_SERIAL,))
    assert reading.serial == FiveDigits(45748, date(2025, 4, 1), stored, eraless=False)


@pytest.mark.parametrize(
    ("cell", "eraless"),
    [("70401", True), (70401, True), ("70431", False), ("71301", False), ("70401.5", False)],
)
def test_digits_that_may_have_lost_a_zero_are_marked(cell: Cell, eraless: bool) -> None:
    """70401 may be 070401, as 70431 may not: April has 30 days."""
    serial = READ_DATE(cell).serial
    assert serial is not None
    assert serial.eraless is eraless


def test_dates_of_six_digits_are_marked() -> None:
    """They speak against the serials of their column; they are faults themselves."""
    assert READ_DATE("070401").eraless
    assert READ_DATE("10401").eraless
    assert not READ_DATE("2025041").eraless


def test_what_is_refused_is_a_fault_with_its_cause() -> None:
    """A workbook's number and a text of the same digits are told apart."""
    refused = {FiveDigits(70401, date(2092, 9, 29), stored=False, eraless=True): "five_digits"}
    read = date_reader(TOKYO, DateForms(refused=refused))
    assert read("70401").fault is faults.UNREADABLE_DATE.because("five_digits")
    assert read(70401).value == date(2092, 9, 29)


def test_the_year_from_which_serials_count_can_be_declared() -> None:
    """Then the column need not be asked; a workbook's own numbers count as it says."""
    read = date_reader(TOKYO, DateForms(serials=1904))
    assert read("44286") == Reading(date(2025, 4, 1), remarks=(faults.EXCEL_SERIAL,))
    assert read(45748).value == date(2025, 4, 1)


def test_a_serial_counts_from_the_epoch_of_its_workbook() -> None:
    """A workbook that counts from 1904 gives a day four years later."""
    read = date_reader(TOKYO, DateForms(epoch_1904=True))
    assert read(44286).value == date(2025, 4, 1)
    assert read("45748").value == date(2025, 4, 1)  # a text has no epoch of its own


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("19999", "digits"),
        ("80001", "digits"),
        ("2025041", "digits"),
        (0, "digits"),
        (1e5, "digits"),
        ("2025/9/31", "no_such_day"),
        ("7/4/1", "short_year"),
        ("4月1日", "no_year"),
        ("未定", "nothing"),
        ("－", "nothing"),
        (-45748, ""),
        (True, ""),
        (time(9, 0), ""),
        (datetime.fromisoformat("1800-01-01"), "year"),
    ],
)
def test_what_is_no_date_is_a_fault(cell: Cell, cause: str) -> None:
    """Serials out of bounds, days that never were and short forms are never guessed."""
    assert READ_DATE(cell).fault is faults.UNREADABLE_DATE.because(cause)


@pytest.mark.parametrize(
    "cell",
    [
        "9999/12/31",
        "9999-12-31",
        "99991231",
        "9999年12月31日",
        "9999/12/31 23:59:59",
        datetime.fromisoformat("9999-12-31"),
        "0000/00/00",
        "0000-00-00 00:00:00",
        "00000000",
    ],
)
def test_the_dates_of_systems_for_no_date_are_blank_and_told(cell: Cell) -> None:
    """An end that never comes is no end; where it would date the row, it is a fault."""
    assert READ_DATE(cell) == Reading(remarks=(faults.NO_DATE_MEANT,))
    cause = "no_such_day" if str(cell).startswith("0") else "year"
    assert READ_BASE_DATE(cell).fault is faults.UNREADABLE_DATE.because(cause)


@pytest.mark.parametrize("cell", ["9999/12/30", "9998/12/31", "2999/12/31", "0000/01/01"])
def test_other_days_out_of_bounds_are_faults(cell: str) -> None:
    """Only what surely means "none" is taken for a blank."""
    assert READ_DATE(cell).fault is not None


def test_codes_that_are_not_listed_are_faults() -> None:
    """A value outside a closed list is a fault, a number as its text."""
    reader = code_reader(CodeReader({"1": (), "生保": ("生命保険",)}), None)
    assert reader("生命保険").value == "生保"
    assert reader(1).value == "1"
    assert reader("苦情").fault is faults.UNKNOWN_CODE
    assert reader("－").fault is faults.UNKNOWN_CODE.because("nothing")
    assert reader("1・生保").fault is faults.UNKNOWN_CODE.because("several")
    assert reader(CellError("#REF!")).fault is faults.ERROR_CELL.because("reference")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (CellError("#N/A"), "#N/A"),
        (date(2025, 4, 1), "2025-04-01"),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (" a ", " a "),
    ],
)
def test_a_cell_as_text_is_what_a_text_file_would_hold(cell: Cell, text: str) -> None:
    """The raw text is not folded."""
    assert text_of(cell) == text


REWRITTEN = ("4-Jan", "Apr-25", "1.2E+11", "Err:502", "#N/A", '="01"', "1月2日", "Ａ", "譚ｱ")
ID_PIECES = st.sampled_from((*"0129AZEe+-.:#='\" ", "", "\u200b", *REWRITTEN))


@given(st.lists(st.lists(ID_PIECES, max_size=4).map("".join), max_size=5))
def test_plain_ids_are_read_as_they_stand(cells: list[str]) -> None:
    """What is said of all cells at once holds of each: none is blank, rewritten, or an error."""
    if are_plain_ids(cells):
        assert [read_id(cell) for cell in cells] == [Reading(cell) for cell in cells]
        assert len(set(cells)) == len(cells)


@pytest.mark.parametrize(
    "cell", ["", " ", "A 1", "4-Jan", "Apr-25", "1E+5", "#N/A", '="01"', "Ｓ1", "S1", 5, None]
)
def test_a_cell_that_may_be_otherwise_has_to_be_read(cell: Cell) -> None:
    """Blanks, spaces, signs of spreadsheets, other widths, repeats, and what is no text."""
    assert are_plain_ids(["S1", "C00001", "AB-12-3", "x_9/2"])
    assert not are_plain_ids(["S1", "C00001", cell])
