import re
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from kpicli.loaders.cells.raw_table import Cell, CellError
from kpicli.loaders.workbook.number_formats import (
    NumberFormat,
    as_id,
    as_moment,
    as_percentage,
    as_span,
    number_format,
    read_number,
)

NO_MOMENT = CellError("#VALUE!")
DATE, ELAPSED, NUMBER = NumberFormat("date"), NumberFormat("elapsed"), NumberFormat()


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        *((number, None, DATE) for number in (*range(14, 23), *range(27, 37), *range(50, 59))),
        *((number, None, NUMBER) for number in (0, 2, 11, 26, 37, 49, 59, 163)),
        (46, None, ELAPSED),
        (176, '[$-411]ggge"年"m"月"d"日"', DATE),
        (176, "[$-ja-JP-x-gannen]ggge年m月d日;@", DATE),
        (176, "yyyy/m/d;@", DATE),
        (31, "General", NUMBER),  # the file's own code comes before the built-in one
        (176, "[h]:mm", ELAPSED),
        (176, '#,##0"日"', NUMBER),
        (176, "[Red]#,##0_ ;[Blue]\\-#,##0", NUMBER),
        (176, "00000", NumberFormat(places="00000")),
        (176, '"S"000', NumberFormat(places="\\S000")),
        (176, "\\C00000", NumberFormat(places="\\C00000")),
        (176, "000-0000", NumberFormat(places="000\\-0000")),
        (176, '0000"-"00;-0000', NumberFormat(places="0000\\-00")),
        (176, '"第"0号', NumberFormat(places="\\第0\\号")),
        (176, "0000;-0000;", NUMBER),  # zero is not shown at all
        (176, "[<=999]000;000-0000", NUMBER),
        (176, "0.00", NUMBER),
        (176, "0,000", NUMBER),
        (176, "# ?/?", NUMBER),
        (176, '"なし"', NUMBER),
    ],
)
def test_number_format(number: int, code: str | None, expected: NumberFormat) -> None:
    """A format is a date by its codes or its built-in number, not by quoted words or colours."""
    assert number_format(number, code) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (45748, datetime.fromisoformat("2025-04-01")),
        (45747.99999999999, datetime.fromisoformat("2025-04-01")),  # lost in arithmetic
        (45748 + 86399 / 86400, datetime.fromisoformat("2025-04-01T23:59:59")),
        (1, datetime.fromisoformat("1900-01-01")),
        (59, datetime.fromisoformat("1900-02-28")),
        (60, NO_MOMENT),  # 29 February 1900 never was
        (61, datetime.fromisoformat("1900-03-01")),
        (2958465, datetime.fromisoformat("9999-12-31")),
        (2958466, NO_MOMENT),
        (1e300, NO_MOMENT),
        (-1, NO_MOMENT),
        (0.5, time(12)),
        (0, time(0)),
    ],
)
def test_moments_from_1900(number: float, expected: Cell) -> None:
    """A serial number is its day and time, or an error where Excel has no such day."""
    assert as_moment(number, epoch_1904=False) == expected


def test_moments_from_1904() -> None:
    """In a workbook that counts from 1904 every serial number is 1462 days later."""
    assert as_moment(44286, epoch_1904=True) == datetime.fromisoformat("2025-04-01")
    assert as_moment(60, epoch_1904=True) == datetime.fromisoformat("1904-03-01")


@given(st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("2200-01-01")))
def test_moments_come_back(moment: datetime) -> None:
    """A moment to the second, stored as Excel stores it, comes back as itself."""
    moment = moment.replace(microsecond=0)
    serial = (moment - datetime.fromisoformat("1899-12-30")) / timedelta(days=1)
    assert as_moment(serial, epoch_1904=False) == moment


