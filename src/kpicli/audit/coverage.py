"""What an audit left unchecked: rows and columns of numbers that stand in no relation."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from kpicli.audit.relations import Relation
from kpicli.audit.table import Table


class RowNames(Struct, frozen=True):
    """What a row of a table is called, and its columns by their numbers in the sheet."""

    label: str
    columns: Mapping[int, str]


Names = Mapping[int, tuple[RowNames, ...]]
"""The names of rows by their numbers; of tables beside each other a row has one each."""


class Unchecked(Struct, frozen=True):
    """Rows and columns none of whose numbers was checked, by number; `cells` are single ones more.

    A row is here once for each table beside others, as its names are.
    """

    rows: tuple[tuple[int, str], ...] = ()
    columns: tuple[tuple[int, str], ...] = ()
    cells: int = 0


def find_unchecked(table: Table, names: Names, relations: Iterable[Relation]) -> Unchecked:
    """Return what stands in none of the relations, of the cells that hold numbers."""
    checked = {
        (term.spot.row, term.spot.column) for relation in relations for term in relation.terms
    }
    rows: list[tuple[int, str]] = []
    touched: dict[tuple[int, str], bool] = {}
    left: list[tuple[int, int, str]] = []
    for row, tables in names.items():
        for named in tables:
            filled = [column for column in named.columns if table.numbers(row, column)]
            free = [column for column in filled if (row, column) not in checked]
            if filled and len(free) == len(filled):
                rows.append((row, named.label))
            for column in filled:
                key = column, named.columns[column]
                touched[key] = touched.get(key, False) or (row, column) in checked
            if len(free) < len(filled):
                left += [(row, column, named.columns[column]) for column in free]
    columns = tuple(key for key, is_checked in touched.items() if not is_checked)
    alone = sum((column, label) not in columns for _, column, label in left)
    return Unchecked(tuple(rows), columns, alone)
