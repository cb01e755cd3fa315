"""A voices export read by the exact reader, or refused by it."""

import pytest

from kpicli.base.errors import InputError
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.raw_table import HeldTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.encoding import EncodedText
from kpicli.loaders.text.exact_reader import read_exact
from kpicli.loaders.text.layout import find_layout

SOURCE = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "content": Column(headers=("内容",), type="free_text"),
    },
)
HEADER = "受付番号,受付日,内容\n"


def read(body: str, header: str = HEADER) -> HeldTable:
    """Read `header` and `body` as a cp932 file with the exact reader."""
    text = EncodedText("cp932", (header + body).encode("cp932"), "cp932")
    layout = find_layout(header + body, SOURCE)
    assert layout is not None
    return read_exact(ExportFile("/in/v.csv", "v.csv", HeldContent(b"")), SOURCE, text, layout)


def refused(body: str, header: str = HEADER) -> str:
    """Return the English message with which the file is refused."""
    with pytest.raises(InputError) as caught:
        read(body, header)
    error = caught.value
    assert error.hint is not None
    assert (error.message.ja + error.hint.ja).encode("cp932")
    assert error.message.ja.startswith("v.csv: ")
    return error.message.en