def test_spans() -> None:
    """Elapsed time is a length, negative too; what no length can hold is an error."""
    assert as_span(1.5) == timedelta(hours=36)
    assert as_span(-0.25) == timedelta(hours=-6)
    assert as_span(1e300) == NO_MOMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("12.0", 12),
        ("1.5", 1.5),
        ("-3", -3),
        ("1E+3", 1000),
        ("999999999999999", 999999999999999),
        ("1234567890123456", 1234567890123456.0),
    ],
)
def test_numbers(text: str, expected: float) -> None:
    """A whole number is an int as far as a spreadsheet keeps its digits."""
    assert (read_number(text), type(read_number(text))) == (expected, type(expected))


@pytest.mark.parametrize("text", ["", "NaN", "INF", "1E999", "1,5", "x"])
def test_no_numbers(text: str) -> None:
    """What no sheet can hold as a number is refused."""
    with pytest.raises(ValueError, match=r"."):
        read_number(text)


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (123, "00000", "00123"),
        (123456, "00000", None),
        (1, '"S"000', "S001"),
        (12, '"S"0', "S12"),
        (1000000, "000-0000", "100-0000"),
        (1, "000-0000", "000-0001"),
        (123456789, "000-0000", "12345-6789"),
        (5, "##00", "05"),
        (5, "##-##", "-5"),
        (2500012, "00-#####", "25-00012"),
        (12, '"第"0"号"', "第12号"),
        (0, "000", "000"),
        (7, "0", None),
        (7, "#", None),
        (7, "General", None),
        (-7, "000", None),
        (7.5, "000", None),
        (1234567890123456.0, "General", "1.23456789012346E+15"),
    ],
)
def test_ids(number: float, form: str, expected: str | None) -> None:
    """An id is what its format shows, in the form of a lost number where digits are lost."""
    assert as_id(number, number_format(176, form)) == expected


@given(st.integers(0, 10**9), st.from_regex(r"[0-][0-]{0,8}0", fullmatch=True))
def test_ids_by_another_road(number: int, code: str) -> None:
    """Cut from its end by the runs of zeros of its format, the first run taking what is left."""
    first, *others = re.findall("0+", code)
    runs = rf"([0-9]{{{len(first)},}})" + "".join(rf"([0-9]{{{len(run)}}})" for run in others)
    numbers = iter(range(1, code.count("0") + 1))
    template = re.sub("0+", lambda _: rf"\g<{next(numbers)}>", code)
    expected = re.sub(runs, template, str(number).zfill(code.count("0")))
    assert (as_id(number, number_format(176, code)) or str(number)) == expected


@given(
    st.integers(0, 200),
    st.none() | st.from_regex(r'[dmyhs0#;@_\\\[\]HhMmSs"$.,日年/ :-]{0,12}', fullmatch=True),
)
def test_formats_by_another_road(number: int, code: str | None) -> None:
    """Dates and lengths of time are those that openpyxl takes for them, the Japanese ones aside."""
    form = number_format(number, code)
    if code is None and number in (*range(27, 37), *range(50, 59)):
        assert form == DATE
        return
    known = BUILTIN_FORMATS.get(number, "General") if code is None else code
    elapsed, dated = is_timedelta_format(known), is_date_format(known)
    kind = "elapsed" if elapsed else "date" if dated else "number"
    assert form.kind == kind


@given(st.floats(0, 2_958_465.999), st.booleans())
def test_moments_by_another_road(serial: float, epoch_1904: bool) -> None:
    """A serial number is the moment that openpyxl takes it for."""
    if 60 <= serial < 61 and not epoch_1904:
        assert as_moment(serial, epoch_1904) == NO_MOMENT
        return
    try:
        expected: object = from_excel(serial, MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH)
    except OverflowError:
        expected = NO_MOMENT
    assert as_moment(serial, epoch_1904) == expected


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.85, "85%"),
        (0.985, "98.5%"),
        (0.07, "7%"),
        (1, "100%"),
        (0, "0%"),
        (-0.03, "-3%"),
        (12.5, "1250%"),
        (2 / 3, "66.6666666666667%"),
        (0.1 + 0.2, "30%"),
    ],
)
def test_a_fraction_as_the_percentage_that_it_is_shown_as(number: float, text: str) -> None:
    """The digits that a spreadsheet keeps stay, however few are shown; no noise is added."""
    assert as_percentage(number) == text
