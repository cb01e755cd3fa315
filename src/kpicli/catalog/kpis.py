"""What a KPI is: a source, a date, a filter, a measure, its parts and targets."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from kpicli.catalog.conditions import Where, WhereField
from kpicli.catalog.sources import Definition


def _as_tuple(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
"""One name or a list of names."""

Span = Literal["month", "quarter", "half", "year"]


class Target(Definition):
    """A bound that a figure is held to, in every whole `per` span from `since` on.

    A ratio's bound is in percent.
    """

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    equal: Decimal | None = None
    per: Span
    since: date | None = None

    @property
    def direction(self) -> Literal["at_least", "at_most", "equal"]:
        """Return which of the three bounds it sets."""
        if self.at_least is not None:
            return "at_least"
        return "at_most" if self.at_most is not None else "equal"

    @property
    def bound(self) -> Decimal:
        """Return the bound itself."""
        bounds = (self.at_least, self.at_most, self.equal)
        return next(bound for bound in bounds if bound is not None)

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if sum(bound is not None for bound in (self.at_least, self.at_most, self.equal)) != 1:
            raise ValueError("a target sets exactly one of at_least, at_most and equal")
        return self


class Parts(Definition):
    """How a KPI splits: `by` a code column, or `month`.

    `values` are always shown, in this order, zeros too (by default the values of the code
    table); others follow where they have rows. Without `total` only the parts are figures.
    """

    by: str
    values: tuple[str, ...] = ()
    total: bool = True


class BaseKpi(Definition):
    """What every KPI has.

    `date` names the date column, or several of which the first filled one dates the row; by default
    the base date. `exclude` takes rows out by a named rule.
    """

    id: str = ""
    title: str
    principles: tuple[str, ...] = ()
    source: str
    date: Names = ()
    where: WhereField = Where()
    exclude: dict[str, Names] = {}
    unit: str = "件"
    version: Annotated[int, Field(ge=1)] = 1
    parts: Parts | None = None
    targets: tuple[Target, ...] = ()

    @property
    def additive(self) -> bool:
        """Return whether figures of separate months, parts or groups add up to the whole."""
        return False

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return every filter on the KPI's own source."""
        return (self.where,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column of its own source that the KPI uses, the base date aside."""
        names = [*self.date, *self.exclude]
        names += [column for where in self.wheres for column in where.columns]
        if self.parts is not None and self.parts.by != "month":
            names.append(self.parts.by)
        return tuple(dict.fromkeys(names))


class CountKpi(BaseKpi):
    """The number of rows."""

    measure: Literal["count"]

    @property
    def additive(self) -> bool:
        """Return True: counts add up."""
        return True


class DistinctKpi(BaseKpi):
    """The number of distinct values of `of`.

    With `at_first_date` a value counts only at the first date it has anywhere in the exports (a
    session of several days counts once).
    """

    measure: Literal["distinct"]
    of: Names
    at_first_date: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the filters and of the identity."""
        return tuple(dict.fromkeys((*super().columns, *self.of)))


class SumKpi(BaseKpi):
    """The sum of the number column `of`; blank cells are undetermined."""

    measure: Literal["sum"]
    of: str

    @property
    def additive(self) -> bool:
        """Return True: sums add up."""
        return True

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the filters and the summed one."""
        return tuple(dict.fromkeys((*super().columns, self.of)))


class MeanKpi(BaseKpi):
    """The mean of the number column `of`, rounded half up to one decimal."""

    measure: Literal["mean"]
    of: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the filters and the averaged one."""
        return tuple(dict.fromkeys((*super().columns, self.of)))


class RatioKpi(BaseKpi):
    """Rows (or distinct values of `of`) that also fit `numerator`, over all that fit `where`."""

    measure: Literal["ratio"]
    numerator: WhereField
    of: Names = ()

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return the filters of denominator and numerator."""
        return (self.where, self.numerator)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the filters and of the identity."""
        return tuple(dict.fromkeys((*super().columns, *self.of)))


class Roster(Definition):
    """The denominator of a ratio over people.

    It is those of `source` who fit `where` and are in service at the period's end; `of` identifies
    them, `joined` and `left` (inclusive) bound the service.
    """

    source: str
    of: str
    joined: str
    left: str
    where: WhereField = Where()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the roster that are used."""
        return tuple(dict.fromkeys((self.of, self.joined, self.left, *self.where.columns)))


class RosterRatioKpi(BaseKpi):
    """Distinct members of a roster who have a row in the log, over the members of the roster."""

    measure: Literal["roster_ratio"]
    of: str
    roster: Roster

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the log that are used."""
        return tuple(dict.fromkeys((*super().columns, self.of)))


class Rule(Definition):
    """A labelled rule.

    It holds for rows that fit `where`, dated by the first filled column of `date`, in the period,
    less those that `exclude` names.
    """

    label: str
    date: Names
    where: WhereField
    exclude: dict[str, Names] = {}
    until_as_of: bool = False
    """Count only dates up to the as-of date (inclusive)."""
    carried_in: bool = False
    """Count rows dated before the period instead of in it (memos only)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the rule uses."""
        return tuple(dict.fromkeys((*self.date, *self.exclude, *self.where.columns)))


class RulesKpi(BaseKpi):
    """The number of rows that any of the labelled rules holds for.

    A row counts once, under the first. A row that fits an earlier rule's filter, whatever its date,
    never reaches a later one. Memos are counted beside, by the same way, and never added.
    """

    measure: Literal["rules"]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    memos: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _rules_say_it(self) -> Self:
        if self.date or self.exclude:
            raise ValueError("date and exclude belong into the rules, each has its own")
        if any(rule.carried_in for rule in self.rules):
            raise ValueError("carried_in is for memos: what a rule counts lies in the period")
        return self

    @property
    def additive(self) -> bool:
        """Return True: every row has one date, and the as-of date is the period's throughout."""
        return True

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return the filters of the KPI, its rules and its memos."""
        return (self.where, *(rule.where for rule in (*self.rules, *self.memos)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the KPI, its rules and its memos."""
        used = [column for rule in (*self.rules, *self.memos) for column in rule.columns]
        return tuple(dict.fromkeys((*super().columns, *used)))


class EnteredKpi(Definition):
    """A figure that no export holds, such as an insurer's NPS: its values are entered by hand.

    A `ratio` is a percentage with numerator and denominator.
    """

    id: str = ""
    title: str
    principles: tuple[str, ...] = ()
    unit: str = "件"
    ratio: bool = False


MEASURE_NAMES = ("count", "distinct", "sum", "mean", "ratio", "roster_ratio", "rules")
"""The measures that a KPI can have."""

Kpi = CountKpi | DistinctKpi | SumKpi | MeanKpi | RatioKpi | RosterRatioKpi | RulesKpi
KpiField = Annotated[Kpi, Field(discriminator="measure")]
"""A field that holds a KPI of any measure, told apart by `measure`."""
