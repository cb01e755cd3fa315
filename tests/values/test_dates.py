import datetime as dt
import time
from collections.abc import Callable
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
        "2025/4/ 1",
        "2025/ 4/ 1",
        "2025 / 4 / 1",
        "2025. 4. 1",
        "2025 年 4 月 1 日",
        "R 7. 4. 1",
        "R.7.4.1",
        "R. 7. 4. 1",
        "令和 7年 4月 1日",
        "令和 7. 4. 1",
        "西暦2025年4月1日",
        "2025/4/1 午前9:05",
        "2025/4/1 午前 9時05分",
        "2025/4/1 午後11:05:00",
        "2025/4/1 午後3時05分",
        "2025/4/1 午後12時30分",
        "2025年4月1日 9時05分",
        "2025年4月1日9時5分30秒",
        "2025年4月1日 9時",
        "2025年4月1日 9時半",
        "2025/4/1 9:05:00 AM",
        "2025/4/1 11:05 pm",
        "2025/4/1 11:05PM",
        "2025/4/1 PM 3:05",
        "2025/4/1 9 a.m.",
        "2025/4/1 13:05 PM",
        "2025/4/1 9:05 JST",
        "2025/4/1 9:05 (日本時間)",
        "2025/4/1 9:05 UTC",
        "2025/3/31 15:05 UTC",
        "2025/3/31 3:05 PM UTC",
        "2025/3/31 15:00:00 GMT",
        "2025/4/1 0:05 GMT+9",
        "2025/4/1 0:05 GMT+0900 (JST)",
        "2025/3/31 10:05 UTC-5",
        "2025/4/1 0:05 +0900",
        "2025-04-01T00:05+09:00[Asia/Tokyo]",
        "2025/3/31 15:05:00Z",
        "2025/3/31 11:00:00 -04:00",
        "20250401090500",
        "202504010905",
        "20250401235959999",
        "20250401 090500",
        "20250401T090500",
        "20250331T150000Z",
        "20250331150000Z",
        "2025年4月1日現在",
        "2025年4月1日 時点",
        "2025年4月1日9時現在",
        "令和7年4月1日付",
        "2025/4/1付け",
        "2025/4/1(火・祝)",
        "2025年4月1日（火・祝日）",
        "2025年4月1日(祝)",
        "2025年4月1日(火、振休)",
        "2025年4月1日(火祝) 9:05",
        "2025年4月1日(火)(祝)",
        "2025/4/1【火】",
        "2025/4/1[火曜日]",
        "2025/4/1〔火〕9:05",
        "2025/4/1＜火＞",
        "2025/4/1 火曜日",
        "2025/4/1 火",
        "2025/4/1火 9:05",
        "2025/4/1㊋",
        "2025/4/1 Tue",
        "2025/4/1 (TUE.) 9:05",
        "2025/4/1(Tues.)",
        "2025/4/1 Tuesday 9:05",
        '="2025/4/1"',
        '="20250401"',
        "2025/4/1\u200e",
        "\u200e2025\u200e/4/1",
        "2025/4/1\u00a09:05",
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
    ("text", "problem"),
    [
        ("", ""),
        (" ", ""),
        ("該当なし", ""),
        ("12:30", ""),
        ("X7.4.1", ""),
        ("٢٠٢٥/٤/١", ""),
        ("2025/4-1", ""),
        ("2025/9/31", "no_such_day"),
        ("令和7年2月29日", "no_such_day"),
        ("2025/2/29", "no_such_day"),
        ("2025/13/1", "no_such_day"),
        ("2025/0/1", "no_such_day"),
        ("20259931", "no_such_day"),
        ("0000/00/00", "no_such_day"),
        ("2025-02-30T10:00Z", "no_such_day"),
        ("7/4/1", "short_year"),
        ("25/4/1", "short_year"),
        ("'25/4/1", "short_year"),
        ("25年4月1日", "short_year"),
        ("070401", "short_year"),
        ("4月1日", "no_year"),
        ("4/1", "no_year"),
        ("4月1日 9:05", "no_year"),
        ("4/1/2025", "order"),
        ("1.4.2025", "order"),
        ("2025年4月", "no_day"),
        ("2025/4", "no_day"),
        ("2025", "no_day"),
        ("2025年度", "no_day"),
        ("令和7年4月", "no_day"),
        ("45748", "digits"),
        ("2025041", "digits"),
        ("202504011", "digits"),
        ("平成35年4月1日", "outside_era"),
        ("令和元年4月30日", "outside_era"),
        ("平成31年5月1日", "outside_era"),
        ("令和0年5月1日", "outside_era"),
        ("2025/4/1 25:00", "time"),
        ("2025/4/1 24:00", "time"),
        ("2025/4/1 9:60", "time"),
        ("2025/4/1 9:05:60", "time"),
        ("2025-04-01T25:00Z", "time"),
        ("20250401240000", "time"),
        ("2025/4/1 13:05 AM", "time"),
        ("2025/4/1 午前13時", "time"),
        ("2025/4/1 午後12時 UTC", "time"),
        ("2025-04-01T10:00+15:00", "offset"),
        ("2025-04-01T10:00+09:75", "offset"),
        ("2025/4/1 9:05 EST", "offset"),
        ("2025/4/1 9:05 +0900 (UTC)", "offset"),
        ("2025/4/1 9", "extra"),
        ("2025/4/19:05", "extra"),
        ("2025/4/112:05", "extra"),
        ("2025/4/1 0905", "extra"),
        ("2025/4/1 午前9時 PM", "extra"),
        ("2025/4/1 10:00-12:00", "extra"),
        ("2025-04-01 10:00-12:00", "extra"),
        ("2025/4/1 10:00~12:00", "extra"),
        ("2025/4/1 JST", "extra"),
        ("2025/4/1 頃", "extra"),
        ("2025年4月1日以降", "extra"),
        ("2025/4/1~2025/4/3", "extra"),
        ("2025/4/1²", "extra"),
        ("2025/4/1①", "extra"),
        ("2025年4月1日(水)", "weekday"),
        ("2025年4月1日(水・祝)", "weekday"),
        ("2025年4月1日 水曜日", "weekday"),
        ("2025/4/1 Wed", "weekday"),
        ("1867/12/31", "year"),
        ("2201/1/1", "year"),
        ("9999/12/31", "year"),
        ("9999-12-31T23:00:00-05:00", "year"),
    ],
)
def test_what_is_no_clear_date_is_refused(text: str, problem: str) -> None:
    """Days that never were, days without a year and anything half said are faults, not guesses."""
    with pytest.raises(UnreadableDate) as caught:
        parse_date(text, TOKYO)
    assert caught.value.problem == problem


