"""A text file answers for its rows after it was read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kpicli.loaders.text import text_table
from kpicli.loaders.text.delimited import read_delimited
from kpicli.loaders.text.text_table import TextTable
from support.delimited_texts import SOURCE, column, export


@pytest.mark.usefixtures("fast")
def test_empty_lines_between_rows_keep_the_numbers() -> None:
    """An empty line inside is a row of blanks, so that the rows below keep their numbers."""
    table = read_delimited(export("受付番号,受付日\nV1,a\n\nV2,b\n".encode()), SOURCE)
    assert column(table, "voice_id") == ["V1", "", "V2"]
    assert table.cells([1]) == [()]
    assert table.place(2, None).row == 4


def test_row_numbers_agree_between_the_readers() -> None:
    """Fast and exact reader name the same row and line behind titles and broken cells."""
    text = 'sep=,\n題\n受付番号,受付日\nV1,"a\r\nb"\n\nV2,c\n'
    quick = read_delimited(export(text.encode()), SOURCE)
    slow = read_delimited(export((text + "合計\n").encode()), SOURCE)
    for row in range(3):
        assert quick.place(row, "voice_id") == slow.place(row, "voice_id")
    assert quick.place(2, None).line == 7


CELLS = st.sampled_from(['"a\r\nb"', "", "2025/5/1", '"c,"""'])


@given(rows=st.lists(CELLS, min_size=1, max_size=40), block=st.integers(8, 64))
def test_a_large_span_is_read_in_parts_of_whole_rows(rows: list[str], block: int) -> None:
    """Whatever stands above them, and in cells of several lines: they are the rows of the whole."""
    lines = [f"V{number},{cell}\n" for number, cell in enumerate(rows)]
    table = read_delimited(export(("題\n受付番号,受付日\n" + "".join(lines)).encode()), SOURCE)
    if not isinstance(table, TextTable):
        raise AssertionError("the fast reader has to read it")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_table, "BLOCK", block)
        parts = list(replace(table).blocks(free_text=False))
    assert 1 <= len(parts) <= len(rows)
    assert len(parts) > 1 or len(rows) < 20 or table.indexes[0].span.size <= 2 * block
    cells = [cells for part in parts for cells in part.cells(range(part.rows))]
    assert cells == table.cells(range(len(rows)))
    ids = [
        str(part.columns["voice_id"].distinct[code])
        for part in parts
        for code in part.columns["voice_id"].codes.tolist()
    ]
    assert ids == [f"V{number}" for number in range(len(rows))]
