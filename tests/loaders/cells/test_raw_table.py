"""A table in memory answers like one that reads its file again."""

import numpy as np
import pytest

from kpicli.base.faults import Place
from kpicli.loaders.cells.raw_table import Cell, HeldTable, RawColumn, Records


@pytest.fixture
def table() -> HeldTable:
    """Return three rows of two columns; the second and the last row are alike."""
    rows: list[list[Cell]] = [["V1", 3], ["V2", None], ["V2", None]]
    return HeldTable(
        rows=3,
        columns={
            "voice_id": RawColumn(np.array([0, 1, 1], np.int32), ("V1", "V2")),
            "score": RawColumn(np.array([1, 0, 0], np.int32), (None, 3)),
        },
        headers={"voice_id": "受付番号", "score": "点数"},
        header_cells=("受付番号", "点数"),
        positions={"voice_id": 0, "score": 1},
        title_rows=0,
        place=lambda row, column: Place("v.xlsx", "表", row + 2, column=column),
        cells=lambda wanted: [rows[row] for row in wanted],
    )


def test_cells_come_in_the_order_of_the_rows_asked_for(table: HeldTable) -> None:
    """Column by column, each cell as it is."""
    assert table.column_cells([2, 0], ["score", "voice_id"]) == [[None, 3], ["V2", "V1"]]
    assert table.column_cells([], ["score"]) == [[]]


def test_its_rows_are_one_block(table: HeldTable) -> None:
    """Nothing is cut, and free text is there whether asked for or not."""
    (block,) = table.blocks(free_text=False)
    assert (block.rows, block.cells([1])) == (3, [["V2", None]])
    assert block.columns == table.columns
    assert table.place(2, "score") == Place("v.xlsx", "表", 4, column="score")


def test_records_that_follow_one_another() -> None:
    """Bytes from one record up to another, line ends included."""
    records = Records(b"a\nbb\nccc\n", np.array([0, 2, 5, 9]), "form")
    assert records.between(0, 1) == b"a\n"
    assert records.between(1, 3) == b"bb\nccc\n"
    assert records.between(2, 2) == b""
