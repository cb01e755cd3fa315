"""The months that tables seem to hold in full, by their base dates."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile

from kpicli.base.errors import PeriodError
from kpicli.intake.profiling.dates import Dates
from kpicli.model.periods import FiscalYear, Period

Month = tuple[int, int]
"""A year and a month."""
Months = tuple[Month, Month]
"""The first and the last month, both inclusive."""

_FEW = 0.2
"""A month at either end with fewer rows than this share of the usual one is not held in full."""
_MIDDLE = 15
_SEVERAL = 2
_WILD = re.compile(r"[*?\[\]{}]")
_PERIOD_END = re.compile(r"[0-9年度月令和RrFYHQ上下半期.~～-]*\Z")
_PERIOD_BEGIN = re.compile(r"[0-9年度月HQ上下半期~～-]*")
"""Signs of periods at the end, and at the beginning, of what names have in common."""


def months_of(tables: Sequence[Dates]) -> Months | None:
    """Return the months that the tables of one export hold; None where they have no base date.

    Months at the ends that hold hardly a row belong to the neighbouring exports, or are slips.
    """
    counts, days = _counts(tables), _days(tables)
    if not counts:
        return None
    months = sorted(counts)
    usual = sorted(counts.values())[len(counts) // 2]
    while len(months) > 1 and _is_begun(counts, months[0], usual, late=_late(days, months[0])):
        del months[0]
    while len(months) > 1 and _is_begun(counts, months[-1], usual, late=_early(days, months[-1])):
        del months[-1]
    return months[0], months[-1]


def _is_begun(counts: Counter[Month], month: Month, usual: int, *, late: bool) -> bool:
    """Return whether a month at an end is held in part: few rows, or few days and fewer rows."""
    return counts[month] < _FEW * usual or (late and counts[month] < usual / 2)


def _late(days: Sequence[date], month: Month) -> bool:
    """Return whether a table begins late in a month, which is its first."""
    first = min(days)
    return (first.year, first.month) == month and first.day > _MIDDLE


def _early(days: Sequence[date], month: Month) -> bool:
    """Return whether a table ends early in a month, which is its last."""
    last = max(days)
    return (last.year, last.month) == month and last.day < _MIDDLE


def empty_months(tables: Sequence[Dates]) -> list[Month]:
    """Return the months without a row between the first and the last of the tables."""
    counts = _counts(tables)
    span = months_of(tables)
    if span is None:
        return []
    (year, month), last = span
    empty: list[Month] = []
    while (year, month) < last:
        year, month = year + month // 12, month % 12 + 1
        if not counts[year, month]:
            empty.append((year, month))
    return empty


def _counts(tables: Sequence[Dates]) -> Counter[Month]:
    counts: Counter[Month] = Counter()
    for dates in tables:
        counts.update(dates.months)
    return counts


def _days(tables: Sequence[Dates]) -> list[date]:
    """Return the first and the last base date of every table."""
    return [day for dates in tables for day in (dates.first, dates.last)]


def common_months(spans: Iterable[Months]) -> Months | None:
    """Return the months that most exports hold: they are written together."""
    counted = Counter(spans)
    return max(counted, key=lambda span: (counted[span], span), default=None)


def within(tables: Sequence[Dates], span: Months) -> bool:
    """Return whether the dates of tables lie in a span of months, a few days at its end aside."""
    days = _days(tables)
    first, last = span
    after = date(last[0] + last[1] // 12, last[1] % 12 + 1, 7)
    return bool(days) and min(days) >= date(*first, 1) and max(days) <= after


def stretched(tables: Sequence[Dates], common: Months) -> Months:
    """Return the months that exports of few rows seem to cover, of those that others hold.

    An end without rows counts as covered where it is no longer than the stretches between rows: of
    a meeting that was held every month from October on, nothing says that there was none before.
    """
    numbers = sorted(12 * year + month for year, month in _counts(tables))
    first, last = (12 * year + month for year, month in common)
    gaps = [later - before for before, later in pairwise(numbers)]
    longest = max(gaps, default=last - first)
    start = first if numbers[0] - first <= longest else numbers[0]
    end = last if last - numbers[-1] <= longest else numbers[-1]
    return _month(start), _month(end)


def _month(number: int) -> Month:
    return (number - 1) // 12, (number - 1) % 12 + 1


def named_by_period(
    held: Mapping[str, Months], others: Iterable[str], fiscal: FiscalYear
) -> str | None:
    """Return the pattern of files whose names say which months each holds, `{covers}` for these.

    `held` has the months that each file holds in full, which have to be those of its name; `others`
    are files that it may not fit. None where names say something else, or there is one file.
    """
    folders = {name.rpartition("/")[0] for name in held}
    if len(held) < _SEVERAL or len(folders) > 1 or any(map(_WILD.search, (*held, *others))):
        return None
    names = [name.rpartition("/")[2] for name in held]
    begin, end = _common(names), _common([name[::-1] for name in names])[::-1]
    begin = begin.removesuffix(_last_sign(_PERIOD_END.search(begin)))
    end = end.removeprefix(_last_sign(_PERIOD_BEGIN.match(end)))
    folder = "".join(f"{each}/" for each in folders if each)
    for name, months in held.items():
        said = name.removeprefix(folder + begin).removesuffix(end)
        if _months_named(said, fiscal, date(*months[1], 1)) != months:
            return None
    fits = (other.startswith(folder + begin) and other.endswith(end) for other in others)
    return None if any(fits) else f"{folder}{begin}{{covers}}{end}"


def _last_sign(match: re.Match[str] | None) -> str:
    return "" if match is None else match[0]


def _common(names: Sequence[str]) -> str:
    """Return what all names begin with."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return "".join(signs[0] for signs in same)


def _months_named(text: str, fiscal: FiscalYear, day: date) -> Months | None:
    """Return the months of a period of whole months, as named on a day; None for what is none."""
    try:
        period = Period.parse(text, fiscal=fiscal, today=day)
    except PeriodError:
        return None
    if period.start.day != 1 or (period.end + timedelta(days=1)).day != 1:
        return None
    return (period.start.year, period.start.month), (period.end.year, period.end.month)


def written(span: Months) -> str:
    """Return a span of months as the settings have it: `2024-10..2025-09`."""
    first, last = (f"{year:04}-{month:02}" for year, month in span)
    return first if first == last else f"{first}..{last}"
