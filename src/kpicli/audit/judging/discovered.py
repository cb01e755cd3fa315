"""Sums that no label speaks of, where the numbers leave no doubt: 期首 + 増 - 減 = 期末."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice, product

from kpicli.audit.judging.side import Side
from kpicli.audit.layout.lines import Line
from kpicli.audit.readings.entries import NO_PARTS, Claim, Reading, Trust

_MOST = 60
"""Sides with more lines are lists of like things, of which none is made of others."""
_BEFORE, _AFTER = 4, 2
"""How many lines before and after a line may be added and taken away to come to it."""
_SAMPLES = 6
_NO_BALANCE = NO_PARTS - {"target", "previous"}
"""Lines of these kinds make no other one; targets and former numbers add up among themselves."""
_FEWEST = {Trust.UNNAMED: 3, Trust.LIKELY: 2}
"""In how many places a line has to have a number."""
_LEFT = re.compile(r"期末|年度末|月末|翌|次(?:年度|期|月|回)|繰越|残(?:額|高|数)?$|総利益|営業利益")
"""Words for what is carried over or left: `次年度への繰越`, `期末残高`, `営業利益`."""
_RUN = 24


def balance_claims(side: Side, known: set[frozenset[int]]) -> Iterator[Claim]:
    """Yield for each line what it may be made of, by its numbers alone.

    Looked at are runs of lines on one side of it, and a few near it, added or taken away, that come
    to it in half of some places or more. `known` are sets of lines that are known to make one of
    them. It is likely only where a label speaks of what is carried over or left.
    """
    if not 3 <= len(side.along) <= _MOST:
        return
    lines = [line for line in side.along if line.label and not line.kinds & _NO_BALANCE]
    known = set(known)
    for place in sorted(range(len(lines)), key=lambda at: not _LEFT.search(lines[at].own)):
        line = lines[place]
        readings: list[Reading] = []
        for reading in _readings(side, lines, place):
            own = frozenset(each.number for each in (line, *reading.plus, *reading.minus))
            if not any(own <= each for each in known):
                known.add(own)
                readings.append(reading)
        if readings:
            yield Claim(line, 0, tuple(readings))


def _readings(side: Side, lines: Sequence[Line], place: int) -> Iterator[Reading]:
    own = lines[place]
    before = lines[max(place - _RUN, 0) : place][::-1]
    after = lines[place + 1 : place + 1 + _RUN]
    near = (*before[:_BEFORE][::-1], *after[:_AFTER])
    trust = Trust.LIKELY if _LEFT.search(own.own) else Trust.UNNAMED
    samples = [*islice(side.amounts_beside(own, near, _NO_BALANCE), _SAMPLES)]
    if len(samples) < _FEWEST[trust]:
        return
    for run in (before, after):
        columns = [*islice(side.amounts_beside(own, run, _NO_BALANCE), _SAMPLES)]
        for length in range(3, len(run) + 1):
            if _fits([(total, sum(amounts[:length])) for total, amounts in columns]):
                yield _reading(own, run[:length], (), trust)
    for size in (2, 3, 4) if trust else (2, 3):
        for chosen in combinations(range(len(near)), size):
            for signs in product((1, -1), repeat=size):
                added = [n for sign, n in zip(signs, chosen, strict=True) if sign > 0]
                taken = [n for sign, n in zip(signs, chosen, strict=True) if sign < 0]
                if added and _comes_to(samples, added, taken):
                    yield _reading(own, [near[n] for n in added], [near[n] for n in taken], trust)


def _comes_to(
    samples: Sequence[tuple[Decimal, list[Decimal]]], added: Sequence[int], taken: Sequence[int]
) -> bool:
    """Tell whether some lines come to another at half of the places, one of the first two too."""
    agreeing = 0
    for nth, (total, amounts) in enumerate(samples):
        made = sum(amounts[n] for n in added) - sum(amounts[n] for n in taken)
        agreeing += total == made
        if nth == 1 and not agreeing:
            return False
    return 2 * agreeing >= len(samples)


def _reading(result: Line, plus: Sequence[Line], minus: Sequence[Line], trust: Trust) -> Reading:
    added = tuple(sorted(plus, key=lambda line: line.number))
    taken = tuple(sorted(minus, key=lambda line: line.number))
    apart = "".join(f" {line.number - result.number}" for line in (*added, *taken))
    return Reading("total", result, added, taken, trust, f"balance{apart}")


def _fits(sums: Sequence[tuple[Decimal, Decimal | int]]) -> bool:
    return 2 * sum(total == made for total, made in sums) >= len(sums)
