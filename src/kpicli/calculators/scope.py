"""What a calculation is asked for: a period, the as-of date, and the last day that counts."""

from datetime import date, timedelta

from msgspec import Struct

from kpicli.model.periods import Period


class Scope(Struct, frozen=True):
    """A period, and the days up to which it is counted, both inclusive.

    `as_of` is the day at whose end open cases are judged. A row dated after `until` is not yet due:
    that is the as-of date where one is asked for, and never later than today.
    `until_is_asked_for`: it is not today, on which nothing later is known anyway.
    """

    period: Period
    as_of: date
    until: date
    until_is_asked_for: bool = False


def default_as_of(period: Period, today: date) -> date:
    """Return the earlier of the period's end and yesterday (domain rule "対応漏れ")."""
    return min(period.end, today - timedelta(days=1))
