"""Values of open code lists that no KPI selects: other things, or another spelling of one."""

from collections.abc import Iterable

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.conditions import Where
from kpicli.catalog.sources.code_tables import CodeTable
from kpicli.checks.interface import CheckInput
from kpicli.loaders.rows.dataset import Dataset
from kpicli.values.folding import fold

Column = tuple[str, str]
"""A source and a column of it."""


def check_open_lists(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a note for every value that no KPI selects, with its rows and the first of them.

    Only columns that some KPI filters by are looked at. A value counts as selected when a filter
    names it, here or in another column of the same list; a column that a KPI splits by, or filters
    by exclusion alone, selects everything.
    """
    catalog = inputs.settings.catalog
    filtered, whole = _filtered(catalog), _whole(catalog)
    selected = _selected(catalog, filtered)
    for dataset in inputs.datasets.values():
        for name, column in dataset.source.known.items():
            column_id = (dataset.source.id, name)
            if column_id not in filtered or column_id in whole or name in dataset.absent:
                continue
            if not column.personal or inputs.show_personal:
                yield from _unselected(dataset, name, selected[str(column.codes)])


def _unselected(dataset: Dataset, name: str, selected: set[str]) -> Iterable[Fault]:
    column = dataset.column(name)
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
    for code, value in enumerate(column.values):
        if counts[code] and value not in selected:
            first = int(np.flatnonzero(column.codes == code)[0])
            yield Fault(
                faults.NOT_SELECTED,
                dataset.source.id,
                dataset.place(first, name),
                count=int(counts[code]),
                detail=str(value),
            )


def _filtered(catalog: Catalog) -> dict[Column, set[str]]:
    """Return the open columns that KPIs filter by, each with the values that they name."""
    filtered: dict[Column, set[str]] = {}
    for source, where in _filters(catalog):
        for test in where.tests:
            table = _open_table(catalog, source, test.column)
            if table is not None and test.operator in ("in", "not_in"):
                named = filtered.setdefault((source, test.column), set())
                named |= {_value(table, str(operand)) for operand in test.operands}
    for kpi in catalog.kpi.values():
        for column, values in kpi.exclusions:
            table = _open_table(catalog, kpi.source, column)
            if table is not None:
                named = filtered.setdefault((kpi.source, column), set())
                named |= {_value(table, value) for value in values}
    return filtered


def _whole(catalog: Catalog) -> set[Column]:
    """Return the columns whose every value reaches some KPI as a value of its own."""
    split = ((kpi.source, kpi.parts) for kpi in catalog.kpi.values())
    whole = {(of, name) for of, parts in split if parts is not None for name in parts.columns}
    whole |= {
        (source, test.column)
        for source, where in _filters(catalog)
        for test in where.tests
        if test.operator == "not_in"
    }
    return whole


def _selected(catalog: Catalog, filtered: dict[Column, set[str]]) -> dict[str, set[str]]:
    """Return, per code table, the values that any filter names."""
    selected: dict[str, set[str]] = {}
    for (source, name), values in filtered.items():
        codes = str(catalog.source[source].known[name].codes)
        selected[codes] = selected.get(codes, set()) | values
    return selected


def _filters(catalog: Catalog) -> Iterable[tuple[str, Where]]:
    return (each for kpi in catalog.kpi.values() for each in kpi.filters)


def _open_table(catalog: Catalog, source: str, column: str) -> CodeTable | None:
    table = catalog.codes_of(catalog.source[source], column)
    return table if table is not None and table.open else None


def _value(table: CodeTable, spelling: str) -> str:
    return table.canonical(spelling) or fold(spelling)
