"""Cells made on demand: of ids the bytes alone, which are the texts that cells one by one have."""

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicli.loaders.cells.raw_table import Cell, HeldTable, text_of
from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.workbook import shared_texts
from kpicli.loaders.workbook.sheet import read_cells
from support.workbooks import DAY, HEADER, read, values

IDS = st.sampled_from(
    ["V1", "V2", "V20250001", "Ｖ３", " V4 ", "V_x0008_5", "A&B", "受付\n6", "", " "]
)
OTHERS = st.one_of(IDS, st.integers(0, 99_999), st.just(DAY), st.booleans(), st.just(1.5))


def in_bulk(rows: list[tuple[Cell, Cell]], *, large: bool) -> HeldTable:
    """Return the rows, each an id and a category, as read; in bulk if they are `large`."""
    with pytest.MonkeyPatch.context() as patch:
        if large:
            patch.setattr(read_cells, "SMALL", 0)
            patch.setattr(read_cells, "LOADED_SMALL", 0)
            patch.setattr(shared_texts, "SMALL", 0)
        return read(by_xlsxwriter(rows))


def by_xlsxwriter(rows: list[tuple[Cell, Cell]]) -> bytes:
    """Return the rows as a workbook whose texts are in the list that cells share."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        dated = book.add_format({"num_format": "yyyy/m/d"})
        for number, row in enumerate([HEADER, *((own, DAY, other) for own, other in rows)]):
            for column, value in enumerate(row):
                form = dated if isinstance(value, datetime) else None
                sheet.write(number, column, None if value == "" else value, form)
    return stream.getvalue()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(IDS, OTHERS), min_size=1, max_size=12))
def test_ids_as_bytes(rows: list[tuple[Cell, Cell]]) -> None:
    """The key's texts are bytes of their rows, the same that cells one by one have; others not."""
    one, other = in_bulk(rows, large=True), in_bulk(rows, large=False)
    assert isinstance(one.columns["voice_id"].distinct, RowBytes)
    assert not isinstance(other.columns["voice_id"].distinct, RowBytes)
    assert [text_of(cell) for cell in values(one, "voice_id")] == [
        text_of(cell) for cell in values(other, "voice_id")
    ]
    assert values(one, "category") == values(other, "category")
    assert one.column_cells(range(one.rows), ["category"]) == [values(other, "category")]


@pytest.mark.parametrize("own", [5, 1.5, True, datetime(2025, 4, 1)])  # noqa: DTZ001 - a sheet's
def test_ids_that_are_no_texts(own: Cell) -> None:
    """An id that is stored otherwise keeps its kind, and with it all ids of its sheet."""
    table = in_bulk([("V1", "感謝"), (own, "感謝"), ("V3", "感謝")], large=True)
    assert values(table, "voice_id") == ["V1", own, "V3"]
    assert not isinstance(table.columns["voice_id"].distinct, RowBytes)


def test_free_text_is_made_when_it_is_asked_for() -> None:
    """Columns are made one by one; all of them are there by name."""
    table = in_bulk([("V1", "感謝")], large=True)
    assert [*table.columns] == ["voice_id", "received_on", "category"]
    assert len(table.columns) == 3
    assert table.columns["category"] is table.columns["category"]
