"""KPIs that are made of other KPIs: the quotient, difference or total of their values.

kpicli.toml ─> ComposedKpi ─> problems: are its components there, do they go round in a circle
                   │          with_components: the KPIs that it names, and the unit
                   └─> measured(values of the components) ─> Measured     (run, records, rows)

A kind is a subclass of `ComposedKpi` here; `measure: Literal["<kind>"]` gives its name. There is no
other list of kinds.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from msgspec import Struct
from pydantic import Field, PrivateAttr

from kpicli.base.problems import Problem, problem
from kpicli.base.wording import Text, Unit, listed
from kpicli.catalog.declared import Names
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi, Shown, Sums
from kpicli.catalog.kpis.parts import Parts
from kpicli.catalog.texts import SCALES, parse_unit
from kpicli.model.measured import Measured
from kpicli.values.numbers import one_decimal, terminating

if TYPE_CHECKING:
    from kpicli.catalog.sources.tables import SourceTables

PERCENT = parse_unit("%")
POINTS = Unit("ポイント", "points", "point")


class Component(Struct, frozen=True):
    """A KPI that another one is made of; `span`: the days of a fixed period, both inclusive."""

    kpi: "Kpi | ComposedKpi | EnteredKpi"
    span: tuple[date, date] | None = None

    @property
    def words(self) -> Text:
        """Return the title, and the fixed period."""
        title = self.kpi.title
        if self.span is None:
            return Text(f"「{title.ja}」", f'"{title.en}"')
        first, last = self.span
        return Text(f"「{title.ja}」({first} - {last})", f'"{title.en}" of {first} - {last}')

    @property
    def base_unit(self) -> Unit | None:
        """Return the unit of its values without a scale; None where the unit is one of a scale."""
        if self.kpi.percentage:
            return PERCENT
        return self.kpi.unit if self.kpi.scale is None else None

    @property
    def exact(self) -> bool:
        """Return whether its values are not rounded from something else: counts and sums."""
        if isinstance(self.kpi, ComposedKpi):
            return self.kpi.exact
        if isinstance(self.kpi, EnteredKpi):
            return not self.kpi.ratio
        return self.kpi.sums is not Sums.NONE


class ComposedKpi(Shown):
    """A KPI made of the values of two or more others, each before it is rounded and scaled.

    `figures` names them: ids of other KPIs, also of composed or entered ones; `id@2017-02` or
    `id@2016-04..2017-03` is the value that one had in that period, whatever the period asked for.
    `unit` may be left out where those of the components say it.

    It is split by parts, and can be grouped, where all components can. Its version rises with that
    of every component.
    """

    percentage: ClassVar[bool] = False
    linear: ClassVar[bool]
    """Whether figures of parts add up to that of the whole, where those of all components do."""

    if TYPE_CHECKING:
        measure: str  # each kind declares it as the literal by which its tables are told apart

    figures: Names
    own_version: int = Field(default=1, alias="version", ge=1)
    _components: tuple[Component, ...] = PrivateAttr(())

    def with_components(
        self, named: "Sequence[tuple[Kpi | ComposedKpi | EnteredKpi, tuple[date, date] | None]]"
    ) -> Self:
        """Return the KPI once its components, and fixed days of theirs, are known.

        A unit that is not written is theirs.
        """
        components = tuple(Component(*each) for each in named)
        kpi = self.model_copy()
        kpi._components = components
        unit = None if "unit" in self.model_fields_set else kpi.usual_unit
        if unit is None:
            return kpi
        scaled = unit if self.scale is None else SCALES[self.scale].before(unit)
        kpi = kpi.model_copy(update={"unit": scaled})
        kpi._components = components
        return kpi

    @classmethod
    def combined(cls, values: Sequence[Fraction]) -> Fraction | None:
        """Return what the values of the components make; None for a division by zero."""
        raise NotImplementedError

    @property
    def factor(self) -> Decimal:
        """Return how many times the combined value is taken."""
        return Decimal(1)

    @property
    def usual_unit(self) -> Unit | None:
        """Return the unit that follows from those of the components; None where none does."""
        raise NotImplementedError

    @property
    def measure_words(self) -> Text:
        """Return in a line how the values of the components are put together."""
        raise NotImplementedError

    def problems(self) -> Iterator[Problem]:
        """Yield the problems with the fields of this kind alone; its components are known."""
        yield from ()

    def measured(self, values: Sequence[Fraction]) -> Measured:
        """Return what the exact values of the components make, as it is shown."""
        made = self.combined(values)
        if made is None:
            return Measured(None)
        made *= Fraction(self.factor)
        if self.exact:
            return self.shortening.of(Measured(terminating(made)))
        return self.shortening.of(Measured(one_decimal(made), unrounded=made))

    @property
    def components(self) -> tuple[Component, ...]:
        """Return the KPIs that it is made of, in the order of `figures`."""
        return self._components

    @property
    def version(self) -> int:
        """Return the version of the definition: it rises with its own and with any component's."""
        return self.own_version + sum(
            0 if isinstance(each.kpi, EnteredKpi) else each.kpi.version - 1
            for each in self.components
        )

    @property
    def exact(self) -> bool:
        """Return whether values are not rounded, unless `decimals` or a `scale` asks for it."""
        return self.linear and all(each.exact for each in self.components)

    @property
    def counted(self) -> tuple[Kpi, ...]:
        """Return every KPI with rows that it is made of, also by way of others, each once."""
        kpis: dict[str, Kpi] = {}
        for each in self.components:
            match each.kpi:
                case ComposedKpi():
                    kpis.update((kpi.id, kpi) for kpi in each.kpi.counted)
                case Kpi():
                    kpis[each.kpi.id] = each.kpi
        return tuple(kpis.values())

    @property
    def entered(self) -> bool:
        """Return whether a value that people enter is among its components."""
        return any(
            isinstance(each.kpi, EnteredKpi)
            or (isinstance(each.kpi, ComposedKpi) and each.kpi.entered)
            for each in self.components
        )

    @property
    def spans(self) -> tuple[tuple[date, date], ...]:
        """Return the days of every fixed period that it needs, also by way of others."""
        own = [each.span for each in self.components if each.span is not None]
        for each in self.components:
            own += each.kpi.spans if isinstance(each.kpi, ComposedKpi) else ()
        return tuple(dict.fromkeys(own))

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the sources that it needs."""
        return tuple(dict.fromkeys(name for kpi in self.counted for name in kpi.sources))

    @property
    def parts(self) -> Parts | None:
        """Return the split that all components have; None where they do not have the same one.

        Parts of parts are split as all are. Months are none where a component is of a fixed period.
        """
        splits = [
            None if isinstance(each.kpi, EnteredKpi) else each.kpi.parts for each in self.components
        ]
        by = _common_column(splits)
        if by is None or (by == "month" and self.spans):
            return None
        within = _common_column([None if parts is None else parts.within for parts in splits])
        return Parts(
            by=by,
            total=all(parts is None or parts.total for parts in splits),
            within=None if within is None else Parts(by=within),
        )

    @property
    def sums(self) -> Sums:
        """Return how figures of separate parts or groups relate to the figure of the whole."""
        if not self.linear or self.entered:
            return Sums.NONE
        inner = {each.kpi.sums for each in self.components if not isinstance(each.kpi, EnteredKpi)}
        return Sums.EXACT if inner == {Sums.EXACT} else Sums.NONE

    @property
    def additive(self) -> bool:
        """Return whether figures of separate parts or groups add up to the whole."""
        return self.sums is Sums.EXACT

    @property
    def sums_over_periods(self) -> bool:
        """Return whether figures of the months of a period add up to the period's."""
        fixed = any(each.span is not None for each in self.components)
        return self.additive and not fixed and all(kpi.sums_over_periods for kpi in self.counted)

    def counts_anew(self, tables: "SourceTables") -> bool:
        """Return whether figures of separate spans of time do not add up."""
        fixed = bool(self.spans) or self.entered
        return fixed or any(kpi.counts_anew(tables) for kpi in self.counted)

    @property
    def _named(self) -> list[Text]:
        return [each.words for each in self.components]


