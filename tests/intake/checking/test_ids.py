"""Ids that repeat, and ids in several spellings."""

from pathlib import Path

import pytest

from support.plain_files import ROWS, checked, findings


def test_ids(tmp_path: Path) -> None:
    """Ids that repeat are told with how many rows are wholly alike; spellings are put together."""
    rows = [*ROWS, ROWS[3], "V0008,2025/6/1,感謝,S001,9000", "V9,2025/6/2,感謝,S001,9000"]
    check = checked(tmp_path, *rows)
    assert findings(check) == [("D606", "受付番号", 2, 32), ("D607", "受付番号", 1, 34)]
    repeated, alike = check.faults
    assert (repeated.other and repeated.other.row, alike.other and alike.other.row) == (5, 10)
    assert repeated.detail_in("ja") == "すべての値が同じ行 1"


@pytest.mark.parametrize("pair", ["007 7", "7.0 7", "７ 7", "A7 a7", "K-07 K-7", "7\u200b 7"])
def test_spellings(tmp_path: Path, pair: str) -> None:
    """Zeros, `.0`, width, case and invisible signs make no other id."""
    one, other = pair.split(" ")
    check = checked(tmp_path, f"{one},東", f"{other},西", "88,東", header="番号,店舗")
    assert [f.kind.code for f in check.faults if f.kind.code == "D607"] == ["D607"]


@pytest.mark.parametrize("pair", ["1-12 11-2", "V10 V1", "100 1000", "0.5 5"])
def test_other_ids(tmp_path: Path, pair: str) -> None:
    """Ids that differ in more are two."""
    one, other = pair.split(" ")
    check = checked(tmp_path, f"{one},東", f"{other},西", "88,東", header="番号,店舗")
    assert [f.kind.code for f in check.faults if f.kind.code == "D607"] == []


def test_ids_that_may_repeat(tmp_path: Path) -> None:
    """Neither the customers of rows nor the records of a kintone table are found to repeat."""
    rows = [f"V{n},C{n // 3:03}" for n in range(30)]
    assert findings(checked(tmp_path, *rows, header="受付番号,お客様番号")) == []
    lines = [f"{'*' if n % 2 else ''},{n // 2 if n % 7 else n},2025/4/{n}" for n in range(1, 20)]
    header = "レコードの開始行,レコード番号,受付日"
    assert "D606" not in {f.kind.code for f in checked(tmp_path, *lines, header=header).faults}
