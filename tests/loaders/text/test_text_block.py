"""What pyarrow returns is held against the bytes."""

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.text import text_block
from kpicli.loaders.text.delimited import read_delimited
from support.delimited_texts import SOURCE, column, export


def test_cp932_trail_bytes_do_not_split_cells() -> None:
    """Characters whose second byte is a backslash or a bar (ソ表) are no special signs."""
    content = '受付番号,受付日,声の区分\nソ,表,"能ポ"\n'.encode("cp932")
    table = read_delimited(export(content), SOURCE)
    assert [column(table, name) for name in table.headers] == [["ソ"], ["表"], ["能ポ"]]


def test_what_pyarrow_would_misread_is_refused() -> None:
    """An unclosed quote in the last column and text after a quote stop the run, by line."""
    head = "受付番号,受付日\n"
    with pytest.raises(InputError, match="quote that opens on line 3 is never closed"):
        read_delimited(export(f'{head}V1,a\nV2,"b\nV3,c\n'.encode()), SOURCE)
    with pytest.raises(InputError, match="text follows a closing quote on line 2"):
        read_delimited(export(f'{head}V1,"2"x\n'.encode()), SOURCE)
    with pytest.raises(InputError, match=r"line 3 \(record 3\) has 3 cells, the header has 2"):
        read_delimited(export(f"{head}V1,a\nV2,b,c\n".encode()), SOURCE)


def test_another_row_count_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow returns fewer rows than the bytes hold, the exact reader reads the file."""
    parsed = text_block._parsed
    monkeypatch.setattr(text_block, "_parsed", lambda *a: parsed(*a).slice(1))
    table = read_delimited(export("受付番号,受付日\nV1,a\nV2,b\n".encode()), SOURCE)
    assert column(table, "voice_id") == ["V1", "V2"]
