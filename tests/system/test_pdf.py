"""A report as PDF, and the page printed by a real browser: A4, running head, page numbers."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT
from system.browser import Browser, browser

TITLE = "お客様本位の業務運営の定着を測る指標(KPI) 2025年度上期の取り組みのご報告"


def kpicli(file: Path) -> Path:
    """Write the sample's report, and return the file."""
    command = [sys.executable, "-m", "kpicli", "report", "--period", "2025H1", "-o", str(file)]
    subprocess.run(command, cwd=ROOT, check=True)
    return file


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module", params=["pdf", "browser"])
def printed(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the report as PDF: kpicli's own, and the page as the browser prints it."""
    folder = tmp_path_factory.mktemp("printed")
    if request.param == "pdf":
        return kpicli(folder / "report.pdf")
    chromium.open(kpicli(folder / "report.html"), 1280)
    chromium.print(folder / "printed.pdf")
    return folder / "printed.pdf"


def text(file: Path, *options: str) -> str:
    """Return the text of a PDF as pdftotext finds it."""
    command = ["pdftotext", *options, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def test_every_sheet_says_whose_it_is_and_which(printed: Path) -> None:
    """Page and pages stand on each, organisation and title from the second on."""
    sheets = text(printed, "-layout").removesuffix("\f").split("\f")
    assert 3 < len(sheets) < 15
    for number, sheet in enumerate(sheets, 1):
        foot = sheet.strip().split("\n")[-1].strip()
        assert re.sub(r"\s", "", foot) == f"{number}/{len(sheets)}"
        head = re.sub(r"\s", "", sheet.strip().split("\n")[0])
        named = re.sub(r"\s", "", f"見本の代理店 | {TITLE}")
        assert (head == named) is (number > 1), number


def test_it_is_a4_with_margins_and_all_figures(printed: Path) -> None:
    """No word lies outside the margins, and figures are there, those in charts too."""
    boxes = text(printed, "-bbox")
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">', boxes)
    assert all(abs(float(w) - 595) < 2 and abs(float(h) - 842) < 2 for w, h in pages)
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"', boxes)
    assert min(float(left) for left, _ in words) >= 30
    assert max(float(right) for _, right in words) <= 566
    shown = text(printed)
    for figure in ("841件", "24/26名", "157", "感謝 計720件"):
        assert figure in shown


def test_no_row_stands_alone(printed: Path) -> None:
    """A table that goes on does so with two rows at least, and under its head again."""
    for sheet in text(printed, "-layout").removesuffix("\f").split("\f")[1:]:
        lines = [line for line in sheet.split("\n") if line.strip()]
        rows = [bool(re.search(r"\d(?:件|名|回|%)\s{3,}\S*\d", line)) for line in lines[1:4]]
        assert rows[0] is False, "below the running head stands a head of a table, or words"


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the clock nor the run is in it."""
    one, two = kpicli(tmp_path / "one.pdf"), kpicli(tmp_path / "two.pdf")
    assert one.read_bytes() == two.read_bytes()
