"""What people and systems really write: each is one case, final, as a CSV and as a workbook."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpicli.model.value import Status
from support.small_project import HEADERS, Project, accounted

USUAL = ("V1", "2025/4/1", "生保", "感謝", "", "")
ID, BASE, LINE, CATEGORY, OTHER = 0, 1, 2, 3, 5
DAYS = {
    "2025/4/1 午前9:05": date(2025, 4, 1),
    "2025/4/1 午後3時05分": date(2025, 4, 1),
    "2025年4月1日 9時05分": date(2025, 4, 1),
    "2025/4/1 9:05 AM": date(2025, 4, 1),
    "2025/4/1 11:59:59 pm": date(2025, 4, 1),
    "2025-04-01 14:59 UTC": date(2025, 4, 1),
    "2025-04-01 15:00 UTC": date(2025, 4, 2),
    "2025-04-01 23:59 JST": date(2025, 4, 1),
    "2025-04-01 23:59 GMT+9": date(2025, 4, 1),
    "2025-04-01T15:00:00Z": date(2025, 4, 2),
    "20250401235959": date(2025, 4, 1),
    "2025/4/ 1": date(2025, 4, 1),
    "R 7. 4. 1": date(2025, 4, 1),
    "2025/4/29(火・祝)": date(2025, 4, 29),
    "2025年4月1日現在": date(2025, 4, 1),
    "令和7年4月1日現在": date(2025, 4, 1),
    '="2025/4/1"': date(2025, 4, 1),
}
"""Cells of a date column, and the day that each means by hand."""


def from_csv(folder: Path, rows: list[list[str]], options: str = "") -> Project:
    """Return a project whose voices are a CSV of these rows, in the encoding of Excel."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    (folder / "v.csv").write_bytes(stream.getvalue().encode("cp932"))
    return _project(folder, "v.csv", options)


def from_workbook(folder: Path, rows: list[list[str]], options: str = "") -> Project:
    """Return a project whose voices are a workbook of these texts."""
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            if cell:
                book.worksheets[0].cell(number, place).value = cell
                book.worksheets[0].cell(number, place).data_type = "s"
    book.save(folder / "v.xlsx")
    return _project(folder, "v.xlsx", options)


def _project(folder: Path, file: str, options: str) -> Project:
    project = Project(folder)
    project.exports["voices"] = [f'{{ files = "{file}", covers = "2025-04..2025-09"{options} }}']
    return project


BOTH = pytest.mark.parametrize("written", [from_csv, from_workbook])
Written = Callable[..., Project]


def table(*rows: tuple[str, ...]) -> list[list[str]]:
    """Return rows below the header."""
    return [HEADERS["voices"].split(","), *map(list, rows)]


def with_cell(place: int, cell: str) -> tuple[str, ...]:
    """Return the usual row with another cell."""
    return tuple(cell if own == place else usual for own, usual in enumerate(USUAL))


@BOTH
@pytest.mark.parametrize("cell", DAYS)
def test_days(written: Written, cell: str, tmp_path: Path) -> None:
    """Read as the day that was counted out by hand, in the base date and in any other."""
    rows = table(with_cell(BASE, cell), ("V2", *USUAL[1:OTHER], cell))
    project = written(tmp_path, rows)
    dataset = project.load("voices")
    days = dataset.column("received_on").values, dataset.column("improved_on").values
    assert (set(days[0]), set(days[1])) == ({DAYS[cell], date(2025, 4, 1)}, {DAYS[cell]})
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (2, Status.OK, 0)


@BOTH
@pytest.mark.parametrize("place", [ID, BASE, LINE, CATEGORY, OTHER])
def test_cells_wrapped_as_formulas(written: Written, place: int, tmp_path: Path) -> None:
    """="…" is its text in every column, and in the header."""
    wrapped = f'="{USUAL[place] or "2025/5/1"}"'
    rows = table(with_cell(place, wrapped))
    rows[0] = [f'="{header}"' for header in rows[0]]
    project = written(tmp_path, rows)
    assert project.summarize("voices").items() == {"感謝": 1, "不満": 0, "要望": 0, "その他": 0}
    assert project.load("voices").faults == ()


@BOTH
@pytest.mark.parametrize("word", ["－", "未定", "不明", "***", "9999/12/31"])
def test_words_for_nothing(written: Written, word: str, tmp_path: Path) -> None:
    """Declared as blank they are blank, in an optional date as in a code."""
    options = f', blanks = ["{word}"]'
    rows = table(with_cell(OTHER, word), ("V2", "2025/4/1", word, "不満", "", word))
    project = written(tmp_path, rows, options)
    assert project.load("voices").faults == ()
    assert project.summarize("complaint_improvements").number() == 0
    assert project.summarize("voices").number() == 2


