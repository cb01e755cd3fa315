"""Which columns of dates are never after others."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.columns import column_of
from kpicli.intake.profiling.day_order import never_after

START = date(2025, 4, 1)
LATER = st.one_of(st.none(), st.integers(-1, 9))


def pairs(*columns: list[str]) -> set[tuple[int, int]]:
    """Return the pairs of columns of dates that are in order."""
    made = [column_of(place, "日付", own) for place, own in enumerate(columns)]
    return set(never_after(made, list(zip(*columns, strict=True))))


def test_what_happened_first() -> None:
    """Of three dates of six rows each pair in order is known, whatever a blank leaves open."""
    first = [f"2025/4/{day}" for day in range(1, 7)]
    second = ["2025/4/1 09:05", *(f"2025/4/{day + 1}" for day in range(2, 7))]
    third = ["", *(f"令和7年5月{day}日" for day in range(2, 7))]
    assert pairs(first, second, third) == {(0, 1), (0, 2), (1, 2)}


def test_what_is_no_order() -> None:
    """Equal dates, few rows, and one row the other way are no order."""
    first = [f"2025/4/{day}" for day in range(2, 8)]
    assert pairs(first, first) == set()
    assert pairs(first[:4], [f"2025/5/{day}" for day in range(2, 6)]) == set()
    assert pairs(first, ["2025/4/1", *(f"2025/5/{day}" for day in range(2, 7))]) == set()
    assert pairs(first, ["電話"] * 6) == set()


@given(st.lists(LATER, min_size=1, max_size=20))
def test_as_the_definition_says(shifts: list[int | None]) -> None:
    """A column is never after another where no row speaks against it, and one for it, of five."""
    days = [START + timedelta(days=2 * n) for n in range(len(shifts))]
    own = [f"{day:%Y/%m/%d}" for day in days]
    other = [
        "" if shift is None else f"{day + timedelta(days=shift):%Y/%m/%d}"
        for day, shift in zip(days, shifts, strict=True)
    ]
    known = [shift for shift in shifts if shift is not None]
    expected = len(known) >= 5 and min(known) >= 0 and max(known) > 0
    assert ((0, 1) in pairs(own, other)) == expected
