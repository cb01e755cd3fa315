"""A KPI that is made of others in a run: its figures, from those of its components.

In every period, group and part the components' own values are combined, unrounded: a quotient of
months is never added up. Each of them keeps what it is in other periods: what was published of it
stands, else what the exports say, else what was entered.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.composed import Component, ComposedKpi
from kpicli.catalog.definition import definition_hash
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.catalog.kpis.parts import Parts
from kpicli.model.figures import (
    CROSSED,
    LEVELS,
    UNFILLED,
    ComponentValue,
    Definition,
    Figure,
    Key,
    dimensions_of,
)
from kpicli.model.periods import SPAN_KINDS, Period, is_span_kind
from kpicli.model.value import NOTHING, Status, Value
from kpicli.published.lookup import Found
from kpicli.run.counting import Group, groupable
from kpicli.run.kpi_run import FigureRun, KpiRun, ValueOf
from kpicli.values.fiscal import FiscalYear

if TYPE_CHECKING:
    from kpicli.run.kpi_run import Run


def period_of(span: tuple[date, date], fiscal: FiscalYear) -> Period:
    """Return the period of some days: a month, quarter, half or year where they are just that."""
    first, last = span
    whole = (Period.of(kind, first, fiscal) for kind in SPAN_KINDS)
    return next(
        (period for period in whole if (period.start, period.end) == span),
        Period.between(first, last, fiscal),
    )


class Runs:
    """The KPIs of a run, each made once: a component is counted once for all that need it."""

    def __init__(self, run: "Run") -> None:
        self._run = run
        self._known: dict[str, FigureRun] = {}

    def of(self, kpi: Kpi | ComposedKpi | EnteredKpi) -> FigureRun:
        """Return a KPI in the run."""
        if kpi.id not in self._known:
            self._known[kpi.id] = self._made(kpi)
        return self._known[kpi.id]

    def counted(self, kpi: Kpi) -> KpiRun:
        """Return a KPI with rows in the run."""
        known = self.of(kpi)
        if not isinstance(known, KpiRun):
            raise TypeError(f"{kpi.id} has no rows")
        return known

    def composed(self, kpi: ComposedKpi) -> "ComposedRun":
        """Return a KPI made of others in the run."""
        known = self.of(kpi)
        if not isinstance(known, ComposedRun):
            raise TypeError(f"{kpi.id} is not made of others")
        return known

    def _made(self, kpi: Kpi | ComposedKpi | EnteredKpi) -> FigureRun:
        match kpi:
            case EnteredKpi():
                return EnteredRun(self._run, kpi)
            case ComposedKpi():
                fiscal = self._run.settings.fiscal
                fixed = [each.span and period_of(each.span, fiscal) for each in kpi.components]
                parts = [
                    ComponentRun(each, self.of(each.kpi), period)
                    for each, period in zip(kpi.components, fixed, strict=True)
                ]
                return ComposedRun(self._run, kpi, parts)
            case Kpi():
                return KpiRun(self._run, kpi)


class EnteredRun(Struct, frozen=True):
    """A KPI that no export holds, as a component: whatever it has was entered or published."""

    run: "Run"
    kpi: EnteredKpi

    @property
    def definition(self) -> None:
        """Return None: what is entered has no definition."""
        return

    def figures(self, _period: Period, _by: str | None = None) -> tuple[Figure, ...]:
        """Return no figure: nothing is counted."""
        return ()

    def counterpart(self, _figure: Figure, _period: Period, _others: Mapping[Key, Value]) -> Value:
        """Return that there is no value."""
        return NOTHING

    def total(self, _period: Period) -> Value:
        """Return that there is no value."""
        return NOTHING

    def standing(self, figure: Figure, period: Period, _counted: ValueOf) -> Found:
        """Return what was published or entered of a figure in another period."""
        published = self.run.published
        return published.standing(self.kpi.id, figure, period, lambda: Found(NOTHING))


class ComponentRun(Struct, frozen=True):
    """A component in a run; `fixed` is the period whose value counts, whatever is asked for."""

    component: Component
    own: FigureRun
    fixed: Period | None = None

    def figures(self, period: Period, by: str | None) -> tuple[Figure, ...]:
        """Return the component's figures, of a fixed period those that belong to no span of it."""
        if self.fixed is not None:
            return self.own.figures(self.fixed, without_spans(by))
        return self.own.figures(period, by)

    def value(self, figure: Figure, whole: Period, by: str | None) -> ComponentValue:
        """Return the component's value for a figure among those of a period by a dimension."""
        if self.fixed is not None:
            return self.standing(figure, self.fixed, _counted_in(figure))
        period = figure.period
        published = self.own.run.published
        found = Found(_counterpart(self.own, figure, whole, by))
        if found.value.status is Status.NO_DATA:
            found = published.by_hand(self.component.kpi.id, figure, period) or found
        return self._valued(found, period)

    def standing(self, figure: Figure, period: Period, counted: ValueOf) -> ComponentValue:
        """Return what stands for a figure in another period, if it can be compared with today's."""
        kpi, published = self.component.kpi, self.own.run.published
        if self.fixed is not None:
            period, figure = self.fixed, of_period(figure, self.fixed)
            if period == self.own.run.request.period:
                return replace(self, fixed=None).value(figure, period, _asked(figure.by))
            counted = _counted_in(figure)
        found = self.own.standing(figure, period, counted)
        version = 1 if isinstance(kpi, EnteredKpi) else kpi.version
        return self._valued(published.comparable(found, version), period)

    def _valued(self, found: Found, period: Period) -> ComponentValue:
        kpi, published = self.component.kpi, self.own.run.published
        scale = kpi.shortening.scale
        if found.origin.kind == "frozen":
            scale = published.records[period.name].record.by_id[kpi.id].scale
        return ComponentValue(kpi.id, period, found.value, found.origin, scale)


