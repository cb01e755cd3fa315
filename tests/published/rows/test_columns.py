"""Rows in columns: read from lists of JSON and written as such, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from kpicli.published.rows.columns import FigureRows, ListedRow, ListedSourceRow, SourceRows

KEYS = st.sampled_from(["00" * 12, "ab" * 12, "ff" * 12])
SOURCE_ROWS = st.tuples(KEYS, st.integers(0, 3), st.sampled_from(["00" * 6, "cd" * 6]))
FIGURE_ROWS = st.tuples(
    st.integers(0, 99),
    st.lists(st.integers(0, 5), max_size=3).map(tuple),
    st.tuples(st.none() | st.text(max_size=2), st.none() | st.sampled_from(["生保", "損保", ""])),
    st.booleans(),
    st.none() | KEYS,
)


@given(st.lists(SOURCE_ROWS))
def test_rows_of_a_source(rows: list[ListedSourceRow]) -> None:
    """The lists come back; rows have one number only where their keys are the same."""
    held = SourceRows.of_list(rows)
    assert len(held) == len(rows)
    assert held.listed() == [list(row) for row in rows]
    assert len({*zip(held.key_numbers().tolist(), (row[0] for row in rows), strict=True)}) == len(
        {row[0] for row in rows}
    )


@given(st.lists(FIGURE_ROWS))
def test_rows_that_count(rows: list[ListedRow]) -> None:
    """The lists come back, blanks and rows in no figure too; a blank is not an empty text."""
    held = FigureRows.of_list(rows, 2)
    expected = [[n, list(figures), list(values), top, who] for n, figures, values, top, who in rows]
    assert held.listed() == expected
    assert [[c.text(i) for c in held.values] for i in range(len(rows))] == [e[2] for e in expected]


def test_rows_without_values() -> None:
    """A KPI may show none."""
    assert FigureRows.of_list([(7, (0,), (), False, None)], 0).listed() == [
        [7, [0], [], False, None]
    ]
