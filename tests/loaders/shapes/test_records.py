"""Which line belongs to which record."""

from collections.abc import Sequence

import pytest

from kpicli.loaders.cells.raw_table import Cell
from kpicli.loaders.shapes.records import of_records_alone, record_lines
from support.exact_texts import read

HEADER = "レコードの開始行,受付番号,受付日,内容"


@pytest.mark.parametrize(
    ("header", "lines", "firsts"),
    [
        (HEADER, ("*,1,,", ",,,a", ",,,b", "*,2,,", ",,,c"), [0, 0, 0, 3, 3]),
        (HEADER, (",,,a", "*,1,,", ",,,", "*,1,,", ",1,,b"), [0, 1, 2, 3, 3]),
        (HEADER, ("*,1,,", ",,,a", HEADER, ",,,b"), [0, 0, 2, 0]),
        (HEADER.replace("レコードの開始行", "*"), ("*,1,,", ",,,a"), [0, 0]),
        (
            HEADER.replace("レコードの開始行", "印"),
            (",1,,", ",,,a", ",1,,b", ",2,,", ",1,,"),
            [0, 0, 0, 3, 4],
        ),
    ],
)
def test_a_record_begins_at_its_mark(header: str, lines: Sequence[str], firsts: list[int]) -> None:
    """At `*`, or without that column where the first parent changes; other lines belong to it."""
    table = read("\n".join((header, *lines)) + "\n", "")
    (parent,) = table.column_cells(range(table.rows), ["voice_id"])
    records = record_lines(table, [parent])
    assert records.firsts.tolist() == firsts
    assert records.numbers.tolist() == [1 + n - first for n, first in enumerate(firsts)]


def test_filled_cells_stay() -> None:
    """A blank cell has that of the first line; one that contradicts it is not overwritten."""
    table = read(f"{HEADER}\n*,1,2025/4/1,\n,,,a\n,,2025/4/2,b\n,,,\n", "")
    parent, days, kinds = table.column_cells(range(4), ["voice_id", "received_on", "content"])
    records = record_lines(table, [parent])
    assert records.origins(days).tolist() == [0, 0, 2, 3]
    cells: dict[str, Sequence[Cell]] = {"voice_id": parent, "received_on": days, "content": kinds}
    assert of_records_alone(cells, records) == ("voice_id",)
    single = read(f"{HEADER}\n*,1,2025/4/1,\n*,2,2025/4/1,\n", "")
    ids, content = single.column_cells(range(2), ["voice_id", "content"])
    assert of_records_alone({"content": content}, record_lines(single, [ids])) == ()
