"""Columns as wide as they must be, and rows folded into them."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kpicli.output.page.grid import GAP, column_widths, fold_name, folded, row

WORDS = st.text(alphabet="abc声ア1, ", max_size=12)
ROWS = st.lists(st.tuples(st.integers(0, 2), WORDS, WORDS, WORDS), min_size=1, max_size=5)


def test_columns_that_fit_stay_as_they_are() -> None:
    """Each is as wide as its widest cell, a wide letter counting twice and a depth two."""
    rows = [row(0, "項目", "実績"), row(1, "感謝の声", "1,841件")]
    assert column_widths(rows, 80) == [10, 7]


def test_names_give_way_before_values() -> None:
    """Down to twenty cells a name folds anywhere; a number is never broken."""
    rows = [row(0, "名" * 20, "1,841件")]
    assert column_widths(rows, 40) == [31, 7]
    assert column_widths(rows, 29) == [20, 7]
    assert column_widths(rows, 28) is None


@given(ROWS, st.integers(10, 60))
def test_all_columns_and_gaps_fit_or_nothing_does(
    cells: list[tuple[int, str, str, str]], width: int
) -> None:
    """What is folded into the widths is nowhere wider than they are, and nothing is lost."""
    rows = [row(*each) for each in cells]
    widths = column_widths(rows, width)
    if widths is None:
        return
    assert sum(widths) + GAP * (len(widths) - 1) <= width
    for each, (_, *texts) in zip(rows, cells, strict=True):
        columns = folded(each, widths)
        for lines, own in zip(columns, widths, strict=True):
            assert all(cell_len(line) <= own for line in lines)
        for lines, text in zip(columns, texts, strict=True):
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_all_lines_of_a_name_stand_in_its_depth() -> None:
    """So that a part that goes on is not taken for a KPI."""
    assert fold_name("あいうえお", 6, "  ") == ["  あい", "  うえ", "  お"]


def test_signs_of_a_terminal_are_visible() -> None:
    """A cell cannot move the cursor."""
    assert row(0, "a\x1b[2J").cells == (("a\\x1b[2J",),)
