"""Differences against their two values, and growth against the same: 増減, 増減率, 前年同期比."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from kpicli.audit.layout.period_labels import Period
from kpicli.audit.readings.entries import (
    AnyReading,
    Claim,
    Entry,
    RatioReading,
    Reading,
    Trust,
)

_CURRENT = ("今", "当", "本", "current")
_VALUES = {"plain", "total", "period", "target", "numerator", "denominator"}
_COMPUTED = {"difference", "growth", "rate", "share", "mean"}
_YEARS = {"前年度", "昨年度", "前年", "昨年"}
_NEAR = 6


def difference_claims(entries: Sequence[Entry]) -> Iterator[Claim]:
    """Yield which value a difference, or a growth rate, is taken of, and from which.

    The other value is the one that the label names (前期比増減), else the only one of an earlier
    period, else the one just before the difference; or, of two columns of the same half in two
    named years, the earlier. The value itself is the only one left, or the one that says so (今期).
    Where no label tells them apart and there are but two, it is one of them less the other. Any
    two near it are possible, and so is the sum of two differences (自然増減 and 社会増減).
    """
    for place, entry in enumerate(entries):
        if entry.says.kind in {"difference", "growth"}:
            readings = list(_readings(entries, place))
            if readings:
                yield Claim(entry.line, entry.level, tuple(readings))


def _readings(entries: Sequence[Entry], place: int) -> Iterator[AnyReading]:
    own = entries[place]
    named = _two_years(entries) or _compared(entries, place)
    promised = [named] if named is not None else list(permutations(_only_two(entries, place), 2))
    seen: set[tuple[int, int]] = set()
    for now, then in promised:
        seen.add((now.line.number, then.line.number))
        yield from _of_pair(own, now, then, Trust.PROMISED)
    values = _values(entries, place)
    for now, then in permutations(values, 2):
        if (now.line.number, then.line.number) not in seen:
            last = [then, now] == values[-2:]
            yield from _of_pair(own, now, then, Trust.LIKELY if last else Trust.POSSIBLE)
    earlier = [e for e in entries[max(place - _NEAR, 0) : place] if e.says.kind == "difference"]
    if own.says.kind == "difference" and len(earlier) > 1:
        plus = tuple(e.line for e in earlier[-2:])
        yield Reading("difference", own.line, plus, trust=Trust.LIKELY, style="differences")


def _of_pair(own: Entry, now: Entry, then: Entry, trust: Trust) -> Iterator[AnyReading]:
    style = f"pair {now.line.number - own.line.number} {then.line.number - own.line.number}"
    if own.says.kind == "difference" or own.label.rstrip("%)( ").endswith("比"):
        signed = own.says.kind == "growth"
        plus, minus = (now.line,), (then.line,)
        yield Reading("difference", own.line, plus, minus, trust=trust, style=style, signed=signed)
    if own.says.kind == "growth":
        over = (then.line,)
        change = RatioReading(
            "growth",
            own.line,
            (now.line,),
            over,
            (then.line,),
            trust=trust,
            style=f"{style} change",
        )
        yield change
        yield RatioReading(
            "growth", own.line, (now.line,), over, trust=trust, style=f"{style} ratio"
        )
        if trust:
            small = Decimal(1)  # 0.042 for 4.2 %
            yield RatioReading(
                "growth", own.line, (now.line,), over, (then.line,), small, style=f"{style} part"
            )
            yield RatioReading(
                "growth", own.line, (now.line,), over, (), small, style=f"{style} times"
            )


def _values(entries: Sequence[Entry], place: int) -> list[Entry]:
    """Return the values near a difference: the last few before it, or else the first after it."""
    near = [e for e in entries[max(place - 2 * _NEAR, 0) : place] if _is_value(e)][-_NEAR:]
    return near or [e for e in entries[place + 1 : place + 1 + _NEAR] if _is_value(e)]


def _only_two(entries: Sequence[Entry], place: int) -> list[Entry]:
    """Return the two values that stand alone, or alone since the last computed line."""
    before = entries[max(place - 2 * _NEAR, 0) : place]
    since: list[Entry] = []
    for entry in reversed(before):
        if entry.says.kind in _COMPUTED:
            break
        since.append(entry)
    for run in (since[::-1], before, entries[: 2 * _NEAR]):
        values = [entry for entry in run if _is_value(entry)]
        if len(values) == 2:
            return values
        if values and len(values) > 2:
            break
    return []


def _is_value(entry: Entry) -> bool:
    return entry.says.kind in {*_VALUES, "previous"} and bool(entry.label)


def _compared(entries: Sequence[Entry], place: int) -> tuple[Entry, Entry] | None:
    earlier = [entry for entry in entries if entry.says.kind == "previous"]
    named = [e for e in earlier if e.says.reference == entries[place].says.reference]
    if entries[place].says.reference and named:
        earlier = named
    elif entries[place].says.reference and len(earlier) > 1:
        return None
    if len(earlier) > 1:
        earlier = [entry for entry in earlier if place and entry == entries[place - 1]]
    if len(earlier) != 1:
        return None
    now = _current(entries, earlier[0])
    return None if now is None else (now, earlier[0])


def _current(entries: Sequence[Entry], then: Entry) -> Entry | None:
    values = [entry for entry in entries if entry.says.kind in _VALUES and entry.label]
    if len(values) > 1 and then.says.rest:
        values = [entry for entry in values if entry.label.endswith(then.says.rest)] or values
    if len(values) > 1 and then.says.reference in _YEARS:
        years = [e for e in values if e.says.period is not None and e.says.period.months == 12]
        values = years or values
    if len(values) > 1:
        values = [entry for entry in values if entry.label.startswith(_CURRENT)]
    return values[0] if len(values) == 1 else None


def _two_years(entries: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    values = [entry for entry in entries if _is_value(entry)]
    if len(values) != 2:
        return None
    first, second = (entry.says.period for entry in values)
    if first is None or second is None:
        return None
    alike = (first.months, first.number, first.rest) == (second.months, second.number, second.rest)
    comparable = (
        first.year and second.year and first.year[:1].isdigit() == second.year[:1].isdigit()
    )
    if not alike or not comparable or first.year == second.year:
        return None
    dated = sorted(zip((first, second), values, strict=True), key=_when)
    return dated[1][1], dated[0][1]


def _when(dated: tuple[Period, Entry]) -> tuple[int, str]:
    return len(dated[0].year), dated[0].year
