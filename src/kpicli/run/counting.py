"""One KPI in one period: its total, parts, rules, memos and groups as figures."""

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.calculators.interface import Calculation
from kpicli.calculators.split import Slice, Subset, by_column, by_span, of_which
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.kpis.parts import Parts
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import CROSSED, LEVELS, OF_WHICH, Figure, FigureKind, dimensions_of
from kpicli.model.measured import Measured
from kpicli.model.periods import Period, SpanKind, is_span_kind
from kpicli.model.value import Status, Value

Calculate = Callable[[Period], Calculation]
"""Calculates the same KPI in another period."""


class Counted(Struct, frozen=True):
    """A figure, and the rows of the calculation that it counts and that are in doubt."""

    figure: Figure
    calculation: Calculation
    subset: Subset


class Group(Struct, frozen=True):
    """The group that figures belong to: none, a span of time, or a value of a column."""

    period: Period
    by: str | None = None
    name: str | None = None


def count_all(
    kpi: Kpi,
    catalog: Catalog,
    calculation: Calculation,
    period: Period,
    by: str | None,
    calculate: Calculate,
) -> list[Counted]:
    """Return every figure of a calculation with its rows: the whole, memos, then the groups.

    `calculate` is asked for the months and other spans of what cannot be split by time.
    """
    series = Series(kpi, catalog, calculation, calculate)
    counted = [*series.figures(Group(period), series.whole), *series.memos(period)]
    dimensions = dimensions_of(by)
    if len(dimensions) == CROSSED:
        counted += series.crossed(period, *dimensions)
    for dimension in dimensions if len(dimensions) < CROSSED else ():
        counted += series.groups(period, dimension)
    return counted


class Series(Struct, frozen=True, dict=True):
    """The figures that one calculation gives."""

    kpi: Kpi
    catalog: Catalog
    calculation: Calculation
    calculate: Calculate

    @cached_property
    def whole(self) -> Subset:
        """Return all rows of the calculation: of millions it takes a while to list them."""
        return Subset.whole(self.calculation)

    def figures(self, group: Group, subset: Subset) -> Iterator[Counted]:
        """Yield the total of some rows, its parts, and its rules where there are several."""
        if self.kpi.parts is None or self.kpi.parts.total:
            yield self._counted("total", group, subset)
        yield from self._parts(group, subset)
        rules = self.calculation.rules
        for rule in rules if len(rules) > 1 else ():
            among = np.intersect1d(subset.rows, rule.rows, assume_unique=True)
            own_rows = np.concatenate((rule.rows, rule.doubtful))  # in doubt in this group alone
            maybe = np.intersect1d(subset.doubtful, own_rows, assume_unique=True)
            later = np.intersect1d(subset.later, rule.later, assume_unique=True)
            own = Subset(among, maybe, later)
            yield self._counted("rule", group, own, "rule", rule.label)

    def memos(self, period: Period) -> Iterator[Counted]:
        """Yield the memos, which are added to no figure; none where there is no data."""
        if self.calculation.dataset.coverage.of(period) == "none":
            return
        for memo in self.calculation.memos:
            size = self.kpi.shortening.of(Measured(len(memo.rows)))
            value = Value(size.number, None, None, Status.OK, 0, size.unrounded)
            figure = Figure(self.kpi.id, "memo", period, None, None, "memo", memo.label, value)
            yield Counted(figure, self.calculation, Subset(memo.rows, memo.rows[:0], memo.rows[:0]))

    def crossed(self, period: Period, first: str, second: str) -> Iterator[Counted]:
        """Yield the totals of the groups of two dimensions, then those of both at once.

        None where the KPI lacks one of the two; parts are not told.
        """
        dataset = self.calculation.dataset
        if not all(is_span_kind(by) or groupable(dataset, by) for by in (first, second)):
            return
        outer, inner = (second, first) if is_span_kind(second) else (first, second)
        totals = [each for each in self.groups(period, outer) if each.figure.kind == "total"]
        others = (each for each in self.groups(period, inner) if each.figure.kind == "total")
        yield from (*totals, *others)
        names: set[str] = set()
        for each in totals:
            own = replace(self, calculation=each.calculation)
            for piece in by_column(each.calculation, each.subset, inner, self.catalog):
                pair = (str(each.figure.group), piece.item)
                name = LEVELS.join(pair if outer == first else reversed(pair))
                if name in names:
                    raise _same_name(self.kpi, name)
                names.add(name)
                group = Group(each.figure.period, f"{first}{LEVELS}{second}", name)
                yield own._counted("total", group, piece.subset)

    def groups(self, period: Period, by: str) -> Iterator[Counted]:
        """Yield the figures of every span of time, or of every value of a column."""
        return self.spans(period, by) if is_span_kind(by) else self.values(period, by)

    def values(self, period: Period, by: str) -> Iterator[Counted]:
        """Yield the figures of every value of a column; none where the KPI has no such column."""
        if not groupable(self.calculation.dataset, by):
            return
        for piece in by_column(self.calculation, self.whole, by, self.catalog):
            yield from self.figures(Group(period, by, piece.item), piece.subset)

    def spans(self, period: Period, per: SpanKind) -> Iterator[Counted]:
        """Yield the figures by time; what does not split by it is calculated anew for each span."""
        if self.kpi.top is not None or self.calculation.needs_its_period:
            for span in period.split(per):
                anew = replace(self, calculation=self.calculate(span))
                group = Group(span, per, span.name)
                yield from anew.figures(group, anew.whole)
            return
        for piece in by_span(self.calculation, self.whole, period, per):
            yield from self.figures(Group(piece.period, per, piece.period.name), piece.subset)

    def _parts(self, group: Group, subset: Subset) -> Iterator[Counted]:
        parts = self.kpi.parts
        if parts is None:
            return
        if parts.by == "month":
            yield from self._months(group, subset)
        else:
            names: set[str | None] = set()
            for piece in self._split(parts, subset):
                yield self._counted("part", group, piece.subset, parts.by, piece.item)
                for each in self._subparts(parts, group, piece):
                    if each.figure.item in names:
                        raise _same_name(self.kpi, str(each.figure.item))
                    names.add(each.figure.item)
                    yield each
        for piece in of_which(self.calculation, subset):
            yield self._counted(OF_WHICH, group, piece.subset, OF_WHICH, piece.item)

    def _months(self, group: Group, subset: Subset) -> Iterator[Counted]:
        """Yield the months of the group's period, where it has several."""
        months = by_span(self.calculation, subset, group.period, "month")
        for month in months if len(months) > 1 else ():
            value = value_of(self.calculation, month.subset, month.period)
            name = month.period.name
            figure = Figure(
                self.kpi.id, "part", group.period, group.by, group.name, "month", name, value
            )
            yield Counted(figure, self.calculation, month.subset)

    def _split(self, parts: Parts, subset: Subset) -> list[Slice]:
        if parts.by is None:
            return []
        return by_column(self.calculation, subset, parts.by, self.catalog, parts.values)

    def _subparts(self, parts: Parts, group: Group, part: Slice) -> Iterator[Counted]:
        """Yield the parts of a part, which have all of its rows."""
        if parts.within is None:
            return
        for piece in self._split(parts.within, part.subset):
            by, item = f"{parts.by}{LEVELS}{parts.within.by}", f"{part.item}{LEVELS}{piece.item}"
            counted = self._counted("subpart", group, piece.subset, by, item)
            yield replace(counted, figure=replace(counted.figure, under=part.item))

    def _counted(
        self,
        kind: FigureKind,
        group: Group,
        subset: Subset,
        part: str | None = None,
        item: str | None = None,
    ) -> Counted:
        value = value_of(self.calculation, subset, group.period)
        figure = Figure(self.kpi.id, kind, group.period, group.by, group.name, part, item, value)
        return Counted(figure, self.calculation, subset)


