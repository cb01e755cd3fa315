"""Generated tables: what is consistent is clean, and a changed cell is found."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from support.audited import audited

Numbers = list[list[int]]


@st.composite
def consistent(draw: st.DrawFn, least: int = 0, most: int = 3000) -> Numbers:
    """Return shops by halves with all totals."""
    shops = draw(st.integers(2, 5))
    amount = st.integers(least, most)
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


def changed(numbers: Numbers, data: st.DataObject) -> tuple[str, int]:
    """Change a cell; return its name and what stood there."""
    row = data.draw(st.integers(0, len(numbers) - 1))
    column = data.draw(st.integers(0, 2))
    right = numbers[row][column]
    numbers[row][column] = data.draw(st.integers(0, 9000).filter(lambda other: other != right))
    return f"{'BCD'[column]}{row + 2}", right


@given(consistent(least=1), st.data())
def test_a_changed_cell_is_found(numbers: Numbers, data: st.DataObject) -> None:
    """Where no part is 0 it is the cell named first, and its own value the one correction."""
    cell, right = changed(numbers, data)
    found = audited(written(numbers), "|")
    assert cell == found.named()[0].cell
    assert [(each.spot.cell, each.amount) for each in found.corrections] == [(cell, Decimal(right))]


@given(st.one_of(consistent(), consistent(most=2)), st.data())
def test_no_wrong_correction_is_the_only_one(numbers: Numbers, data: st.DataObject) -> None:
    """A sum of one part says nothing of its total, so others may be named beside the right one."""
    cell, right = changed(numbers, data)
    found = audited(written(numbers), "|")
    assert cell in [each.cell for each in found.named()]
    assert (cell, Decimal(right)) in [(e.spot.cell, e.amount) for e in found.corrections]


def test_columns_with_one_number_do_not_bear_out_their_total() -> None:
    """Each column has but one number: B2 may be 0, or D2 1 and 合計 no sum of the shops."""
    found = audited(written([[1, 0, 0], [0, 0, 0], [0, 1, 1], [0, 1, 1]]), "|")
    assert found.checked == {"period": 4}
    named = [(each.spot.cell, int(each.amount)) for each in found.corrections]
    assert named == [("B2", 0), ("D2", 1)]
