"""A column that stands in a file twice: no figure is guessed from it, and no run stops for it."""

import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from kpicli.base.errors import InputError
from kpicli.loaders.cells.column_positions import repeated_columns
from kpicli.model.value import Status
from support.delimited_texts import SOURCE
from support.small_project import Project

HEADER = "受付番号,受付日,商品区分,{0},チーム,{1}"
ROWS = ("V1,2025/4/1,生保,感謝,A,不満", "V2,2025/4/2,生保,感謝,B,感謝")


def project(folder: Path, kind: str, header: str, options: str = "") -> Project:
    """Return a project of two voices, as a CSV of either reader or as a workbook."""
    lines = (header, *ROWS)
    if kind == "xlsx":
        book = Workbook()
        for line in lines:
            book.worksheets[0].append(line.split(","))
        book.save(folder / "v.xlsx")
    else:
        (folder / f"v.{kind}").write_bytes(("\r" if kind == "txt" else "\n").join(lines).encode())
    made = Project(folder)
    made.exports["voices"] = [f'{{ files = "v.{kind}", covers = "2025-04..2025-09"{options} }}']
    return made


@pytest.mark.parametrize("kind", ["csv", "txt", "xlsx"])
@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [("声の区分", "声の区分", "声の区分#2"), ("区分", "種別", "種別")],
)
def test_a_kpi_that_needs_it_has_no_data_until_one_is_chosen(
    kind: str, first: str, second: str, chosen: str, tmp_path: Path
) -> None:
    """Both are named by number and letter; what is advised can be pasted, and takes the second."""
    made = project(tmp_path, kind, HEADER.format(first, second))
    (fault,) = (f for f in made.load("voices").faults if f.kind.code == "D320")
    places, added = fault.detail_in("ja").split("; ")
    assert (fault.place.column, places) == ("声の区分", "4 (D), 6 (F)")
    assert tomllib.loads(added) == {"headers": {"category": [chosen]}}
    answer = made.summarize("complaint_improvements")
    assert answer.value().status is Status.NO_DATA
    warned = [text.ja for text in answer.summary.kpis["complaint_improvements"].warnings]
    assert warned == [
        f"列「改善日」がありません: v.{kind}",
        f"列「声の区分」が二つ以上あり、どれも使えません(check の D320): v.{kind}",
    ]
    declared = project(tmp_path, kind, HEADER.format(first, second), f", {added}")
    assert declared.load("voices").faults == ()
    assert declared.summarize("voices").items() == {"感謝": 1, "不満": 1, "要望": 0, "その他": 0}


@pytest.mark.parametrize("kind", ["csv", "txt", "xlsx"])
def test_a_kpi_that_does_not_need_it_is_final(kind: str, tmp_path: Path) -> None:
    """チーム twice: the voices are all there."""
    made = project(tmp_path, kind, "受付番号,受付日,商品区分,声の区分,チーム,チーム")
    value = made.summarize("voices").value()
    assert (value.number, value.status) == (2, Status.OK)


@pytest.mark.parametrize("kind", ["csv", "txt", "xlsx"])
def test_a_required_column_stops_the_run(kind: str, tmp_path: Path) -> None:
    """Nothing of the file can be counted without its key: the error says how to choose."""
    made = project(tmp_path, kind, "受付番号,受付日,商品区分,声の区分,受付番号,チーム")
    with pytest.raises(InputError, match=r"columns 1 \(A\), 5 \(E\)") as caught:
        made.load("voices")
    assert caught.value.hint is not None
    assert 'headers = { voice_id = ["受付番号#2"] }' in caught.value.hint.en


@pytest.mark.parametrize("position", [0, 25, 26, 51, 52, 701, 702, 16_383])
def test_letters_are_those_of_a_spreadsheet(position: int) -> None:
    """A to Z, AA to ZZ, AAA to XFD."""
    cells = [*[""] * position, "点数", "点数"]
    told = repeated_columns(cells, SOURCE)["score"].partition(";")[0]
    numbers = (position + 1, position + 2)
    assert told == ", ".join(f"{number} ({get_column_letter(number)})" for number in numbers)