class QuotientKpi(ComposedKpi):
    """The first figure over the second, `times` so much; blank where the second is zero."""

    linear = False

    measure: Literal["quotient"]
    times: Annotated[Decimal, Field(gt=0)] = Decimal(1)

    @classmethod
    def combined(cls, values: Sequence[Fraction]) -> Fraction | None:
        """Return the first value over the second; None over zero."""
        over, under = values
        return None if under == 0 else over / under

    @property
    def factor(self) -> Decimal:
        """Return `times`."""
        return self.times

    @property
    def usual_unit(self) -> Unit | None:
        """Return `円/件` for yen over cases, no unit for cases over cases; None with `times`."""
        units = [each.base_unit for each in self.components]
        if None in units or len(units) != 2 or self.times != 1:
            return None
        over, under = (unit for unit in units if unit is not None)
        if over == under:
            return parse_unit("")
        if PERCENT in (over, under) or not (over.ja and under.ja):
            return None
        return Unit(f"{over.ja}/{under.ja}", f"{over.en}/{under.one or under.en}")

    @property
    def measure_words(self) -> Text:
        """Return that the one is divided by the other, and times how much."""
        (over, under), times = self._named, format(self.times, "f")
        ja, en = (f" × {times}", f", times {times}") if self.times != 1 else ("", "")
        return Text(
            f"数え方: {over.ja} ÷ {under.ja}{ja}", f"Measure: {over.en} over {under.en}{en}"
        )

    def problems(self) -> Iterator[Problem]:
        """Yield more figures than two."""
        if len(self.components) != 2:
            yield problem(
                f"kpi.{self.id}.figures",
                "商は二つの指標から作ります。いくつかを合わせるなら "
                'measure = "total" の指標を書き、それを指してください',
                "a quotient is of two, the one over the other; for several together write a KPI "
                'with `measure = "total"`, and name that',
            )


