"""A share of the rows, or of the persons, that a filter selects or that stand elsewhere."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.calculators.amounts import Weights
from kpicli.calculators.filters import evaluate
from kpicli.calculators.interface import (
    FALSE,
    TRUE,
    UNKNOWN,
    Calculation,
    Rows,
    Truth,
    give,
)
from kpicli.calculators.measures import distinct
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, identities, select
from kpicli.catalog.conditions import NUMBER_OPERATORS
from kpicli.catalog.measures.distinct import DistinctKpi
from kpicli.catalog.measures.ratio import RatioKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.rows.dataset import Dataset, Mask
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
        (other.source, distinct.calculate(other, datasets, tables, scope))
        for _, other in kpi.companions
        if isinstance(other, DistinctKpi)
    ]
    fits = evaluate(kpi.numerator, dataset, tables, scope)
    for _, rows in elsewhere:
        fits = _stands_in(dataset, kpi.identity[0], rows)
    unknown = selection.unknown | (fits == UNKNOWN)
    values = None
    if kpi.identity:
        values, lacking = identities(dataset, kpi.identity)
        unknown |= lacking
    weights = Weights.of(kpi, dataset)
    if weights is not None:
        unknown |= weights.lacking

    def size(rows: Rows) -> int | Decimal:
        if weights is not None:
            return weights.total(rows)
        return len(rows) if values is None else len(distinct_values(values[rows]))

    def measure(rows: Rows) -> Measured:
        numerator, denominator = size(rows[fits[rows] == TRUE]), size(rows)
        return Measured(percentage(numerator, denominator), numerator, denominator)

    calculation = finish(kpi, replace(selection, unknown=unknown), measure)
    calculation = replace(calculation, numerator=np.flatnonzero(fits == TRUE))
    if values is not None and any(
        test.operator in NUMBER_OPERATORS for test in kpi.numerator.tests
    ):
        of = dataset.source.heading(kpi.identity[-1])
        several = _both(values[calculation.counted], fits[calculation.counted] == TRUE)
        calculation = replace(calculation, remarks=_by_rows(several, of))
    for _, rows in elsewhere:
        calculation = replace(
            calculation,
            accounting=(*calculation.accounting, *rows.accounting),
            members=(rows.dataset, rows.counted),
            doubts=_nobodys(rows, kpi.identity[0]),
            to_come=len(rows.not_yet_due),
            others=(rows,),
            remarks=_strangers(dataset, kpi.identity[0], rows),
        )
    return calculation


def _both(values: npt.NDArray[np.signedinteger], fits: Mask) -> int:
    """Return how many values have rows that fit and rows that do not."""
    return len(np.intersect1d(values[fits], values[~fits]))


def _by_rows(several: int, of: Text) -> tuple[Text, ...]:
    """Return the remark that a number was compared row by row, where that is no one thing."""
    if not several:
        return ()
    return (
        Text(
            f"数の条件は行ごとに見ています。合う行も合わない行もある {of.ja} が {several} あり、"
            "分子に数えました。合計で見るなら、of と per で行をまとめた出力を作ってください",
            f"numbers are compared row by row: {several} {of.en} have rows that fit and rows that "
            "do not, and are in the numerator; to compare their sums make a source `of` this one, "
            "with `per`",
        ),
    )


def _stands_in(dataset: Dataset, column: str, rows: Calculation) -> Truth:
    """Return whether the value of each row also stands in the column of other rows that count.

    It cannot be told of a value that stands in rows in doubt alone, nor of one that is blank or
    unreadable here.
    """
    own, codes_here = dataset.column(column), rows.dataset.codes_in(column, dataset)
    truths: Truth = np.full(len(own.values) + 1, FALSE, dtype=np.int8)
    for numbers, truth in ((rows.undetermined, UNKNOWN), (rows.counted, TRUE)):
        codes = rows.dataset.column(column).codes[numbers]
        places = codes_here[codes[codes >= 0]]
        truths[places[places >= 0]] = truth
    truths[-1] = UNKNOWN
    spread: Truth = truths.take(own.codes)
    if column in dataset.unreadable:
        give(spread, dataset.unreadable[column], UNKNOWN)
    return spread


def _nobodys(rows: Calculation, column: str) -> int:
    """Return how many rows in doubt elsewhere may be of anyone, as nothing is read in the column.

    They put no row here out, which would raise the ratio; they leave it provisional.
    """
    return int((rows.dataset.column(column).codes[rows.undetermined] < 0).sum())


def _strangers(dataset: Dataset, column: str, rows: Calculation) -> tuple[Text, ...]:
    """Return the remark on those who stand elsewhere, but nowhere in the register of the KPI."""
    if dataset.source.rhythm != "register":
        return ()
    codes = distinct_values(rows.dataset.column(column).codes[rows.counted])
    strangers = int((rows.dataset.codes_in(column, dataset)[codes] < 0).sum())
    if not strangers:
        return ()
    log, register = rows.dataset.source.title, dataset.source.title
    of = dataset.source.heading(column)
    return (
        Text(
            f"{log.ja}に、{register.ja}にない {of.ja} が {strangers} あります"
            "(分子に数えていません)",
            f"{log.en}: {strangers} {of.en} are not in {register.en} (not in the numerator)",
        ),
    )
