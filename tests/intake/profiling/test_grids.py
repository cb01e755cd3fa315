"""Grids: the rows of a file as they stand, and where a row stands."""

from pathlib import Path

import openpyxl
import pytest

from kpicli.base.faults import Place
from kpicli.intake.profiling.grids import grids_of
from kpicli.loaders.files.content import open_content


def test_places_in_a_text(tmp_path: Path) -> None:
    """A row has its number, and the line on which it begins; a `sep=` line is none."""
    file = tmp_path / "a.csv"
    file.write_text('sep=,\n番号,内容\nV1,"二\n行"\nV2,x\n', encoding="utf-8")
    (grid,) = grids_of(open_content(file, "x"), "a.csv")
    assert (grid.header, len(grid.rows)) == (0, 3)
    assert grid.place(2, "内容") == Place("a.csv", None, 3, 5, "内容")
    assert grid.place() == Place("a.csv")


def test_places_in_a_sheet(tmp_path: Path) -> None:
    """A row has the number that the sheet shows; hidden rows and merged columns are known."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["店舗", "番号"], ["東", "V1"], [None, "V2"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    (grid,) = grids_of(open_content(tmp_path / "a.xlsx", "x"), "a.xlsx")
    assert grid.place(2) == Place("a.xlsx", "Sheet", 3)
    assert (set(grid.merged), set(grid.hidden), grid.rows[2][0]) == ({0}, {2}, "東")


GROUPS = {
    "by order": ("区分 ↑,番号,日,店舗", "生保,V1,1,東", ",V2,2,", "損保,V3,3,西", ",V4,4,東"),
    "in blocks": (
        *("区分,番号,日,店舗", "生保,V1,1,東", ",V2,2,", "小計,2,,"),
        *("損保,V3,3,西", ",V4,4,東", "小計,2,,"),
    ),
    "two levels": ("区分 ↑,店舗 ↑,番号,日", "生保,東,V1,1", ",,V2,2", "損保,西,V3,3", ",東,V4,4"),
}
FLAT = {
    "behind": ("番号,店舗,区分,日", "V1,東,生保,1", "V2,,,2", "V3,西,損保,3", "V4,東,,4"),
    "blanks": ("区分,番号,日", ",V1,1", "生保,V2,2", "小計,2,", "損保,V3,3", ",V4,4"),
    "one block": ("区分,番号,日", "生保,V1,1", ",V2,2", "損保,V3,3", "合計,3,"),
    "no groups": ("区分 ↑,番号,日", "生保,V1,1", "生保,V2,2", "損保,V3,3"),
}


@pytest.mark.parametrize("name", GROUPS)
def test_names_of_groups(tmp_path: Path, name: str) -> None:
    """Rows below the first of a group have its name; a line of one cell is in no group."""
    lines = (*GROUPS[name], "Copyright (c)")
    (tmp_path / "a.csv").write_text("\n".join((*lines, "")), encoding="utf-8")
    (grid,) = grids_of(open_content(tmp_path / "a.csv", "x"), "a.csv")
    assert set(grid.grouped) == ({0, 1} if name == "two levels" else {0})
    kinds = [row[0] for row in grid.rows[1:] if row[0] in ("生保", "損保")]
    assert kinds == ["生保", "生保", "損保", "損保"]
    assert grid.rows[-1] == ["Copyright (c)"]


@pytest.mark.parametrize("name", FLAT)
def test_blanks_that_are_no_names_of_groups(tmp_path: Path, name: str) -> None:
    """A column that may be blank stays as it is."""
    (tmp_path / "a.csv").write_text("\n".join((*FLAT[name], "")), encoding="utf-8")
    (grid,) = grids_of(open_content(tmp_path / "a.csv", "x"), "a.csv")
    assert (set(grid.grouped), [",".join(map(str, row)) for row in grid.rows]) == (
        set(),
        [*FLAT[name]],
    )
