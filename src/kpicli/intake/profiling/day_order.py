"""Which columns of dates are never after others: what happened first."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

from kpicli.intake.profiling.dates import ZONE
from kpicli.loaders.cells.raw_table import Cell
from kpicli.loaders.cells.readers import DateForms, date_reader
from kpicli.values.dates import Order

if TYPE_CHECKING:
    from kpicli.intake.profiling.columns import Column

_FEWEST = 5
"""Of fewer rows an order may be chance."""


def never_after(
    columns: "Sequence[Column]", rows: Sequence[Sequence[Cell]]
) -> frozenset[tuple[int, int]]:
    """Return the pairs of places of dates of which the first is never after the second.

    At least five rows have both, and in one of them it is before. A blank or unreadable date says
    nothing, nor do dates whose day and month nobody can tell apart.
    """
    dated = {c.place: c.dates for c in columns if c.dates is not None and not c.orders}
    if len(dated) < 2:
        return frozenset()
    days = {place: _days(rows, place, dates.order) for place, dates in dated.items()}
    return frozenset(
        (one, other)
        for one, other in permutations(dated, 2)
        if _is_never_after(days[one], days[other])
    )


def _is_never_after(days: Sequence[date | None], others: Sequence[date | None]) -> bool:
    both = [(a, b) for a, b in zip(days, others, strict=True) if a is not None and b is not None]
    return len(both) >= _FEWEST and all(a <= b for a, b in both) and any(a < b for a, b in both)


def _days(rows: Sequence[Sequence[Cell]], place: int, order: Order | None) -> list[date | None]:
    read = date_reader(ZONE, DateForms(order=order))
    known: dict[Cell, date | None] = {}
    days: list[date | None] = []
    for row in rows:
        cell = row[place] if place < len(row) else None
        if cell not in known:
            value = read(cell).value
            known[cell] = value if isinstance(value, date) else None
        days.append(known[cell])
    return days
