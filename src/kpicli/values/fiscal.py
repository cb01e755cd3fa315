"""The arithmetic of fiscal years: which span of which kind holds a day, and what it is called."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from msgspec import Struct

SpanKind = Literal["month", "quarter", "half", "year"]
PeriodKind = Literal["month", "quarter", "half", "year", "range"]

YearKind = Literal["fiscal", "calendar"]
"""What kind of year a bare `2025` in a column of years is."""

LENGTHS: Final[dict[SpanKind, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""How many months each kind of span has."""

ONE_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """A kind of period with its days (both inclusive) and its canonical name."""

    kind: PeriodKind
    start: date
    end: date
    name: str

    @property
    def dates(self) -> str:
        """Return the first and the last day, as in `2025-04-01..2025-09-30`."""
        return f"{self.start}..{self.end}"

    def __str__(self) -> str:
        return self.dates if self.name == self.dates else f"{self.name} ({self.dates})"


HALVES: Final = ("上期", "下期")
"""What the halves of a fiscal year are called in Japanese where the settings call them nothing."""


class FiscalYear(Struct, frozen=True):
    """When a fiscal year begins (the first of month `starts`), and which year it is named after.

    `named_by` "last" names it after the calendar year it ends in: with `starts` 12, FY2025 is
    2024-12-01 to 2025-11-30. Beginning in January, both come to the same. `halves` are the Japanese
    names of its halves: two different ones, neither the usual name of the other half.
    Raises `ValueError` for other values.
    """

    starts: int = 4
    named_by: Literal["first", "last"] = "first"
    halves: tuple[str, str] = HALVES

    def __post_init__(self) -> None:
        if self.starts not in range(1, 13) or self.named_by not in {"first", "last"}:
            raise ValueError("a fiscal year starts in month 1 to 12, named by its first or last")
        first, second = self.halves
        if not first.strip() or not second.strip() or first == second:
            raise ValueError("the two halves need two different names")
        if first == HALVES[1] or second == HALVES[0]:
            raise ValueError(f"{first} and {second}: the halves would be taken for each other")

    def first_day(self, year: int) -> date:
        """Return the first day of the fiscal year called `year`."""
        return date(year - self._ahead, self.starts, 1)

    def year_of(self, day: date) -> int:
        """Return what the fiscal year that holds `day` is called."""
        return day.year + self._ahead - (day.month < self.starts)

    def span(self, kind: SpanKind, day: date) -> Span:
        """Return the month, quarter, half or fiscal year that holds `day`.

        Named `2025-09`, `2025Q2`, `2025H1`, `2025`.
        """
        return _span(self, kind, day)

    def numbered(self, kind: SpanKind, year: int, number: int) -> Span:
        """Return half or quarter `number` of the fiscal year `year`, or that year itself (1)."""
        months = month_number(self.first_day(year)) + (number - 1) * LENGTHS[kind]
        return self.span(kind, first_day_of(months))

    @property
    def _ahead(self) -> int:
        return 1 if self.named_by == "last" and self.starts > 1 else 0


@lru_cache(maxsize=1 << 12)  # a report asks for the same few spans at each of its figures
def _span(fiscal: FiscalYear, kind: SpanKind, day: date) -> Span:
    length = LENGTHS[kind]
    into_year = (day.month - fiscal.starts) % 12
    first = month_number(day) - into_year % length
    start, end = first_day_of(first), first_day_of(first + length) - ONE_DAY
    year, number = f"{fiscal.year_of(start):04d}", into_year // length + 1
    names = {"half": f"{year}H{number}", "quarter": f"{year}Q{number}", "year": year}
    return Span(kind, start, end, names.get(kind, _month(start)))


APRIL: Final = FiscalYear()
"""The fiscal year of most agencies: it begins in April and is named after that year."""


def range_between(start: date, end: date) -> Span:
    """Return the range from `start` to `end`, both inclusive.

    It is named by its months if they are whole, else by its days.
    Raises `ValueError` if it ends before it starts.
    """
    if end < start:
        raise ValueError("a period cannot end before it starts")
    if is_whole_months(start, end):
        return Span("range", start, end, f"{_month(start)}..{_month(end)}")
    return Span("range", start, end, f"{start}..{end}")


def is_whole_months(start: date, end: date) -> bool:
    """Return whether the days begin on the first and end on the last day of a month."""
    return start.day == 1 and end == last_day_of(end)


def last_day_of(day: date) -> date:
    """Return the last day of the month that holds `day`."""
    return end_of_months(day, 1)


def end_of_months(day: date, months: int) -> date:
    """Return the last day of so many months, of which the first holds `day`."""
    return first_day_of(month_number(day) + months) - ONE_DAY


def month_number(day: date) -> int:
    """Return the running number of the month that holds `day`: months apart are differences."""
    return day.year * 12 + day.month - 1


def first_day_of(number: int) -> date:
    """Return the first day of the month with that running number."""
    return date(number // 12, number % 12 + 1, 1)


def _month(day: date) -> str:
    return day.isoformat()[:7]
