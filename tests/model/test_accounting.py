"""Row accounting adds up or is not made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import InternalError
from kpicli.model.accounting import KpiAccounting, SourceAccounting

rows = st.integers(0, 10**6)


@given(st.tuples(rows, rows, rows, rows, rows), st.integers(1, 100))
def test_every_row_of_a_source_went_somewhere(parts: tuple[int, ...], missing: int) -> None:
    """`read` is the sum of the others; one row too many or too few is refused."""
    assert SourceAccounting(sum(parts), *parts).read == sum(parts)
    for wrong in (sum(parts) + missing, sum(parts) - missing):
        with pytest.raises(InternalError):
            SourceAccounting(wrong, *parts)


@given(st.tuples(rows, rows, rows, rows), st.lists(rows, max_size=3), rows, rows)
def test_every_row_of_a_kpi_went_somewhere(
    parts: tuple[int, int, int, int], by_rule: list[int], undetermined: int, faulty: int
) -> None:
    """Usable and faulty rows together are the sum of the others, whichever rules exclude rows."""
    counted, not_selected, no_date, out_of_period = parts
    excluded = tuple((f"rule {number}", count) for number, count in enumerate(by_rule))
    usable = sum(parts) + sum(by_rule) + undetermined - faulty

    def accounting(usable: int) -> KpiAccounting:
        rows = counted, not_selected, no_date, out_of_period
        return KpiAccounting("voices", "voices", usable, faulty, *rows, excluded, undetermined)

    assert accounting(usable).excluded == excluded
    with pytest.raises(InternalError):
        accounting(usable + 1)


def test_the_message_names_the_kpi_and_both_numbers() -> None:
    """Who sees it can say which figure is in question and by how much."""
    with pytest.raises(InternalError) as caught:
        KpiAccounting("voices", "voices", 9, 1, 3, 2, 1, 1, (("取消", 1),), 1)
    assert caught.value.message.en == "voices: of 10 rows 9 accounted for"
    assert caught.value.message.ja == "voices の行の内訳の和 9 が、行数 10 と合いません"
    with pytest.raises(InternalError) as caught:
        SourceAccounting(9, 1, 2, 3, 1, 1)
    assert caught.value.message.en == "9 rows read, but 8 accounted for"
