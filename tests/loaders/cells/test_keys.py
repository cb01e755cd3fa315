"""Key numbers are equal for equal keys wherever they are made; where others collide, it shows."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.loaders.cells import pieces
from kpicli.loaders.cells.keys import (
    blanked,
    combined,
    common_shape,
    digests,
    digests_of,
    irregular_rows,
)
from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.rows.spelled_ids import loose
from kpicli.values.identifiers import identifier
from support.small_project import Project, accounted, codes

IDS = st.text("V0123456789", min_size=8, max_size=11)
TEXTS = st.lists(st.text(max_size=70) | IDS, max_size=12)


def cells(texts: list[bytes], codec: str = "utf-8") -> RowBytes:
    """Return texts as the cells of a column."""
    offsets = np.cumsum([0, *map(len, texts)])
    return RowBytes(np.frombuffer(b"".join(texts), np.uint8), offsets, codec)


@given(TEXTS)
def test_equal_texts_and_no_others_have_one_number(texts: list[str]) -> None:
    """The number does not depend on what stands beside a text, nor on how many there are."""
    together = digests_of(texts)
    assert together.tolist() == [int(digests_of([text])[0]) for text in texts]
    assert len(set(together.tolist())) == len(set(texts))


@given(TEXTS)
def test_bytes_and_texts_have_the_same_number(texts: list[str]) -> None:
    """A plain id has the number of its bytes, any other that of its text."""
    column = cells([text.encode() for text in texts])
    assert digests(column.data, column.offsets).tolist() == digests_of(texts).tolist()


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "a", "b"])), max_size=12))
def test_keys_of_several_columns_differ_where_any_does(rows: list[tuple[str, str]]) -> None:
    """Columns are not run together: (a, b) is not (b, a), and a blank is a value of its own."""
    columns = [digests_of([row[place] for row in rows]) for place in range(2)]
    blank = np.array([not row[1] for row in rows], np.bool_)
    found = combined([columns[0], blanked(columns[1], blank)]).tolist()
    assert len(set(zip(found, rows, strict=True))) == len(set(found)) == len(set(rows))


PARTS = st.sampled_from(
    [*'Vv09_./:-+=#"Ee \u3000Ｖ①é\x00', "-", "1", "Jan", "Apr", "12", "月", "日"]
)


@given(st.lists(st.lists(PARTS, max_size=6).map("".join), max_size=8))
@example(["2-Jan", "x"])
@example(["Apr-25"])
@example(["1", "-Jan", "x-", "May"])
def test_rows_that_are_not_odd_read_as_they_are_written(texts: list[str]) -> None:
    """What reading would change, or refuse, is read with care; nearly all else needs none."""
    odd = irregular_rows(cells([text.encode() for text in texts]))
    for row, text in enumerate(texts):
        if row not in odd:
            assert identifier(text) == text
    assert irregular_rows(cells([b"V001", b"2025-09/1:a_b.c", b"7E3", b"inv-001", b"a-Jay"])) == []


def test_words_for_nothing_are_odd() -> None:
    """Those of a few letters too, and no id that only holds one."""
    column = cells([b"-", b"NA", b"NA1", b"", b"V-1", b"NA"])
    assert irregular_rows(column, ["NA", "-", "未定", ""]) == [0, 1, 5]
    assert irregular_rows(cells([]), ["NA"]) == []


@pytest.mark.parametrize("same", ["V2,2025/7/1,生保,不満,,", "V1,2025/6/1,生保,感謝,,"])
def test_keys_that_share_a_number_are_told_apart(
    same: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were all numbers the same, the rows would still be found to be different, or one."""
    monkeypatch.setattr(pieces, "digests", lambda _, ends: np.zeros(len(ends) - 1, np.uint64))
    monkeypatch.setattr(pieces, "digests_of", lambda texts: np.zeros(len(texts), np.uint64))
    rows = ["V1,2025/6/1,生保,感謝,,", "Ｖ１,2025-06-01,生保,感謝,,", same]
    dataset = Project(tmp_path).export("voices", rows).load("voices")
    distinct = 2 if same.startswith("V2") else 1
    assert accounted(dataset) == {"read": 3, "usable": distinct, "duplicate": 3 - distinct}
    assert codes(dataset) == {}


@given(
    st.integers(1, 8), st.lists(st.integers(0, 10**8 - 1), min_size=2), st.text("VW-", max_size=8)
)
def test_numbers_of_ids_given_out_in_order_ascend(
    digits: int, counts: list[int], before: str
) -> None:
    """Ids that differ in their last digits alone have numbers in the same order."""
    ids = sorted(f"{before}{count % 10**digits:0{digits}}" for count in counts)
    found = digests_of(ids)
    assert (np.diff(found.astype(object)) >= 0).all()
    assert len(set(found.tolist())) == len(set(ids))


@pytest.mark.parametrize(
    ("texts", "shape"),
    [
        (["V001", "V999"], b"V000"),
        (["V001"], b"V000"),
        (["V001", "v002"], None),
        (["V001", "V02"], None),
        (["V001", "V-02"], None),
        (["1-2", "3-4"], b"0-0"),
        (["V001", ""], None),
        (["", ""], None),
        ([], None),
    ],
)
def test_values_have_one_shape_or_none(texts: list[str], shape: bytes | None) -> None:
    """Digits are alike; another letter, sign or length is another shape."""
    assert common_shape(cells([text.encode() for text in texts])) == shape


@given(st.lists(st.from_regex(r"\AV[0-9]{4}A[0-9]{2}\Z"), min_size=1, max_size=20))
def test_values_of_one_shape_are_no_spellings_of_another(texts: list[str]) -> None:
    """What ids spelled otherwise have in common is as different as they are."""
    assert common_shape(cells([text.encode() for text in texts])) == b"V0000A00"
    assert len({loose(text) for text in texts}) == len(set(texts))
