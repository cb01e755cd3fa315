"""The report page in a real browser: on a phone, on a desk, on paper."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT
from system.browser import Browser, browser

WIDTHS = (375, 1280)
NOT_OURS = ("chrome://", "data:")
"""What the browser's own first page asks for."""


def kpicli(*arguments: str) -> None:
    """Run kpicli in the sample project."""
    subprocess.run([sys.executable, "-m", "kpicli", *arguments], cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module", params=["report", "fragment", "summarize"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report's page, its fragment within another page, and the page of summarize."""
    file = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    if request.param == "summarize":
        kpicli("summarize", "--period", "2025H1", "--compare", "previous", "-o", str(file))
        return file
    extra = ("--fragment",) if request.param == "fragment" else ()
    kpicli("report", "--period", "2025H1", "--lint", *extra, "-o", str(file))
    if extra:
        body = file.read_text(encoding="utf-8")
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        around = f'<!doctype html><html lang="ja">{head}<title>FD</title><main><h1>FD</h1>'
        file.write_text(f"{around}{body}</main></html>", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report's page."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    kpicli("report", "--period", "2025H1", "-o", str(file))
    return file


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over_the_edge(chromium: Browser, page: Path, width: int) -> None:
    """The page is never wider than the window, in letters of any size up to 200 percent."""
    chromium.open(page, width)
    for size in ("100%", "200%"):
        chromium.ask(f"document.documentElement.style.fontSize = '{size}'")
        shown = (
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        needed, there = chromium.ask(shown)
        assert needed <= there, size


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_complained_of_or_asked_for(chromium: Browser, page: Path, width: int) -> None:
    """No message on the console, and no request but the file itself."""
    chromium.requests()
    chromium.open(page, width)
    assert chromium.console() == []
    asked = [url for url in chromium.requests() if not url.startswith(NOT_OURS)]
    assert asked == [page.as_uri()]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_barrier(chromium: Browser, page: Path, width: int) -> None:
    """axe-core finds no violation: contrast, names, tables, headings, regions that scroll."""
    chromium.open(page, width)
    assert chromium.barriers() == []


def test_a_table_that_is_too_wide_scrolls_within_itself(chromium: Browser, report: Path) -> None:
    """On a phone figures stand beneath one another; the accounting scrolls, and can be focused."""
    chromium.open(report, 375)
    frames = "return [...document.querySelectorAll('.fd-scroll')]"
    wider = f"{frames}.filter(e => e.scrollWidth > e.clientWidth)"
    tables = chromium.ask(f"{wider}.map(e => e.querySelector('table').id)")
    assert "fd-accounting-2" in tables
    assert [name for name in tables if name.endswith("-figures")] == []
    focusable = chromium.ask(f"{wider}.every(e => e.tabIndex === 0)")
    assert focusable is True


def test_charts_show_japanese_letters(chromium: Browser, report: Path) -> None:
    """The letters of a chart are text in a font that has them, and lie within the picture."""
    chromium.open(report, 375)
    texts = chromium.ask(
        """return [...document.querySelectorAll('svg')].map(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].map(t => {
                const box = t.getBoundingClientRect();
                const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1;
                return [t.textContent, inside, box.height];
            });
        })"""
    )
    assert len(texts) == 4
    letters = {text for chart in texts for text, _, _ in chart}
    assert {"感謝", "不満", "親族同席", "電話確認", "コンプライアンス会議(月の数)"} <= letters
    assert [text for chart in texts for text, inside, _ in chart if not inside] == []
    assert min(height for chart in texts for _, _, height in chart) >= 9
    missing = """const draw = (sign, family) => {
        const canvas = Object.assign(document.createElement('canvas'), {width: 60, height: 60});
        const pen = canvas.getContext('2d');
        pen.font = '40px ' + family;
        pen.fillText(sign, 5, 45);
        return canvas.toDataURL();
    };
    const family = getComputedStyle(document.querySelector('svg text')).fontFamily;
    const [none, voice, feeling] = [...'\\uFFFE声感'].map(sign => draw(sign, family));
    return none === voice || feeling === voice;
    """
    assert chromium.ask(missing) is False


def pdf_text(file: Path, *options: str) -> str:
    """Return the text of a PDF as pdftotext finds it."""
    command = ["pdftotext", *options, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def test_printed_on_a4(chromium: Browser, report: Path, tmp_path: Path) -> None:
    """Every page is A4, no word lies outside its margins, and no figure is lost."""
    chromium.open(report, 1280)
    printed = tmp_path / "report.pdf"
    chromium.print(printed)
    boxes = pdf_text(printed, "-bbox")
    pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">', boxes)
    sizes = {(float(width), float(height)) for width, height in pages}
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in sizes)
    assert 5 < len(pages) < 25
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"', boxes)
    assert min(float(left) for left, _ in words) >= 30
    assert max(float(right) for _, right in words) <= 565
    text = pdf_text(printed, "-layout")
    for shown in ("841件", "178/252件", "26/26名", "960件", "406件 (+435)", "163件 (+412)", "感謝"):
        assert shown in text
    heads = [page for page in text.split("\f") if "前年同期" in page]
    assert len(heads) >= 7, "a table that goes on has its head again"


def test_printed_charts_are_inked(chromium: Browser, report: Path, tmp_path: Path) -> None:
    """The first printed page holds the bars of the targets in their colour."""
    chromium.open(report, 1280)
    printed = tmp_path / "report.pdf"
    chromium.print(printed)
    picture = tmp_path / "first"
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(printed), str(picture)]
    subprocess.run(command, check=True)
    raw = next(tmp_path.glob("first*.ppm")).read_bytes()
    pixels = raw.split(b"\n", 3)[3]
    blue = sum(pixels[i : i + 3] == bytes.fromhex("1f4e79") for i in range(0, len(pixels) - 2, 3))
    assert blue > 200
