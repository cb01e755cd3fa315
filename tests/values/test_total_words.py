"""Words for a total are told from values that begin or end alike."""

import pytest

from kpicli.values.total_words import COUNT, is_total


@pytest.mark.parametrize(
    "text",
    [
        "合計",
        "合 計",
        "総合計",
        "集計",
        "小計",
        "計",
        "Total",
        "Grand Total",
        "合計:60件",
        "S001 集計",
    ],
)
def test_a_word_for_a_total_is_one(text: str) -> None:
    """In Japanese and English, spaced or not, with a number behind it, as Excel's subtotals."""
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["", "会計", "計画", "合計表", "totals", "Total 件", "S001集計", "60件"]
)
def test_a_value_that_only_looks_like_one_is_none(text: str) -> None:
    """A department, a plan, a product, a number alone: no row of data is lost by its name."""
    assert not is_total(text)


@pytest.mark.parametrize("text", ["60", "1,234", "60件", "12 名", "3.0", "1,234,567 行"])
def test_a_number_of_rows_may_have_a_unit(text: str) -> None:
    """Thousands are separated whole; a spreadsheet's `.0` is no decimal."""
    assert COUNT.fullmatch(text)


@pytest.mark.parametrize("text", ["1,23", "3.5", "60円", "-3", "件"])
def test_an_amount_is_no_number_of_rows(text: str) -> None:
    """Nor is a number with decimals, a sign, or groups of another size."""
    assert not COUNT.fullmatch(text)
