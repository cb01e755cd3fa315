"""A table as the export of a source: which column is which, how surely, and what else it may be."""

from collections.abc import Mapping

from msgspec import Struct

from kpicli.catalog.sources.source import Source
from kpicli.intake.matching.fit import Declared, Fit
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.tables import Table

TAKEN = 0.5
"""A column is taken from this score on; below, it is a question."""
SURE = 0.8
"""From this score on, and with nothing near it, a column is no guess."""
SAME = 0.97
"""From here on a header is the declared one, in brackets or with marks around it perhaps."""


class Match(Struct, frozen=True):
    """A column of a source and the column of the table that it is.

    `rival` is another column of the table that fits nearly as well, if any. `alone` says that
    nothing else in the table can be it, and that a program has it in whatever it writes.
    """

    name: str
    column: Column
    fit: Fit
    rival: Column | None = None
    alone: bool = False

    @property
    def sure(self) -> bool:
        """Return whether it is no guess: by its header and its cells, and nothing else fits."""
        if self.alone:
            return True
        if self.rival is not None or self.fit.doubt:
            return False
        return self.fit.header >= SAME or (self.fit.score >= SURE and self.fit.header >= TAKEN)


class Feed(Struct, frozen=True):
    """A table as the export of a source: its columns, how well they fit, and what else it may be.

    `ticks` are the boxes of code columns that the table has as a box for each value.
    `by_row` says that the table has no id, and that each of its lines is a row of its own.
    `doubtful` are columns of the source that several columns of the table may be, none of which
    is taken. `others` are the sources that fit nearly as well; where one fits just as well, or
    headers hardly say anything, that is `undecided`.
    """

    table: Table
    declared: Declared
    score: float
    matches: tuple[Match, ...]
    doubtful: Mapping[str, tuple[Column, ...]] = {}
    ticks: Mapping[str, Mapping[str, Column]] = {}
    others: tuple["Feed", ...] = ()
    undecided: bool = False
    by_row: bool = False

    @property
    def source(self) -> Source:
        """Return the source."""
        return self.declared.source

    @property
    def is_complete(self) -> bool:
        """Return whether it can be exported: the source is clear, and has every column it needs."""
        if self.undecided:
            return False
        named = {match.name for match in self.matches}
        return named.issuperset(self.needed)

    @property
    def needed(self) -> frozenset[str]:
        """Return the columns without which the table cannot be read."""
        required = {name for name, own in self.source.columns.items() if own.required}
        required -= {self.source.lone_key} if self.by_row else set()
        return frozenset(required.difference(self.made))

    @property
    def made(self) -> tuple[str, ...]:
        """Return the columns that headers and cells of months make: that of months, and the value.

        None where the source is that of a pack.
        """
        return tuple(self.source.columns)[-2:] if self.declared.text else ()

    @property
    def sure(self) -> bool:
        """Return whether neither the source nor a column that it needs is a guess."""
        needed = self.needed.union(self.source.dating)
        sure = {match.name for match in self.matches if match.sure}
        return not self.is_asked and needed <= sure

    @property
    def is_asked(self) -> bool:
        """Return whether only people can say that the table is of this source."""
        return bool(self.others or self.made) or self.undecided or self.by_row

    def match(self, name: str) -> Match | None:
        """Return the match of a column; None where it has none."""
        return next((match for match in self.matches if match.name == name), None)
