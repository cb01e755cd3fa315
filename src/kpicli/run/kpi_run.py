"""One KPI in a run: its figures in the run's own period, and in any other that a step asks for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from kpicli.calculators import calculate
from kpicli.calculators.own_coverage import with_own_coverage
from kpicli.calculators.scope import Scope, default_as_of
from kpicli.calculators.split import Subset
from kpicli.catalog.definition import definition_hash
from kpicli.model.figures import Definition, Figure, Key
from kpicli.model.value import NOTHING, Status, Value, without_rows
from kpicli.published.lookup import NOTHING_PUBLISHED, Found, Published
from kpicli.run.counting import Counted, count_all, value_of

if TYPE_CHECKING:
    from kpicli.calculators.interface import Calculation
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
    from kpicli.loaders.rows.dataset import Dataset
    from kpicli.model.periods import Period
    from kpicli.settings.request import Request
    from kpicli.settings.settings import Settings


class Run(Struct, frozen=True):
    """The data and the request that all KPIs of a run share."""

    settings: "Settings"
    request: "Request"
    today: date
    datasets: Mapping[str, "Dataset"]
    published: Published = NOTHING_PUBLISHED

    @property
    def catalog(self) -> "Catalog":
        """Return the catalogue."""
        return self.settings.catalog

    def scope(self, period: "Period") -> Scope:
        """Return a period with its as-of date, and the last day that counts.

        A date that is asked for is that of the run's own period; other periods keep their default,
        as far as that is not later. What is dated after today is never counted.
        """
        until = min(self.request.as_of or self.today, self.today)
        own = self.request.as_of if period == self.request.period else None
        as_of = own or min(default_as_of(period, self.today), until)
        return Scope(period, as_of, until, until < self.today)


class FigureRun(Protocol):
    """A KPI in a run, whatever its figures come from; every step asks it for figures."""

    @property
    def run(self) -> Run:
        """Return the data and the request."""
        ...

    @property
    def kpi(self) -> "Kpi | ComposedKpi | EnteredKpi":
        """Return the KPI."""
        ...

    @property
    def definition(self) -> Definition | None:
        """Return the definition that makes its figures; None where people enter them."""
        ...

    def figures(self, period: "Period", by: str | None = None, /) -> tuple[Figure, ...]:
        """Return the figures in the order in which they are shown, as counted."""
        ...

    def counterpart(
        self, figure: Figure, period: "Period", others: Mapping[Key, Value], /
    ) -> Value:
        """Return the value that a figure has among `others`, those of another period."""
        ...

    def standing(self, figure: Figure, period: "Period", counted: "ValueOf", /) -> Found:
        """Return the value that stands for a figure in another period: published, or `counted`."""
        ...

    def total(self, period: "Period", /) -> Value:
        """Return the KPI's whole value in a period."""
        ...


ValueOf = Callable[[FigureRun], Value]
"""Returns the value that one KPI of the run has, as counted; the figure is known to it."""


class KpiRun:
    """A KPI in a run, each of whose periods is counted once.

    Figures are kept, but of the calculations only that of the run's own period: each has arrays as
    long as the exports.
    """

    def __init__(self, run: Run, kpi: "Kpi") -> None:
        self.run, self.kpi = run, kpi
        self._figures: dict[tuple[Period, str | None], tuple[Figure, ...]] = {}
        self._totals: dict[Period, Value] = {}

    @cached_property
    def readable(self) -> bool:
        """Return whether every source and column that the KPI needs is there."""
        datasets = self.run.datasets
        if any(name not in datasets for name in self.kpi.sources):
            return False
        return not any(name in datasets[source].absent for source, name in self.kpi.used)

    @cached_property
    def definition(self) -> Definition:
        """Return the definition by which the KPI is counted."""
        return Definition(self.kpi.version, definition_hash(self.kpi))

    @cached_property
    def calculation(self) -> "Calculation | None":
        """Return the rows behind the figures of the run's own period; None where not readable."""
        return self._calculated(self.run.request.period) if self.readable else None

    def calculate(self, period: "Period") -> "Calculation":
        """Return the rows behind a readable KPI in a period.

        The coverage of its dataset is that of the rows which the KPI's filter selects.
        """
        if period == self.run.request.period and self.calculation is not None:
            return self.calculation
        return self._calculated(period)

    def _calculated(self, period: "Period") -> "Calculation":
        run, kpi = self.run, self.kpi
        calculation = calculate(kpi, run.datasets, run.catalog, run.scope(period))
        return with_own_coverage(kpi, calculation, run.catalog)

    def count(self, period: "Period", by: str | None = None) -> Sequence[Counted]:
        """Return every figure of a readable KPI with the rows behind it."""
        calculation = self.calculate(period)
        return count_all(self.kpi, self.run.catalog, calculation, period, by, self.calculate)

    def figures(self, period: "Period", by: str | None = None) -> tuple[Figure, ...]:
        """Return the figures in the order in which they are shown, as counted.

        Where a source or column is missing that is one figure without data.
        """
        if not self.readable:
            return (Figure(self.kpi.id, "total", period, None, None, None, None, NOTHING),)
        if (period, by) not in self._figures:
            self._figures[period, by] = tuple(each.figure for each in self.count(period, by))
        return self._figures[period, by]

    def counterpart(self, figure: Figure, period: "Period", others: Mapping[Key, Value]) -> Value:
        """Return the value that a figure has among `others`, those of another period.

        Without one it is that of an item without rows, by the whole, the first of the others.
        """
        if not self.readable:
            return NOTHING
        own = others.get(figure.key)
        if own is not None:
            return own
        if self.run.datasets[self.kpi.source].coverage.of(period) == "unknown":
            return NOTHING
        whole = next(iter(others.values()), NOTHING)
        if figure.key[1] is not None:
            whole = replace(whole, faulty_rows=max(whole.faulty_rows, _in_every_group(others)))
        nothing = self.kpi.over_nothing(self.kpi.date_shown_as)
        return without_rows(whole, self.kpi.shortening.of(nothing))

    def standing(self, figure: Figure, period: "Period", counted: ValueOf) -> Found:
        """Return the value that stands for a figure in another period: see `Published.standing`."""
        return self.run.published.standing(
            self.kpi.id, figure, period, lambda: Found(counted(self), definition=self.definition)
        )

    def total(self, period: "Period") -> Value:
        """Return the KPI's whole value in a period; what was entered where there is no data."""
        if period not in self._totals:
            value = NOTHING
            if self.readable:
                calculation = self.calculate(period)
                value = value_of(calculation, Subset.whole(calculation), period)
            self._totals[period] = self.or_entered(None, period, value)
        return self._totals[period]

    def or_entered(self, item: str | None, period: "Period", value: Value) -> Value:
        """Return the value of an item (None: the total), or what was entered where it has none."""
        if value.status is not Status.NO_DATA:
            return value
        entry = self.run.published.item(self.kpi.id, item, period)
        return value if entry is None else entry.value


def _in_every_group(others: Mapping[Key, Value]) -> int:
    """Return how many rows at most are in doubt in every group, so in one without rows as well.

    A row whose group cannot be read is. Where there is no group, all rows that count are such.
    """
    groups: dict[str, int] = {}
    for (_, group, *_), value in others.items():
        if group is not None:
            groups[group] = max(value.faulty_rows, groups.get(group, 0))
    whole = next(iter(others.values()), NOTHING)
    return min(groups.values(), default=1 if whole.number else 0)
