"""Periods of whole days: what they are called, when they begin and end, and what lies before them.

All days are days in the agency's time zone, and both ends of a period belong to it.
"""

from datetime import date
from typing import Final, Literal, Self, TypeGuard, get_args

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.values.fiscal import (
    APRIL,
    ONE_DAY,
    FiscalYear,
    PeriodKind,
    Span,
    SpanKind,
    first_day_of,
    is_whole_months,
    last_day_of,
    month_number,
    range_between,
)

__all__ = [
    "APRIL",
    "SPAN_KINDS",
    "ComparisonKind",
    "FiscalYear",
    "Period",
    "PeriodKind",
    "SpanKind",
    "is_span_kind",
]

SPAN_KINDS: Final[tuple[SpanKind, ...]] = get_args(SpanKind)
"""The kinds of span that a period can be split into, the shortest first."""

ComparisonKind = Literal["previous", "year_ago"]
"""Another period that one is compared with: 前期, 前年同期."""


def is_span_kind(by: str | None) -> TypeGuard[SpanKind]:
    """Return whether a dimension is one of time: its groups are months, quarters and so on."""
    return by in SPAN_KINDS


class Period(Struct, frozen=True):
    """A span of whole days from `start` to `end`, both inclusive.

    `name` is its canonical code (`2025H1`, `2025Q2`, `2025-09`, `2025`, `2025-04..2025-06`,
    `2025-04-01..2025-06-15`), which `parse` reads back to an equal period under the same `fiscal`.
    Make one by `parse`, `of`, `month_of` or `between`, which keep the fields in step.
    """

    start: date
    end: date
    kind: PeriodKind
    name: str
    fiscal: FiscalYear = APRIL

    @classmethod
    def parse(cls, text: str, *, fiscal: FiscalYear = APRIL, today: date) -> Self:
        """Return the period that `text` names, in any width and either case.

        Reads `2025H1`, `2025年度上期`, `25上`, `令和7年度上期`, `2025Q2`, `2025-09`, `2025年9月`,
        `2025` (the fiscal year), `2025-04..2025-06`, `2025-04-01..2025-06-15` and their kin, and
        `this-` or `last-` with month, quarter, half or year (fiscal), as seen from `today`.
        Raises `PeriodError`, whose hint names the candidates, for a word that could mean two things
        (`上期` alone, `2025上半期`, `2025年`, `38期上`) and for anything that is no period.
        """
        from kpicli.values.period_reading import read_period  # its patterns take long to compile

        return cls._made(read_period(text, fiscal, today), fiscal)

    @classmethod
    def of(cls, kind: SpanKind, day: date, fiscal: FiscalYear = APRIL) -> Self:
        """Return the month, quarter, half or fiscal year that holds `day`."""
        return cls._made(fiscal.span(kind, day), fiscal)

    @classmethod
    def month_of(cls, day: date, fiscal: FiscalYear = APRIL) -> Self:
        """Return the calendar month that holds `day`."""
        return cls.of("month", day, fiscal)

    @classmethod
    def between(cls, start: date, end: date, fiscal: FiscalYear = APRIL) -> Self:
        """Return the range from `start` to `end`, both inclusive; `ValueError` if reversed."""
        return cls._made(range_between(start, end), fiscal)

    @classmethod
    def _made(cls, span: Span, fiscal: FiscalYear) -> Self:
        return cls(span.start, span.end, span.kind, span.name, fiscal)

    @property
    def dates(self) -> str:
        """Return the first and the last day, as in `2025-04-01..2025-09-30`."""
        return f"{self.start}..{self.end}"

    @property
    def title(self) -> str:
        """Return the Japanese label (2025年度上期, 2025年9月); a range's is its name."""
        year = f"{self.fiscal.year_of(self.start)}年度"
        match self.kind:
            case "month":
                return f"{self.start.year}年{self.start.month}月"
            case "quarter":
                return f"{year}第{self.name[-1]}四半期"
            case "half":
                return year + self.fiscal.halves[int(self.name[-1]) - 1]
            case "year":
                return year
            case "range":
                return self.name

    def label(self, language: Language = "ja") -> str:
        """Return what the period is called, without its dates: the title, in English `FY2025H1`.

        A month is `2025-09` in English, and a range goes by its name in both languages.
        """
        if language == "ja":
            return self.title
        return self.name if self.kind in {"month", "range"} else f"FY{self.name}"

    def described(self, language: Language = "ja") -> str:
        """Return the label with its dates: `2025年度上期 (2025-04-01..2025-09-30)`.

        A range of days is its own label and is not said twice.
        """
        label = self.label(language)
        return label if label == self.dates else f"{label} ({self.dates})"

    @property
    def is_whole_months(self) -> bool:
        """Return whether the period begins and ends with a month."""
        return is_whole_months(self.start, self.end)

    def contains(self, day: date) -> bool:
        """Return whether `day` lies in the period; both ends do."""
        return self.start <= day <= self.end

    def within(self, other: "Period") -> "Period":
        """Return the period as far as it lies in `other`, which it overlaps."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        if (start, end) == (self.start, self.end):
            return self
        return Period.between(start, end, self.fiscal)

    def months(self) -> tuple["Period", ...]:
        """Return every calendar month that the period touches, each as a whole month, in order."""
        firsts = (first_day_of(number) for number in range(*self._month_numbers()))
        return tuple(Period.month_of(first, self.fiscal) for first in firsts)

    def touched(self, per: SpanKind) -> tuple["Period", ...]:
        """Return every whole month, quarter, half or fiscal year that it touches, in order."""
        return tuple(dict.fromkeys(Period.of(per, m.start, self.fiscal) for m in self.months()))

    def spans(self, per: SpanKind) -> tuple["Period", ...]:
        """Return the whole months, quarters, halves or fiscal years lying entirely inside."""
        return tuple(p for p in self.touched(per) if self.start <= p.start and p.end <= self.end)

    def split(self, per: SpanKind) -> tuple["Period", ...]:
        """Return its months, quarters, halves or fiscal years, each as far as it lies inside."""
        return tuple(span.within(self) for span in self.touched(per))

    def previous(self) -> "Period":
        """Return the span of the same kind just before, ending on the eve of `start`.

        Before a range of whole months lies a range of as many whole months, before any other range
        one of as many days.
        """
        eve = self.start - ONE_DAY
        if self.kind != "range":
            return Period.of(self.kind, eve, self.fiscal)
        if self.is_whole_months:
            first, after = self._month_numbers()
            return Period.between(first_day_of(2 * first - after), eve, self.fiscal)
        return Period.between(eve - (self.end - self.start), eve, self.fiscal)

    def last(self, number: int) -> tuple["Period", ...]:
        """Return as many periods of the same kind, the oldest first, of which this is the last."""
        periods = [self]
        while len(periods) < number:
            periods.append(periods[-1].previous())
        return tuple(reversed(periods))

    def is_as_long_as(self, other: "Period") -> bool:
        """Return whether both are of one kind: halves, years, ranges of as many months or days."""
        if self.kind != other.kind or self.is_whole_months != other.is_whole_months:
            return False
        if self.is_whole_months:
            return len(self.months()) == len(other.months())
        return self.end - self.start == other.end - other.start

    def year_ago(self) -> "Period":
        """Return the same span one year earlier.

        Whole months stay whole (February 2025 is compared with all 29 days of February 2024). In a
        range of days each end keeps its day of the month; 29 February becomes 28 February.
        """
        start = _year_before(self.start)
        if self.kind != "range":
            return Period.of(self.kind, start, self.fiscal)
        end = _year_before(self.end)
        return Period.between(start, last_day_of(end) if self.is_whole_months else end, self.fiscal)

    def compared_with(self, kind: ComparisonKind) -> "Period":
        """Return the period that this one is compared with: the one before, or a year earlier."""
        return self.previous() if kind == "previous" else self.year_ago()

    def _month_numbers(self) -> tuple[int, int]:
        """Return the running numbers of the first month touched and of the month after the last."""
        return month_number(self.start), month_number(self.end) + 1


def _year_before(day: date) -> date:
    leap_day = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
