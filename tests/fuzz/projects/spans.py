"""Periods and their months, counted without kpicli."""

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """A period with its as-of date; both ends are inclusive."""

    start: date
    end: date
    as_of: date
    until: date = date.max
    """The last day that counts; what is dated later is not yet due."""

    @property
    def months(self) -> list["Span"]:
        """Return the whole months."""
        firsts = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(36)]
        return [
            replace(self, start=first, end=_last_of_month(first))
            for first in firsts
            if self.start <= first <= self.end
        ]

    def parts(self, per: str) -> list["Span"]:
        """Return the whole months, quarters or halves of the fiscal year that lie in it."""
        size = {"month": 1, "quarter": 3, "half": 6}[per]
        months = self.months
        return [
            replace(self, start=months[n].start, end=months[n + size - 1].end)
            for n in range(len(months) - size + 1)
            if (months[n].start.month - 4) % size == 0
        ]


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
