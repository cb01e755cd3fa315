"""What counted rows make together: how many identities, and which sum."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.measured import AlikeRows, CountedRow, number_of_identities, sum_of_amounts
from kpicli.published.kinds import KINDS_OF_RECORDS


def test_rows_without_identities_are_rows() -> None:
    """Where nothing is told apart, the number of rows is meant; no rows are 0."""
    assert number_of_identities([CountedRow()] * 3) == 3
    assert number_of_identities([]) == 0


def test_equal_identities_are_one() -> None:
    """Also such as are made of several values; a blank among them is an identity, too."""
    rows = [CountedRow(identity=each) for each in ("a", "b", "a", ("a", "b"), ("a", "b"))]
    assert number_of_identities(rows) == 3
    assert number_of_identities([CountedRow(identity=""), CountedRow(identity="")]) == 1


def test_a_row_without_an_amount_adds_nothing() -> None:
    """The sum is exact, and 0 over nothing."""
    amounts = (Decimal("0.1"), None, Decimal("0.2"))
    assert sum_of_amounts([CountedRow(amount=each) for each in amounts]) == Decimal("0.3")
    assert sum_of_amounts([]) == Decimal(0)


AMOUNTS = st.sampled_from([Decimal("0.1"), Decimal("0.10"), Decimal(-3), Decimal("1E+20")])
IDENTITIES = st.none() | st.sampled_from("ab")
ROWS = st.lists(
    st.builds(
        CountedRow,
        st.booleans(),
        IDENTITIES,
        AMOUNTS,
        st.none() | AMOUNTS,
        st.sampled_from([("2025-04-01",), ("2025-05-01", "x")]),
    ),
    max_size=12,
)


@pytest.mark.parametrize("kind", KINDS_OF_RECORDS)
@given(rows=ROWS, members=st.lists(st.builds(CountedRow, identity=IDENTITIES), max_size=4))
def test_rows_held_once_make_what_each_alone_makes(
    kind: str, rows: list[CountedRow], members: list[CountedRow]
) -> None:
    """Every kind counts rows the same, whether those that are alike are held once or each."""
    once, elsewhere = AlikeRows(Counter(rows)), AlikeRows(Counter(members))
    assert len(once) == len(rows)
    assert Counter(once) == Counter(rows)
    assert all(row in once for row in rows)
    count = KINDS_OF_RECORDS[kind].count
    assert count(once, elsewhere) == count(rows, members)
