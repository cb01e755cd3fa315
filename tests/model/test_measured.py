"""What counted rows make together: how many identities, and which sum."""

from decimal import Decimal

from kpicli.model.measured import CountedRow, number_of_identities, sum_of_amounts


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
