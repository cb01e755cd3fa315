"""Runs of lines beside a line that add up to it, though no label says so."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice

from kpicli.audit.judging.side import Side
from kpicli.audit.layout.lines import Line
from kpicli.audit.readings.entries import Claim, Reading, Trust

_SAMPLES = 8
_LONG = 24


def run_readings(side: Side, claim: Claim, places: int) -> Iterator[Reading]:
    """Yield the lines near a total that add up to it at half of the places or more.

    Runs of them, and all without those that others before them already hold. Where the total
    stands at one place only, a run has to begin beside it and to leave out two lines at most; at
    two places, to begin beside it.
    """
    for name, lines in (("before", claim.before), ("after", claim.after)):
        samples = _samples(side, claim.result, lines)
        for start, end in _ends(claim, len(lines), places):
            sums = [(total, running[end] - running[start]) for total, running in samples]
            run = lines[start:end][:: -1 if name == "before" else 1]
            if _fits(sums) and run[0].depth == min(line.depth for line in run):
                yield _possible(claim.result, run, f"run {name} {start} {end}")
        top = _unheld(lines[::-1] if name == "before" else lines, side, claim.result)
        if top is not None:
            yield _possible(claim.result, top, f"unheld {name}")


def _ends(claim: Claim, lines: int, places: int) -> Iterator[tuple[int, int]]:
    longest = max((len(r.plus) for r in claim.readings if isinstance(r, Reading)), default=0)
    starts = range(lines - 1) if places > 2 and lines <= _LONG else (0,)
    for start in starts:
        for end in range(start + 2, lines + 1):
            if places > 1 or end - start >= longest - 2:
                yield start, end


def _possible(result: Line, plus: Sequence[Line], style: str) -> Reading:
    return Reading("total", result, tuple(plus), trust=Trust.POSSIBLE, style=style)


def _fits(sums: Sequence[tuple[Decimal, Decimal]]) -> bool:
    agreeing = sum(total == made for total, made in sums)
    return agreeing > 0 and 2 * agreeing >= len(sums)


def _unheld(lines: Sequence[Line], side: Side, result: Line) -> list[Line] | None:
    """Return the lines without those that add up to the line before them, if some do.

    So parts are told from parents in a table that has lost its indents.
    """
    samples = _samples(side, result, lines)
    top: list[int] = []
    place = 0
    while place < len(lines):
        top.append(place)
        place = _held_until(samples, place)
    if len(top) == len(lines) or len(top) < 2:
        return None
    sums = [(total, sum((run[n + 1] - run[n] for n in top), Decimal(0))) for total, run in samples]
    return [lines[n] for n in top] if _fits(sums) else None


def _held_until(samples: Sequence[tuple[Decimal, list[Decimal]]], place: int) -> int:
    """Return where the lines end that add up to the one at a place everywhere; the next if none."""
    last = len(samples[0][1]) - 1 if samples else place + 1
    for end in range(place + 3, last + 1):
        if all(run[end] - run[place + 1] == run[place + 1] - run[place] for _, run in samples):
            return end
    return place + 1


def _samples(
    side: Side, result: Line, lines: Sequence[Line]
) -> list[tuple[Decimal, list[Decimal]]]:
    """Return for some lines across the total, and the running sums of the lines beside it."""
    samples = islice(side.amounts_beside(result, lines), _SAMPLES)
    return [(total, [Decimal(0), *accumulate(amounts)]) for total, amounts in samples]
