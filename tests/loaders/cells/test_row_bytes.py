"""A column of texts that are each their row's own, kept as bytes."""

import pickle

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.row_bytes import DistinctBytes, RowBytes

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


@pytest.mark.parametrize("codec", ["utf-8", "cp932"])
@given(texts=st.lists(st.text(alphabet="a声ー?〓ソ�ア", max_size=4), max_size=8), data=st.data())
def test_no_row_that_holds_a_character_is_passed_over(
    texts: list[str], data: st.DataObject, codec: str
) -> None:
    """The rows named are some of all, in order; whatever has a sign is among them."""
    if codec == "cp932":
        texts = [text.replace("\ufffd", "?") for text in texts]
    signs = data.draw(st.text(alphabet="?〓\ufffd", max_size=3))
    named = packed(texts, codec).holding(signs)
    true = [row for row, text in enumerate(texts) if set(text) & set(signs)]
    assert named == sorted(set(named))
    assert set(true) <= set(named)
    assert all(0 <= row < len(texts) for row in named)


def test_only_rows_with_the_character_are_named() -> None:
    """An empty row before, or behind, is not taken for the one that has the sign."""
    texts = ["", "いつ?", "", "ソ表", "?", "〓田様", ""]
    for codec in ("utf-8", "cp932"):
        assert packed(texts, codec).holding("?〓\ufffd") == [1, 4, 5]


@given(st.lists(st.text("Aa1-", min_size=1, max_size=3), unique=True), st.text("A1-集", max_size=3))
def test_of_distinct_texts_those_of_interest_are_looked_at(texts: list[str], signs: str) -> None:
    """Those that begin so, that are a word, or that have other signs; also in another process."""
    own = packed(texts, "utf-8")
    cells = pickle.loads(pickle.dumps(DistinctBytes(own.data, own.offsets, "utf-8")))
    expected = [(place, text) for place, text in enumerate(texts) if text[0] in signs]
    assert list(cells.beginning(signs)) == expected
    for text in (*texts, "A1A1", ""):
        places = [place for place, own_text in enumerate(texts) if text and own_text == text]
        assert cells.rows_of(text.encode()) == places
    assert cells.are_made_of(b"Aa1") == ("-" not in "".join(texts))
    assert not DistinctBytes(*_joined(["A", "", "1"]), "utf-8").are_made_of(b"Aa1")


def _joined(texts: list[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    cells = packed(texts, "utf-8")
    return cells.data, cells.offsets
