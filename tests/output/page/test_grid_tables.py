"""Tables of finished strings, as pages and texts have them."""

import pytest

from kpicli.base.wording import Text
from kpicli.output.page.document import Column, Line
from kpicli.output.page.grid_tables import Grid, across, markdown_table, plain_grid

NAMES = (Text("読込", "Read"), Text("対象月", "Months"))


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["1,650", "3"], True),
        (["129件", "0件"], True),
        (["178/252件 70.6%", "-"], True),
        (["", "-"], True),
        (["2024-04..2025-09", "3"], False),
        (["要確認", ""], False),
    ],
)
def test_columns_of_numbers_go_to_the_right(cells: list[str], right: bool) -> None:
    """With a unit, as a fraction, or missing, they are numbers still; a span of months is none."""
    lines = [Line(0, "a", (cell, "x")) for cell in cells]
    grid = plain_grid(Text("表", "Table"), Text("項目", "Figure"), NAMES, lines, "ja")
    assert [column.right for column in grid.columns] == [right, False]


def test_names_follow_the_language() -> None:
    """Of the caption, of the first column and of the others."""
    grid = plain_grid(Text("表", "Table"), Text("項目", "Figure"), NAMES, [], "en")
    assert (grid.caption, grid.item) == ("Table", "Figure")
    assert [column.name for column in grid.columns] == ["Read", "Months"]


def test_a_pipe_table() -> None:
    """What stands under a name is in its cell; parts have a dot for each level; signs are inert."""
    columns = (Column("value", "実績", right=True), Column("p", "前期", ("2024H2", "- 3/31")))
    lines = (Line(0, "a|b", ("1", "*x*")), Line(1, "部分", ("", "")))
    assert list(markdown_table(Grid("表", "項目", columns, lines), "ja")) == [
        "| 項目 | 実績 | 前期<br>2024H2<br>- 3/31 |",
        "| --- | ---: | --- |",
        "| a\\|b | 1 | \\*x\\* |",
        "| ・部分 |  |  |",
    ]
    assert across(["a", "b"]) == "| a | b |"
