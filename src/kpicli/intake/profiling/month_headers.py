"""Headers that are months, and the years that they lie in by what stands around a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from itertools import pairwise

from kpicli.values.dates import UnreadableDate
from kpicli.values.folding import fold
from kpicli.values.months import parse_month

Month = tuple[int | None, int]
"""A year, None where a header does not say it, and a month."""

_BARE = re.compile(r"(0?[1-9]|1[0-2])月[分度]?")
_OF_YEAR = re.compile(r"(?P<year>.*年度) ?(?P<month>0?[1-9]|1[0-2])月")
_YEAR = re.compile(
    r"(?:令和|(?<![A-Za-z])R)(?P<era>元|[0-9]{1,2})(?P<era_sign>年度?)"
    r"|FY(?P<fy>20[0-9]{2})"
    r"|(?<![0-9])(?P<west>20[0-9]{2})(?![0-9])(?P<sign>年度?)?",
    re.IGNORECASE,
)
_REIWA = 2018
_APRIL, _YEARS_MONTHS = 4, 12


def month_of(header: str) -> Month | None:
    """Return the month that a folded header is, with its year if it says it; None for another."""
    bare, of_year = _BARE.fullmatch(header), _OF_YEAR.fullmatch(header)
    if bare is not None:
        return None, int(bare[1])
    if of_year is not None:
        months = [int(of_year["month"])]
        years = {year for _, year in _years(of_year["year"], months)}
        return (years.pop(), months[0]) if len(years) == 1 else None
    try:
        day = parse_month(header, UTC)
    except UnreadableDate:
        return None
    return day.year, day.month


def are_in_a_row(headers: Sequence[str]) -> bool:
    """Return whether headers that are months follow each other; without years, for a year."""
    months = _months(headers)
    known = {_start(year, months, place) for place, (year, _) in enumerate(months) if year}
    return (
        all(later == before % _YEARS_MONTHS + 1 for (_, before), (_, later) in pairwise(months))
        and len(known) <= 1
        and (bool(known) or len(months) <= _YEARS_MONTHS)
    )


def patterns_of(headers: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return months as `unpivot` has them: one pattern where no other header fits it."""
    for end, pattern in (("月", "*月"), ("月分", "{name}分"), ("月度", "{name}度")):
        every = all(header.endswith(end) for header in headers)
        if every and not any(header.endswith(end[-1]) for header in others):
            return (pattern,)
    return tuple(headers)


def days_of(headers: Sequence[str], said: Iterable[str]) -> list[date]:
    """Return the first days of months that follow each other; none where no year is known.

    Where no header says it, the year is that of what is `said` around the table: a fiscal year
    before any other. Of two years none is taken.
    """
    months = _months(headers)
    known = {_start(year, months, place) for place, (year, _) in enumerate(months) if year}
    if not known:
        numbers = [month for _, month in months]
        ranked = [each for text in said for each in _years(text, numbers)]
        best = min((rank for rank, _ in ranked), default=0)
        known = {year for rank, year in ranked if rank == best}
    if len(known) != 1:
        return []
    start = _YEARS_MONTHS * known.pop() + months[0][1] - 1
    numbered = range(start, start + len(months))
    return [date(n // _YEARS_MONTHS, n % _YEARS_MONTHS + 1, 1) for n in numbered]


def _months(headers: Sequence[str]) -> list[Month]:
    return [own for header in headers if (own := month_of(header)) is not None]


def _start(year: int, months: Sequence[Month], place: int) -> int:
    """Return the year of the first of months by that of the one at a place."""
    return year - (months[0][1] - 1 + place) // _YEARS_MONTHS


def _years(text: str, months: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the years of the first of some months by what a text says, the surest with 0 before it.

    A fiscal year (0) begins in April. A year with 年 (1) is a calendar one, and one without may be
    either (2): it is taken where both are the same.
    """
    crosses = any(later < before for before, later in pairwise(months))
    beyond = any(pair == (_APRIL - 1, _APRIL) for pair in pairwise(months))
    for match in _YEAR.finditer(fold(text)):
        year = int(match["west"] or match["fy"] or 0)
        if match["era"] is not None:
            year = _REIWA + (1 if match["era"] == "元" else int(match["era"]))
        sign = match["era_sign"] or match["sign"] or ("年度" if match["fy"] else "")
        if sign == "年度" and not beyond:
            yield 0, year + (months[0] < _APRIL)
        elif sign == "年" and not crosses:
            yield 1, year
        elif not sign and not crosses and not beyond and months[0] >= _APRIL:
            yield 2, year