class ComposedRun:
    """A KPI that is made of others in a run; its figures of a period are combined once."""

    def __init__(self, run: "Run", kpi: ComposedKpi, components: Sequence[ComponentRun]) -> None:
        self.run, self.kpi, self.components = run, kpi, tuple(components)
        self._figures: dict[tuple[Period, str | None], tuple[Figure, ...]] = {}

    @cached_property
    def definition(self) -> Definition:
        """Return the definition by which the KPI is combined."""
        return Definition(self.kpi.version, definition_hash(self.kpi))

    def groupable(self, by: str) -> bool:
        """Return whether all that it is made of can be grouped by a column."""
        datasets = self.run.datasets
        return not self.kpi.entered and all(
            kpi.source in datasets and groupable(datasets[kpi.source], by)
            for kpi in self.kpi.counted
        )

    def figures(self, period: Period, by: str | None = None) -> tuple[Figure, ...]:
        """Return the figures in the order in which they are shown, as counted or entered."""
        if (period, by) not in self._figures:
            self._figures[period, by] = tuple(self._all_figures(period, by))
        return self._figures[period, by]

    def _all_figures(self, period: Period, by: str | None) -> Iterator[Figure]:
        known = [figure for each in self.components for figure in each.figures(period, by)]
        for group in self._groups(period, by, known):
            crossed = len(dimensions_of(by)) == CROSSED and group.by is not None
            for blank in self._blanks(group, known):
                if not crossed or blank.kind == "total":  # their parts are not told
                    yield self._combined(blank, period, by)

    def _groups(self, period: Period, by: str | None, known: Sequence[Figure]) -> Iterator[Group]:
        """Yield the whole, then the groups of a dimension, of two those of each and of both."""
        yield Group(period)
        dimensions = dimensions_of(by)
        if not all(is_span_kind(each) or self.groupable(each) for each in dimensions):
            return
        for each in sorted(dimensions, key=lambda name: not is_span_kind(name)):
            if is_span_kind(each):
                yield from (Group(piece, each, piece.name) for piece in period.split(each))
            else:
                names = dict.fromkeys(figure.group for figure in known if figure.by == each)
                yield from (Group(period, each, name) for name in self._ordered(each, names))
        if len(dimensions) == CROSSED:
            both = [figure for figure in known if figure.by == LEVELS.join(dimensions)]
            known_groups = dict.fromkeys((figure.period, figure.group) for figure in both)
            groups = sorted(known_groups, key=lambda group: group[0].start)
            yield from (Group(span, LEVELS.join(dimensions), name) for span, name in groups)

    def _blanks(self, group: Group, known: Sequence[Figure]) -> Iterator[Figure]:
        """Yield the figures of a group, still without value: the total, parts, parts of parts."""
        parts, name = self.kpi.parts, group.name
        blank = Figure(self.kpi.id, "total", group.period, group.by, name, None, None, NOTHING)
        if parts is None or parts.total:
            yield blank
        if parts is None or parts.by is None:
            return
        here = [figure for figure in known if (figure.by, figure.group) == (group.by, name)]
        items = dict.fromkeys(f.item for f in here if f.kind == "part" and f.part == parts.by)
        for item in self._ordered(parts.by, items):
            part = replace(blank, kind="part", part=parts.by, item=item)
            yield part
            yield from self._subparts(parts, part, here)

    def _subparts(self, parts: Parts, part: Figure, known: Sequence[Figure]) -> Iterator[Figure]:
        """Yield the parts of a part, still without value."""
        if parts.within is None or parts.within.by is None:
            return
        by = f"{parts.by}{LEVELS}{parts.within.by}"
        mine = [f for f in known if f.kind == "subpart" and f.part == by and f.under == part.item]
        names: dict[str | None, None] = dict.fromkeys(figure.items[-1] for figure in mine)
        for name in self._ordered(parts.within.by, names):
            item = f"{part.item}{LEVELS}{name}"
            yield replace(part, kind="subpart", part=by, item=item, under=part.item)

    def _ordered(self, by: str, names: Mapping[str | None, None]) -> list[str | None]:
        """Return names of parts or groups in the order of the first component's, blank ones last.

        Components may each have some of them alone. Months are in their order already.
        """
        if by == "month":
            return list(names)
        kpi, tables = self.kpi.counted[0], self.run.catalog
        table = tables.codes_of(tables.source[kpi.source], by)
        levels = [each for each in (kpi.parts, kpi.parts and kpi.parts.within) if each is not None]
        first = [value for each in levels if each.by == by for value in each.values]
        order = [*first, *(() if table is None else table.values)]

        def rank(name: str | None) -> tuple[bool, int, str]:
            place = order.index(name) if name in order else len(order)
            return name == UNFILLED, place, name or ""

        return sorted(names, key=rank)

    def _combined(self, figure: Figure, whole: Period, by: str | None) -> Figure:
        values = tuple(each.value(figure, whole, by) for each in self.components)
        return replace(figure, value=combined(self.kpi, values), components=values)

    def counterpart(self, figure: Figure, period: Period, others: Mapping[Key, Value]) -> Value:
        """Return the value that a figure has among `others`, those of another period.

        Without one it is what the components make that lack it.
        """
        own = others.get(figure.key)
        if own is not None:
            return own
        blank = of_period(figure, period)
        return self._combined(blank, period, _asked(blank.by)).value

    def total(self, period: Period) -> Value:
        """Return the KPI's whole value in a period; what was entered where it has none."""
        blank = Figure(self.kpi.id, "total", period, None, None, None, None, NOTHING)
        return self.or_entered(None, period, self._combined(blank, period, None).value)

    def or_entered(self, item: str | None, period: Period, value: Value) -> Value:
        """Return the value of an item (None: the total), or what was entered where it has none."""
        if value.status is not Status.NO_DATA:
            return value
        entry = self.run.published.item(self.kpi.id, item, period)
        return value if entry is None else entry.value

    def standing(self, figure: Figure, period: Period, counted: ValueOf) -> Found:
        """Return the value that stands for a figure in another period.

        What was published of it is that; else it is made of what stands for its components, and
        only where that is nothing of what was entered.
        """
        published = self.run.published
        frozen = published.frozen(self.kpi.id, figure, period)
        if frozen is not None:
            return frozen
        values = [each.standing(figure, period, counted) for each in self.components]
        value = combined(self.kpi, values)
        entry = None
        if value.status is Status.NO_DATA:
            entry = published.by_hand(self.kpi.id, figure, period)
        return entry or Found(value, definition=self.definition)


