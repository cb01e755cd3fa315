"""Periods in the names of files: nothing is edited month by month."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from kpicli.base.errors import InputError, SettingsError
from kpicli.model.value import Status
from support.command_line import process
from support.small_project import HEADERS, Project

ROW = "{},{},損保,不満,東,"


def project(folder: Path, files: dict[str, list[str]], pattern: str, options: str = "") -> Project:
    """Return a project whose voices are in files of these names, each with the days of rows."""
    number = 0
    for name, days in files.items():
        rows = [ROW.format(number := number + 1, day) for day in days]
        (folder / name).write_text("\n".join([HEADERS["voices"], *rows, ""]), encoding="utf-8")
    own = Project(folder)
    own.exports["voices"] = [f'{{ files = "{pattern}"{options} }}']
    return own


SPELLINGS = ["2025-04", "2025年4月", "令和7年4月", "2025-04-01..2025-04-30"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_says_what_its_file_covers(spelling: str, tmp_path: Path) -> None:
    """A month without rows is a zero where a file is of it, and no data where none is."""
    own = project(
        tmp_path, {f"声_{spelling}.csv": [], "声_2025-05.CSV": ["2025/5/2"]}, "声_{covers}.csv"
    )
    assert own.summarize("voices", "2025-04").number() == 0
    assert own.summarize("voices", "2025-05").number() == 1
    assert own.summarize("voices", "2025-06").value().status is Status.NO_DATA
    whole = own.summarize("voices", "2025Q1")
    assert (whole.number(), whole.value().status) == (1, Status.PARTIAL)


def test_a_pattern_may_be_wild_beside_the_period(tmp_path: Path) -> None:
    """What the wild part leaves is the period: a half, and the name of a shop before it."""
    files = {"東_店_2025H1.csv": ["2025/4/2"], "西_2025H1.csv": ["2025/9/30", "2025/9/30"]}
    own = project(tmp_path, files, "*_{covers}.csv")
    value = own.summarize("voices").value()
    assert (value.number, value.status) == (3, Status.OK)


def test_answers_that_are_kept_see_a_new_file(tmp_path: Path) -> None:
    """A file of another month that appears is read the next time."""
    own = project(tmp_path, {"声_2025-04.csv": ["2025/4/2"]}, "声_{covers}.csv")
    _ = own.config
    asked = ("summarize", "--kpi", "voices", "--period", "2025-05", "-f", "csv")
    first = process(*asked, folder=tmp_path)
    assert "no_data" in first.text, first.err
    _ = project(tmp_path, {"声_2025-05.csv": ["2025/5/2"]}, "声_{covers}.csv")
    assert ",1," in process(*asked, folder=tmp_path).text


def test_a_name_without_a_period_is_an_error(tmp_path: Path) -> None:
    """It names the file and what stands in the place of the period."""
    own = project(tmp_path, {"声_最新.csv": ["2025/4/2"]}, "声_{covers}.csv")
    with pytest.raises(InputError) as error:
        own.summarize("voices")
    assert "声_最新.csv: '最新' in its name is no period" in str(error.value)


@pytest.mark.parametrize(
    ("pattern", "options", "message"),
    [
        ("{covers}/声.csv", "", "{covers} stands once, in the name of a file"),
        ("{covers}_{covers}.csv", "", "{covers} stands once"),
        ("https://example.jp/{covers}.csv", "", "in the name of a file"),
        (
            "声_{covers}.csv",
            ', covers = "2025H1"',
            "the names of the files or sheets say what they cover",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    pattern: str, options: str, message: str, tmp_path: Path
) -> None:
    """A place where no period can stand is an error of the settings."""
    with pytest.raises(SettingsError) as error:
        project(tmp_path, {}, pattern, options).summarize("voices")
    assert message in str(error.value)


def test_the_end_of_a_name_fits_in_either_case(tmp_path: Path) -> None:
    """`*.csv` finds `A.CSV`; the rest of a name is kept to the letter."""
    files = {"A.CSV": ["2025/4/2"], "a.csv": ["2025/4/3"], "B.csv": ["2025/4/4"]}
    assert project(tmp_path, files, "[Aa].csv").summarize("voices", "2025-04").number() == 2


@pytest.mark.parametrize("name", ["声_2025-04.csv", "声_2025-04.CSV"])
def test_no_output_takes_the_place_of_such_a_file(name: str, tmp_path: Path) -> None:
    """A file that the pattern names is an input, and not written over."""
    _ = project(tmp_path, {name: ["2025/4/2"]}, "声_{covers}.csv").config
    before = (tmp_path / name).read_bytes()
    asked = ("summarize", "--kpi", "voices", "--period", "2025-04", "-f", "csv", "-o", name)
    assert process(*asked, folder=tmp_path).code == 2
    assert (tmp_path / name).read_bytes() == before


def book(folder: Path, sheets: dict[str, int]) -> None:
    """Write a workbook with a sheet of so many voices each, all of April 2025."""
    written, number = Workbook(), 0
    written.remove(written.worksheets[0])
    for name, rows in sheets.items():
        sheet = written.create_sheet(name)
        sheet.append(HEADERS["voices"].split(","))
        for _ in range(rows):
            sheet.append([f"V{(number := number + 1)}", "2025/4/2", "損保", "不満", "東", None])
    written.save(folder / "声.xlsx")


SHEETS = {"4月": 1, "5月": 2, "2025-06": 4, "集計": 8}


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ('"*月"', 3),
        ('["4月", "2025-06"]', 5),
        ('["*月", "集計"]', 11),
        ('"[45]月"', 3),
        ('"集計"', 8),
    ],
)
def test_several_sheets_are_read(sheet: str, rows: int, tmp_path: Path) -> None:
    """A list, or all that fit a pattern, each a file of its own in the accounting."""
    book(tmp_path, SHEETS)
    own = Project(tmp_path)
    own.exports["voices"] = [f'{{ files = "声.xlsx", covers = "2025-04", sheet = {sheet} }}']
    result = own.summarize("voices", "2025-04")
    assert result.number() == rows
    assert sum(file.accounting.read for file in result.summary.files) == rows


def test_a_sheet_says_what_it_covers(tmp_path: Path) -> None:
    """`{covers}` in the name of a sheet is the period of that sheet."""
    book(tmp_path, {"R7.4": 1, "令和7年5月": 0})
    own = Project(tmp_path)
    own.exports["voices"] = ['{ files = "声.xlsx", sheet = "令和{covers}" }']
    with pytest.raises(InputError):  # 7年5月 is no period
        own.summarize("voices", "2025-05")
    book(tmp_path, {"記録2025-04": 1, "記録2025-05": 0})
    own.exports["voices"] = ['{ files = "声.xlsx", sheet = "記録{covers}" }']
    assert own.summarize("voices", "2025-05").number() == 0
    assert own.summarize("voices", "2025-06").value().status is Status.NO_DATA


def test_a_pattern_that_no_sheet_fits_is_an_error(tmp_path: Path) -> None:
    """It lists the sheets that there are."""
    book(tmp_path, SHEETS)
    own = Project(tmp_path)
    own.exports["voices"] = ['{ files = "声.xlsx", sheet = "*年" }']
    with pytest.raises(InputError) as error:
        own.summarize("voices", "2025-04")
    assert "Sheets: 4月、5月、2025-06、集計" in str(error.value)
