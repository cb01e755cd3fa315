"""The header and the rows of a file as it stands."""

from pathlib import Path

from support.plain_files import HEADER, ROWS, checked, findings


def test_rows(tmp_path: Path) -> None:
    """Totals, headers once more, short, long and lone rows are found; none of data is left out."""
    rows = [*ROWS[:10], HEADER, "東京支店", *ROWS[10:20], "合計,,,,20", *ROWS[20:]]
    rows[3] += ",余り"
    rows[4] = "V0005,2025/4/5,感謝"
    check = checked(tmp_path, *rows)
    assert findings(check) == [
        ("D603", None, 1, 5),
        ("D316", None, 1, 12),
        ("D317", None, 1, 6),
        ("D333", None, 1, 24),
        ("D608", None, 1, 13),
    ]
    assert check.rows == 30  # 東京支店 alone is a note
    assert check.faults[0].detail_in("en") == "6 cells, the header has 5"
