"""One KPI in one period: its total, parts, rules, memos and groups as figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from kpicli.calculators import calculator
from kpicli.calculators.interface import Calculation, Rows
from kpicli.calculators.scope import Scope, default_as_of
from kpicli.calculators.split import by_column, by_month
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import Kpi, RosterRatioKpi
from kpicli.figures import Figure, Status, Value
from kpicli.loaders.dataset import Dataset
from kpicli.periods import Period

NOTHING = Value(None, None, None, Status.NO_DATA, 0)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every calculation of a run needs.

    `as_of` overrides the as-of date of the run's own period; other periods keep their default.
    """

    datasets: Mapping[str, Dataset]
    catalog: Catalog
    today: date
    period: Period
    as_of: date | None = None

    def scope(self, period: Period) -> Scope:
        """Return the scope of a period with its as-of date."""
        own = self.as_of if period == self.period else None
        return Scope(period, own or default_as_of(period, self.today))

    def readable(self, kpi: Kpi) -> bool:
        """Tell whether every source and column that the KPI needs is there."""
        if any(name not in self.datasets for name in sources_of(kpi)):
            return False
        return not any(name in self.datasets[kpi.source].absent for name in kpi.columns)


def sources_of(kpi: Kpi) -> tuple[str, ...]:
    """Return the ids of the sources that a KPI needs, its own first."""
    return (kpi.source, kpi.roster.source) if isinstance(kpi, RosterRatioKpi) else (kpi.source,)


def calculate(inputs: Inputs, kpi: Kpi, scope: Scope) -> Calculation:
    """Return the rows behind a KPI."""
    return calculator(kpi.measure)(kpi, inputs.datasets, inputs.catalog, scope)


def total(inputs: Inputs, kpi: Kpi, period: Period) -> Value:
    """Return the KPI's whole value in a period."""
    if not inputs.readable(kpi):
        return NOTHING
    calculation = calculate(inputs, kpi, inputs.scope(period))
    doubts = len(calculation.undetermined)
    return value_of(calculation, calculation.counted, doubts, period)


def figures(
    inputs: Inputs, kpi: Kpi, period: Period, by: str | None
) -> tuple[list[Figure], Calculation | None]:
    """Return all figures of a KPI in the order in which they are shown, not yet compared.

    Beside them the calculation behind them; None, and a figure without data, where a source or a
    column that the KPI needs is missing.
    """
    if not inputs.readable(kpi):
        return [_figure(kpi, "total", period, NOTHING)], None
    calculation = calculate(inputs, kpi, inputs.scope(period))
    doubts = len(calculation.undetermined)
    series = Series(inputs, kpi, calculation)
    whole = series.all(calculation.counted, doubts, period)
    memos = [
        series.figure("memo", period, Value(len(m.rows), None, None, Status.OK, 0), item=m.label)
        for m in calculation.memos
        if calculation.dataset.coverage.of(period) != "none"
    ]
    groups = [] if by is None else series.groups(by, period)
    return [*whole, *memos, *groups], calculation


def _figure(
    kpi: Kpi,
    kind: str,
    period: Period,
    value: Value,
    *,
    part: str | None = None,
    item: str | None = None,
    by: str | None = None,
    group: str | None = None,
) -> Figure:
    return Figure(kpi.id, kind, period, by, group, part, item, value)  # type: ignore[arg-type] # kind is one of the three words used below


