from collections.abc import Sequence

from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.workbook.header_rows import Header, find_header, nearest_header
from kpicli.loaders.workbook.sheet_cells import CellColumn, Merge, SheetCells, StoredCell

VOICES = Source(
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "category": Column(headers=("声の区分", "区分"), type="text", required=True),
        "improved_on": Column(headers=("改善日",), type="date"),
        "insurer_improved_on": Column(headers=("保険会社改善日",), type="date"),
    },
)
FULL = ["受付番号", "受付日", "声の区分"]
ROW: list[str | None] = ["V1", "2025/4/1", "感謝", "2025/5/1"]


def cells(
    *rows: Sequence[str | None], merges: tuple[tuple[int, int, int, int], ...] = ()
) -> SheetCells:
    """Return the sheet of these rows; a merge is left, top, right, bottom."""
    filled: dict[int, dict[int, StoredCell]] = {}
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell is not None:
                filled.setdefault(column, {})[number] = StoredCell(cell)
    columns = {
        column: CellColumn.of([*own], range(len(own)), [*own.values()])
        for column, own in filled.items()
    }
    return SheetCells(columns, merges=[Merge(*merge) for merge in merges])


def found(sheet: SheetCells) -> tuple[int, int, dict[str, list[int]]]:
    """Return the first and last row of the header that must be there, and its columns."""
    header = find_header(sheet, VOICES)
    assert isinstance(header, Header)
    return header.top, header.bottom, header.positions


PLAIN = {"voice_id": [0], "received_on": [1], "category": [2]}


def test_header_below_titles() -> None:
    """The header is found below title rows, blank ones among them, down to row 30."""
    assert found(cells([*FULL], ROW)) == (1, 1, PLAIN)
    assert found(cells(["2025年度"], [], [*FULL], ROW)) == (3, 3, PLAIN)
    assert found(cells(*[["題"]] * 29, [*FULL], ROW))[:2] == (30, 30)
    assert find_header(cells(*[["題"]] * 30, [*FULL], ROW), VOICES) is None


def test_repeated_header() -> None:
    """Where a header is repeated for print, the first one counts."""
    assert found(cells([*FULL], ROW, [*FULL], ROW))[:2] == (1, 1)


def test_line_breaks() -> None:
    """A line break within a header cell does not keep it from being known."""
    assert found(cells(["受付\n番号", "受付日", "声の \r\n区分"], ROW)) == (1, 1, PLAIN)


def test_two_rows() -> None:
    """A header over two rows is found where no single row has all that is required."""
    sheet = cells(["受付番号", "受付日", None], [None, None, "区分"], ROW)
    assert found(sheet) == (1, 2, PLAIN)


def test_merged_parents() -> None:
    """Under a merged parent a column goes by parent and child where both together are known."""
    sheet = cells(
        ["お客様の声"],
        ["受付番号", "受付", None, "保険会社", None, "区分"],
        [None, "受付日", "担当", "改善日", "報告"],
        merges=((1, 1, 6, 1), (1, 2, 1, 3), (2, 2, 3, 2), (4, 2, 5, 2), (6, 2, 6, 3)),
    )
    columns = {"voice_id": [0], "received_on": [1], "category": [5], "insurer_improved_on": [3]}
    assert found(sheet) == (2, 3, columns)
    header = find_header(sheet, VOICES)
    assert header is not None
    assert header.labels == (
        "受付番号",
        "受付日",
        "受付 担当",
        "保険会社 改善日",
        "保険会社 報告",
        "区分",
    )


def test_parent_over_a_complete_row() -> None:
    """A merged parent above a row that is complete in itself still gives its meaning."""
    sheet = cells([None, None, None, "保険会社"], [*FULL, "改善日", "報告"], merges=((4, 1, 5, 1),))
    assert found(sheet) == (1, 2, {**PLAIN, "insurer_improved_on": [3]})


def test_children_below_a_complete_row() -> None:
    """Columns that stand below a merged parent of a complete row belong to the header."""
    sheet = cells([*FULL, "保険会社"], [None, None, None, "改善日"], ROW, merges=((4, 1, 5, 1),))
    assert found(sheet) == (1, 2, {**PLAIN, "insurer_improved_on": [3]})


def test_cells_merged_downwards() -> None:
    """Header cells merged over two rows leave no half header among the data."""
    sheet = cells([*FULL], [], ROW, merges=((1, 1, 1, 2), (2, 1, 2, 2), (3, 1, 3, 2)))
    assert found(sheet) == (1, 2, PLAIN)


def test_merges_that_mean_nothing() -> None:
    """A title over the whole width, and a side cell merged far down, do not move the header."""
    sheet = cells(["題"], [*FULL, "備考"], ROW, ROW, merges=((1, 1, 4, 1), (4, 2, 4, 40)))
    assert found(sheet) == (2, 2, PLAIN)
    sheet = cells([*FULL, "備考"], ROW, merges=((4, 1, 6, 1), (5, 2, 6, 2)))
    assert found(sheet) == (1, 1, PLAIN)


def test_spellings_of_the_settings() -> None:
    """Headers that the settings add are known like the catalogue's own."""
    sheet = cells(["受付番号", "受付日", "種類"], ROW)
    assert find_header(sheet, VOICES) is None
    assert find_header(sheet, VOICES, {"category": ("種類",)}) is not None


def test_nearest_header() -> None:
    """The row with most known headers is the one that a message speaks of."""
    sheet = cells(["題"], ["受付番号", "受付日", "種類"], ROW)
    assert nearest_header(sheet, VOICES).labels == ("受付番号", "受付日", "種類")
    assert nearest_header(SheetCells({}), VOICES).labels == ()
