"""Every command that a page for users shows runs, in the order shown, and prints what is shown."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

from kpicli.base.errors import ExitCode
from support.command_line import shell
from support.root import ROOT

JAPANESE = (
    *("first", "own", "form", "evidence", "audit", "publish", "mail"),
    *("scale", "exit-codes"),
)
PAGES = ("first", *(f"ja/{name}" for name in JAPANESE))
FIRST = "ja/first"
OWN_EXPORTS = "ja/own"
"""The page that begins with an export of its own, and without settings."""
EXPORTS = ("お客様の声_*.csv", "会議記録.csv")
STEP = re.compile(
    r"(?:^`([^`\n]+)`\n\n)?^```(sh|toml|csv)\n(.*?)^```(?:\n\n```text\n(.*?)^```)?",
    re.DOTALL | re.MULTILINE,
)
CELL = re.compile(r"^\| ([A-Z]\d+) \| `(.+)` \| (.+) \|$", re.MULTILINE)
LEFT_OUT = "(...)\n"


class Step(NamedTuple):
    """What a page does: it runs commands, adds to the settings, or has a file that it names."""

    file: str
    language: str
    text: str
    shown: str


def write_project(folder: Path) -> Path:
    """Write exports and a form into a folder, as the pages begin, and return it."""
    (folder / "exports").mkdir()
    for pattern in EXPORTS:
        for file in (ROOT / "sample_data").glob(pattern):
            shutil.copy(file, folder / "exports")
    assert len(list((folder / "exports").iterdir())) == 4
    book = Workbook()
    for cell, written, _ in cells():
        book.worksheets[0][cell] = written
    book.save(folder / "様式.xlsx")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder that holds nothing but exports and a form."""
    return write_project(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose settings are made as the first page does, its guesses confirmed."""
    folder = write_project(tmp_path_factory.mktemp("begun"))
    assert shell(next(steps(FIRST)).text, folder).code == ExitCode.FAULTY_ROWS  # guesses
    confirm(folder)
    return folder


def text(page: str) -> str:
    """Return a page as Markdown."""
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")


def steps(page: str) -> Iterator[Step]:
    """Give what a page does, in order."""
    yield from (Step(*found) for found in STEP.findall(text(page)))


def cells() -> list[tuple[str, str, str]]:
    """Return the cells of the form: its name, what is written there, and what comes there."""
    return CELL.findall(text("ja/form"))


def confirm(project: Path) -> None:
    """Take every guess out of the list of the settings, as the first page says."""
    file = project / "kpicli.toml"
    written, number = re.subn(
        r"^guesses = \[.*?^\]\n", "", file.read_text("utf-8"), flags=re.S | re.M
    )
    assert number <= 1
    file.write_text(written, encoding="utf-8")


def follow(page: str, project: Path) -> None:
    """Do what a page says; what it shows are whole lines of what is printed, in their order."""
    for file, language, written, shown in steps(page):
        if language == "csv":
            (project / file).write_text(written, encoding="utf-8")
            continue
        if language == "toml":  # the page says so: it is added to the settings
            with (project / "kpicli.toml").open("a", encoding="utf-8") as settings:
                settings.write(written)
            continue
        done = shell(f"exec 2>&1\n{written}", project)
        if " init " in written and "--yes" in written:
            confirm(project)
        told = re.search(r"# (?:終了コード|exit) (\d+)", written)
        assert (written, done.code) == (written, int(told[1]) if told else 0), done.text
        left = f"\n{done.text}"
        for piece in shown.split(LEFT_OUT):
            assert f"\n{piece}" in left
            left = "\n" + left.partition(f"\n{piece}")[2] if piece else left


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_shows(project: Path, begun: Path, page: str) -> None:
    """Each ends with the code it names, else 0, and prints what stands below it."""
    if page == OWN_EXPORTS:
        shutil.rmtree(project / "exports")
        (project / "exports").mkdir()
    elif page not in ("first", FIRST):
        shutil.copytree(begun, project, dirs_exist_ok=True)
    assert any(step.shown for step in steps(page))
    follow(page, project)


@pytest.mark.slow
def test_the_form_is_filled_as_its_page_says(begun: Path, tmp_path: Path) -> None:
    """Each cell of the table holds what stands beside it, numbers as numbers."""
    assert len(cells()) == 6
    project = shutil.copytree(begun, tmp_path / "project")
    follow("ja/form", project)
    sheet = load_workbook(project / "報告.xlsx").worksheets[0]
    filled = {cell: (type(sheet[cell].value), str(sheet[cell].value)) for cell, *_ in cells()}
    assert filled == {cell: (int if came.isdigit() else str, came) for cell, _, came in cells()}
    sheets = re.findall(
        r"^\| (\S+) \| .*\|$", text("ja/form").partition("| シート")[2], re.MULTILINE
    )
    assert load_workbook(project / "kpi.xlsx").sheetnames == sheets
    assert "クロス集計" in load_workbook(project / "月別.xlsx").sheetnames


def test_pages_on_commands_are_all_run() -> None:
    """Whatever page in Japanese shows a command is one of those that run."""
    pages = {file.stem: file.read_text("utf-8") for file in (ROOT / "docs" / "ja").glob("*.md")}
    assert {name for name, page in pages.items() if "```sh" in page} == set(JAPANESE)
