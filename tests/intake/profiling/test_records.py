"""Records with a table in them: which columns are the records', and the rows of either kind."""

import csv
import io
from pathlib import Path

import pytest

from kpicli.intake.profiling.grids import grids_of, tables_of
from kpicli.intake.profiling.records import records_of
from kpicli.intake.profiling.tables import data_rows
from kpicli.loaders.files.content import open_content

HEADER = "レコードの開始行,受付番号,受付日,対応日,対応者"


def written(folder: Path, *lines: str) -> Path:
    """Write lines below the header of an app with a table, and return the file."""
    file = folder / "a.csv"
    file.write_text("\n".join((HEADER, *lines, "")), encoding="utf-8")
    return file


def test_records_and_lines(tmp_path: Path) -> None:
    """A record is its first line; a line has the cells of its record, and one without any is none.

    The cells are those that csv reads.
    """
    lines = ("*,V1,2025/4/1,2025/4/2,S1", ",,,2025/4/3,S2", "*,V2,2025/5/1,,", "*,V3,2025/5/2,,S1")
    file = written(tmp_path, *lines)
    (grid,) = grids_of(open_content(file, "x"), "a.csv")
    records = records_of(grid, data_rows(grid))
    assert records is not None
    assert set(records.parents) == {1, 2}
    read = list(csv.reader(io.StringIO("\n".join(lines))))
    firsts = [row for row in read if row[0] == "*"]
    assert [list(row) for row in records.records] == firsts
    assert [row[1:] for row in records.lines] == [
        ["V1", "2025/4/1", "2025/4/2", "S1"],
        ["V1", "2025/4/1", "2025/4/3", "S2"],
        ["V3", "2025/5/2", "", "S1"],
    ]


def test_records_that_are_repeated(tmp_path: Path) -> None:
    """A line that says what its record says, as some exports do, continues it all the same."""
    blank = written(tmp_path, "*,V1,2025/4/1,2025/4/2,S1", ",,,2025/4/3,S2", "*,V2,2025/5/1,,")
    (grid,) = grids_of(open_content(blank, "x"), "a.csv")
    known = records_of(grid, data_rows(grid))
    again = written(
        tmp_path, "*,V1,2025/4/1,2025/4/2,S1", ",V1,2025/4/1,2025/4/3,S2", "*,V2,2025/5/1,,"
    )
    (grid,) = grids_of(open_content(again, "x"), "a.csv")
    assert records_of(grid, data_rows(grid)) == known


def test_lines_that_say_what_their_record_says(tmp_path: Path) -> None:
    """What lines have that leave their record's cells blank is the table's, the same or not."""
    lines = ("*,V1,2025/4/1,2025/4/2,S1", ",,,2025/4/2,S1", "*,V2,2025/5/1,,")
    (grid,) = grids_of(open_content(written(tmp_path, *lines), "x"), "a.csv")
    records = records_of(grid, data_rows(grid))
    assert records is not None
    assert (set(records.parents), len(records.lines)) == ({1, 2}, 2)


def test_tables(tmp_path: Path) -> None:
    """The table of records has no column of the table in them; that of lines has all."""
    file = written(tmp_path, "*,V1,2025/4/1,2025/4/2,S1", ",,,2025/4/3,S2", "*,V2,2025/5/1,,")
    (table,) = tables_of(open_content(file, "x"), "a.csv")
    records, lines = table.rows_as
    assert (records.rows, records.headers, records.is_of_records) == (
        2,
        ("受付番号", "受付日"),
        True,
    )
    assert (lines.rows, lines.is_of_records) == (2, False)
    assert lines.headers == ("受付番号", "受付日", "対応日", "対応者")
    assert [column.distinct for column in lines.columns] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    "lines",
    [
        ("*,V1,2025/4/1,,", "*,V2,2025/4/2,2025/4/3,S1"),  # no record has a second line
        (",V1,2025/4/1,,", "*,V2,2025/4/2,,", ",,,2025/4/3,S1"),  # a line before any record
    ],
)
def test_each_line_a_record(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """Without lines that continue a record a table is one like any other."""
    (table,) = tables_of(open_content(written(tmp_path, *lines), "x"), "a.csv")
    assert (table.rows_as, table.parents) == ((), None)
