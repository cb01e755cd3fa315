"""The declaration of a KPI: source, date, filter, parts, targets, and the interface of its kind.

A kind of measure is a subclass of `Kpi` in `catalog.measures`, and a calculation of the same name
in `calculators`; nothing else knows the kinds apart.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import (
    Field,
    PrivateAttr,
    ValidationInfo,
    field_validator,
)

from kpicli.base.problems import Problem
from kpicli.base.wording import Text, Unit
from kpicli.catalog.conditions import Test, Where, WhereField, scope_references
from kpicli.catalog.declared import Names, Titled
from kpicli.catalog.kpis.parts import PartsField
from kpicli.catalog.kpis.rows import Datings, OtherRows, TopField
from kpicli.catalog.targets import Target
from kpicli.catalog.texts import SCALES, Scale, TextField, UnitField, parse_unit
from kpicli.catalog.words import dating_words, stock_words
from kpicli.model.measured import CountedRow, Measured, Shortening, ShownAs
from kpicli.values.moments import Moment, column_of
from kpicli.values.numbers import Rounding

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.catalog.sources.tables import SourceTables


class Sums(Enum):
    """The relation of the figures of separate parts or groups to the figure of the whole."""

    EXACT = "they add up to it"
    OVERLAPPING = "they add up to it or to more, as a thing may stand in several"
    NONE = "their sum means nothing"


Better = Literal["higher", "lower"]
"""The direction in which a figure is better."""


class Shown(Titled):
    """The fields by which every KPI is shown, whether exports hold it or not.

    `note` is one plain sentence on how it is counted. One that is not `public` stands in no
    published edition. `better` is the direction that is good; without it a change is neither.
    What is rounded has `decimals`, one without it. Numbers are in units of `scale`, which stands
    before the unit.
    """

    principles: tuple[str, ...] = ()
    scale: Scale | None = None
    unit: Annotated[UnitField, Field(validate_default=True)] = parse_unit("件")
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    rounding: Rounding = "half_up"
    note: TextField | None = None
    public: bool = True
    better: Better | None = None
    targets: tuple[Target, ...] = ()

    @field_validator("unit")
    @classmethod
    def _behind_its_scale(cls, unit: Unit, info: ValidationInfo) -> Unit:
        scale = info.data.get("scale")
        return unit if scale is None else SCALES[scale].before(unit)

    @property
    def shortening(self) -> Shortening:
        """Return how the values are shown."""
        power = 0 if self.scale is None else SCALES[self.scale].power
        return Shortening(self.decimals, self.rounding, power)


class Kpi(Shown):
    """A KPI of any kind: the common fields, and the properties that each kind declares.

    `date` names the date column, or several of which the first filled one dates the row; by default
    the base date. With a shift (`started_on + 37 months`) a row belongs to the period in which that
    moment lies. On a register or snapshot a KPI without `date` is a stock: what is in force at the
    period's end, or `at` its start. `exclude` takes rows out by a named rule, and of the rest
    only the `top` ones count.
    """

    sums: ClassVar[Sums]
    sums_over_periods: ClassVar[bool]
    """Whether figures of the months of a period, each asked for alone, add up to the period's."""
    percentage: ClassVar[bool] = False
    """Whether the value is a percentage with a numerator and a denominator."""
    amounts: ClassVar[bool] = False
    """Whether the value comes of numbers in cells, so that it may be negative or have decimals."""

    if TYPE_CHECKING:
        measure: str  # each kind declares it as the literal by which its tables are told apart

    source: str
    date: Datings = ()
    where: WhereField = Where()
    exclude: dict[str, Names] = {}
    version: Annotated[int, Field(ge=1)] = 1
    at: Literal["start", "end"] = "end"
    parts: PartsField = None
    top: TopField | None = None
    _related: tuple[tuple[str, str], ...] = PrivateAttr(())
    """Source and name of the columns that columns of the KPI are taken from."""

    _excluded: tuple[tuple[str, tuple[str, ...]], ...] = PrivateAttr(())
    """Values that the code tables of its columns exclude, by column."""

    def linked(self, related: tuple[tuple[str, str], ...], tables: "SourceTables") -> Self:
        """Return the KPI once it is known from where its columns are taken, and what they hold."""
        kpi = self.model_copy()
        kpi._related, kpi._excluded = related, tuple(self.excluded_by(tables))
        return kpi

    def excluded_by(self, tables: "SourceTables") -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the columns of its filters and parts with what their code tables exclude.

        A value that the KPI names there itself stays: it says what becomes of it.
        """
        wheres, parts = (*self.wheres, *self.part_wheres), self.parts
        columns = [name for where in wheres for name in where.columns]
        columns += () if parts is None else parts.columns
        for column in dict.fromkeys(columns):
            table = tables.codes_of(tables.source[self.source], column)
            if table is None or not table.excluded:
                continue
            tests = (test for where in wheres for test in where.tests if test.column == column)
            named = [str(o) for t in tests if t.operator in ("in", "not_in") for o in t.operands]
            named += () if parts is None else parts.values
            canonical = {
                table.canonical(value) for value in (*named, *self.exclude.get(column, ()))
            }
            left = tuple(value for value in table.excluded if value not in canonical)
            if left:
                yield column, left

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the measured value of counted rows, from cells or from a frozen record.

        This is another road than the calculation over columns. `members` are the rows of
        another source that it needs.
        """
        raise NotImplementedError

    @classmethod
    def over_nothing(cls, shown_as: ShownAs | None = None) -> Measured:
        """Return the measured value of no rows; `shown_as` where dates are the value."""
        return cls.count(())

    @classmethod
    def dated_by(cls, shown_as: ShownAs | None, cells: Sequence[str]) -> tuple[str, ...] | None:
        """Return what a row shows, from the cells of `dated` as they were read ("" for blank).

        None where dates are not the value.
        """
        return None

    @property
    def dated(self) -> tuple[str, ...]:
        """Return the columns that are shown themselves, a date first; none where none is."""
        return ()

    @property
    def date_shown_as(self) -> ShownAs | None:
        """Return how dates are shown, where those are the value."""
        return None

    @property
    def companions(self) -> "tuple[tuple[str, Kpi], ...]":
        """Return, by their key, counts of other rows that the KPI needs beside its own."""
        return ()

    def measure_words(self, tables: "SourceTables") -> Text:
        """Return in a line how the selected rows are measured."""
        raise NotImplementedError

    def problems(self, tables: "SourceTables") -> Iterator[Problem]:
        """Yield the problems with the fields of this kind alone; its own columns exist."""
        yield from ()

    def is_stock(self, tables: "SourceTables") -> bool:
        """Return whether it is what lasts on a day, so that figures of periods do not add up."""
        return not self.date and tables.source[self.source].is_state

    @property
    def additive(self) -> bool:
        """Return whether figures of separate months, parts or groups add up to the whole."""
        return self.sums is Sums.EXACT

    @property
    def has_shares(self) -> bool:
        """Return whether a part can be told as a share of the whole."""
        return self.sums is not Sums.NONE

    def counts_anew(self, tables: "SourceTables") -> bool:
        """Return whether each span of time counts rows of its own, which do not add up."""
        return self.top is not None or self.is_stock(tables)

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return every filter on the KPI's own source."""
        return (self.where,)

    @property
    def part_wheres(self) -> tuple[Where, ...]:
        """Return the filters of its parts of which."""
        return () if self.parts is None else tuple(self.parts.labels.values())

    @property
    def exclusions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return every column with the values that are excluded by name."""
        return tuple(self.excluded.items())

    @property
    def excluded(self) -> Mapping[str, tuple[str, ...]]:
        """Return what `exclude` and the code tables of its columns take out, by column."""
        both: dict[str, tuple[str, ...]] = dict(self.exclude)
        for column, values in self._excluded:
            both[column] = (*both.get(column, ()), *values)
        return both

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column of its own source that the KPI uses, the base date aside."""
        names = [*map(column_of, self.date), *self.exclude]
        names += [column for where in self.wheres for column in where.columns]
        if self.parts is not None:
            names += self.parts.columns
            names += [name for where in self.parts.labels.values() for name in where.columns]
        if self.top is not None:
            names.append(self.top.by)
        return tuple(dict.fromkeys((*names, *self.identity, *self.amount_columns, *self.dated)))

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the columns that tell apart what is counted; none where that is the row."""
        return ()

    @property
    def amount(self) -> str | None:
        """Return the column whose numbers are added; None where none are."""
        return None

    @property
    def weighed_by(self) -> str | None:
        """Return the column by whose numbers rows weigh; None where each weighs the same."""
        return None

    @property
    def amount_columns(self) -> tuple[str, ...]:
        """Return the columns whose numbers are needed: those that are added, and the weights."""
        return tuple(name for name in (self.amount, self.weighed_by) if name is not None)

    @property
    def members(self) -> OtherRows | None:
        """Return the rows of another source that it needs, if any."""
        return None

    @property
    def dates(self) -> tuple[str, ...]:
        """Return the columns by which rows are dated; none means the base date."""
        return tuple(dict.fromkeys(map(column_of, self.date)))

    @property
    def shift(self) -> Moment | None:
        """Return the one moment that dates every row, where it is a shifted one."""
        (only,) = self.date if len(self.date) == 1 else (None,)
        return only if isinstance(only, Moment) else None

    @property
    def uses_as_of(self) -> bool:
        """Return whether the rows that count depend on the as-of date."""
        return any("@as_of" in scope_references(test) for test in self._tests)

    @property
    def follows_scope(self) -> bool:
        """Return whether which rows fit depends on the period or the as-of date."""
        return self.uses_as_of or any(map(scope_references, self._tests))

    @property
    def _tests(self) -> Iterator[Test]:
        """Yield the tests of all filters on its own source."""
        for where in (*self.wheres, *self.part_wheres):
            yield from where.tests

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of the sources that it needs, its own first."""
        own = (self.source,) if self.members is None else (self.source, self.members.source)
        return tuple(dict.fromkeys((*own, *(source for source, _ in self._related))))

    @property
    def used(self) -> tuple[tuple[str, str], ...]:
        """Return source and name of every column that it names, the base date aside."""
        own = [(self.source, name) for name in self.columns]
        if self.members is not None:
            own += [(self.members.source, name) for name in self.members.columns]
        return tuple(dict.fromkeys((*own, *self._related)))

    @property
    def joins(self) -> tuple[tuple[str, str], ...]:
        """Return source and name of the columns by which rows of two sources are compared."""
        if self.members is None:
            return self.held
        own = ((self.source, name) for name in self.identity)
        return (*own, (self.members.source, self.members.who), *self.held)

    @property
    def held(self) -> tuple[tuple[str, str], ...]:
        """Return source and name of the columns by which members are held to a target.

        No figure needs them: without them such a target is not judged.
        """
        each = (target.each for target in self.targets)
        pairs = (((self.source, one.by), (one.source, one.by)) for one in each if one is not None)
        return tuple(dict.fromkeys(pair for both in pairs for pair in both))

    @property
    def used_by_source(self) -> Mapping[str, tuple[str, ...]]:
        """Return the same columns by their source."""
        return {of: tuple(name for own, name in self.used if own == of) for of in self.sources}

    @property
    def filters(self) -> tuple[tuple[str, Where], ...]:
        """Return every filter with the source that it is on."""
        own = [(self.source, where) for where in (*self.wheres, *self.part_wheres)]
        if self.members is not None:
            own.append((self.members.source, self.members.where))
        return tuple(own)

    def date_words(self, source: "Source") -> tuple[Text, ...]:
        """Return the line that says by which date a row counts."""
        if not self.date and source.is_state:
            return (stock_words(source, self.at),)
        named = dating_words(source, self.date or (source.base_date or "",))
        return (Text(f"日付: {named.ja}(期間の両端を含む)", f"Date: {named.en} (both ends)"),)

    def rule_words(self, tables: "SourceTables") -> tuple[Text, ...]:
        """Return the lines that say what labelled rules there are."""
        return ()

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Return the English of the labels of rules and memos, by `rule` and `memo`."""
        return {}


class EnteredKpi(Shown):
    """A figure that no export holds, such as an insurer's NPS: its values are entered by hand.

    A `ratio` is a percentage with numerator and denominator.
    """

    ratio: bool = False

    @property
    def measure(self) -> str:
        """Return the name of its kind, as outputs and records write it."""
        return ENTERED_RATIO if self.ratio else ENTERED

    @property
    def percentage(self) -> bool:
        """Return whether the value is a percentage with a numerator and a denominator."""
        return self.ratio


ENTERED, ENTERED_RATIO = "entered", "entered_ratio"
"""The kinds of figures that no export holds."""
