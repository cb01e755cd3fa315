"""Columns chosen from others: the first that is filled, bins of a number, tick boxes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.base.wording import Text, quantity
from kpicli.catalog.derivations import UNREADABLE, Cell, Context, Derivation, all_of
from kpicli.values.codes import SEVERAL, is_ticked


class FirstOf(Derivation):
    """The first of several columns of one type that is not blank."""

    gives = takes = ""

    first_of: Annotated[tuple[str, ...], Field(min_length=2)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns, in the order in which they are asked."""
        return self.first_of

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the columns in their order."""
        named = [headers[name] for name in self.first_of]
        return Text("、空欄なら ".join(named), ", else ".join(named))

    def value(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the first that is filled; one that cannot be read is, too."""
        return next((cell for cell in cells if cell is not None), None)


class Bins(Derivation):
    """The value of the code table in whose bin a number lies.

    The table's values are the bins in order. An edge belongs to the bin above it, or to the one
    below with `edge = "below"`. The outer bins are open.
    """

    gives, takes = "code", "number"

    bins: str
    edges: Annotated[tuple[Decimal, ...], Field(min_length=1)]
    edge: Literal["above", "below"] = "above"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the number column."""
        return (self.bins,)

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the edges and which bin they belong to."""
        edges, header = ", ".join(map(str, self.edges)), headers[self.bins]
        side = Text("上", "above") if self.edge == "above" else Text("下", "below")
        return Text(
            f"{header} を {edges} で区切った階級(境は{side.ja}の階級)",
            f"{header} in bins at {edges} (an edge is in the bin {side.en})",
        )

    def problems(self, values: Sequence[str]) -> Iterator[Problem]:
        """Yield edges out of order, and a code table that has not one value more than edges."""
        if any(high <= low for low, high in pairwise(self.edges)):
            yield problem("edges", "小さい順に、一度ずつ書いてください", "they go up, each once")
        if len(values) != len(self.edges) + 1:
            edges, bins = len(self.edges), len(self.edges) + 1
            yield problem(
                "edges",
                f"境が {edges} なら階級は {bins} ですが、コード表の値は {len(values)} です",
                f"{quantity(edges, 'edge')} for {quantity(bins, 'bin')}, but the code table has "
                f"{quantity(len(values), 'value')}",
            )

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the value of the bin."""
        (number,) = all_of(Decimal, cells)
        if self.edge == "above":
            return context.values[sum(number >= edge for edge in self.edges)]
        return context.values[sum(number > edge for edge in self.edges)]


class Options(Derivation):
    """The value of the code table whose tick box is ticked.

    Each value has the header of its own column. None ticked is blank; several are unreadable, or
    with a table that allows `several` the first in the table's order, or each of them.
    """

    gives, takes = "code", "text"

    options: Annotated[dict[str, str], Field(min_length=2)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns that hold the boxes: as their headers."""
        return tuple(self.options.values())

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the headers of the boxes."""
        made = "・".join(self.options.values())
        return Text(f"チェック欄 {made}", f"the ticked one of {made}")

    def problems(self, values: Sequence[str]) -> Iterator[Problem]:
        """Yield options that the code table does not have."""
        for value in self.options:
            if value not in values:
                yield misnamed(
                    "options",
                    f"コード表に「{value}」という値はありません",
                    f"no value {value!r} in the code table",
                    value,
                    values,
                )

    def value(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the ticked value; a box that is neither ticked nor empty is unreadable."""
        ticks = [None if cell is None else is_ticked(str(cell)) for cell in cells]
        if UNREADABLE in cells or any(
            tick is None and cell is not None for tick, cell in zip(ticks, cells, strict=True)
        ):
            return UNREADABLE
        ticked = [value for value, tick in zip(self.options, ticks, strict=True) if tick]
        if len(ticked) > 1 and not context.several:
            return UNREADABLE
        ticked.sort(key=context.values.index)
        if context.each:
            return SEVERAL.join(ticked) or None
        return ticked[0] if ticked else None


WORDS: Mapping[str, type[Derivation]] = {"first_of": FirstOf, "bins": Bins, "options": Options}
