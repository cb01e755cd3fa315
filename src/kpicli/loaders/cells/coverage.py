"""The days that a source's exports are known to hold in full (domain rule "Coverage")."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.values.fiscal import (
    LENGTHS,
    ONE_DAY,
    end_of_months,
    is_whole_months,
    month_number,
)

if TYPE_CHECKING:
    from kpicli.model.periods import Period

Covered = Literal["full", "partial", "none", "unknown", "always"]
Span = tuple[date, date]


Values = frozenset[str]
Holds = frozenset[tuple[str, Values]]
"""The declared content of an export: per column, the values of its rows. Empty: everything."""


class Coverage(Struct, frozen=True):
    """Merged spans of covered days, both ends inclusive, in order.

    `held` has them apart by what the exports hold, where some are declared to hold only some
    values. `missing` are values of the selected rows that no export is declared to hold.

    `unknown`: a sparse source without a declaration, where a zero looks the same as a gap.
    `always`: a register that does not say when it was written: it holds whoever is or was in force.

    Rows know no more than a span of `months_open` months, if any, that begins in one of the months
    `begins`: they answer for periods of whole ones alone. Of the days of `nothing` the exports say
    that nothing happened.
    """

    spans: tuple[Span, ...] = ()
    unknown: bool = False
    always: bool = False
    held: tuple[tuple[Holds, tuple[Span, ...]], ...] = ()
    missing: tuple[str, ...] = ()
    months_open: int = 0
    begins: frozenset[int] = frozenset()
    nothing: tuple[Span, ...] = ()

    @property
    def confined(self) -> Mapping[str, Values]:
        """Return, per column that confines every export, the values that any of them holds."""
        by_export = [dict(holds) for holds, _ in self.held]
        shared = set.intersection(*map(set, by_export)) if by_export else set()
        return {name: frozenset().union(*(own[name] for own in by_export)) for name in shared}

    def narrowed(self, selected: Mapping[str, Values]) -> "Coverage":
        """Return the coverage of the rows with the selected values of the named columns.

        A day is covered when every export that holds some of those rows covers it, be it together
        with the exports that hold everything. Selected values that no export holds are `missing`.
        """
        held = self.confined
        missing = {v for column, own in held.items() for v in selected.get(column, own) - own}
        general = [span for holds, own in self.held if not holds for span in own]
        spans: tuple[Span, ...] | None = None
        for holds, own in self.held:
            fits = (column not in selected or values & selected[column] for column, values in holds)
            if holds and all(fits):
                both = merged((*general, *own))
                spans = both if spans is None else intersection(spans, both)
        if not self.held:
            return self
        spans = merged(general) if spans is None else spans
        return replace(self, spans=spans, held=(), missing=tuple(sorted(missing)))

    def answers(self, period: "Period") -> bool:
        """Return whether the rows know enough to say which of them lie in the period."""
        if not self.months_open:
            return True
        months = month_number(period.end) - month_number(period.start) + 1
        whole = is_whole_months(period.start, period.end) and months % self.months_open == 0
        years = self.months_open == LENGTHS["year"]
        return whole and not (years and self.begins - {period.start.month})

    def moved(self, move: Callable[[date], date]) -> "Coverage":
        """Return the coverage of days that lie a shift from those of the exports.

        A moved day is covered where every day that comes to lie on it is (28 February where 29 to
        31 January come to lie there), so too one on which none does.
        """
        spans: list[Span] = []
        for start, end in self.spans:
            first, after = move(start), move(end + ONE_DAY)
            if move(start - ONE_DAY) == first:
                first += ONE_DAY
            spans.append((first, after - ONE_DAY))
        return replace(self, spans=merged(span for span in spans if span[0] <= span[1]))

    def of(self, period: "Period") -> Covered:
        """Return how far the period is covered, both of its ends included.

        `full`, `partial` or `none` by days, and `partial` for `full` where values are missing;
        `none` too where the rows do not know which of them lie in it;
        `unknown` instead of `none` for a sparse source without a declaration; `always` for a
        register that does not say when it was written.
        """
        if not self.answers(period):
            return "none"
        by_days = self._by_days(period)
        return "partial" if by_days == "full" and self.missing else by_days

    def _by_days(self, period: "Period") -> Covered:
        if self.always:
            return "always"
        days = sum(
            (min(end, period.end) - max(start, period.start)).days + 1
            for start, end in self.spans
            if start <= period.end and end >= period.start
        )
        if days == (period.end - period.start).days + 1:
            return "full"
        if days:
            return "partial"
        return "unknown" if self.unknown else "none"

    def missing_months(self, period: "Period") -> tuple["Period", ...]:
        """Return the months of the period that are not covered as far as they lie in it."""
        return tuple(m for m in period.months() if self._by_days(m.within(period)) != "full")

    def reaches_back(self, period: "Period", months: int) -> bool:
        """Return whether the span before the period, `months` long, is covered without a gap."""
        if self.always or not months:
            return True
        first = period.start.replace(day=1)
        index = first.year * 12 + first.month - 1 - months
        start = date(index // 12, index % 12 + 1, 1)
        return any(s <= start and e >= period.start - ONE_DAY for s, e in self.spans)


def whole_months(first: date, last: date, months_open: int = 0) -> Span:
    """Return the span from the first day of the first month to the last day of the last.

    Dates that leave months open stand for the first of them.
    """
    return first.replace(day=1), end_of_months(last, months_open or 1)


def intersection(left: Iterable[Span], right: Iterable[Span]) -> tuple[Span, ...]:
    """Return the days that lie in both."""
    right = tuple(right)
    common = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return merged((start, end) for start, end in common if start <= end)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap joined."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1] + ONE_DAY:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
