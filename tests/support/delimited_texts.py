"""A voices export as delimited text: its bytes, its cells row by row, and its spans."""

from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.files.content import HeldContent, read_all
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.delimited import open_text
from kpicli.loaders.text.spans import NotSimple, Span, spans
from kpicli.loaders.text.text_block import read_span
from kpicli.loaders.text.text_table import TextTable
from kpicli.loaders.text.transcoding import outline, unit_size

SOURCE = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "category": Column(headers=("声の区分",), type="code", codes="category"),
        "content": Column(headers=("内容",), type="free_text"),
        "score": Column(headers=("点数",), type="number"),
    },
)
NAMES = ["受付番号", "受付日", "声の区分", "内容", "備考"]


def export(content: bytes, encoding: str | None = None) -> ExportFile:
    """Return a file of these bytes, its encoding declared or not."""
    return ExportFile("/in/v.csv", "v.csv", HeldContent(content), encoding)


def column(table: RawTable, name: str) -> list[object]:
    """Return the cells of one column, row by row, which blocks and single rows agree on."""
    cells: list[object] = list(table.column_cells(range(table.rows), [name])[0])
    blocks = list(table.blocks(free_text=True))
    columns = [block.columns[name] for block in blocks]
    assert cells == [raw.distinct[int(code)] for raw in columns for code in raw.codes]
    return cells


def by_spans(file: ExportFile, size: int) -> TextTable:
    """Return the file read as it lies there, its rows in spans of `size` bytes or little more."""
    text = open_text(file, SOURCE)
    if text is None:  # of a wrong row below the header too: another reader has to say so
        raise NotSimple
    body = outline(read_all(file.content)[text.start :], text.stored)
    header = body.find(b"\n") + 1 or len(body)
    rows = text.start + header * unit_size(text.stored)
    sign, stored = text.layout.delimiter, text.stored
    parts = [Span(text.start, rows), *spans(file.content, rows, sign, size, encoding=stored)]
    return TextTable(text, SOURCE, tuple(read_span(text, span, SOURCE)[1] for span in parts))
