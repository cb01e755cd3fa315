"""What a calculation is asked for: a period and the as-of date."""

from datetime import date, timedelta

from msgspec import Struct

from kpicli.model.periods import Period


class Scope(Struct, frozen=True):
    """A period, and the day at whose end open cases are judged (inclusive)."""

    period: Period
    as_of: date


def default_as_of(period: Period, today: date) -> date:
    """Return the earlier of the period's end and yesterday (domain rule "対応漏れ")."""
    return min(period.end, today - timedelta(days=1))
