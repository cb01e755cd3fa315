"""Generated tables: what is consistent is clean, and a changed cell is found."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from support.audited import audited

Numbers = list[list[int]]


@st.composite
def consistent(draw: st.DrawFn) -> Numbers:
    """Return shops by halves with all totals."""
    shops = draw(st.integers(2, 5))
    amount = st.integers(0, 3000)
    halves = [[draw(amount), draw(amount)] for _ in range(shops)]
    halves.append([sum(shop[half] for shop in halves) for half in (0, 1)])
    return [[first, second, first + second] for first, second in halves]


def written(numbers: Numbers) -> str:
    """Return the table as text, thousands apart."""
    names = [*(f"店{place}" for place in range(len(numbers) - 1)), "合計"]
    rows = [f"{n}|{'|'.join(f'{x:,}' for x in row)}" for n, row in zip(names, numbers, strict=True)]
    return "\n".join(("店舗|上期|下期|年度計", *rows))


@given(consistent())
def test_a_consistent_table_is_clean(numbers: Numbers) -> None:
    """Every row and every column adds up, and each is counted."""
    found = audited(written(numbers), "|")
    assert found.findings == ()
    assert sum(found.checked.values()) == len(numbers) + 3


@given(consistent(), st.data())
def test_a_changed_cell_is_found(numbers: Numbers, data: st.DataObject) -> None:
    """It is among the cells named first, and its own value among the corrections."""
    row = data.draw(st.integers(0, len(numbers) - 1))
    column = data.draw(st.integers(0, 2))
    right = numbers[row][column]
    numbers[row][column] = data.draw(st.integers(0, 9000).filter(lambda other: other != right))
    found = audited(written(numbers), "|")
    cell = f"{'BCD'[column]}{row + 2}"
    assert cell == found.named()[0].cell
    assert [(each.spot.cell, each.amount) for each in found.corrections] == [(cell, Decimal(right))]
