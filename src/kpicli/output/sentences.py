"""Numbers, changes, days and months as a sentence says them. Nothing is computed here."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kpicli.base.wording import Language, Text, listed
from kpicli.model.measured import ShownDates
from kpicli.model.periods import Period
from kpicli.model.value import Value
from kpicli.values.numbers import grouped

if TYPE_CHECKING:
    from kpicli.output.page.phrases import HasUnit

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_OF_ALL = Text("{whole}{unit}中{part}{unit}({percent})", "{part} of {whole} ({percent})")
_UP = Text("{number}{unit}増", "up {number}{unit}")
_DOWN = Text("{number}{unit}減", "down {number}{unit}")
UNCHANGED = Text("増減なし", "unchanged")
_POINTS = Text("ポイント", " points")
_DAY = Text("{year}年{month}月{day}日", "{day} {name} {year}")
_DAY_OF_MONTH = Text("{month}月{day}日", "{day} {name}")
_MONTH = Text("{month}月", "{name}")
_YEAR_AND_MONTH = Text("{year}年{month}月", "{name} {year}")
_YES, _NO, _NO_DATE = Text("有", "Yes"), Text("無", "No"), Text("なし", "none")
_BESIDE, _BETWEEN = Text("({texts})", " ({texts})"), Text("、", "; ")
_SPAN = Text("{start}～{end}", "{start} to {end}")


def counter(unit: Text, language: Language) -> str:
    """Return the unit as it follows a number at once: Japanese has counters, English has none."""
    return unit.ja if language == "ja" else ""


def figure_words(value: Value, head: "HasUnit", language: Language) -> str:
    """Return `841件`, of a ratio `252件中178件(70.6%)`; `-` stands for what is not there."""
    if value.number is None and not head.percentage:
        return "-"
    if value.dates is not None:
        return dates_words(value.dates, value.number, language)
    number = "-" if value.number is None else grouped(value.number)
    unit = counter(head.unit, language)
    if not head.percentage:
        return f"{number}{unit}"
    percent = "-" if value.number is None else f"{number}%"
    if value.numerator is None or value.denominator is None:
        return percent
    whole, part = grouped(value.denominator), grouped(value.numerator)
    filled = _OF_ALL.filled(whole=whole, part=part, unit=unit, percent=percent)
    return filled.in_language(language)


def dates_words(
    dates: ShownDates, number: int | Decimal | None, language: Language, *, apart: bool = False
) -> str:
    """Return dates as a value: `2025年4月10日(保険業法)、…`, `有` or `無`; `なし` for none.

    Set `apart` by spaces, lines can be broken between them.
    """
    if dates.shown_as == "yes_no":
        return (_YES if number else _NO).in_language(language)
    if not dates.entries:
        return _NO_DATE.in_language(language)
    words = _DAY if dates.shown_as == "day" else _YEAR_AND_MONTH
    shown = []
    for entry in dates.entries:
        day = _of_day(words, entry.day, language)
        texts = listed(entry.beside, "・", ", ").in_language(language)
        beside = _BESIDE.filled(texts=texts).in_language(language) if texts else ""
        shown.append(f"{day}{beside}")
    between = _BETWEEN.in_language(language)
    return (f"{between.rstrip()} " if apart else between).join(shown)


def change_words(change: int | Decimal, head: "HasUnit", language: Language) -> str:
    """Return `435件増`, `1件減` or `増減なし`; of a ratio `6.1ポイント増`."""
    if change == 0:
        return UNCHANGED.in_language(language)
    unit = counter(head.unit, language)
    number = change if change > 0 else -change
    filled = (_UP if change > 0 else _DOWN).filled(
        number=grouped(number), unit=_POINTS.in_language(language) if head.percentage else unit
    )
    return filled.in_language(language)


def day_words(day: date, language: Language) -> str:
    """Return `2025年4月1日`, in English `1 April 2025`."""
    return _of_day(_DAY, day, language)


def span_words(period: Period, language: Language) -> str:
    """Return the first and the last day: `2025年4月1日～9月30日`, the year once where it is one."""
    same = period.start.year == period.end.year
    first, last = (_DAY, _DAY_OF_MONTH) if language == "ja" else (_DAY_OF_MONTH, _DAY)
    start = _of_day(first if same else _DAY, period.start, language)
    end = _of_day(last if same else _DAY, period.end, language)
    return _SPAN.filled(start=start, end=end).in_language(language)


def month_words(period: Period, language: Language) -> str:
    """Return the month that a period begins in: `4月`, in English `April`."""
    return _of_day(_MONTH, period.start, language)


def group_span_words(by: str | None, period: Period, language: Language) -> str:
    """Return what a group of time is called beside its like: a month alone, else its label."""
    return month_words(period, language) if by == "month" else period.label(language)


def _of_day(words: Text, day: date, language: Language) -> str:
    name = _MONTHS[day.month - 1]
    filled = words.filled(year=day.year, month=day.month, day=day.day, name=name)
    return filled.in_language(language)
