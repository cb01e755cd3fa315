"""Opening a text file (CSV, TSV) for the fast reader, or reading it whole where that may not.

The fast reader takes it span by span, whatever its encoding. A file whose header says too little,
or in which it meets a byte that is not valid or broken quoting, is read as a whole: the encoding
ladder, then the exact reader, which also says what is wrong.
"""

import codecs
from collections.abc import Sequence

from msgspec.structs import replace

from kpicli.base.errors import InputError
from kpicli.base.faults import Place
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.column_positions import Sample, column_positions, repeated_findings
from kpicli.loaders.cells.headers import match_headers
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.encoding import (
    ESCAPES,
    MARKED,
    MARKS,
    UTF_32,
    EncodedText,
    read_encoding,
)
from kpicli.loaders.text.exact_reader import check_records, read_exact
from kpicli.loaders.text.layout import HEAD, Layout, find_layout, nearest_layout, rows_below
from kpicli.loaders.text.row_width import too_many_empty
from kpicli.loaders.text.spans import NotSimple
from kpicli.loaders.text.structure_errors import no_header
from kpicli.loaders.text.text_block import OpenText, read_span
from kpicli.loaders.text.text_table import TextTable
from kpicli.loaders.text.transcoding import (
    BadByte,
    decode_lossy,
    line_end_before,
    permitted_encoding,
    transcoded,
)

_PLAIN = ("utf-8", "cp932")
_READ = 4 * HEAD
"""So many bytes make `HEAD` in UTF-8, whatever the encoding."""


def open_text(file: ExportFile, source: Source) -> OpenText | None:
    """Return the file with its header found, by its first bytes; None where that takes more.

    That the rest is of the same encoding, and plain, is for the reader of its spans to find.
    """
    head = file.content.read(0, _READ)
    mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
    if head.startswith(UTF_32):
        return None
    body, whole = head[len(mark) :], len(head) == file.content.size
    for stored in _candidates(file, body[:HEAD], mark):
        text = _head_text(body, stored, whole=whole)
        layout = None if text is None else find_layout(text, source, file.headers)
        if layout is not None and (stored in _PLAIN or _reads(body[:HEAD], stored, file, source)):
            encoded = EncodedText(
                MARKED[stored] if mark else stored, b"", "cp932" if stored == "cp932" else "utf-8"
            )
            try:
                opened = _text_of(file, source, encoded, layout)
            except InputError:  # what is wrong with its bytes has to be reported first
                return None
            return replace(
                opened,
                content=file.content,
                start=len(mark),
                stored=stored,
                checked=stored not in _PLAIN,
            )
        if text is not None:
            return None
    return None


def read_delimited(file: ExportFile, source: Source, refused: str | None = None) -> RawTable:
    """Return the rows of a comma-, tab- or semicolon-separated file, whatever its encoding.

    The fast reader is tried first, unless it has `refused` the same bytes in this encoding.

    The header may stand below title rows or a `sep=,` line. Raises `InputError` when the structure
    is broken or a required column missing, `EncodingError` when the bytes or the header do not
    fit the encoding.
    """
    text = read_encoding(file, source)
    head = text.content[:HEAD].decode(text.codec, "ignore")  # the cut may split a character
    layout = _layout_of(file, source, text, head)
    if refused == text.encoding:
        return read_exact(file, source, text, layout)
    opened = _text_of(file, source, text, layout, rows_below(head, layout))
    try:
        indexes = [read_span(opened, span, source)[1] for span in opened.spans(scan_all=True)]
    except NotSimple:
        return read_exact(file, source, text, layout)
    if too_many_empty(sum(index.empty for index in indexes)):
        return read_exact(file, source, text, layout)
    return TextTable(opened, source, tuple(indexes))


def _candidates(file: ExportFile, head: bytes, mark: bytes) -> Sequence[str]:
    """Return the encodings to try in order; none where it is wrong as declared."""
    marked = MARKS.get(mark)
    if file.encoding is not None:
        declared = permitted_encoding(file.encoding)
        if declared == "utf-16" and marked != "utf-8":
            declared = marked
        return () if declared is None or marked not in {None, declared} else (declared,)
    if marked is not None:
        return (marked,)
    return ("iso2022_jp",) if ESCAPES.search(head) else _PLAIN


def _head_text(body: bytes, stored: str, *, whole: bool) -> str | None:
    """Return the first `HEAD` bytes of a file as text; None where they are not valid.

    Of what is transcoded the same is asked of as many bytes as make so many in UTF-8.
    """
    try:
        if stored in _PLAIN:  # it may end in mid-character
            return codecs.getincrementaldecoder(stored)().decode(body[:HEAD])
        if not whole:
            body = body[: line_end_before(body, stored, 0, len(body))]
        text = transcoded(body, stored)
    except (UnicodeDecodeError, BadByte):
        return None
    return text[:HEAD].decode("utf-8", "ignore") if whole or len(text) >= HEAD else None


def _reads(head: bytes, stored: str, file: ExportFile, source: Source) -> bool:
    return find_layout(decode_lossy(head, stored), source, file.headers) is not None


def _text_of(
    file: ExportFile, source: Source, text: EncodedText, layout: Layout, sample: Sample = ()
) -> OpenText:
    positions = column_positions(layout.cells, source, file.label, file.headers, sample)
    held = HeldContent(text.content)
    findings = repeated_findings(layout.cells, source, Place(file.label), file.headers)
    return OpenText(
        label=file.label,
        content=held,
        start=0,
        encoding=text.encoding,
        stored=text.codec,
        codec=text.codec,
        layout=layout,
        positions=positions,
        checked=True,
        findings=findings,
    )


def _layout_of(file: ExportFile, source: Source, text: EncodedText, head: str) -> Layout:
    layout = find_layout(head, source, file.headers)
    if layout is not None:
        return layout
    layout = nearest_layout(head, source, file.headers)
    # A broken quote can hide the header: then that is what has to be reported.
    check_records(file.label, text, layout.delimiter)
    if any(map(str.strip, layout.cells)) and not match_headers(layout.cells, source, file.headers):
        raise no_header(file.label, source)
    return layout
