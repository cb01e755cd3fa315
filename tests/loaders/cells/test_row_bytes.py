"""A column of texts that are each their row's own, kept as bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.row_bytes import RowBytes

TEXTS = st.lists(st.text(alphabet="a1 声ソ表ｱ①", max_size=4), max_size=8)


def packed(texts: list[str], codec: str) -> RowBytes:
    """Return the texts side by side in bytes."""
    parts = [text.encode(codec) for text in texts]
    offsets = np.cumsum([0, *map(len, parts)], dtype=np.int64)
    return RowBytes(np.frombuffer(b"".join(parts), np.uint8), offsets, codec)


@pytest.mark.parametrize("codec", ["utf-8", "cp932"])
@given(texts=TEXTS, start=st.integers(-9, 9), stop=st.integers(-9, 9))
def test_it_is_the_list_of_its_texts(texts: list[str], start: int, stop: int, codec: str) -> None:
    """Row by row, in a loop and in slices, it says what a list of the texts would say."""
    cells = packed(texts, codec)
    assert (len(cells), list(cells)) == (len(texts), texts)
    assert [cells[row] for row in range(len(texts))] == texts
    assert cells[start:stop] == texts[start:stop]
