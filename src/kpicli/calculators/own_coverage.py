"""The coverage of the rows that a KPI can count, which may be less than that of their source."""

from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace

from kpicli.calculators.coarse import answering
from kpicli.calculators.interface import Calculation
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.conditions import selected_values, unselected_values
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.loaders.rows.dataset import Dataset


def with_own_coverage(kpi: Kpi, calculation: Calculation, catalog: Catalog) -> Calculation:
    """Return the calculation, its dataset covering what the rows that the KPI selects cover.

    So do those of other sources' rows that it needs.
    """
    dataset = calculation.dataset
    coverage = dataset.coverage.narrowed(_selected(kpi, dataset, catalog))
    if kpi.shift is not None and set(kpi.dates) == {dataset.source.base_date}:
        coverage = coverage.moved(partial(kpi.shift.of, working_days=catalog.working_days))
    datings = kpi.date or kpi.dates or dataset.source.dating
    coverage = answering(coverage, dataset, datings, catalog)
    pairs = zip(kpi.companions, calculation.others, strict=True)
    return replace(
        calculation,
        dataset=replace(dataset, coverage=coverage),
        others=tuple(with_own_coverage(own, other, catalog) for (_, own), other in pairs),
    )


def _selected(kpi: Kpi, dataset: Dataset, catalog: Catalog) -> Mapping[str, frozenset[str]]:
    """Return, per column, the only values that the KPI can count.

    Of a column that the exports are confined by and no filter names, those are all of its closed
    code table that no exclusion takes out; of an open one nothing is known.
    """
    selected: dict[str, frozenset[str]] = {}
    for column, values in selected_values(kpi.where).items():
        table = catalog.codes_of(dataset.source, column) if column in dataset.columns else None
        canonical = {
            value if table is None else table.canonical(value) or value for value in values
        }
        selected[column] = frozenset(canonical)
    for column in dataset.coverage.confined:
        table = catalog.codes_of(dataset.source, column)
        if column not in selected and table is not None and not table.open:
            gone = {table.canonical(value) for value in kpi.exclude.get(column, ())}
            gone |= {table.canonical(value) for value in unselected_values(kpi.where, column)}
            selected[column] = frozenset(table.values) - gone - set(table.excluded)
    return selected
