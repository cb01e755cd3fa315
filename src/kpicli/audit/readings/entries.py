"""Lines that belong together, and what can be read from them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Literal

from msgspec import Struct

from kpicli.audit.layout.labels import Meaning, meaning
from kpicli.audit.layout.lines import Line
from kpicli.audit.relations import Kind

UNADDED = frozenset({"growth", "rate", "mean", "statistic"})
"""Numbers under such labels are in no sum."""
NO_PARTS = UNADDED | {"previous", "difference", "share", "cumulative", "within", "target"}
"""Lines of such labels are no part of a total, unless the total is under the same label."""

PARENT = "parent"
"""The style of a line that is the sum of those below it for its place alone."""


class Entry(Struct, frozen=True):
    """A line and what its label at the level in question says; levels count from the outermost."""

    line: Line
    label: str
    says: Meaning
    level: int = 0

    def is_part(self, whole: Line) -> bool:
        """Tell whether the line may be a part of `whole`."""
        if not self.label or self.says.kind not in {"plain", "period", "total"}:
            return False
        return not (self.line.kinds - whole.kinds) & NO_PARTS


class Trust(IntEnum):
    """How much speaks for a reading before its numbers are looked at."""

    UNNAMED = 0
    """No label speaks of it; numbers alone have to, in many places."""
    POSSIBLE = 1
    """A label speaks of such a number, but not of what it is made of: numbers have to."""
    LIKELY = 2
    """It holds where another place bears it out."""
    PROMISED = 3
    """Labels and layout say so."""


class Reading(Struct, frozen=True):
    """One way to read a line: `result` is the sum of `plus` less that of `minus`.

    Readings of one `style` rest on the same trait of the layout. With `signed` it is asserted only
    of cells that write a sign: 前期比 may also be a rate.
    """

    kind: Kind
    result: Line
    plus: tuple[Line, ...]
    minus: tuple[Line, ...] = ()
    trust: Trust = Trust.PROMISED
    style: str = ""
    signed: bool = False
    partial: bool = False


class RatioReading(Struct, frozen=True):
    """One way to read a rate or mean: `scale` times `plus` less `minus`, over `over` or `count`."""

    kind: Kind
    result: Line
    plus: tuple[Line, ...]
    over: tuple[Line, ...] = ()
    minus: tuple[Line, ...] = ()
    scale: Decimal = Decimal(100)
    count: int = 1
    trust: Trust = Trust.POSSIBLE
    style: str = ""


class ShareReading(Struct, frozen=True):
    """One way to read a share: that of `part` in its whole, which stands in other lines across.

    `wholes` gives for each line across, by its number and shift, the lines that hold its whole;
    `runs`, for a cumulative share, those whose parts are added.
    """

    result: Line
    part: Line
    wholes: Mapping[tuple[int, int], tuple[Line, ...]]
    scale: Decimal = Decimal(100)
    trust: Trust = Trust.POSSIBLE
    style: str = ""
    runs: Mapping[tuple[int, int], tuple[Line, ...]] | None = None
    kind: Kind = "percentage"


class StepReading(Struct, frozen=True):
    """One way to read a line that goes on from number to number, along the lines across.

    By its `form`, each number is the one before it and that of `part` (a running total), or the
    difference, change or ratio of `part` to its number before. `before` gives for each line across,
    by its number and shift, the one before it, None for the first.
    """

    kind: Kind
    form: Literal["running", "difference", "change", "ratio"]
    result: Line
    part: Line
    before: Mapping[tuple[int, int], Line | None]
    trust: Trust = Trust.POSSIBLE
    style: str = ""


AnyReading = Reading | RatioReading | ShareReading | StepReading


class Claim(Struct, frozen=True):
    """All the ways to read one line by one of its labels, the likeliest first; only one is meant.

    `before` and `after` are the lines on both sides of it, the nearest first, whose runs may be
    looked at for a sum where no reading fits.
    """

    result: Line
    level: int
    readings: tuple[AnyReading, ...]
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()


def groups(lines: Sequence[Line]) -> Iterator[tuple[Entry, ...]]:
    """Yield the lines that differ in one level of their labels alone, for each level; then all.

    So the halves of one shop stand together in a tidy table, and so do the shops of one half. All
    lines stand together by their innermost labels.
    """
    levels = max((len(line.path) for line in lines), default=0)
    for level in range(levels):
        found: dict[tuple[str, ...], list[Entry]] = {}
        for line in lines:
            rest = (*line.path[:level], *line.path[level + 1 :])
            entry = Entry(line, line.path[level], meaning(line.path[level]), level)
            found.setdefault(rest, []).append(entry)
        yield from (tuple(entries) for entries in found.values() if len(entries) > 1)
    if levels > 1:
        yield tuple(Entry(line, line.own, line.says, _innermost(line)) for line in lines)


def _innermost(line: Line) -> int:
    return max((level for level, text in enumerate(line.path) if text), default=0)
