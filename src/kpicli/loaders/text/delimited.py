"""Opening a text file (CSV, TSV) for the fast reader, or reading it whole where that may not.

The fast reader takes what is plainly UTF-8 or cp932 with exact quoting, span by span. All else is
read as a whole: the encoding ladder, then the exact reader, which also says what is wrong.
"""

import codecs
from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.errors import InputError
from kpicli.base.faults import Place
from kpicli.catalog.sources import Source
from kpicli.loaders.cells.column_positions import Sample, column_positions, repeated_findings
from kpicli.loaders.cells.headers import match_headers
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.encoding import MARKS, EncodedText, read_encoding
from kpicli.loaders.text.exact_reader import check_records, read_exact
from kpicli.loaders.text.layout import HEAD, Layout, find_layout, nearest_layout, rows_below
from kpicli.loaders.text.row_width import too_many_empty
from kpicli.loaders.text.spans import NotSimple, spans
from kpicli.loaders.text.structure_errors import no_header
from kpicli.loaders.text.text_block import OpenText, read_span
from kpicli.loaders.text.text_table import TextTable
from kpicli.loaders.text.transcoding import permitted_encoding

_PLAIN = ("utf-8", "cp932")


def open_text(file: ExportFile, source: Source) -> OpenText | None:
    """Return the file with its header found, by its first bytes; None where they are not plain.

    That the rest is plain too is for the reader of its spans to find.
    """
    head = file.content.read(0, HEAD + len(codecs.BOM_UTF8))
    mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
    if MARKS.get(mark, "utf-8") != "utf-8" or b"\x1b" in head:
        return None
    for codec in _candidates(file, marked=bool(mark)):
        text = _decoded(head[len(mark) :][:HEAD], codec)
        layout = None if text is None else find_layout(text, source, file.headers)
        if layout is not None:
            encoding = "utf-8-sig" if mark else codec
            encoded = EncodedText(encoding, b"", "cp932" if codec == "cp932" else "utf-8")
            try:
                opened = _text_of(file, source, encoded, layout)
            except InputError:  # what is wrong with its bytes has to be reported first
                return None
            return replace(opened, content=file.content, start=len(mark), checked=False)
        if text is not None:
            return None
    return None


def read_delimited(file: ExportFile, source: Source, refused: str | None = None) -> RawTable:
    """Return the rows of a comma-, tab- or semicolon-separated file, whatever its encoding.

    The fast reader is tried first, unless it has `refused` the same bytes in this codec.

    The header may stand below title rows or a `sep=,` line. Raises `InputError` when the structure
    is broken or a required column missing, `EncodingError` when the bytes or the header do not
    fit the encoding.
    """
    text = read_encoding(file, source)
    head = text.content[:HEAD].decode(text.codec, "ignore")  # the cut may split a character
    layout = _layout_of(file, source, text, head)
    if refused == text.codec and not text.transcoded:
        return read_exact(file, source, text, layout)
    opened = _text_of(file, source, text, layout, rows_below(head, layout))
    try:
        indexes = [
            read_span(opened, span, source)[1]
            for span in spans(opened.content, 0, layout.delimiter, scan_all=True)
        ]
    except NotSimple:
        return read_exact(file, source, text, layout)
    if too_many_empty(sum(index.empty for index in indexes)):
        return read_exact(file, source, text, layout)
    return TextTable(opened, source, tuple(indexes))


def _candidates(file: ExportFile, *, marked: bool) -> Iterator[str]:
    if file.encoding is not None:
        declared = permitted_encoding(file.encoding)
        if declared in _PLAIN and not (marked and declared != "utf-8"):
            yield declared
        return
    yield "utf-8"
    if not marked:
        yield "cp932"


def _decoded(head: bytes, codec: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(codec)().decode(head)  # it may end in mid-character
    except UnicodeDecodeError:
        return None


def _text_of(
    file: ExportFile, source: Source, text: EncodedText, layout: Layout, sample: Sample = ()
) -> OpenText:
    positions = column_positions(layout.cells, source, file.label, file.headers, sample)
    held = HeldContent(text.content)
    findings = repeated_findings(layout.cells, source, Place(file.label), file.headers)
    return OpenText(
        file.label, held, 0, text.encoding, text.codec, layout, positions, True, findings
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
