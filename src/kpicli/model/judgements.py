"""How targets stand: of one KPI, of each member of a register, and of several KPIs together."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.model.bounds import Direction
from kpicli.model.periods import Period
from kpicli.model.value import Value


class TargetStatus(StrEnum):
    """How a target stands. A figure that is not final is never judged."""

    MET = "met"
    MISSED = "missed"
    PENDING = "pending"
    """A span has ended, but its value is not final."""
    ONGOING = "ongoing"
    """A span goes on."""
    NEXT = "next"
    """It is for the span that follows."""


def worst(statuses: Iterable[TargetStatus]) -> TargetStatus:
    """Return the worst of some statuses: missed, else pending, under way, met; else the next."""
    order = (
        TargetStatus.MISSED,
        TargetStatus.PENDING,
        TargetStatus.ONGOING,
        TargetStatus.MET,
        TargetStatus.NEXT,
    )
    return min(statuses, key=order.index)


class Reached(Struct, frozen=True):
    """How many members of a register reached a target in a span; `span` is it as far as it got.

    `members` is None where the register does not answer for the last day of it.
    """

    span: Period
    members: int | None = None
    reached: int = 0
    undecided: int = 0
    """Members whose value is not final."""
    missing: tuple[Text, ...] = ()
    """The members that did not reach it; none where they are persons."""
    others: int = 0
    """Rows that count and are of no member: nobody, or somebody who is not in force."""


class Every(Struct, frozen=True):
    """The register whose members are each held to a target, and the column that names them."""

    source: str
    by: str
    title: Text


class TargetJudgement(Struct, frozen=True):
    """A target of the KPI that belongs to the figure's period, and how it stands."""

    direction: Direction
    bound: Decimal
    per: str
    status: TargetStatus
    missed: tuple[Period, ...] = ()
    """The spans in which it was missed."""
    spans: tuple[Period, ...] = ()
    """The spans that are judged, in order; they may leave some of the figure's period out."""
    value: Value | None = None
    """The span's own value, where one span is judged that is not the figure's period."""
    so_far: Period | None = None
    """As much of a span that goes on as `value` is of, where that is not the figure's period."""
    every: Every | None = None
    """Who is held to it, each by themselves."""
    reached: tuple[Reached, ...] = ()
    """How many of them reached it, span by span."""


class OptionJudgement(Struct, frozen=True):
    """One of several ways to reach a target: what is asked of a KPI in a span, and its value."""

    kpi: str
    direction: Direction
    bound: Decimal
    per: str
    value: Value
    status: TargetStatus


class SpanJudgement(Struct, frozen=True):
    """How a target that has several ways stands in one span; `so_far` as in `TargetJudgement`."""

    span: Period
    status: TargetStatus
    options: tuple[OptionJudgement, ...]
    so_far: Period | None = None


class JointTarget(Struct, frozen=True):
    """A target that any of several KPIs reaches, and how it stands in the run's period."""

    id: str
    title: Text
    per: str
    status: TargetStatus
    spans: tuple[SpanJudgement, ...]

    @property
    def kpis(self) -> frozenset[str]:
        """Return the ids of the KPIs that may reach it."""
        return frozenset(option.kpi for span in self.spans for option in span.options)
