"""The sheets that a workbook lists."""

from typing import Literal

import pytest

from support.workbooks import read, refused, two_sheets, values


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets(state: Literal["hidden", "veryHidden"]) -> None:
    """A hidden sheet is told but read only when it is named; alone, it is never chosen."""
    book = two_sheets()
    book["団体"].sheet_state = state
    table = read(book)
    assert table.sheet == "Sheet"
    assert [(f.kind.code, f.detail) for f in table.findings] == [("D312", "団体")]
    assert values(read(book, "団体"), "voice_id") == ["V2"]
    book["Sheet"]["A1"] = "別の表"
    assert "only hidden sheets" in refused(book).message.en
