"""Columns kept piece by piece and joined when asked for say what the pieces said, row by row."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.column_codes import BLANK, UNREADABLE, SmallCodes, Value
from kpicli.loaders.cells.row_bytes import DistinctBytes, RowBytes
from kpicli.loaders.rows.coded_columns import CodedColumns, PiecedColumn

CELLS = st.sampled_from(["生保", "損保", "団体", None, ...])
"""A value, a blank cell, or one that cannot be read."""


def pieced(pieces: list[list[object]]) -> PiecedColumn:
    """Return the cells as each piece would number them: by first use, on its own."""
    codes: list[SmallCodes] = []
    values: list[tuple[Value, ...]] = []
    for cells in pieces:
        own = list(dict.fromkeys(str(cell) for cell in cells if isinstance(cell, str)))
        numbers: dict[object, int] = {value: number for number, value in enumerate(own)}
        numbers |= {None: BLANK, ...: UNREADABLE}
        codes.append(np.array([numbers[cell] for cell in cells], np.int8))
        values.append(tuple(own))
    return PiecedColumn(tuple(codes), tuple(values))


@given(st.lists(st.lists(CELLS, max_size=5), max_size=5), st.data())
def test_joined_rows_say_what_their_pieces_said(
    pieces: list[list[object]], data: st.DataObject
) -> None:
    """With any rows kept; the values are numbered as they first come, kept or not."""
    cells = [cell for own in pieces for cell in own]
    kept = np.array([data.draw(st.booleans()) for _ in cells], np.bool_)
    column = pieced(pieces)
    coded = CodedColumns({"line": column}, kept)["line"]
    said = [None if code < 0 else coded.values[code] for code in coded.codes.tolist()]
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    assert said == [text for text, stays in zip(texts, kept.tolist(), strict=True) if stays]
    assert coded.values == tuple(dict.fromkeys(text for text in texts if text is not None))
    assert column.marks(BLANK).tolist() == [cell is None for cell in cells]
    assert column.marks(UNREADABLE).tolist() == [cell is ... for cell in cells]


IDS = st.lists(st.text("ABC12", min_size=1, max_size=2), unique=True, max_size=6)


@given(st.lists(st.tuples(IDS, st.booleans()), max_size=5), st.sampled_from(["", "客1", None]))
def test_ids_that_stayed_bytes_are_joined_as_texts_are(
    pieces: list[tuple[list[str], bool]], other: str | None
) -> None:
    """Whichever pieces have them so, beside texts of any signs, and a column that is a date."""
    values: list[Sequence[Value]] = [
        packed(ids) if stay and ids else tuple(ids) for ids, stay in pieces
    ]
    values.append((date(2025, 4, 1),) if other is None else (other,) * bool(other))
    codes = tuple(np.array([*range(len(own)), BLANK, UNREADABLE], np.int8) for own in values)
    joined = PiecedColumn(codes, tuple(values)).joined(slice(None))
    texts = PiecedColumn(codes, tuple(map(tuple, values))).joined(slice(None))
    assert joined.values == texts.values == tuple(dict.fromkeys(v for own in values for v in own))
    assert joined.codes.tolist() == texts.codes.tolist()
    assert joined.codes.dtype == texts.codes.dtype


def packed(texts: list[str]) -> DistinctBytes:
    """Return distinct texts as bytes."""
    own = RowBytes.of(texts)
    return DistinctBytes(own.data, own.offsets, own.codec)


def test_a_column_is_joined_once() -> None:
    """Asked again, it is the same; a name that is none is a `KeyError`."""
    columns = CodedColumns({"line": pieced([["生保"], []])}, slice(None))
    assert columns["line"] is columns["line"]
    assert (list(columns), len(columns), "team" in columns) == (["line"], 1, False)
