"""The table's file: csv and tsv in every encoding, and workbooks."""

from pathlib import Path

import pytest

from kpicli.audit.audit import audit_file
from kpicli.audit.files.read_tables import read_tables
from kpicli.base.errors import InputError
from support.audited import SHOPS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "iso2022_jp"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_text_table(tmp_path: Path, encoding: str, sign: str) -> None:
    """Encoding and separator are told from the file itself."""
    file = tmp_path / "table.csv"
    file.write_bytes(SHOPS.replace(",", sign).encode(encoding))
    assert (audit_file(file).wrong, audit_file(file).checked) == (2, 7)


def test_rows_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    """A blank line counts, a line break in a cell does not, and `sep=,` is not shown."""
    file = tmp_path / "table.csv"
    file.write_text(f'sep=,\n"題\n名",,,\n\n{SHOPS}', encoding="utf-8")
    corrections = audit_file(file).sheets[0].corrections
    assert [each.spot.cell for each in corrections] == ["B5"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "none.csv"),
        ("empty.csv", b"", "empty"),
        ("bytes.csv", "店,計\n".encode() + b"\xff,1\n", "byte offset 8"),
        ("quote.csv", '店,計\n"A,1\n'.encode(), "never closed"),
        ("split.csv", "店,上期,計\nA,1,1\nB,1,1\n計,1,054,1,054\n".encode(), "commas within"),
        ("book.xlsx", b"PK\x03\x04", "damaged"),
        ("book.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "xls"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    """It is refused, saying why."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_tables(tmp_path / name)
