"""The days or months themselves, or whether there is any."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from kpicli.base.wording import Text, listed
from kpicli.calculators.filters import first_filled
from kpicli.calculators.interface import Calculation, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, select
from kpicli.catalog.measures.dates import DatesKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import day_of
from kpicli.loaders.rows.dataset import Dataset
from kpicli.loaders.rows.row_days import Days
from kpicli.model.figures import UNFILLED
from kpicli.model.measured import Measured, ShownDate, ShownDates

_BLANK = Text(UNFILLED, "(blank)")


def calculate(
    kpi: DatesKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows whose dates are shown; a blank date is undetermined."""
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, tables, scope)
    days, undated = first_filled(dataset, (kpi.of,), tables)
    lacking = undated | days.missing
    if kpi.dates != (kpi.of,):  # where a row is dated by it, a blank one is told as without a date
        selection = replace(selection, unknown=selection.unknown | lacking)
    shown = days
    if kpi.shown_as == "month":
        shown = replace(days, by_code=_first_days_of_months(days.by_code))
    beside = [(dataset.column(name).codes, _names(dataset, name, tables)) for name in kpi.beside]

    def measure(rows: Rows) -> Measured:
        if kpi.shown_as == "yes_no":
            return Measured(int(len(rows) > 0), dates=ShownDates("yes_no"))
        keys = np.stack([shown[rows], *(codes[rows] for codes, _ in beside)], axis=1)
        entries = []
        for day, *codes in np.unique(keys, axis=0).tolist():
            texts = (names[code] for (_, names), code in zip(beside, codes, strict=True))
            entries.append(ShownDate(day_of(day), tuple(texts)))
        entries.sort(key=lambda entry: (entry.day, [text.ja for text in entry.beside]))
        return Measured(len(entries), dates=ShownDates(kpi.shown_as, tuple(entries)))

    return finish(kpi, selection, measure)


def _first_days_of_months(days: Days) -> Days:
    """Return the first day of each day's month."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    first: Days = months.astype("datetime64[D]").astype(np.int32)
    return first


def _names(dataset: Dataset, name: str, tables: SourceTables) -> Sequence[Text]:
    """Return what the values of a column are called, by code; a blank is the last."""
    table, values = tables.codes_of(dataset.source, name), dataset.column(name).values
    if table is None:
        return [*(Text(str(value), str(value)) for value in values), _BLANK]
    labels = [[table.label(each) for each in table.among(str(value))] for value in values]
    return [*(listed(each, "・", ", ") for each in labels), _BLANK]
