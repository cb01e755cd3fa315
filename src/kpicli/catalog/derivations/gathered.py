"""Columns of a source that is made of another: what the rows behind one row have together."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from kpicli.base.wording import Text
from kpicli.catalog.derivations import Cell, Context, Derivation

ROWS = "row"
"""What `count` names where every row is counted, whatever its cells are."""


_Name = Annotated[str, Field(min_length=1)]


class Gathered(Derivation):
    """One value of the rows behind a row: exactly one word names the column of theirs.

    `sum` is exact; a blank cell makes it blank. `count` is the number of rows whose cell is filled,
    or with `count = "row"` of all. `min`, `max`, `first` and `last` leave blanks out; the first and
    the last go by the base date, and where rows of that day differ it cannot be told. One
    unreadable cell makes the value unreadable.
    """

    gives = takes = ""

    sum: _Name = ""
    count: _Name = ""
    min: _Name = ""
    max: _Name = ""
    first: _Name = ""
    last: _Name = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return none: it is made of other rows."""
        return ()

    @property
    def gathers(self) -> tuple[str, str]:
        """Return the word and the column of the rows behind."""
        return next((word, getattr(self, word)) for word in WORDS if getattr(self, word))

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return what is done with which column."""
        word, name = self.gathers
        if name == ROWS:
            return Text("行数", "the number of rows")
        ja, en = _WORDS[word]
        header = headers[f"of.{name}"]
        return Text(f"{header} の{ja}", f"{en} {header}")

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Raise TypeError: no value of one row's cells, but of the rows behind it."""
        raise TypeError("a gathered value is not made of the cells of one row")


_WORDS = {
    "sum": ("合計", "the sum of"),
    "count": ("記入のある行数", "the number of rows with"),
    "min": ("最小", "the least"),
    "max": ("最大", "the greatest"),
    "first": ("最初", "the first"),
    "last": ("最後", "the last"),
}

WORDS: Mapping[str, type[Derivation]] = dict.fromkeys(_WORDS, Gathered)
