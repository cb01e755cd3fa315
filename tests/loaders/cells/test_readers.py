from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from kpicli.base import faults
from kpicli.loaders.cells.raw_table import Cell, CellError
from kpicli.loaders.cells.readers import (
    code_reader,
    date_reader,
    read_id,
    read_number,
    read_text,
    text_of,
)
from kpicli.values.codes import CodeReader

READ_DATE = date_reader(ZoneInfo("Asia/Tokyo"), epoch_1904=False)


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
    "cell",
    ["x", "1,2", "1,23,456", "1_000", "1E+05", "NaN", "inf", "５点", "1.", True, float("nan")],
)
def test_a_number_that_has_to_be_guessed_is_a_fault(cell: Cell) -> None:
    """Commas not in threes, exponents of a saved text and words are no number."""
    assert read_number(cell).fault is faults.UNREADABLE_NUMBER


@pytest.mark.parametrize("cell", [None, "", " ", "　", "\u200b"])
def test_blank_cells_are_blank_whatever_the_column(cell: Cell) -> None:
    """White space of any kind is no value and no fault."""
    reader = code_reader(CodeReader({"生保": ()}), None)
    for read in (read_text, read_id, read_number, READ_DATE, reader):
        reading = read(cell)
        assert (reading.value, reading.fault) == (None, None)


@pytest.mark.parametrize("read", [read_text, read_id, read_number, READ_DATE])
def test_an_error_cell_is_a_fault_of_its_own(read: object) -> None:
    """#N/A is no text, no id, no number and no date."""
    assert callable(read)
    assert read(CellError("#N/A")).fault is faults.ERROR_CELL


@pytest.mark.parametrize(
    ("cell", "value"),
    [("00123", "00123"), ('="00123"', "00123"), ("NA", "NA"), ("12E3", "12E3"), (123, "123")],
)
def test_ids_are_kept_to_the_letter(cell: Cell, value: str) -> None:
    """Zeros stay, NA is a value, a wrapped id is unwrapped."""
    assert read_id(cell).value == value


@pytest.mark.parametrize(
    "cell",
    [
        "1.23E+11",
        "####",
        datetime.fromisoformat("2025-04-01"),
        date(2025, 4, 1),
        time(1, 2),
        1.5e300,
    ],
)
def test_an_id_that_a_spreadsheet_rewrote_is_a_fault(cell: Cell) -> None:
    """Digits that are lost, or a date where a number was typed, identify nothing."""
    assert read_id(cell).fault is faults.SAVED_BY_EXCEL


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
    assert (reading.value, reading.remark) == (day, None)


@pytest.mark.parametrize("cell", ["45748", "４５７４８", 45748, 45748.75, "45748.75"])
def test_an_excel_serial_is_a_day_and_is_told(cell: Cell) -> None:
    """45748 is 1 April 2025, with a note."""
    reading = READ_DATE(cell)
    assert (reading.value, reading.remark) == (date(2025, 4, 1), faults.EXCEL_SERIAL)


def test_a_serial_counts_from_the_epoch_of_its_workbook() -> None:
    """A workbook that counts from 1904 gives a day four years later."""
    read = date_reader(ZoneInfo("Asia/Tokyo"), epoch_1904=True)
    assert read(44286).value == date(2025, 4, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "19999",
        "80001",
        "2025/9/31",
        "7/4/1",
        "4月1日",
        "2025041",
        0,
        -45748,
        1e5,
        True,
        time(9, 0),
        datetime.fromisoformat("1800-01-01"),
    ],
)
def test_what_is_no_date_is_a_fault(cell: Cell) -> None:
    """Serials out of bounds, days that never were and short forms are never guessed."""
    assert READ_DATE(cell).fault is faults.UNREADABLE_DATE


def test_codes_that_are_not_listed_are_faults() -> None:
    """A value outside a closed list is a fault, a number as its text."""
    reader = code_reader(CodeReader({"1": (), "生保": ("生命保険",)}), None)
    assert reader("生命保険").value == "生保"
    assert reader(1).value == "1"
    assert reader("苦情").fault is faults.UNKNOWN_CODE
    assert reader(CellError("#REF!")).fault is faults.ERROR_CELL


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (CellError("#N/A"), "#N/A"),
        (date(2025, 4, 1), "2025-04-01"),
        (12, "12"),
        (" a ", " a "),
    ],
)
def test_a_cell_as_text_is_what_a_text_file_would_hold(cell: Cell, text: str) -> None:
    """The raw text is not folded."""
    assert text_of(cell) == text