class DifferenceKpi(ComposedKpi):
    """The first figure less all the others."""

    linear = True
    measure: Literal["difference"]

    @classmethod
    def combined(cls, values: Sequence[Fraction]) -> Fraction | None:
        """Return the first value less the others."""
        return values[0] - sum(values[1:])

    @property
    def usual_unit(self) -> Unit | None:
        """Return the unit that all components have, points for percentages; None if they differ."""
        unit = _common(self.components)
        return POINTS if unit == PERCENT else unit

    @property
    def measure_words(self) -> Text:
        """Return what is taken from what."""
        named = listed(self._named, " - ", " less ")
        return Text(f"数え方: {named.ja}", f"Measure: {named.en}")


class TotalKpi(ComposedKpi):
    """The sum of all figures."""

    linear = True
    measure: Literal["total"]

    @classmethod
    def combined(cls, values: Sequence[Fraction]) -> Fraction | None:
        """Return the sum of the values."""
        return sum(values, Fraction(0))

    @property
    def usual_unit(self) -> Unit | None:
        """Return the unit that all components have; None if they differ, and of percentages."""
        unit = _common(self.components)
        return None if unit == PERCENT else unit

    @property
    def measure_words(self) -> Text:
        """Return what is added."""
        named = listed(self._named, " + ", " plus ")
        return Text(f"数え方: {named.ja}", f"Measure: {named.en}")


def _common_column(splits: Sequence[Parts | None]) -> str | None:
    """Return the column by which all split; None where they differ, or one does not split."""
    columns = {None if parts is None else parts.by for parts in splits}
    return next(iter(columns)) if len(columns) == 1 else None


def _common(components: Sequence[Component]) -> Unit | None:
    units = {each.base_unit for each in components}
    return next(iter(units)) if len(units) == 1 else None


COMPOSED: Mapping[str, type[ComposedKpi]] = MappingProxyType(
    {
        "quotient": QuotientKpi,
        "difference": DifferenceKpi,
        "total": TotalKpi,
    }
)
"""Every kind of composed KPI by the name that `measure` gives it."""

if TYPE_CHECKING:
    ComposedField = ComposedKpi
else:
    ComposedField = Annotated[
        QuotientKpi | DifferenceKpi | TotalKpi, Field(discriminator="measure")
    ]
"""A field that holds a composed KPI of any kind, told apart by `measure`."""
