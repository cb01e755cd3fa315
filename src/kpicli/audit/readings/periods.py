"""Halves against years, quarters against halves, months against all of them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpicli.audit.layout.period_labels import Period
from kpicli.audit.readings.entries import NO_PARTS, Claim, Entry, Reading, Trust

_SHORTER = (6, 3, 1)
_LONGEST = 120
"""A year with its quarters and months has 19 lines; more years than these are not compared."""


def period_claims(entries: Sequence[Entry]) -> Iterator[Claim]:
    """Yield what each period is the sum of: the shorter ones before it, else those after it.

    They have to be as many as fill it, of one length, of the same year where years are named, each
    of another number, and to share what the labels say besides (`件数`).
    """
    if any("後期" in entry.label for entry in entries):
        return
    periods = [(entry, entry.says.period) for entry in entries if entry.says.period is not None]
    known = [(entry, period) for entry, period in periods if period is not None]
    rests = {period.rest for _, period in known} - {""}
    for place, (entry, whole) in enumerate(known):
        if whole.months == 1:
            continue
        before = known[max(place - _LONGEST, 0) : place][::-1]
        after = known[place + 1 : place + 1 + _LONGEST]
        preceding, _ = _until(before, entry, whole, rests)
        following, others = _until(after, entry, whole, rests)
        for months in _SHORTER:
            first = _filling(preceding, whole, months)
            parts = first or _filling(following, whole, months)
            if months < whole.months and parts:
                plus = tuple(part.line for part in parts)
                trust = Trust.PROMISED if first or not others else Trust.LIKELY
                style = f"period {months} {'before' if first else 'after'}"
                reading = Reading("period", entry.line, plus, trust=trust, style=style)
                yield Claim(entry.line, entry.level, (reading,))


_Known = Sequence[tuple[Entry, Period]]


def _until(periods: _Known, entry: Entry, whole: Period, rests: set[str]) -> tuple[_Known, bool]:
    """Return the periods up to the next that is as long, of those that belong with `whole`.

    Tell too whether there is such another, which may be made of them instead.
    """
    found: list[tuple[Entry, Period]] = []
    for each, period in periods:
        alike = period.rest == whole.rest or (len(rests) == 1 and "" in {period.rest, whole.rest})
        if not alike:
            continue
        if period.months >= whole.months:
            return found, True
        if _other_year(period, whole):
            continue
        if not (each.line.kinds - entry.line.kinds) & NO_PARTS:
            found.append((each, period))
    return found, False


def _other_year(period: Period, whole: Period) -> bool:
    # a month of January to March bears the next calendar year
    years = period.year, whole.year
    return period.months != 1 and all(years) and years[0] != years[1]


def _filling(entries: _Known, whole: Period, months: int) -> list[Entry]:
    parts = [(entry, period) for entry, period in entries if period.months == months]
    numbers = {period.number for _, period in parts}
    enough = len(parts) * months == whole.months == len(numbers) * months
    if not enough or not _within(numbers, whole, months):
        return []
    parts.sort(key=lambda part: (part[0].line.section, part[0].line.number))
    in_order = months != 1 or all(
        b.number == a.number % 12 + 1 for (_, a), (_, b) in pairwise(parts)
    )
    return [entry for entry, _ in parts] if in_order else []


def _within(numbers: set[int], whole: Period, months: int) -> bool:
    """Tell whether quarters lie in their half; months are taken as they stand."""
    if months == 3 and whole.months == 6:
        return numbers == {2 * whole.number - 1, 2 * whole.number}
    return True
