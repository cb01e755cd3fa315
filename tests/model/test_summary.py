"""A line joins what may be compared: neighbours with a number, counted by one definition."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.figures import Definition, Figure
from kpicli.model.periods import Period
from kpicli.model.summary import Series
from kpicli.model.value import NOTHING, Status, Value

MONTHS = Period.parse("2025", today=date(2025, 10, 1)).months()
OLD, NEW = Definition(1, "a"), Definition(2, "b")

points = st.lists(
    st.tuples(st.none() | st.integers(0, 9), st.sampled_from([None, OLD, NEW])),
    min_size=1,
    max_size=len(MONTHS),
)


def series(numbers: list[tuple[int | None, Definition | None]]) -> Series:
    """Return a figure over months: its numbers (None: no data), each with its definition."""
    return Series(
        tuple(
            Figure(
                *("voices", "total", month, None, None, None, None),
                NOTHING if number is None else Value(number, None, None, Status.OK, 0),
                definition=definition,
            )
            for month, (number, definition) in zip(MONTHS, numbers, strict=False)
        )
    )


def test_a_new_definition_breaks_a_line() -> None:
    """So does a month without data; what a person entered has no definition and breaks none."""
    shown = series([(1, OLD), (2, OLD), (3, NEW), (None, NEW), (5, None), (6, NEW)])
    lines = [[figure.value.number for figure in line] for line in shown.lines]
    assert lines == [[1, 2], [3], [5, 6]]
    ((before, after),) = shown.breaks
    assert (before.period, after.period) == (MONTHS[1], MONTHS[2])
    assert [shown.other_definition(figure) for figure in shown.figures] == [
        *(True, True, False, False, False, False),
    ]


@given(points)
def test_every_number_is_in_one_line(numbers: list[tuple[int | None, Definition | None]]) -> None:
    """In order and once; within a line no month is skipped and no definition changes."""
    shown = series(numbers)
    joined = [figure for line in shown.lines for figure in line]
    assert joined == [figure for figure in shown.figures if figure.value.number is not None]
    for line in shown.lines:
        places = [shown.figures.index(figure) for figure in line]
        assert all(later == earlier + 1 for earlier, later in pairwise(places))
        assert len({figure.definition for figure in line if figure.definition is not None}) < 2
    assert shown.own is shown.figures[-1]
