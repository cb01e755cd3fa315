"""What a calculation is asked for: a period and the as-of date."""

from dataclasses import dataclass
from datetime import date, timedelta

from kpicli.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """A period, and the day at whose end open cases are judged (inclusive)."""

    period: Period
    as_of: date


def default_as_of(period: Period, today: date) -> date:
    """Return the earlier of the period's end and yesterday (domain rule "対応漏れ")."""
    return min(period.end, today - timedelta(days=1))
