"""A voices export in any encoding: read by the ladder, or refused by it."""

import pytest

from kpicli.base.errors import EncodingError
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.encoding import EncodedText, read_encoding

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
HEADER = "受付番号,受付日,内容\r\n"
ROW = "V1,2025/4/1,①㈱髙の声\r\n"


def read(content: bytes, encoding: str | None = None) -> EncodedText:
    """Run the ladder over `content`."""
    return read_encoding(ExportFile("/in/声.csv", "声.csv", HeldContent(content), encoding), SOURCE)


def refused(content: bytes, encoding: str | None = None) -> str:
    """Return the English message and hint with which `content` is refused."""
    with pytest.raises(EncodingError) as caught:
        read(content, encoding)
    error = caught.value
    assert error.hint is not None
    assert "声.csv" in error.message.ja
    assert "声.csv" in error.message.en
    return f"{error.message.en} | {error.hint.en}"
