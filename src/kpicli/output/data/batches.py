"""Very many records, column by column: no row of them is an object before someone asks for it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, overload

from kpicli.output.data.records import Cell, CellType

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[Cell, ...]

DIGITS, DECIMALS = 38, 6
"""A number column is decimal128(38, 6): exact, and of one type in every file."""
_MOST_DIGITS = 76
"""Of decimal256, where a number has more digits than the other holds."""


class Batches(Sequence[Row]):
    """Rows that are made batch by batch, each time that they are read; all have one schema.

    Texts in them are raw, as those of all records are.
    """

    def __init__(self, rows: int, make: "Callable[[], Iterator[pa.RecordBatch]]") -> None:
        self._rows, self.make = rows, make

    def __len__(self) -> int:
        return self._rows

    def __iter__(self) -> Iterator[Row]:
        for batch in self.make():
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def written(self, write: Callable[[Cell], str]) -> Iterator[tuple[str, ...]]:
        """Yield the rows as texts; `write` is asked once for each distinct text of a batch."""
        for batch in self.make():
            yield from zip(*(_written(column, write) for column in batch.columns), strict=True)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return list(self)[index]
        return next(islice(self, index % max(self._rows, 1), None))


def _written(column: "pa.Array", write: Callable[[Cell], str]) -> list[str]:
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        return [write(cell) for cell in column.to_pylist()]
    texts, blank = [write(cell) for cell in column.dictionary.to_pylist()], write(None)
    places = column.indices.to_pylist()
    return [blank if place is None else texts[place] for place in places]


def type_of(kind: CellType, cells: Iterable[Cell] = ()) -> "pa.DataType":
    """Return the type of a column in Arrow; one of numbers holds all of the cells exactly."""
    import pyarrow as pa

    if kind != "number":
        return {"text": pa.string(), "date": pa.date32(), "integer": pa.int64()}[kind]
    cells = list(cells)
    decimals = _decimals(cells)
    if _whole_digits(cells) + decimals > DIGITS:
        return pa.decimal256(_MOST_DIGITS, decimals)
    return pa.decimal128(DIGITS, decimals)


def _decimals(cells: Sequence[Cell]) -> int:
    """Return how many decimals a column needs so that none is rounded away."""
    exponents = [cell.as_tuple().exponent for cell in cells if isinstance(cell, Decimal)]
    return max(DECIMALS, *(-each for each in exponents if isinstance(each, int)), 0)


def _whole_digits(cells: Sequence[Cell]) -> int:
    """Return how many digits the longest number has before its decimals."""
    numbers = (Decimal(cell) for cell in cells if isinstance(cell, int | Decimal))
    return max((number.adjusted() + 1 for number in numbers), default=0)