DefinedRun = KpiRun | ComposedRun
"""A KPI in a run whose figures follow from a definition."""


def combined(kpi: ComposedKpi, components: Sequence[ComponentValue]) -> Value:
    """Return the value that some components make.

    There is no number where one has none, or the divisor is zero. It is final where all are; rows
    in doubt are those of each component, one after the other.
    """
    values = [each.value for each in components]
    doubts = sum(value.faulty_rows for value in values)
    statuses = {value.status for value in values}
    exact = [each.exact for each in components]
    known = [number for number in exact if number is not None]
    if len(known) < len(exact):
        lacking = {value.status for value in values if value.number is None}
        worst = (Status.NO_DATA, Status.PROVISIONAL)
        status = next((each for each in worst if each in lacking), Status.UNDEFINED)
        return Value(None, None, None, status, doubts)
    made = kpi.measured(known)
    status = Status.PARTIAL if Status.PARTIAL in statuses else Status.OK
    if doubts or Status.PROVISIONAL in statuses:
        status = Status.PROVISIONAL
    if made.number is None:
        status = Status.UNDEFINED
    return Value(made.number, None, None, status, doubts, made.unrounded)


def _counterpart(own: FigureRun, figure: Figure, whole: Period, by: str | None) -> Value:
    """Return the value of a component for a figure among its figures of a period."""
    others = own.figures(whole, by)
    if figure.group is None or is_span_kind(figure.by):
        others = tuple(f for f in others if (f.by, f.group) == (figure.by, figure.group))
    others = tuple(other for other in others if other.by in (None, figure.by))
    return own.counterpart(figure, figure.period, {other.key: other.value for other in others})


def _counted_in(figure: Figure) -> ValueOf:
    """Return what counts a figure of another period, in any component."""
    return lambda own: _counterpart(own, figure, figure.period, _asked(figure.by))


def of_period(figure: Figure, period: Period) -> Figure:
    """Return a figure as one of another period, of which a group of time is the whole."""
    *names, last = (figure.by or "").split(LEVELS)
    group = figure.group or ""
    if is_span_kind(last):
        figure = replace(figure, group=group.rpartition(LEVELS)[0])
    elif names and is_span_kind(names[0]):
        figure = replace(figure, group=group.partition(LEVELS)[2])
    rest = LEVELS.join(name for name in (*names, last) if not is_span_kind(name))
    return replace(figure, period=period, by=rest or None, group=figure.group or None)


def without_spans(by: str | None) -> str | None:
    """Return a dimension, or two, less one of time; None where nothing is left."""
    return ",".join(name for name in dimensions_of(by) if not is_span_kind(name)) or None


def _asked(by: str | None) -> str | None:
    """Return the dimension, or two, that groups are asked for by."""
    return None if by is None else by.replace(LEVELS, ",")
