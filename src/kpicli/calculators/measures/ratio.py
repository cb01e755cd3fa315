"""A share of the rows, or of the persons, that a filter selects or that stand elsewhere."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from msgspec.structs import replace

from kpicli.calculators.amounts import Weights
from kpicli.calculators.filters import evaluate
from kpicli.calculators.interface import FALSE, TRUE, UNKNOWN, Calculation, Rows, Truth
from kpicli.calculators.measures import count
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, identities, select
from kpicli.catalog.measures.count import CountKpi
from kpicli.catalog.measures.ratio import RatioKpi
from kpicli.catalog.sources import SourceTables
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured
from kpicli.values.distinct_values import distinct_values
from kpicli.values.numbers import percentage


def calculate(
    kpi: RatioKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the denominator's rows; where the numerator cannot be told, a row is undetermined."""
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, tables, scope)
    elsewhere = [
        (other.source, count.calculate(other, datasets, tables, scope))
        for _, other in kpi.companions
        if isinstance(other, CountKpi)
    ]
    fits = evaluate(kpi.numerator, dataset, tables, scope)
    for _, rows in elsewhere:
        fits = _stands_in(dataset, str(kpi.identity[0]), rows)
    unknown = selection.unknown | (fits == UNKNOWN)
    values = np.arange(len(dataset), dtype=np.int64)
    if kpi.identity:
        values, lacking = identities(dataset, kpi.identity)
        unknown |= lacking
    weights = Weights.of(kpi, dataset)
    if weights is not None:
        unknown |= weights.lacking

    def size(rows: Rows) -> int | Decimal:
        return len(distinct_values(values[rows])) if weights is None else weights.total(rows)

    def measure(rows: Rows) -> Measured:
        numerator, denominator = size(rows[fits[rows] == TRUE]), size(rows)
        return Measured(percentage(numerator, denominator), numerator, denominator)

    calculation = finish(kpi, replace(selection, unknown=unknown), measure)
    calculation = replace(calculation, numerator=np.flatnonzero(fits == TRUE))
    for _, rows in elsewhere:
        calculation = replace(
            calculation,
            accounting=(*calculation.accounting, *rows.accounting),
            members=(rows.dataset, rows.counted),
            to_come=len(rows.not_yet_due),
            others=(rows,),
        )
    return calculation


def _stands_in(dataset: Dataset, column: str, rows: Calculation) -> Truth:
    """Return whether the value of each row also stands in the column of other rows that count.

    It cannot be told of a value that stands in rows in doubt alone; nor of any that stands nowhere,
    where a row that counts or is in doubt has a value that cannot be read. A blank cannot be told.
    """
    there, own = rows.dataset.column(column), dataset.column(column)
    unreadable = rows.dataset.unreadable.get(column)
    counted, doubtful = rows.counted, rows.undetermined
    maybe = np.concatenate((counted, doubtful))
    hidden = unreadable is not None and bool(unreadable[maybe].any())
    sure = {there.values[code] for code in distinct_values(there.codes[counted]) if code >= 0}
    unsure = {there.values[code] for code in distinct_values(there.codes[doubtful]) if code >= 0}
    nowhere = UNKNOWN if hidden else FALSE
    by_value = [
        TRUE if value in sure else UNKNOWN if value in unsure else nowhere for value in own.values
    ]
    truths: Truth = np.array([*by_value, UNKNOWN], dtype=np.int8)
    spread: Truth = truths[own.codes]
    if column in dataset.unreadable:
        spread[dataset.unreadable[column]] = UNKNOWN
    return spread
