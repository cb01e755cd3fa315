"""A text file answers for its rows after it was read."""

import pytest

from kpicli.loaders.text.delimited import read_delimited
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
