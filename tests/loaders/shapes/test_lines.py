"""The lines of a file before they make rows."""

import pytest

from kpicli.base.errors import InputError
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.shapes.lines import Lines, read_lines
from kpicli.loaders.text.delimited import read_delimited
from kpicli.settings.tables.shapes import Shape, Unpivot

SOURCE = Source(
    id="monthly",
    title="月次",
    key=("area", "shop", "month"),
    rhythm="continuous",
    columns={
        "area": Column(headers=("地区",), type="text"),
        "shop": Column(headers=("店舗",), type="id", required=True),
        "month": Column(headers=("月",), type="month", required=True),
        "count": Column(headers=("件数",), type="number", required=True),
    },
)


def lines(text: str, *patterns: str, filled: tuple[str, ...] = ()) -> Lines:
    """Return the lines of a text whose columns of these patterns are unpivoted."""
    file = ExportFile("/月次.csv", "月次.csv", HeldContent(text.encode()))
    unpivot = Unpivot(columns=patterns, name="month", value="count") if patterns else None
    return read_lines(file, SOURCE, Shape(unpivot, filled), read_delimited)


def test_every_unpivoted_column_is_one() -> None:
    """They have the type of the value, and the names that their headers make; others stay."""
    read = lines("月次\n件数,地区,店舗,4月,5月分,合計\n9,東,A,1,x,1\n", "*月", "{name}分", "合計")
    assert list(read.names.values()) == ["4月", "5月"]
    assert read.totals == ("合計",)
    columns = read.source.columns
    assert {name: columns[name].type for name in columns} == {
        "area": "text",
        "shop": "id",
        "*1": "number",
        "*2": "number",
    }
    assert read.table.positions == {"area": 1, "shop": 2, "*1": 3, "*2": 4}
    assert read.table.title_rows == 1


def test_what_tells_lines_apart() -> None:
    """The columns of the key that neither are made nor filled; lines have no date of their own."""
    text = "地区,店舗,4月\n東,A,1\n"
    assert lines(text, "*月").source.key == ("area", "shop")
    assert lines(text, "*月", filled=("area",)).source.key == ("shop",)
    assert lines(text, "*月", filled=("area", "shop")).source.key == ()
    assert lines(text, "*月").source.base_date is None
    assert lines("店舗,月,件数\nA,2025年4月,1\n").source.base_date == "month"
    assert lines("店舗,月,件数\nA,2025年4月,1\n", filled=("month",)).source.base_date is None


def test_the_header_needs_a_column_that_fits() -> None:
    """A row that has the other columns alone is a title; without any such row that is said."""
    read = lines("店舗,一覧\n店舗,4月\nA,1\n", "*月")
    assert read.table.title_rows == 1
    with pytest.raises(InputError, match="no column fits the columns"):
        lines("店舗,備考\nA,1\n", "*月")
    with pytest.raises(InputError, match="the required column '店舗'"):
        lines("店,4月\nA,1\n", "*月")
