"""Halves against years, quarters against halves, months against all of them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpicli.audit.patterns import Entry, Pattern

_SHORTER = (6, 3, 1)


def period_patterns(entries: Sequence[Entry]) -> Iterator[Pattern]:
    """Yield what each period is the sum of: the shorter ones before it, else those after it.

    They have to be as many as fill it, of one length, of the same year where years are named, each
    of another number, and to share what the labels say besides (`件数`).
    """
    if any("後期" in entry.label for entry in entries):
        return
    periods = [entry for entry in entries if entry.says.kind == "period"]
    for place, entry in enumerate(periods):
        for months in _SHORTER:
            if months >= entry.says.months:
                continue
            before = _until(periods[:place][::-1], entry)
            after = _until(periods[place + 1 :], entry)
            parts = _filling(before, entry, months) or _filling(after, entry, months)
            if parts:
                yield Pattern("period", entry.line, tuple(part.line for part in parts))


def _until(periods: Sequence[Entry], whole: Entry) -> list[Entry]:
    """Return the periods up to the next that is as long, of those that belong with `whole`."""
    found: list[Entry] = []
    for entry in periods:
        if entry.says.rest != whole.says.rest or _other_year(entry, whole):
            continue
        if entry.says.months >= whole.says.months:
            break
        found.append(entry)
    return found


def _other_year(entry: Entry, whole: Entry) -> bool:
    # a month of January to March bears the next calendar year
    years = entry.says.year, whole.says.year
    return entry.says.months != 1 and all(years) and years[0] != years[1]


def _filling(entries: Sequence[Entry], whole: Entry, months: int) -> list[Entry]:
    parts = [entry for entry in entries if entry.says.months == months]
    numbers = {part.says.number for part in parts}
    enough = len(parts) * months == whole.says.months == len(numbers) * months
    if not enough or not _within(numbers, whole, months):
        return []
    parts = sorted(parts, key=lambda part: part.line.number)
    return parts if months != 1 or _in_order(parts) else []


def _within(numbers: set[int], whole: Entry, months: int) -> bool:
    """Tell whether quarters lie in their half; months are taken as they stand."""
    if months == 3 and whole.says.months == 6:
        return numbers == {2 * whole.says.number - 1, 2 * whole.says.number}
    return True


def _in_order(months: Sequence[Entry]) -> bool:
    """Tell whether months follow each other, January after December."""
    numbers = [entry.says.number for entry in months]
    return all(b == a % 12 + 1 for a, b in pairwise(numbers))
