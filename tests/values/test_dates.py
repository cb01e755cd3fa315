import time
from contextlib import suppress
from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.dates import YEARS, UnreadableDate, excel_serial, parse_date

TOKYO = timezone(timedelta(hours=9))
APRIL_1 = date(2025, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025/4/1",
        "2025/04/01",
        "2025/4/1 23:59:59",
        "2025/4/1 0:00",
        "2025-04-01",
        "2025.4.1",
        "20250401",
        "20250401 09:05",
        "2025年4月1日",
        "2025年04月01日",
        "2025年 4月 1日",
        "2025年4月1日(火)",
        "2025年4月1日(火曜日)",
        "2025年4月1日(火) 9:05",
        "2025年4月1日9:05",
        "2025/4/1(火)",
        "2025/4/1㈫",
        "令和7年4月1日",
        "令和7年4月1日(火) 9:05",
        "R7.4.1",
        "r7.4.1",
        "R07/04/01",
        "R7-4-1",
        "令7.4.1",
        "㋿7年4月1日",
        "㋿7.4.1",
        "２０２５／４／１",
        "２０２５年４月１日（火）　９：０５",
        "２０２５－０４－０１",
        "Ｒ７．４．１",
        " \ufeff2025/4/1\u200b\n",
        "2025-04-01T09:05:00",
        "2025-04-01T09:05",
        "2025-04-01T23:59:59.999",
        "2025-04-01T00:00:00+09:00",
        "2025-04-01T00:00+0900",
        "2025-03-31T15:00:00Z",
        "2025-03-31 15:00:00+00:00",
        "2025-03-31 15:00:00+00",
        "2025-04-01 09:00:00 +0900",
        "2025-04-01T14:59:59.999999Z",
        "2025-03-31T10:00:00-05:00",
    ],
)
def test_every_accepted_form_names_its_day(text: str) -> None:
    """Each form, with or without weekday and time, is 2025-04-01 in Tokyo."""
    assert parse_date(text, TOKYO) == APRIL_1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H1.1.8", date(1989, 1, 8)),
        ("S64.1.7", date(1989, 1, 7)),
        ("㍼64年1月7日", date(1989, 1, 7)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("M45.7.30", date(1912, 7, 30)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1868/1/1", date(1868, 1, 1)),
        ("2200/12/31", date(2200, 12, 31)),
    ],
)
def test_eras_and_borders(text: str, day: date) -> None:
    """Days of every era are read, the first and last included."""
    assert parse_date(text, TOKYO) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2025/9/31",
        "令和7年2月29日",
        "2025/2/29",
        "2025/13/1",
        "2025/0/1",
        "2025041",
        "202504011",
        "20259931",
        "7/4/1",
        "25/4/1",
        "070401",
        "4月1日",
        "4/1/2025",
        "2025年4月",
        "2025/4",
        "2025",
        "45748",
        "平成35年4月1日",
        "令和元年4月30日",
        "平成31年5月1日",
        "令和0年5月1日",
        "X7.4.1",
        "2025/4-1",
        "2025/4/1 25:00",
        "2025/4/1 24:00",
        "2025/4/1 9:60",
        "2025/4/1 9:05:60",
        "2025/4/1 9",
        "2025/4/1 10:00-12:00",
        "2025-04-01 10:00-12:00",
        "2025-04-01T10:00+15:00",
        "2025-04-01T10:00+09:75",
        "2025-04-01T25:00Z",
        "2025-02-30T10:00Z",
        "2025/4/1 頃",
        "2025/4/1~2025/4/3",
        "2025年4月1日(水)",
        "2025年4月1日(祝)",
        "2025/4/1²",
        "2025/4/1①",
        "2025年4月1㏠",
        "1867/12/31",
        "2201/1/1",
        "9999/12/31",
        "9999-12-31T23:00:00-05:00",
        "٢٠٢٥/٤/١",
        "該当なし",
    ],
)
def test_what_is_no_clear_date_is_refused(text: str) -> None:
    """Days that never were, days without a year and anything half said are faults, not guesses."""
    with pytest.raises(UnreadableDate):
        parse_date(text, TOKYO)


def test_an_offset_is_converted_before_the_day_is_cut() -> None:
    """The same moment is another day in another zone."""
    assert parse_date("2025-03-31T15:00:00Z", UTC) == date(2025, 3, 31)
    assert parse_date("2025-03-31T14:59:59Z", TOKYO) == date(2025, 3, 31)
    assert parse_date("2025-03-31T15:00:00Z", TOKYO) == date(2025, 4, 1)


@given(st.text() | st.from_regex(r"[0-9RH令和平成年月日/.:TZ+() -]{1,24}", fullmatch=True))
def test_any_text_is_a_date_or_unreadable(text: str) -> None:
    """Reading a date fails in one way only."""
    with suppress(UnreadableDate):
        assert parse_date(text, TOKYO).year in YEARS


@given(st.dates(date(1868, 1, 1), date(2200, 12, 31)))
def test_a_written_day_reads_back(day: date) -> None:
    """Every day is read from its common forms."""
    y, m, d = day.year, day.month, day.day
    for text in (f"{y}/{m}/{d}", day.isoformat(), f"{y}{m:02}{d:02}", f"{y}年{m}月{d}日"):
        assert parse_date(text, TOKYO) == day


def test_reading_is_linear() -> None:
    """A cell of a hundred thousand signs is refused at once."""
    started = time.perf_counter()
    for text in (
        "1" * 100_000,
        "2025年" + " " * 100_000 + "4",
        "R" * 100_000,
        "2025/4/1 " * 10_000,
    ):
        with pytest.raises(UnreadableDate):
            parse_date(text, TOKYO)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("number", "epoch_1904", "day"),
    [
        (45748, False, date(2025, 4, 1)),
        (45748.999, False, date(2025, 4, 1)),
        (44286, True, date(2025, 4, 1)),
        (20000, False, date(1954, 10, 3)),
        (80000, False, date(2119, 1, 11)),
    ],
)
def test_serials_count_from_the_epoch_of_the_workbook(
    number: float, epoch_1904: bool, day: date
) -> None:
    """A serial number is a day under either epoch; its time is cut."""
    assert excel_serial(number, epoch_1904) == day


@pytest.mark.parametrize(
    "number", [0, 2025, 19999.9, 80000.5, 20250401, -45748, float("nan"), float("inf")]
)
def test_numbers_out_of_bounds_are_no_serials(number: float) -> None:
    """A small or a large number may be anything and is refused."""
    with pytest.raises(UnreadableDate):
        excel_serial(number, epoch_1904=False)
