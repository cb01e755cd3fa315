"""Rows and columns of figures, and the tables that they make."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from kpicli.audit.layout.labels import Meaning, meaning
from kpicli.audit.numbers import Number, Part
from kpicli.audit.table import Spot, Table


class Line(Struct, frozen=True, dict=True):
    """A row or column of figures: its number from 1, its labels from the outermost to its own.

    `unit` is what its label, a row of units or a column headed 単位 says. `depth` is how deep its
    label is indented, numbered or set to the right below another. `section` counts the headings
    above it, and `breakdown` tells that the last of them says 内訳. `shift` is how far to the right
    its cells stand, where a long table was folded into two beside each other.
    """

    number: int
    path: tuple[str, ...]
    unit: str = ""
    depth: int = 0
    section: int = 0
    shift: int = 0
    breakdown: bool = False

    @property
    def label(self) -> str:
        """Return all its labels as one text."""
        return " ".join(dict.fromkeys(filter(None, self.path)))

    @cached_property
    def own(self) -> str:
        """Return its innermost label."""
        return next((text for text in reversed(self.path) if text), "")

    @cached_property
    def says(self) -> Meaning:
        """Return what its innermost label says."""
        return meaning(self.own)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return what all its labels say."""
        return frozenset(meaning(text).kind for text in self.path if text)


class Context(Struct, frozen=True):
    """What is written around a table: captions, units, notes.

    `thousands`: its caption names units such as 千円 alone; `rounded`: a note speaks of rounding;
    `cut`: a note says that it was downwards. `partial`: it lists some things of more (主な, 上位).
    `inclusive`: a note says that totals hold more than is listed (不詳を含む). `multiple`: things
    may be in several parts (複数回答).
    """

    thousands: bool = False
    rounded: bool = False
    cut: bool = False
    partial: bool = False
    inclusive: bool = False
    multiple: bool = False


class Block(Struct, frozen=True):
    """One table: its rows and columns of figures."""

    table: Table
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    context: Context = Context()

    def spot(self, row: Line, column: Line, part: Part) -> Spot:
        """Return the place of a number."""
        return Spot(row.number, column.number + row.shift, part)

    def numbers(self, row: Line, column: Line) -> Mapping[Part, Number]:
        """Return the numbers that the cell of a row and a column writes."""
        return self.table.numbers(row.number, column.number + row.shift)


def distinct_levels(paths: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return label paths without levels that say the same as another: codes, English names.

    A level goes where it and another one name each other, one to one, in three lines or more.
    A label that repeats the one above it (a merged cell) is blank.
    """
    paths = [
        tuple("" if place and text == path[place - 1] else text for place, text in enumerate(path))
        for path in paths
    ]
    levels = list(zip(*paths, strict=True))
    kept: list[tuple[str, ...]] = []
    for level in sorted(levels, key=lambda texts: all(text.isascii() for text in texts)):
        if not any(_same(level, other) for other in kept):
            kept.append(level)
    kept.sort(key=levels.index)
    return list(zip(*kept, strict=True)) if kept else paths


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    filled = [pair for pair in zip(one, other, strict=True) if pair[0]]
    if not any(text for text, _ in filled):
        return not any(one)
    pairs = set(filled)
    return len(pairs) > 2 and len({a for a, _ in pairs}) == len(pairs) == len({b for _, b in pairs})
