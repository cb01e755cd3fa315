"""Which rows are no data."""

from pathlib import Path

import pytest

from support.small_project import Project, accounted, codes


@pytest.mark.parametrize(
    "row",
    [
        "",
        ",,,,,",
        " ,　,,,,",
        "合計,,,,,",
        ",合計,,120,,",
        ",,,小計,,",
        ",2025/4/1,生保,,総計,",
    ],
)
def test_blank_and_total_rows_are_no_data(row: str, tmp_path: Path) -> None:
    """A row with nothing in it, or without a key beside 合計, 小計 or 総計, is not counted."""
    dataset = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,", row]).load("voices")
    assert accounted(dataset) == {"read": 2, "usable": 1, "not_data": 1}
    assert codes(dataset) == {}


@pytest.mark.parametrize("row", ["V2,2025/4/1,生保,,合計,", "V2,2025/4/1,生保,感謝,小計,"])
def test_a_total_word_beside_a_key_is_data(row: str, tmp_path: Path) -> None:
    """A row that has its number is a row, whatever a cell says."""
    dataset = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,", row]).load("voices")
    assert accounted(dataset) == {"read": 2, "usable": 2}