def test_the_day_of_a_year_out_of_bounds_is_known() -> None:
    """What systems write for "no end" can be told from a slip of the pen."""
    with pytest.raises(UnreadableDate) as caught:
        parse_date("99991231", TOKYO)
    assert caught.value.day == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("text", "mdy", "dmy"),
    [
        ("4/1/2025", APRIL_1, date(2025, 1, 4)),
        ("04-01-2025 9:05 AM", APRIL_1, date(2025, 1, 4)),
        ("1.4.2025", date(2025, 1, 4), APRIL_1),
        ("2025/4/1", APRIL_1, APRIL_1),
        ("R7.4.1", APRIL_1, APRIL_1),
    ],
)
def test_an_order_is_never_guessed_but_can_be_declared(text: str, mdy: date, dmy: date) -> None:
    """The year stands last in dates of such a column, or first as everywhere."""
    assert (parse_date(text, TOKYO, "mdy"), parse_date(text, TOKYO, "dmy")) == (mdy, dmy)


def test_a_declared_order_holds() -> None:
    """31/12/2025 has no month 31."""
    with pytest.raises(UnreadableDate):
        parse_date("31/12/2025", TOKYO, "mdy")


def test_without_a_zone_no_time_may_follow() -> None:
    """Who asks for a day alone gets a day alone."""
    assert parse_date("2025/4/1(火)", None) == APRIL_1
    for text in ("2025/4/1 9:05", "20250401090500", "2025年4月1日9時"):
        with pytest.raises(UnreadableDate):
            parse_date(text, None)


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


TIMES = (
    lambda t: f" {t.hour}:{t.minute:02}",
    lambda t: f" {t.hour}:{t.minute:02}:{t.second:02}",
    lambda t: f" {t.hour}時{t.minute}分",
    lambda t: f" {'午前' if t.hour < 12 else '午後'}{t.hour % 12}時{t.minute:02}分",
    lambda t: f" {t.hour % 12 or 12}:{t.minute:02} {'AM' if t.hour < 12 else 'PM'}",
    lambda t: f"T{t.isoformat()}",
)


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.times(),
    st.sampled_from(TIMES),
    st.booleans(),
)
def test_a_time_changes_the_day_only_by_its_offset(
    day: date, at: dt.time, written: Callable[[dt.time], str], in_utc: bool
) -> None:
    """Without an offset the day is the one written; with one it is that of the moment in Tokyo."""
    at = at.replace(microsecond=0, second=0)
    expected = day
    if in_utc:
        expected = (dt.datetime.combine(day, at) + timedelta(hours=9)).date()
    assert parse_date(f"{day.isoformat()}{written(at)}{' UTC' * in_utc}", TOKYO) == expected


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
        "2025/4/1" + " 火" * 50_000 + "x",
        "2025/4/1 9:05" + " " * 100_000 + "現",
        "4月1日" + "付" * 100_000,
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
