"""Columns taken from the rows of another source, by a key that stands in both."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from kpicli.base.wording import Text
from kpicli.catalog.derivations import Cell, Context, Derivation


class LookUp(Derivation):
    """The value of `take` in the rows of another source whose `by` is the row's own.

    `by` has one name in both sources. Of a register the rows count that are in force on the row's
    date: its base date, or the date column `on`. No such row: blank. Rows that differ, a row that
    may be one of them, and an unreadable cell: unreadable.
    """

    gives = takes = ""

    source: str = Field(alias="look_up")
    by: str
    take: str
    on: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the key, and the date where one is named; the base date is always at hand."""
        return (self.by,) if self.on is None else (self.by, self.on)

    @property
    def shown(self) -> tuple[str, ...]:
        """Return none: the value is of the other source, the key only leads to it."""
        return ()

    @property
    def looks_in(self) -> str:
        """Return the source whose rows are looked up."""
        return self.source

    @property
    def taken(self) -> tuple[str, ...]:
        """Return the columns of that source that are asked for."""
        return (self.by, self.take)

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the key, the other source and what is taken of it."""
        by, title = headers[self.by], headers[self.source]
        take = headers[f"{self.source}.{self.take}"]
        on = "" if self.on is None else headers[self.on]
        return Text(
            f"{by} が同じ「{title}」の行の {take}" + (f"({on} に有効な行)" if on else ""),
            f"{take} of the row of {title} with the same {by}"
            + (f", in force on {on}" if on else ""),
        )

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Raise TypeError: no value of one row's cells, but of other rows."""
        raise TypeError("a looked-up value is not made of the cells of one row")


WORDS: Mapping[str, type[Derivation]] = {"look_up": LookUp}
