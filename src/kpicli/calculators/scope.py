"""What a calculation is asked for: a period, the as-of date, and the last day that counts."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.loaders.cells.column_codes import day_number
from kpicli.model.periods import Period

if TYPE_CHECKING:
    from kpicli.calculators.interface import Days
    from kpicli.loaders.rows.dataset import Mask


class Scope(Struct, frozen=True):
    """A period, and the days up to which it is counted, both inclusive.

    `as_of` is the day at whose end open cases are judged. A row dated after `until` is not yet due:
    that is the as-of date where one is asked for, and never later than today.
    """

    period: Period
    as_of: date
    until: date


def within(days: "Days", period: Period) -> "Mask":
    """Mark the days that lie in the period; both ends do."""
    return (days >= day_number(period.start)) & (days <= day_number(period.end))


def default_as_of(period: Period, today: date) -> date:
    """Return the earlier of the period's end and yesterday (domain rule "対応漏れ")."""
    return min(period.end, today - timedelta(days=1))