def _same_name(kpi: Kpi, name: str) -> UsageError:
    return UsageError(
        Text(
            f"{kpi.id} には「{name}」と書かれる内訳が二つあり、区別できません",
            f"{kpi.id} has two parts that are written {name!r} and cannot be told apart",
        ),
        Text(
            f"区分の値の「{LEVELS}」を、コード表 (codes) で別の書き方にしてください",
            f"give the values with a {LEVELS!r} another spelling in their code table",
        ),
    )


def groupable(dataset: Dataset, by: str) -> bool:
    """Return whether rows can be grouped by a column: a code, text or id in all files."""
    column = dataset.source.known.get(by)
    return (
        column is not None
        and column.type in ("code", "text", "id")
        and by in dataset.columns
        and by not in dataset.absent
    )


def value_of(calculation: Calculation, subset: Subset, period: Period) -> Value:
    """Return the measured value of some rows with the status that coverage and doubts give it.

    Where no row counts and some are in doubt there is no number: a zero would say that they do not.
    """
    if calculation.stock is None and not calculation.dataset.coverage.answers(period):
        return Value(None, None, None, Status.NO_DATA, 0)
    covered = calculation.covered(period)
    doubts = len(subset.doubtful) + calculation.doubts
    if covered == "none" or (covered == "unknown" and not len(subset.rows)):
        return Value(None, None, None, Status.NO_DATA, doubts)
    if doubts and not len(subset.rows):
        return Value(None, None, None, Status.PROVISIONAL, doubts)
    measured = calculation.measure(subset.rows)
    to_come = len(subset.later) + calculation.to_come
    status = Status.PARTIAL if covered == "partial" or to_come else Status.OK
    if doubts:
        status = Status.PROVISIONAL
    if measured.number is None:
        status = Status.UNDEFINED
    if measured.dates is not None and not measured.number and status is Status.PARTIAL:
        return Value(None, None, None, Status.NO_DATA, 0)  # "none" is said of what is covered alone
    return Value(
        measured.number,
        measured.numerator,
        measured.denominator,
        status,
        doubts,
        measured.unrounded,
        measured.dates,
    )
