"""Which lines are data, and what the others are."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest

from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.columns import ColumnReaders
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.shapes.known_lines import KnownLines, known_lines
from kpicli.loaders.shapes.lines import read_lines
from kpicli.loaders.text.delimited import read_delimited
from kpicli.settings.tables.shapes import Shape

SOURCE = Source(
    id="sales",
    title="記録",
    key=("area", "staff", "on"),
    rhythm="continuous",
    columns={
        "area": Column(headers=("地区",), type="text"),
        "staff": Column(headers=("担当",), type="id", required=True),
        "on": Column(headers=("日付",), type="date", required=True),
        "note": Column(headers=("内容",), type="free_text"),
    },
)


def known(shape: Shape, *lines: str) -> KnownLines:
    """Return what is known of lines below the header."""
    content = "\n".join(("地区,担当,日付,内容", *lines, "")).encode()
    file = ExportFile("/a.csv", "a.csv", HeldContent(content))
    readers = ColumnReaders(SOURCE, SourceTables(), ZoneInfo("Asia/Tokyo"), {})
    read = read_lines(file, SOURCE, shape, read_delimited)
    return known_lines(read, readers, shape, "a.csv")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",S002,2025/4/2,", None),
        (",,,", ""),
        ("西,,,", "D333"),
        (",小計,,3", "D333"),
        ("東,合計,,3", "D333"),
        ("東計,,,3", "D333"),
        ("地区,担当,日付,内容", "D316"),
        ("※この表は速報です,,,", "D315"),
        (",全店計,2025/4/2,", "D338"),
    ],
)
def test_lines_of_groups(line: str, code: str | None) -> None:
    """Only a line of data takes the group's name; all others but blank ones are told."""
    made = known(Shape(filled=("area",)), "東,S001,2025/4/1,", line, ",S009,2025/4/9,")
    is_data = code in (None, "D338")
    assert made.data.tolist() == [True, is_data, True]
    below = {"西,,,": 1, "地区,担当,日付,内容": 2}.get(line, 0)  # a header parts two tables
    assert made.origins["area"].tolist() == [0, 0 if is_data else 1, below]
    told = [(kind.code, rows.tolist()) for kind, rows in made.remarks if len(rows)]
    assert told == ([(code, [1])] if code else [])


@pytest.mark.parametrize(
    ("lines", "data", "code"),
    [
        (("東,S1,2025/4/1,a", ",,,b", ",,,"), [True, True, False], None),
        (("東,S1,2025/4/1,合計", ",,,※注"), [True, True], None),
        (
            ("東,S1,2025/4/1,a", "地区,担当,日付,内容", "西,S2,2025/4/2,b"),
            [True, False, True],
            "D316",
        ),
    ],
)
def test_lines_of_tables(lines: Sequence[str], data: list[bool], code: str | None) -> None:
    """A line with a cell of the table is data, whatever it says; one without any is none."""
    made = known(Shape(parents=("area", "staff")), *lines)
    told = [(kind.code, rows.tolist()) for kind, rows in made.remarks if len(rows)]
    assert made.data.tolist() == data
    assert [own for own, _ in told] == ([code] if code else [])


def test_lines_of_records() -> None:
    """Where the record is the key its first line alone is a row, and the others are told."""
    made = known(
        Shape(parents=("area", "staff", "on")), "東,S1,2025/4/1,", ",,,b", "東,S2,2025/4/1,c"
    )
    assert made.data.tolist() == [True, False, True]
    told = [(kind.code, rows.tolist()) for kind, rows in made.remarks if len(rows)]
    assert told == [("D335", [1])]
    assert made.numbers is not None
    assert made.numbers.tolist() == [1, 2, 1]
