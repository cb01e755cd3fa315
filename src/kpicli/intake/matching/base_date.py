"""Which of several dates of a table counts, and which other one it may be all the same."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpicli.catalog.sources.source import Source
from kpicli.intake.profiling.words import likeness

if TYPE_CHECKING:
    from kpicli.intake.profiling.columns import Column
    from kpicli.intake.profiling.tables import Table

_FULL = 0.95
"""What happened has a date in so many rows."""
_USUAL = 0.97
"""From here on a header is the usual one of the date that counts: it leaves nothing to ask."""
_APART = 0.2
"""Headers say which of two dates counts where one is so much more like the usual one."""


def base_and_rival(
    table: "Table", source: Source, column: "Column", others: "Sequence[Column]"
) -> "tuple[Column, Column | None]":
    """Return the column of the date that counts, and the other one that it may be; None if none.

    `column` is the one by which the table fits the source, `others` are those with no better use.
    A header like the usual one (受付日時 beside 登録日) goes before one that the source knows
    besides; then what is never after the others counts. One that is later than another is asked
    about, as is one that another is more like.
    """
    usual = source.columns[source.base_date or ""].headers[0]
    if likeness(column.header, usual) >= _USUAL:
        return column, None
    dates = [other for other in others if other.kind == "date" and other.share >= _FULL]
    before = [other for other in dates if (other.place, column.place) in table.earlier]
    closer = [
        other
        for other in dates
        if likeness(other.header, usual) >= likeness(column.header, usual) + _APART
    ]
    if closer:
        return max(closer, key=lambda own: likeness(own.header, usual)), column
    if not before:
        return column, None
    first = max(before, key=lambda own: sum((own.place, o.place) in table.earlier for o in dates))
    if likeness(column.header, usual) >= likeness(first.header, usual) + _APART:
        return column, first
    return first, column
