"""The ways in which one column of dates is written, with and without a time of day."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

FIRST_DAY = date(2024, 4, 1)
DAYS = 548
"""Days that an export covers: 2024-04-01 to 2025-09-30, the months of the sample project."""

OPENS, MINUTES = 8 * 60, 12 * 60
"""A time of day lies between 8:00 and 19:59."""

WEEKDAYS = "月火水木金土日"

DATE_STYLES: dict[str, Callable[[date], str]] = {
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dash": lambda d: f"{d:%Y-%m-%d}",
    "dot": lambda d: f"{d.year}.{d.month}.{d.day}",
    "digits": lambda d: f"{d:%Y%m%d}",
    "kanji": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "wareki": lambda d: f"令和{d.year - 2018}年{d.month}月{d.day}日",
    "short": lambda d: f"R{d.year - 2018}.{d.month}.{d.day}",
    "padded": lambda d: f"R{d.year - 2018:02}/{d:%m/%d}",
    "abbreviated": lambda d: f"令{d.year - 2018}.{d.month}.{d.day}",
    "stamp": lambda d: f"{d.year}/{d.month}/{d.day}",
    "seconds": lambda d: f"{d.year}/{d.month}/{d.day}",
    "weekday": lambda d: f"{d.year}年{d.month}月{d.day}日({WEEKDAYS[d.weekday()]})",
    "iso": lambda d: f"{d:%Y-%m-%d}",
}
"""How a style writes the day."""

TIME_STYLES: dict[str, Callable[[int], str]] = {
    "stamp": lambda m: f" {m // 60}:{m % 60:02}",
    "seconds": lambda m: f" {m // 60}:{m % 60:02}:{m * 7 % 60:02}",
    "weekday": lambda m: f" {m // 60}:{m % 60:02}",
    "iso": lambda m: f"T{m // 60:02}:{m % 60:02}:00+09:00",
}
"""How a style that has a time of day writes it, from minutes since midnight."""

MIXED = ("slash", "dash", "stamp", "kanji", "wareki", "short")
"""The styles that stand in one column unless asked otherwise, each as often as the others."""


def day(number: int) -> date:
    """Return a day of the covered span; it may lie beyond its end."""
    return FIRST_DAY + timedelta(days=number)


def written_days(styles: Sequence[str]) -> list[str]:
    """Return every covered day in every style: that of style s and day d stands at s·DAYS + d."""
    return [DATE_STYLES[style](day(number)) for style in styles for number in range(DAYS)]


def written_times(styles: Sequence[str]) -> list[str]:
    """Return every minute in every style, blank in one that has no time: at s·MINUTES + m."""
    return [
        TIME_STYLES[style](OPENS + minute) if style in TIME_STYLES else ""
        for style in styles
        for minute in range(MINUTES)
    ]
