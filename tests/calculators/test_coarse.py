"""Rows that know their month or year alone, day by day."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpicli.calculators.coarse import cut_apart, last_days
from kpicli.calculators.scope import Scope
from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.loaders.rows.row_days import RowDays
from kpicli.model.periods import Period

MONTHS = st.integers(2023 * 12, 2026 * 12).map(lambda n: date(n // 12, n % 12 + 1, 1))
DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


def days_of(first: date, months: int) -> set[date]:
    """Return every day of some months, counted one by one."""
    last = (first.year * 12 + first.month - 1) + months
    days, day = set(), first
    while day.year * 12 + day.month - 1 < last:
        days.add(day)
        day += timedelta(days=1)
    return days


@given(MONTHS, st.sampled_from([1, 12]))
def test_the_last_day_is_that_of_the_last_month(first: date, months: int) -> None:
    """A row without a date stays without; a row that knows its day ends on it."""
    days = RowDays.of(np.array([day_number(first), NO_DAY], np.int32))
    expected = max(days_of(first, months))
    assert last_days(days, months).array().tolist() == [day_number(expected), NO_DAY]
    assert last_days(days, 0).array().tolist() == days.array().tolist()


@given(MONTHS, st.sampled_from([1, 12]), DAYS, st.integers(0, 400), DAYS, st.booleans())
def test_a_row_is_cut_where_some_of_its_days_lie_within(
    first: date, months: int, start: date, length: int, until: date, asked: bool
) -> None:
    """Some of its days are in the scope and others are not; the day of today cuts nothing."""
    end = start + timedelta(days=length)
    own = days_of(first, months)
    expected = 0 < len([day for day in own if start <= day <= end]) < len(own)
    expected |= asked and min(own) <= until < max(own)
    scope = Scope(Period.between(start, end), end, until, asked)
    days = RowDays.of(np.array([day_number(first), NO_DAY], np.int32))
    assert cut_apart(days, months, scope).tolist() == [expected, False]
