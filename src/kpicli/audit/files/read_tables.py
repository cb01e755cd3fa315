"""Reading the tables to audit: what a file is, is told by its bytes, whatever its encoding."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from kpicli.audit.files.html_tables import declared_charset, is_page, read_page
from kpicli.audit.files.markdown_tables import is_markdown, read_markdown
from kpicli.audit.files.sheets import read_sheets
from kpicli.audit.table import Table, squared
from kpicli.base.errors import EncodingError, InputError
from kpicli.base.wording import Text
from kpicli.loaders.cells.raw_table import text_of
from kpicli.loaders.files.content import HeldContent, open_content, read_all
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.plain_rows import plain_rows
from kpicli.loaders.text.encoding import EncodedText, read_encoding
from kpicli.loaders.text.transcoding import permitted_encoding
from kpicli.loaders.workbook.container import kind_of

_SHIFT_JIS = re.compile(r"(?:x-)?s(?:hift)?[-_]?jis", re.I)
_HEAD, _TAIL = re.compile(r"[+▲△-]?\d{1,3}"), re.compile(r"\d{3}(?:\D{0,3})?")


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return the tables of a file: visible sheets of a workbook, all tables of a page or Markdown.

    Raises `InputError` for what cannot be read: no such file, an undecodable byte, an unclosed
    quote, a broken or encrypted workbook, a page without a table.
    """
    name = str(path)
    content = read_all(open_content(path, name))
    if is_page(_beginning(content), name):
        return read_page(_decoded(content, name, declared_charset(content)), name)
    kind = kind_of(content, name)
    if kind == "workbook":
        return read_sheets(content, name)
    if kind == "parquet":
        from kpicli.loaders.parquet.parquet_table import read_grid  # few tables are

        grid = read_grid(HeldContent(content), name)
        return (Table(squared([list(map(text_of, row)) for row in grid], name)),)
    encoded = _encoded(content, name, None)
    text = encoded.content.decode(encoded.codec)
    if is_markdown(text) and (tables := read_markdown(text, name)):
        return tables
    rows = plain_rows(encoded, name).rows
    _refuse_split_numbers(rows, name)
    return (Table(squared(rows, name)),)


def _beginning(content: bytes) -> str:
    """Return the first characters, good enough to tell markup by."""
    start = content[:2048]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "ignore")
    return start.removeprefix(b"\xef\xbb\xbf").decode("ascii", "ignore")


def _decoded(content: bytes, shown: str, charset: str | None) -> str:
    """Return the text of a page, in the encoding that it names if every byte is valid in it."""
    named = permitted_encoding(charset) if charset else None
    if charset and named is None and _SHIFT_JIS.fullmatch(charset):
        named = "cp932"
    if named in {None, "utf-16"}:
        named = None
    try:
        encoded = _encoded(content, shown, named)
    except EncodingError:
        if named is None:
            raise
        encoded = _encoded(content, shown, None)
    return encoded.content.decode(encoded.codec)


def _encoded(content: bytes, shown: str, encoding: str | None) -> EncodedText:
    file = ExportFile(shown, shown, HeldContent(content), encoding)
    try:
        return read_encoding(file, None)
    except EncodingError as error:
        hint = Text("UTF-8 で保存し直してください", "save it again as UTF-8")
        raise EncodingError(error.message, hint) from None


def _refuse_split_numbers(rows: Sequence[Sequence[str]], shown: str) -> None:
    """Raise `InputError` for a row made too long by the comma within a number (`1,054`)."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    for number, row in enumerate(rows, 1):
        surplus = any(cell.strip() for cell in row[width:])
        pairs = pairwise(map(str.strip, row))
        if surplus and any(_HEAD.fullmatch(a) and _TAIL.fullmatch(b) for a, b in pairs):
            raise InputError(
                Text(
                    f"{shown}: {number} 行目のセルが多すぎます。1,054 のような桁区切りのコンマが"
                    "セルを分けているようです",
                    f"{shown}: row {number} has too many cells: commas within numbers such as "
                    "1,054 seem to have split them",
                ),
                Text(
                    '桁区切りのある数は "1,054" のように引用符で囲むか、コンマなしで書いてください',
                    'put such a number between quotes ("1,054"), or leave its comma out',
                ),
            )
