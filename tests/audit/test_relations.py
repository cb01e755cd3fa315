"""Relations between printed numbers: whether they hold, and what one cell would have to be."""

from decimal import Decimal

import pytest

from kpicli.audit.numbers import Number, read_cell
from kpicli.audit.relations import Linear, Ratio, Term
from kpicli.audit.table import Spot


def terms(*cells: str) -> list[Term]:
    """Return numbers side by side in the first row."""
    numbers = (read_cell(cell).get("value", Number(None)) for cell in cells)
    return [Term(Spot(1, column), number) for column, number in enumerate(numbers, 1)]


def total(*cells: str, overlapping: bool = False, rounded: bool = False) -> Linear:
    """Return that the last cell is the sum of the others."""
    *plus, result = terms(*cells)
    return Linear("total", result, tuple(plus), overlapping=overlapping, rounded=rounded)


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        (("1", "2", "3"), "agrees"),
        (("1", "2", "4"), "wrong"),
        (("1", "2", "2"), "wrong"),
        (("1,000", "54", "1,054"), "agrees"),
        (("1", "", "3"), "open"),
        (("1", "", "0"), "wrong"),
        (("-", "2", "2"), "agrees"),
        (("0.1", "0.2", "0.3"), "agrees"),
    ],
)
def test_a_sum(cells: tuple[str, ...], verdict: str) -> None:
    """A blank may hold what is missing, but never less than nothing; a dash is 0."""
    assert total(*cells).verdict({}) == verdict


def test_people_may_be_counted_once() -> None:
    """In the total less than their sum, and not less than any part."""
    verdicts = [
        total("26", "20", n, overlapping=True).verdict({}) for n in ("46", "30", "25", "47")
    ]
    assert verdicts == ["agrees", "overlap", "wrong", "wrong"]


def test_rounded_numbers_may_be_off_a_little() -> None:
    """By half a unit for each, and no more."""
    verdicts = [total("1", "2", n, rounded=True).verdict({}) for n in ("3", "4", "6")]
    assert verdicts == ["agrees", "rounding", "wrong"]


def test_what_a_cell_would_have_to_be() -> None:
    """One value for each, all the others being right; none where another is blank."""
    relation = total("10", "20", "31")
    assert [list(relation.solutions(term)) for term in relation.terms] == [
        [Decimal(11)],
        [Decimal(21)],
        [Decimal(30)],
    ]
    assert relation.verdict({Spot(1, 3): Decimal(30)}) == "agrees"
    assert list(total("10", "", "31").solutions(relation.terms[0])) == []


@pytest.mark.parametrize(
    ("percent", "verdict"),
    [("6.3", "agrees"), ("6.2", "rounding"), ("6.25", "agrees"), ("6.4", "wrong"), ("6", "agrees")],
)
def test_a_percentage_is_rounded_half_up(percent: str, verdict: str) -> None:
    """1 of 16 is 6.25: to the digits that are printed; one rounded down is told apart."""
    top, bottom, result = terms("1", "16", percent)
    assert Ratio("percentage", result, (top,), (bottom,)).verdict({}) == verdict


def test_a_percentage_of_nothing_is_wrong() -> None:
    """Nothing can be a percentage of 0."""
    top, bottom, result = terms("0", "0", "0.0")
    relation = Ratio("percentage", result, (top,), (bottom,))
    assert (relation.computed({}), relation.verdict({})) == (None, "wrong")
