from datetime import UTC, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.times_of_day import TimeOfDay, UnreadableTime, parse_time

TOKYO = timezone(timedelta(hours=9))


def read(text: str, *, spaced: bool = True, compact: bool = False) -> TimeOfDay:
    """Return a time as it stands behind a date and a space."""
    return parse_time(text, spaced=spaced, compact=compact)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:05", time(9, 5)),
        ("9:05:06.5", time(9, 5, 6)),
        ("9時05分", time(9, 5)),
        ("9時", time(9)),
        ("9時半", time(9, 30)),
        ("9 時 5 分 6 秒", time(9, 5, 6)),
        ("午前0時05分", time(0, 5)),
        ("午前12:05", time(0, 5)),
        ("午後0:05", time(12, 5)),
        ("午後12時05分", time(12, 5)),
        ("午後3:05", time(15, 5)),
        ("12:05 AM", time(0, 5)),
        ("12:05 p.m.", time(12, 5)),
        ("PM 3:05", time(15, 5)),
        ("3pm", time(15)),
        ("15:05 PM", time(15, 5)),
    ],
)
def test_clocks_of_all_kinds(text: str, clock: time) -> None:
    """Half days are those of a clock: noon is 12 PM and 午後0時, midnight 12 AM and 午前0時."""
    assert read(text) == TimeOfDay(clock, None)


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("Z", 0),
        (" UTC", 0),
        (" gmt", 0),
        (" JST", 540),
        ("(JST)", 540),
        (" [Asia/Tokyo]", 540),
        (" GMT+9", 540),
        (" UTC+09:00", 540),
        ("+0900", 540),
        (" +09", 540),
        (" +05:30", 330),
        (" +0900 (日本標準時)", 540),
        (" GMT+0900 (JST)", 540),
    ],
)
def test_offsets_of_all_kinds(zone: str, offset: int) -> None:
    """Every offset is told by the minutes that it lies ahead of UTC."""
    found = read(f"9:05{zone}").zone
    assert found is not None
    assert found.utcoffset(None) == timedelta(minutes=offset)


def test_digits_alone_are_a_time_where_the_date_was_digits_too() -> None:
    """090500 follows 20250401, but never 2025/4/1."""
    assert read("0905", compact=True).clock == time(9, 5)
    assert read("090506", compact=True).clock == time(9, 5, 6)
    assert read("090506123Z", compact=True) == TimeOfDay(time(9, 5, 6), UTC)
    with pytest.raises(UnreadableTime):
        read("0905")


def test_a_span_is_no_offset() -> None:
    """10:00-12:00 is two hours; with seconds, or right behind a T, -12:00 is an offset."""
    with pytest.raises(UnreadableTime):
        read("10:00-12:00")
    west = timezone(timedelta(hours=-12))
    assert read("10:00:00-12:00").zone == west
    assert read("10:00-12:00", spaced=False).zone == west


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("24:00", "time"),
        ("9:60", "time"),
        ("午前13時", "time"),
        ("午後12:05 UTC", "time"),
        ("9:05 EST", "offset"),
        ("9:05 +1500", "offset"),
        ("9:05 +09:00 (UTC)", "offset"),
        ("9", "extra"),
        ("朝", "extra"),
        ("9:05頃", "extra"),
        ("午前9:05 AM", "extra"),
        ("", "extra"),
    ],
)
def test_what_no_clock_shows_is_refused(text: str, cause: str) -> None:
    """The cause says whether the time, the offset or something else is wrong."""
    with pytest.raises(UnreadableTime) as caught:
        read(text)
    assert caught.value.cause == cause


@given(st.times())
def test_every_minute_is_read_from_every_form(at: time) -> None:
    """A time written by hand in any form reads back."""
    at = at.replace(second=0, microsecond=0)
    half, hour = ("午後" if at.hour >= 12 else "午前"), at.hour % 12
    forms = (
        f"{at.hour}:{at.minute:02}",
        f"{at.hour}時{at.minute}分",
        f"{half}{hour}時{at.minute:02}分",
        f"{hour or 12}:{at.minute:02} {'PM' if at.hour >= 12 else 'AM'}",
    )
    assert {read(form).clock for form in forms} == {at}
