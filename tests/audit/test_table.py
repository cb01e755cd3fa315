"""A table as its file shows it, its cells named as a spreadsheet names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from kpicli.audit import table as table_module
from kpicli.audit.table import Spot, Table, column_name, squared
from kpicli.base.errors import InputError


@given(st.integers(1, 16_384))
def test_columns_are_named_as_in_a_spreadsheet(column: int) -> None:
    """Up to XFD, as another library names them."""
    assert column_name(column) == get_column_letter(column)


def test_spots_come_in_reading_order() -> None:
    """Row by row, in a row from left to right; B10 comes after B9."""
    spots = [Spot(10, 2), Spot(9, 2), Spot(9, 1, "percent"), Spot(9, 1, "numerator")]
    assert [spot.cell for spot in sorted(spots)] == ["A9", "A9", "B9", "B10"]


def test_rows_are_filled_to_one_length() -> None:
    """A short row has blanks at its end; no rows make no table."""
    assert squared([["a"], ["b", "c", "d"], []], "t.csv") == (
        ("a", "", ""),
        ("b", "c", "d"),
        ("", "", ""),
    )
    assert squared([], "t.csv") == ()
    assert Table(()).width == 0


def test_a_table_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """So large a file is an export; the message says how large."""
    monkeypatch.setattr(table_module, "_CELLS", 5)
    with pytest.raises(InputError, match=r"t.csv: too large .*\(3 × 2 cells\)"):
        squared([["a", "b"]] * 3, "t.csv")


def test_a_merged_cell_labels_all_that_it_covers() -> None:
    """A cell's own text goes before it; a number stands at its own place alone."""
    table = Table((("2025年度", "", "x"), ("1,054", "", "")), labels={(1, 2): "2025年度"})
    assert [table.label(1, column) for column in (1, 2, 3)] == ["2025年度", "2025年度", "x"]
    assert str(table.numbers(2, 1)["value"].amount) == "1054"
    assert dict(table.numbers(2, 2)) == {}
