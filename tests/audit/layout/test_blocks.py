"""Where tables stand in a sheet."""

import pytest

from kpicli.audit.layout.blocks import find_blocks
from kpicli.audit.layout.lines import Block
from kpicli.audit.table import Table, squared


def blocks(text: str) -> tuple[Block, ...]:
    """Return the tables of a text with `|` between its cells."""
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    return find_blocks(Table(squared(rows, "t")))


def labels(block: Block) -> tuple[list[str], list[str]]:
    """Return what rows and columns of a table are called."""
    return [line.label for line in block.rows], [line.label for line in block.columns]


def test_a_title_units_header_and_notes() -> None:
    """They are no rows of the table; a row of units says what the columns are in."""
    text = "表1 受付||\n||（4月現在）\n区分|件数|金額\n|件|千円\nA|1|2\nB|3|4\n注) 速報値|\n"
    (block,) = blocks(text)
    assert labels(block) == (["A", "B"], ["件数", "金額"])
    assert [line.unit for line in block.columns] == ["件", "千円"]


@pytest.mark.parametrize(
    ("header", "first"),
    [("月|件数", "4月"), ("年|件数", "4年"), ("No.|件数", "4"), ("団体コード|件数", "4")],
)
def test_a_first_column_of_numbers(header: str, first: str) -> None:
    """It names the rows, with its header's unit."""
    (block,) = blocks(f"{header}\n4|10\n5|12\n9|13\n")
    assert labels(block)[0][0] == first
    assert labels(block)[1] == ["件数"]


def test_a_number_beside_a_name() -> None:
    """A column of numbers or codes names nothing where another does."""
    (block,) = blocks("No.|コード|店|件数\n1|101|A|10\n2|102|B|12\n")
    assert labels(block) == (["A", "B"], ["件数"])


def test_group_heads() -> None:
    """A head over several columns goes on where it is left blank; English below says no more."""
    text = "区分|件数||割合|\n|新規|更新|新規|更新\nA|1|2|3|4\n"
    assert labels(blocks(text)[0])[1] == ["件数 新規", "件数 更新", "割合 新規", "割合 更新"]
    text = "区分|総数|男|女\nItem|Total|Male|Female\nA|3|1|2\n"
    assert labels(blocks(text)[0])[1] == ["総数", "男", "女"]


def test_what_parts_tables() -> None:
    """Another header below a blank row, a blank column before names, another header in between."""
    assert len(blocks("区分|件数\nA|1\n\n種目|金額\nB|2\n")) == 2
    assert len(blocks("生保|件数||損保|件数\nA|1||B|2\n")) == 2
    assert len(blocks("区分|件数\nA|1\n種目|金額\nB|2\n")) == 2


def test_what_does_not_part_a_table() -> None:
    """A gap, a page break, a list folded into two, a blank column between figures."""
    assert labels(blocks("区分|件数\nA|1\n\n合計|1\n")[0])[0] == ["A", "合計"]
    assert labels(blocks("区分|件数\nA|1\n区分|件数\n合計|1\n")[0])[0] == ["A", "合計"]
    assert labels(blocks("県|件数|県|件数\nA|1|B|2\n||合計|3\n")[0])[0] == ["A", "B", "合計"]
    assert labels(blocks("区分|4月||5月\nA|1||2\n")[0])[1] == ["4月", "5月"]


def test_headings_between_rows() -> None:
    """A row without figures heads those below it; a title heads those of its piece."""
    (block,) = blocks("区分|4月|5月\n生保||\nA|1|2\n損保||\nB|3|4\n")
    assert [(line.label, line.section) for line in block.rows] == [("生保 A", 1), ("損保 B", 2)]
    text = "【生保】||\n区分|4月|5月\nA|1|2\n||\n【損保】||\n区分|4月|5月\nB|3|4\n"
    (block,) = blocks(text)
    assert [line.label for line in block.rows] == ["【生保】 A", "【損保】 B"]
    (block,) = blocks("区分|4月|5月\n声|3|4\n（内訳）||\nA|1|2\nB|2|2\n")
    assert [(line.depth, line.breakdown) for line in block.rows] == [
        (0, False),
        (1, True),
        (1, True),
    ]


def test_no_table() -> None:
    """Texts alone, and nothing, are none."""
    assert blocks("名前|住所\nA|東\n") == ()
    assert find_blocks(Table(())) == ()
