"""Which dates of a file are its body, and which lie apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.loaders.cells.column_codes import day_number
from kpicli.loaders.cells.day_counts import DayCounts

TODAY = date(2026, 1, 1)


def counts(days: Iterable[date]) -> DayCounts:
    """Return the counts of some days, by Python's own counting."""
    counted = sorted(Counter(map(day_number, days)).items())
    return DayCounts(
        np.array([day for day, _ in counted], np.int32), np.array([n for _, n in counted], np.int64)
    )


def body(days: Sequence[date], *, gaps: bool = True) -> tuple[date, date] | None:
    """Return the body of some days as dates."""
    span = counts(days).body(day_number(TODAY), gaps=gaps)
    return None if span is None else (from_number(span[0]), from_number(span[1]))


def from_number(day: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + day)


MONTHS = [date(2025, month, 1) for month in range(3, 12)]
WHOLE = (MONTHS[0], MONTHS[-1])


@pytest.mark.parametrize(
    "others", [[date(2052, 6, 1)], [date(1925, 6, 1)], [date(2026, 1, 2)] * 40, [date(2023, 12, 1)]]
)
def test_a_slipped_year_and_what_lies_after_today_are_apart(others: list[date]) -> None:
    """One row of ten far off, or any number of rows after today."""
    assert body([*MONTHS, *others]) == WHOLE


def test_two_of_nine_are_not_few() -> None:
    """So many rows may be right: nothing is apart."""
    assert body([*MONTHS, *[date(2023, 12, 1)] * 2]) == (date(2023, 12, 1), MONTHS[-1])


def test_six_rows_are_not_few_whatever_the_rest() -> None:
    """Six of six hundred stay."""
    assert body([*MONTHS * 100, *[date(1999, 1, 1)] * 6]) == (date(1999, 1, 1), MONTHS[-1])


def test_beyond_ten_years_one_of_three_is_apart() -> None:
    """A short file with 1925 for 2025."""
    assert body([*MONTHS[:2], date(1925, 3, 1)]) == (MONTHS[0], MONTHS[1])
    assert body([MONTHS[0], date(1925, 3, 1)]) == (date(1925, 3, 1), MONTHS[0])


def test_beyond_five_years_too_where_gaps_say_something() -> None:
    """A short file with 2015 for 2024; a sparse source may have begun then."""
    short = [*MONTHS[:4], MONTHS[0].replace(year=MONTHS[0].year - 9)]
    assert body(short) == (MONTHS[0], MONTHS[3])
    assert body(short, gaps=False) == (short[-1], MONTHS[3])


def test_a_sparse_source_may_have_gaps() -> None:
    """A year without a row says nothing there; ten years do."""
    assert body([*MONTHS, date(2023, 12, 1)], gaps=False) == (date(2023, 12, 1), MONTHS[-1])
    assert body([*MONTHS, date(1925, 3, 1)], gaps=False) == WHOLE


def test_nothing_but_days_to_come_is_no_body() -> None:
    """Nothing has happened yet."""
    assert body([date(2027, 1, 1)]) is None


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=40))
@example([date(2020, 1, 1), date(2020, 1, 1), date(2025, 2, 1)])  # more than five years apart
def test_the_body_holds_all_but_a_few_days_before_today(days: list[date]) -> None:
    """It ends at days of the file and leaves out few, none of them without a gap."""
    span = body(days)
    past = sorted(day for day in days if day <= TODAY)
    assert (span is None) == (not past)
    if span is not None:
        out = {day: min(abs((day - end).days) for end in span) for day in past}
        out = {day: gap for day, gap in out.items() if not span[0] <= day <= span[1]}
        far = [day for day in past if out.get(day, 0) > 5 * 366]
        rest = [day for day in past if day not in far]
        near = [day for day in rest if day in out]
        assert span[0] in past
        assert span[1] in past
        assert len(far) <= min(5, len(past) // 3)
        assert len(near) <= min(5, len(rest) // 10)
        assert all(gap > 366 for gap in out.values())


def test_counts_of_several_pieces_add_up() -> None:
    """A day in two pieces has the rows of both."""
    joined = DayCounts.joined([counts(MONTHS), counts(MONTHS[:1] * 3)])
    assert joined.rows.tolist() == [4, *[1] * 8]
    assert joined.days.tolist() == counts(MONTHS).days.tolist()
