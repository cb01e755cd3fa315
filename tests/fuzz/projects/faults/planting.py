"""What the planting of faults has in common: which things to hit, and the worlds that remain."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from fuzz.projects.catalogue import CODES, Source
from fuzz.projects.draft import Draft, Export, Line, Thing
from fuzz.projects.records import STAFF, Cell, Record

DAYS = tuple(date(2024 + n // 12, n % 12 + 1, 15) for n in range(3, 22))
"""A day in every month that figures are asked for."""


def untouched(draft: Draft, source: Source) -> list[Thing]:
    """Return the things that no fault has hit and on which the reach of no export depends."""
    ends: set[Cell] = set()
    for export in draft.exports[source.id]:
        days = [d for line in export.lines if isinstance(d := line.record.get(source.base), date)]
        ends |= {min(days, default=None), max(days, default=None)}
    return [
        thing
        for thing in draft.things[source.id]
        if not thing.worlds
        and (source.base == "" or thing.record[source.base] not in ends)
        and not any(line.raw for _, line in draft.lines(source.id, thing))
        and any(True for _ in draft.lines(source.id, thing))
    ]


def pick(
    rng: random.Random, draft: Draft, source: Source, wanted: Callable[[Thing], bool] | None = None
) -> Thing | None:
    """Return a thing that a fault may hit; None where none is fit."""
    fit = [thing for thing in untouched(draft, source) if wanted is None or wanted(thing)]
    return rng.choice(fit) if fit else None


def last_lines(draft: Draft, source: Source, thing: Thing) -> tuple[Export, list[Line]]:
    """Return the last export that has a thing, and its lines there."""
    every = list(draft.lines(source.id, thing))
    export = every[-1][0]
    return export, [line for own, line in every if own is export]


def elsewhere(draft: Draft, source: Source, thing: Thing, export: Export) -> Record | None:
    """Return a thing as another export has it, the latest of them; None where none has."""
    records = [line.record for own, line in draft.lines(source.id, thing) if own is not export]
    return records[-1] if records else None


def alternatives(source: Source, column: str, value: Cell) -> Iterator[Cell]:
    """Yield what else a cell that cannot be read may hold."""
    spec = source.columns[column]
    others: list[Cell]
    if spec.codes is not None:
        others = [*CODES[spec.codes].values]
    elif spec.kind == "date":
        others = [*DAYS] if column == source.base else [*DAYS, None]
    elif spec.kind == "number":
        others = [Decimal("7654321.5"), Decimal("-7654321.5"), None]
    else:
        others = [STAFF[0], STAFF[1], "?", None]
    yield from (other for other in others if other != value)


def damage(
    draft: Draft,
    source: Source,
    thing: Thing,
    column: str,
    raw: object,
    *,
    everywhere: bool = False,
) -> None:
    """Write a cell as it stands, and open the worlds in which it may be anything else.

    Where the column tells rows apart and another export has the row in order, the damaged line may
    be one row more.
    """
    export, lines = last_lines(draft, source, thing)
    key = source.key or tuple(source.columns)
    if everywhere:
        lines = [line for _, line in draft.lines(source.id, thing)]
    for line in lines:
        line.raw[column] = raw
    record = thing.record
    other = None if everywhere else elsewhere(draft, source, thing, export)
    changed = [{**record, column: cell} for cell in alternatives(source, column, record[column])]
    if column not in key:
        thing.worlds += [(own,) for own in changed]
    elif other is None:
        thing.worlds += [(own,) for own in changed]
        thing.worlds += [()] if source.key is not None else []
    else:
        thing.worlds += [(other,), (other, record)]
        thing.worlds += [(other, own) for own in changed]
