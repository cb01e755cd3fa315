"""The dates of a column, and the order of day and month where the year stands behind them."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.dates import Dates, dates_of
from kpicli.values.dates import Order

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def read(*cells: str) -> tuple[Dates | None, dict[Order, Dates]]:
    """Return the dates of some cells, and those of each order that they may have."""
    dates, orders = dates_of(Counter(cells), 0.0, of_days=True)
    return dates, dict(orders)


@pytest.mark.parametrize(
    ("cells", "order", "first", "last"),
    [
        (("31/12/2025", "1/4/2025"), "dmy", date(2025, 4, 1), date(2025, 12, 31)),
        (("12/31/2025", "4/1/2025"), "mdy", date(2025, 4, 1), date(2025, 12, 31)),
        (("12-31-2025 9:05", "2025/1/4"), "mdy", date(2025, 1, 4), date(2025, 12, 31)),
        (("2025/4/1", "2025/4/2"), None, date(2025, 4, 1), date(2025, 4, 2)),
        (("31/12/2025", "1/4/2025", "44/44/2025"), "dmy", date(2025, 4, 1), date(2025, 12, 31)),
    ],
)
def test_a_part_above_twelve_is_the_day(
    cells: tuple[str, ...], order: Order | None, first: date, last: date
) -> None:
    """One such part decides the order for the column, and nothing is left to ask."""
    dates, orders = read(*cells)
    assert dates is not None
    assert (dates.order, dates.first, dates.last, orders) == (order, first, last, {})


def test_either_order() -> None:
    """Where no part is above 12 both orders are possible, each with days of its own."""
    _, orders = read("1/4/2025", "2/5/2025", "3/3/2025")
    spans = {order: (own.first, own.last, own.order) for order, own in orders.items()}
    assert spans == {
        "dmy": (date(2025, 3, 3), date(2025, 5, 2), "dmy"),
        "mdy": (date(2025, 1, 4), date(2025, 3, 3), "mdy"),
    }


def test_two_orders_in_one_column() -> None:
    """A cell that can only be the one, and one that can only be the other, leave both unread."""
    assert read("31/12/2025", "12/31/2025", "1/4/2025") == (None, {})
    dates, orders = read("2025/4/1", "2025/4/2", "2025/4/3", "31/12/2025", "12/31/2025")
    assert dates is not None
    assert (dates.readable, dates.unreadable, dates.order, orders) == (3, 2, None, {})


@given(days=st.lists(DAYS, min_size=1, max_size=30), first=st.booleans())
def test_an_order_is_never_guessed(days: list[date], *, first: bool) -> None:
    """Decided is the order in which they were written, and only if a day is above 12."""
    form = "{0.day}/{0.month}/{0.year}" if first else "{0.month}/{0.day}/{0.year}"
    dates, orders = read(*map(form.format, days))
    assert dates is not None
    if any(day.day > 12 for day in days):
        assert (dates.order, orders) == ("dmy" if first else "mdy", {})
        assert (dates.first, dates.last, dates.readable) == (min(days), max(days), len(days))
    else:
        assert set(orders) == {"dmy", "mdy"}
        assert orders["dmy" if first else "mdy"].first == min(days)
