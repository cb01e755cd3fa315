"""Groups of tick-box columns that are together one code column: a box for each of its values."""

import re
from collections.abc import Collection, Mapping

from kpicli.intake.matching.fit import Declared
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.tables import Table

_FEWEST = 2
"""One box alone is a yes or no of its own."""
_LABEL = re.compile(r".*[\[(【]([^\])】]+)[\])】]\s*|.*[_/:]([^_/:]+)|(.+)", re.DOTALL)
"""What a box is called: 感謝 in `声の種類[感謝]`, `声の種類_感謝` and `感謝`."""


def tick_groups(
    table: Table, declared: Declared, taken: Collection[int], named: Collection[str]
) -> Mapping[str, Mapping[str, Column]]:
    """Return, per code column that is not `named` yet, the box of each of its values.

    Boxes are columns whose places are not `taken`, which hold ticks or nothing, and are called by a
    value of the code table. A table with two boxes for one value has no such group.
    """
    boxes = [
        column
        for column in table.columns
        if column.place not in taken and column.kind in ("tick", "blank")
    ]
    groups: dict[str, dict[str, Column]] = {}
    for name in declared.readers:
        codes = declared.table(name)
        if codes is None or codes.open or name in named:
            continue
        called = [(codes.canonical(_label(box.header)), box) for box in boxes]
        own = [(value, box) for value, box in called if value is not None]
        group = dict(own)
        ticked = any(box.kind == "tick" for box in group.values())
        if _FEWEST <= len(group) == len(own) and ticked:
            groups[name] = group
    shared = {
        box.place
        for name, own in groups.items()
        for box in own.values()
        if any(box in other.values() for key, other in groups.items() if key != name)
    }
    return {
        name: own
        for name, own in groups.items()
        if shared.isdisjoint(box.place for box in own.values())
    }


def _label(header: str) -> str:
    match = _LABEL.fullmatch(header)
    return "" if match is None else next((part for part in match.groups() if part), "")
