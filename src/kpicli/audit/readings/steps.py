"""Lines that go on from number to number: 累計, 累積構成比, 前年比 down a list of years."""

import re
from collections.abc import Iterator, Sequence

from kpicli.audit.layout.labels import bare
from kpicli.audit.layout.lines import Line
from kpicli.audit.readings.entries import (
    AnyReading,
    Claim,
    ShareReading,
    StepReading,
    Trust,
)

_NEAR = 8
_LISTED = 60
"""Longer lists have no cumulative shares that are told from counts."""
_CUMULATIVE = re.compile(r"累計|累積")
_NOT_LISTED = {"total", "mean", "statistic", "within", "difference", "growth", "share", "rate"}


def step_claims(lines: Sequence[Line], across: Sequence[Line]) -> Iterator[Claim]:
    """Yield how cumulative lines, differences and growth rates may follow from a line near them.

    The lines across are taken in order, totals and the like left out; years may also run backwards.
    A cumulative share may be told from counts where there is one total.
    """
    listed = [line for line in across if not line.kinds & _NOT_LISTED]
    if len(listed) < 2:
        return
    for place, line in enumerate(lines):
        near = [*lines[max(place - _NEAR, 0) : place][::-1], *lines[place + 1 : place + 3]]
        readings: list[AnyReading] = []
        if "cumulative" in line.kinds:
            readings += _running(line, near, listed, across)
        elif line.kinds & {"difference", "growth"}:
            readings += _steps(line, near, listed)
        if readings:
            yield Claim(line, 0, tuple(readings))


def _running(
    line: Line, near: Sequence[Line], listed: Sequence[Line], across: Sequence[Line]
) -> Iterator[AnyReading]:
    before = _before(listed)
    totals = [each for each in across if "total" in each.kinds]
    runs = {_key(each): tuple(listed[: nth + 1]) for nth, each in enumerate(listed[:_LISTED])}
    own = [each for each in near if each.label and "cumulative" not in each.kinds]
    for nth, each in enumerate(own):
        trust = Trust.LIKELY if nth == 0 or each.label == _counted(line) else Trust.POSSIBLE
        style = f"running {each.number - line.number}"
        yield StepReading("running", "running", line, each, before, trust, style)
        if len(totals) == 1 and len(listed) <= _LISTED:
            wholes = dict.fromkeys(runs, (totals[0],))
            style = f"{style} share"
            yield ShareReading(line, each, wholes, trust=trust, style=style, runs=runs)


def _counted(line: Line) -> str:
    """Return what a cumulative line says besides: 目標 of 目標累計."""
    return _CUMULATIVE.sub("", bare(line.own))


def _steps(line: Line, near: Sequence[Line], listed: Sequence[Line]) -> Iterator[AnyReading]:
    values = [each for each in near if each.label and not each.kinds & _NOT_LISTED]
    dated = sum("period" in each.kinds for each in listed) * 2 > len(listed)
    for nth, each in enumerate(values):
        trust = Trust.LIKELY if nth == 0 and dated else Trust.POSSIBLE
        for name, order in (("down", listed), ("up", listed[::-1])):
            before = _before(order)
            style = f"step {name} {each.number - line.number}"
            if "difference" in line.kinds:
                yield StepReading("difference", "difference", line, each, before, trust, style)
            if "growth" in line.kinds:
                yield StepReading("growth", "change", line, each, before, trust, f"{style} change")
                yield StepReading("growth", "ratio", line, each, before, trust, f"{style} ratio")


def _before(listed: Sequence[Line]) -> dict[tuple[int, int], Line | None]:
    return dict(zip(map(_key, listed), (None, *listed), strict=False))


def _key(line: Line) -> tuple[int, int]:
    return line.number, line.shift