FOOTERS: dict[str, list[tuple[str, ...]]] = {
    "total with its count under the key": [("合計", "2件", "", "", "", "")],
    "total beside the key": [("", "合計", "2", "", "", "")],
    "subtotals": [("集計", "", "", "", "", ""), ("計", "2", "", "", "", ""), ("小計",)],
    "notes": [("",), ("以上",), ("※店舗の分を含む",)],
    "units": [("（番号）", "（日付）", "", "（区分）", "", "")],
    "header": [tuple(HEADERS["voices"].split(","))],
    "Salesforce": [
        ("",),
        ("Voices",),
        ("Copyright (c) 2000-2025 salesforce.com, inc.",),
        ("Confidential Information - Do Not Distribute",),
        ("作成者:  S001 2025/10/01 9:00",),
        ("Agency",),
    ],
}


@BOTH
@pytest.mark.parametrize("name", FOOTERS)
def test_rows_that_are_no_data(written: Written, name: str, tmp_path: Path) -> None:
    """Each is no data, and the figure is final."""
    rows = table(USUAL, ("V2", "2025/5/1", "損保", "不満"), *FOOTERS[name])
    project = written(tmp_path, rows)
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (2, Status.OK, 0)
    accounting = accounted(project.load("voices"))
    assert (accounting["usable"], accounting["not_data"]) == (2, len(FOOTERS[name]))


def test_end_of_file_sign_and_cells_left_out(tmp_path: Path) -> None:
    """What old programs write behind the last row, below rows whose last cells Excel left out."""
    header = HEADERS["voices"]
    text = f"{header}\r\nV1,2025/4/1,生保,感謝\r\nV2,2025/5/1,損保,不満,,\r\n\x1a"
    (tmp_path / "v.csv").write_bytes(text.encode("cp932"))
    project = _project(tmp_path, "v.csv", "")
    assert project.summarize("voices").number() == 2
    assert accounted(project.load("voices")) == {"read": 3, "usable": 2, "not_data": 1}


def rebuilt(content: bytes, edit: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """Return a workbook with every part renamed, edited or left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = edit(name, old.read(name))
            if part is not None:
                new.writestr(zipfile.ZipInfo(part[0]), part[1])
    return stream.getvalue()


def _strict(name: str, xml: bytes) -> tuple[str, bytes]:
    usual = b"http://schemas.openxmlformats.org/"
    xml = xml.replace(usual + b"spreadsheetml/2006/", b"http://purl.oclc.org/ooxml/spreadsheetml/")
    return name, xml.replace(
        usual + b"officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
    )


PACKAGES: dict[str, Callable[[str, bytes], tuple[str, bytes] | None]] = {
    "strict": _strict,
    "backslashes": lambda name, xml: (name.replace("/", "\\"), xml),
    "other case": lambda name, xml: (name.replace("worksheets", "Worksheets"), xml),
    "a part that nothing uses": lambda name, xml: None if "theme" in name else (name, xml),
    "no style": lambda name, xml: (name, re.sub(rb'(<c r="A2")', rb'\1 s=""', xml)),
}


@pytest.mark.parametrize("kind", PACKAGES)
def test_workbooks_of_other_programs(kind: str, tmp_path: Path) -> None:
    """Excel opens them all: so are they read."""
    project = from_workbook(tmp_path, table(USUAL, ("V2", "2025/5/1", "損保", "不満", "", "")))
    before = (tmp_path / "v.xlsx").read_bytes()
    after = rebuilt(before, PACKAGES[kind])
    assert after != rebuilt(before, lambda name, xml: (name, xml))
    (tmp_path / "v.xlsx").write_bytes(after)
    assert project.summarize("voices").number() == 2
    assert accounted(project.load("voices")) == {"read": 2, "usable": 2}


def test_numbers(tmp_path: Path) -> None:
    """Scores in every spelling: their sum is the one added up by hand."""
    cells = {"▲3": -3, "△3": -3, "(3)": -3, "（４）": -4, "12件": 12, "¥1,200": 1200, "￥80": 80}
    cells |= {"第1回": 1, "1回目": 1, "80点": 80, "12,300円": 12300, '="5"': 5, "−2": -2}
    rows = [
        ["R1", "2025/4/1", "制度", "ロープレ", f"S{number:03}", "1", cell, "合格"]
        for number, cell in enumerate(cells)
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([HEADERS["trainings"].split(","), *rows])
    (tmp_path / "t.csv").write_text(stream.getvalue(), "utf-8")
    project = Project(tmp_path).toml(
        '[kpi.points]\ntitle = "点数"\nsource = "trainings"\nmeasure = "sum"\nof = "score"\n'
    )
    project.exports["trainings"] = ['{ files = "t.csv", covers = "2025-04..2025-09" }']
    assert project.summarize("points").number() == sum(cells.values())
