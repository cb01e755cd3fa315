"""The part that all measures share: filter, date, period and exclusions of a KPI over its rows."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.calculators.coarse import cut_apart
from kpicli.calculators.filters import dated, evaluate
from kpicli.calculators.interface import (
    Calculation,
    Dispositions,
    Rows,
    Stock,
    Truth,
    after,
    within,
)
from kpicli.calculators.row_accounting import Exclusion, account, dispose
from kpicli.calculators.scope import Scope
from kpicli.calculators.stocks import placed
from kpicli.catalog.conditions import Test, Where
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.labels import exclusion_name
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.loaders.rows.row_days import RowDays
from kpicli.model.measured import Measured
from kpicli.values.moments import Moment, column_of


class Selection(Struct, frozen=True):
    """The rows of a KPI before they are measured.

    `undated` rows have a date that cannot be told, `unknown` ones lack what the measure needs;
    `inside` are those of the period, or in force where it is a `stock`, `later` those to come.
    """

    dataset: Dataset
    selected: Truth
    days: RowDays
    undated: Mask
    unknown: Mask
    inside: Mask
    later: Mask
    exclusions: tuple[Exclusion, ...]
    stock: Stock | None = None

    def dispositions(self) -> Dispositions:
        """Return where every row goes."""
        return dispose(
            self.dataset,
            self.selected,
            self.days,
            self.inside,
            self.undated,
            self.unknown,
            self.later,
            self.exclusions,
        )


def select(kpi: Kpi, dataset: Dataset, tables: SourceTables, scope: Scope) -> Selection:
    """Return the rows that the KPI's filter, date and exclusions leave."""
    selected = evaluate(kpi.where, dataset, tables, scope)
    excluded = exclusions(kpi.excluded, dataset, tables, scope)
    unknown = unmeasurable(kpi, dataset)
    if kpi.is_stock(tables):
        own = placed(kpi, dataset, tables, scope)
        return Selection(
            dataset,
            selected,
            own.days,
            own.undated,
            unknown | own.unknown,
            own.inside,
            own.later,
            excluded,
            own.stock,
        )
    dates = dates_of(kpi, dataset)
    days, undated = dated(dataset, dates, tables, scope.period)
    months = dataset.source.months_open(map(column_of, dates))
    if months:
        undated |= cut_apart(days, months, scope)
    inside = days.marks(lambda own: within(own, scope.period))
    later = days.marks(after(scope.until))
    return Selection(dataset, selected, days, undated, unknown, inside, later, excluded)


def unmeasurable(kpi: Kpi, dataset: Dataset) -> Mask:
    """Mark the rows with an unreadable cell in a column that the KPI measures or splits by.

    What its filters, dates and exclusions cannot read, those say of themselves; a cell in any other
    column is no concern of the KPI (domain rule "Row accounting").
    """
    names = [*kpi.identity, *kpi.amount_columns, *kpi.dated]
    if kpi.parts is not None:
        names += kpi.parts.columns
    if kpi.top is not None:
        names.append(kpi.top.by)
    marks = np.zeros(len(dataset), dtype=np.bool_)
    for name in names:
        if name in dataset.unreadable:
            marks |= dataset.unreadable[name]
    return marks


def dates_of(kpi: Kpi, dataset: Dataset) -> tuple[str | Moment, ...]:
    """Return by what the KPI dates a row: its own columns, or the base date of the source."""
    if kpi.date:
        return kpi.date
    return (dataset.base_date,)


def exclusions(
    rules: Mapping[str, Sequence[str]], dataset: Dataset, tables: SourceTables, scope: Scope
) -> tuple[Exclusion, ...]:
    """Return one named exclusion per column and value; a blank cell is not excluded."""
    found: list[Exclusion] = []
    for column, values in rules.items():
        for value in values:
            where = Where(((Test(column, "in", (value,)),),))
            truth = evaluate(where, dataset, tables, scope, blank=0)
            name = exclusion_name(dataset.source, column, value, tables)
            found.append(Exclusion(name.ja, truth))
    return tuple(found)


def identities(
    dataset: Dataset, columns: Sequence[str]
) -> tuple[npt.NDArray[np.signedinteger], Mask]:
    """Return a number per row that tells the values of `columns` apart, and which rows lack one."""
    codes = [dataset.column(name).codes for name in columns]
    lacking = np.zeros(len(dataset), dtype=np.bool_)
    for column in codes:
        lacking |= column < 0
    combined = codes[0]
    for column in codes[1:]:  # a blank is a value of its own
        pairs = combined.astype(np.int64) * (int(column.max(initial=-1)) + 2) + column + 1
        combined = np.unique(pairs, return_inverse=True)[1]
    return combined, lacking


def finish(kpi: Kpi, selection: Selection, measure: Callable[[Rows], Measured]) -> Calculation:
    """Return the calculation of a selection that is measured by `measure`."""
    state = selection.dispositions()
    names = [exclusion.name for exclusion in selection.exclusions]
    return Calculation(
        dataset=selection.dataset,
        state=state,
        days=selection.days,
        measure=measure,
        accounting=(account(kpi.id, selection.dataset, state, names),),
        stock=selection.stock,
    )
