"""Values that a KPI's filter asks for and that no row has: most often slips in the settings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.base.wording import Text, nearest_of
from kpicli.checks.interface import CheckInput, file_place
from kpicli.values.folding import fold

if TYPE_CHECKING:
    from kpicli.catalog.conditions import Test
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.catalog.sources.tables import SourceTables
    from kpicli.loaders.rows.dataset import Dataset

_LONG = 4
"""From so many letters on, one that is other, more or less makes a value near another."""
_COMPARED = 1000
"""Of so many values of a column, and no more, the nearest is looked for."""


class Unheld(Struct, frozen=True):
    """A value of a filter that no row has, and the value of rows that may be meant, if any."""

    source: str
    column: str
    value: str
    near: str | None

    def words(self, header: str) -> Text:
        """Return what is said of it."""
        if self.near is None:
            return Text(f"{header} = {self.value}", f"{header} = {self.value}")
        return Text(
            f"{header} = {self.value} (「{self.near}」のことですか)",
            f"{header} = {self.value} (did you mean {self.near!r}?)",
        )


def check_unheld_values(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a note per value that a shown KPI asks for and that no row of its source has."""
    told: set[Unheld] = set()
    catalog = inputs.settings.catalog
    for kpi in inputs.kpis:
        for unheld in unheld_values(kpi, inputs.datasets, catalog, names=inputs.show_personal):
            if unheld not in told:
                told.add(unheld)
                dataset = inputs.datasets[unheld.source]
                header = dataset.source.known[unheld.column].headers[0]
                detail = unheld.words(header)
                place = file_place(dataset, 0, unheld.column)
                kind = faults.NOT_THERE
                yield Fault(kind, unheld.source, place, count=len(dataset), detail=detail)


def unheld_values(
    kpi: "Kpi", datasets: "Mapping[str, Dataset]", tables: "SourceTables", *, names: bool = False
) -> Iterator[Unheld]:
    """Yield the values that the filters of a KPI name and that no row has.

    That is told where another value of the rows is near, or where none of the values that a test
    allows is there. Values of closed code tables are checked with the settings, and need not
    happen. A near value of a personal column is not named but with `names`.
    """
    for source, where in kpi.filters:
        dataset = datasets.get(source)
        if dataset is None or not len(dataset):
            continue
        for test in where.tests:
            if test.operator in ("in", "not_in") and _is_open(dataset, test.column, tables):
                yield from _of_test(dataset, test, tables, names=names)


def _is_open(dataset: "Dataset", name: str, tables: "SourceTables") -> bool:
    """Return whether the cells of a column, which all files have, may hold any value."""
    if name in dataset.absent or name not in dataset.columns:
        return False
    table = tables.codes_of(dataset.source, name)
    kind = dataset.source.known[name].type
    return kind in ("text", "id") if table is None else table.open


def _of_test(
    dataset: "Dataset", test: "Test", tables: "SourceTables", *, names: bool
) -> Iterator[Unheld]:
    column, table = dataset.source.known[test.column], tables.codes_of(dataset.source, test.column)
    values = [str(value) for value in dataset.column(test.column).values]
    wanted = {
        (table.canonical(str(each)) if table else None) or fold(str(each)): str(each)
        for each in test.operands
    }
    there = wanted.keys() & set(values)
    free = [value for value in values[:_COMPARED] if value not in wanted]
    for value, written in wanted.items():
        if value in there or not values:
            continue
        near = _near(value, free)
        if near is not None or (test.operator == "in" and not there):
            shown = near if names or not column.personal else None
            yield Unheld(dataset.source.id, test.column, written, shown)


def _near(value: str, values: list[str]) -> str | None:
    same = next((each for each in values if each.casefold() == value.casefold()), None)
    return same or (nearest_of(value, values) if len(value) >= _LONG else None)
