"""The names of files of rows: by period and content, and found by them."""

from pathlib import Path

from kpicli.published.rows.names import row_file_name, row_files_in


def test_files_of_a_period(tmp_path: Path) -> None:
    """Files of other periods, of other names, and records are none."""
    own = row_file_name("2025-04..2025-09", "0123456789abcdef" * 4)
    assert own == "2025-04..2025-09.0123456789ab.parquet"
    others = ["2025-04.0123456789ab.parquet", "2025-04..2025-09.parquet", "2025-04..2025-09.json"]
    for name in (own, *others, "2025-04..2025-09.0123456789AB.parquet"):
        (tmp_path / name).touch()
    assert row_files_in(tmp_path, "2025-04..2025-09") == [own]
