"""Records with a table in them: a line for each row of the table, the first with the record's own.

kintone marks the first line of a record with `*` in a column of its own. Without that column a
record begins where a parent has another value than the record above.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.raw_table import Cell, RawTable, text_of
from kpicli.loaders.cells.row_kinds import END_OF_FILE
from kpicli.loaders.shapes.fill import Mask, Origins, blanks
from kpicli.values.folding import fold, header_key

_MARKERS = ("レコードの開始行", "*")
"""The headers of the column that marks the first line of a record."""


class RecordLines(Struct, frozen=True):
    """Which line of which record each line is.

    `firsts` has the first line of its record, or itself where it is in none. `empty` marks lines
    with no cell but white space, `again` those that repeat the header.
    """

    firsts: Origins
    empty: Mask
    again: Mask

    @property
    def aside(self) -> Mask:
        """Return marks of the lines that are in no record."""
        return self.empty | self.again

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """Return the number of each line in its record, from 1 on."""
        return np.arange(len(self.firsts)) - self.firsts + 1

    @property
    def later(self) -> Mask:
        """Return marks of the lines below the first of a record."""
        return ~self.aside & (self.numbers > 1)

    def origins(self, cells: Sequence[Cell]) -> Origins:
        """Return, for a column of records, the line whose cell each line has.

        A cell that is filled stays, so that a line that contradicts its record shows it.
        """
        return np.where(blanks(cells) & ~self.aside, self.firsts, np.arange(len(self.firsts)))


def record_lines(table: RawTable, parents: Sequence[Sequence[Cell]]) -> RecordLines:
    """Return the records of a table, `parents` being their columns."""
    cells = table.cells(range(table.rows))
    empty = np.array([_is_empty(line) for line in cells], np.bool_)
    header = list(map(header_key, table.header_cells))
    again = np.array(
        [list(map(header_key, map(text_of, line))) == header for line in cells], np.bool_
    )
    aside = empty | again
    marker = next((place for place, key in enumerate(header) if key in _MARKERS), None)
    if marker is None:
        begins = _changes(parents, table.rows)
    else:
        begins = [marker < len(line) and fold(text_of(line[marker])) == "*" for line in cells]
    own = np.arange(table.rows)
    above = np.maximum.accumulate(np.where(np.array(begins, np.bool_) & ~aside, own, -1))
    return RecordLines(np.where(aside | (above < 0), own, above), empty, again)


def _is_empty(line: Sequence[Cell]) -> bool:
    return not any(fold(text_of(cell)) for cell in line if text_of(cell) != END_OF_FILE)


def _changes(parents: Sequence[Sequence[Cell]], lines: int) -> list[bool]:
    """Return, per line, whether a filled cell of it is another than that of the record above."""
    begins: list[bool] = []
    record: dict[int, str] = {}
    for line in range(lines):
        texts = {n: text for n, cells in enumerate(parents) if (text := fold(text_of(cells[line])))}
        begins.append(any(record.get(n) != text for n, text in texts.items()))
        if begins[-1]:
            record = texts
    return begins


def of_records_alone(cells: Mapping[str, Sequence[Cell]], lines: RecordLines) -> tuple[str, ...]:
    """Return the columns that are filled in first lines alone, though other lines follow."""
    later = np.flatnonzero(lines.later)
    if not len(later):
        return ()
    blank = {name: blanks(column) for name, column in cells.items()}
    return tuple(name for name, own in blank.items() if own[later].all() and not own.all())