@dataclass(frozen=True, slots=True)
class Series:
    """The figures that one calculation gives."""

    inputs: Inputs
    kpi: Kpi
    calculation: Calculation

    def figure(self, kind: str, period: Period, value: Value, item: str | None = None) -> Figure:
        """Return a figure that is a labelled line beside the parts."""
        return _figure(self.kpi, kind, period, value, part=kind, item=item)

    def all(
        self,
        rows: Rows,
        doubts: int,
        period: Period,
        by: str | None = None,
        group: str | None = None,
    ) -> list[Figure]:
        """Return the total of some rows, its parts, and its rules where there are several."""
        found: list[Figure] = []
        if self.kpi.parts is None or self.kpi.parts.total:
            value = self._value(rows, doubts, period)
            found.append(_figure(self.kpi, "total", period, value, by=by, group=group))
        found += self._parts(rows, period, by, group)
        for rule in self.calculation.rules if len(self.calculation.rules) > 1 else ():
            own = np.intersect1d(rows, rule.rows)
            value = self._value(own, doubts, period)
            found.append(
                _figure(
                    self.kpi,
                    "rule",
                    period,
                    value,
                    part="rule",
                    item=rule.label,
                    by=by,
                    group=group,
                )
            )
        return found

    def groups(self, by: str, period: Period) -> list[Figure]:
        """Return the figures of every group; none where the KPI has no such column."""
        if by == "month":
            return self._months(period)
        if not groupable(self.kpi, self.calculation.dataset, by):
            return []
        found: list[Figure] = []
        for piece in by_column(self.calculation, self.calculation.counted, by, self.inputs.catalog):
            found += self.all(piece.rows, piece.doubts, period, by, piece.item)
        return found

    def _months(self, period: Period) -> list[Figure]:
        """Return the figures by month; a ratio over a roster is calculated anew for each."""
        found: list[Figure] = []
        for piece in by_month(self.calculation, self.calculation.counted, period):
            series, rows, doubts = self, piece.rows, piece.doubts
            if isinstance(self.kpi, RosterRatioKpi):
                anew = calculate(self.inputs, self.kpi, self.inputs.scope(piece.period))
                series = Series(self.inputs, self.kpi, anew)
                rows, doubts = anew.counted, len(anew.undetermined)
            found += series.all(rows, doubts, piece.period, "month", piece.period.name)
        return found

    def _parts(
        self, rows: Rows, period: Period, by: str | None, group: str | None
    ) -> Iterable[Figure]:
        parts = self.kpi.parts
        if parts is None:
            return
        if parts.by == "month":
            months = by_month(self.calculation, rows, period)
            for month in months if len(months) > 1 else ():
                value = self._value(month.rows, month.doubts, month.period)
                item = month.period.name
                yield _figure(
                    self.kpi, "part", period, value, part="month", item=item, by=by, group=group
                )
            return
        slices = by_column(self.calculation, rows, parts.by, self.inputs.catalog, parts.values)
        for piece in slices:
            value = self._value(piece.rows, piece.doubts, period)
            yield _figure(
                self.kpi, "part", period, value, part=parts.by, item=piece.item, by=by, group=group
            )

    def _value(self, rows: Rows, doubts: int, period: Period) -> Value:
        return value_of(self.calculation, rows, doubts, period)


def groupable(kpi: Kpi, dataset: Dataset, by: str) -> bool:
    """Tell whether a KPI can be grouped by a column: a code, text or id that all its files have.

    A ratio over a roster has no groups but months: its denominator has no such column.
    """
    column = dataset.source.columns.get(by)
    return (
        column is not None
        and column.type in ("code", "text", "id")
        and by in dataset.frame.columns
        and by not in dataset.absent
        and not isinstance(kpi, RosterRatioKpi)
    )


def value_of(calculation: Calculation, rows: Rows, doubts: int, period: Period) -> Value:
    """Return the measured value of some rows with the status that coverage and doubts give it."""
    covered = calculation.dataset.coverage.of(period)
    doubts += calculation.doubts
    if covered == "none":
        return Value(None, None, None, Status.NO_DATA, doubts)
    measured = calculation.measure(rows)
    if covered == "unknown" and not len(rows):
        return Value(None, None, None, Status.NO_DATA, doubts)
    status = Status.PARTIAL if covered == "partial" else Status.OK
    if doubts:
        status = Status.PROVISIONAL
    if measured.number is None:
        status = Status.UNDEFINED
    return Value(measured.number, measured.numerator, measured.denominator, status, doubts)
