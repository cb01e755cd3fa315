"""Runs of lines beside a line that add up to it, though no label says so."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from kpicli.audit.judging.side import Side
from kpicli.audit.layout.lines import Line
from kpicli.audit.readings.entries import Claim, Reading, Trust

_SAMPLES = 8
_LONG = 24


def run_readings(side: Side, claim: Claim, places: int) -> Iterator[Reading]:
    """Yield the runs of lines near a total that add up to it at half of the places or more.

    Where the total stands at one place only, a run has to begin beside it and to leave out two
    lines at most; at two places, to begin beside it.
    """
    for name, lines in (("before", claim.before), ("after", claim.after)):
        longest = max((len(r.plus) for r in claim.readings if isinstance(r, Reading)), default=0)
        samples = _samples(side, claim.result, lines)
        starts = range(len(lines) - 1) if places > 2 and len(lines) <= _LONG else (0,)
        for start in starts:
            for end in range(start + 2, len(lines) + 1):
                if places < 2 and end - start < longest - 2:
                    continue
                sums = [running[end] - running[start] for _, running in samples]
                agreeing = sum(total == s for (total, _), s in zip(samples, sums, strict=True))
                if agreeing and 2 * agreeing >= len(samples):
                    run = lines[start:end][:: -1 if name == "before" else 1]
                    style = f"run {name} {start} {end}"
                    yield Reading("total", claim.result, run, trust=Trust.POSSIBLE, style=style)


def _samples(
    side: Side, result: Line, lines: Sequence[Line]
) -> list[tuple[Decimal, list[Decimal]]]:
    """Return for some lines across the total, and the running sums of the lines beside it."""
    found: list[tuple[Decimal, list[Decimal]]] = []
    for cross in side.across:
        total = side.printed(result, cross, "value")
        if total is None or not total.number.amount:
            continue
        terms = [side.printed(line, cross, "value") for line in lines]
        amounts = [(term.number.amount if term else None) or Decimal(0) for term in terms]
        found.append((total.number.amount, [Decimal(0), *accumulate(amounts)]))
        if len(found) == _SAMPLES:
            break
    return found
