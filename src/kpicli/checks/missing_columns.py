"""Columns that a KPI needs and a file lacks, with the header that may have taken their place."""

from collections.abc import Iterable

from kpicli.base import faults
from kpicli.base.faults import REPEATED_COLUMN, Fault, Place
from kpicli.base.wording import Text, listed
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.checks.interface import CheckInput
from kpicli.loaders.cells.column_positions import added_header, near_header
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.rows.dataset import Dataset

_TRIED = 200
"""So many rows of a file have to fit the column before its header is named."""


def check_missing_columns(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning per file and column that it lacks, where a KPI needs the column.

    Such a KPI has no data. A column that is there twice has its own warning. The detail names the
    KPIs, and what to declare where a header of the file is near and its cells can be read as the
    column. A KPI that also needs a source without any export is left out: there the settings say
    that it is not counted.
    """
    exported = set(inputs.settings.values.exports)
    exported.update(n for n, spec in inputs.settings.catalog.source.items() if spec.of in exported)
    kpis = [k for k in inputs.kpis if exported.issuperset(k.sources)]
    for dataset in inputs.datasets.values():
        for name in dataset.absent:
            if name not in dataset.source.columns:
                continue  # it is made of columns that are absent, too
            titles = [kpi.title for kpi in kpis if name in _needed(kpi, dataset)]
            for table, file in zip(dataset.tables, dataset.files, strict=True):
                header = dataset.source.known[name].headers[0]
                twice = {f.place.column for f in table.findings if f.kind is REPEATED_COLUMN}
                if titles and name not in table.headers and header not in twice:
                    place = Place(file.path, file.sheet, column=header)
                    yield _finding(dataset, name, table, place, listed(titles))


def _needed(kpi: Kpi, dataset: Dataset) -> set[str]:
    """Return the columns of files that a KPI needs, and those that absent ones are made of."""
    used = [name for source, name in kpi.used if source == dataset.source.id]
    made = [name for name in used if name in dataset.absent]
    return {*used, *dataset.source.with_bases(made)}


def _finding(dataset: Dataset, name: str, table: RawTable, place: Place, titles: Text) -> Fault:
    sample = table.cells(range(min(table.rows, _TRIED)))
    used = set(table.positions.values())
    near = near_header(name, table.header_cells, dataset.source, used, sample)
    added = None if near is None else added_header(name, near)
    if added is None:
        return Fault(faults.COLUMN_MISSING, dataset.source.id, place, detail=titles)
    kind = faults.COLUMN_MISSING.because("near")
    return Fault(
        kind,
        dataset.source.id,
        place,
        detail=Text(f"{titles.ja}; {added}", f"{titles.en}; {added}"),
    )
