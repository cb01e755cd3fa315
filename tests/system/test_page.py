"""The report page in a real browser: on a phone, on a desk, on paper."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT
from system.browser import Browser, browser

WIDTHS = (320, 375, 768, 1280)
NOT_OURS = ("chrome://", "data:")
"""What the browser's own first page asks for."""
LONGEST = {375: 12_000, 1280: 9_000}
"""How long the sample's public page may be, in CSS pixels, by the width of the window."""
PAGES = {
    "report": ("report", "--lint"),
    "internal": ("report", "--edition", "internal"),
    "english": ("report", "--lint"),
    "periods": ("report", "--trend", "5"),
    "fragment": ("report", "--fragment"),
    "summarize": ("summarize", "--compare", "previous"),
}
SEEN_AS = {
    "dark": {"prefers_color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "print": {"media": "print"},
}


def kpicli(*arguments: str) -> None:
    """Run kpicli in the sample project."""
    subprocess.run([sys.executable, "-m", "kpicli", *arguments], cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report's pages, its fragment within another page, and the page of summarize."""
    file = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    command, *extra = PAGES[request.param]
    language = "en" if request.param == "english" else "ja"
    kpicli("--lang", language, command, "--period", "2025H1", *extra, "-o", str(file))
    if request.param == "fragment":
        body = file.read_text(encoding="utf-8")
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        around = f'<!doctype html><html lang="ja">{head}<title>FD</title><main><h1>FD</h1>'
        file.write_text(f"{around}{body}</main></html>", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report's public page."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    kpicli("report", "--period", "2025H1", "-o", str(file))
    return file


@pytest.fixture(scope="module")
def by_principle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the public page of the plainer narrative, with all the charts of the settings."""
    folder = tmp_path_factory.mktemp("plain")
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    shutil.copytree(ROOT / "narrative", folder / "narrative")
    shutil.copy(ROOT / "kpicli.toml", folder)
    shutil.copy(ROOT / "narrative/examples/by_principle.md", folder / "narrative/2025H1.md")
    file = folder / "report.html"
    config = str(folder / "kpicli.toml")
    kpicli("--config", config, "report", "--period", "2025H1", "--lint", "-o", str(file))
    return file


@pytest.mark.parametrize(("width", "longest"), LONGEST.items())
def test_the_page_is_no_longer_than_it_has_to_be(
    chromium: Browser, report: Path, width: int, longest: int
) -> None:
    """The full narrative of the sample, its figures, cards, a chart and footnotes."""
    chromium.open(report, width)
    assert chromium.ask("return document.documentElement.scrollHeight") <= longest
    assert report.stat().st_size < 250_000


@pytest.mark.parametrize("seen", SEEN_AS)
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_no_barrier_however_it_is_seen(
    chromium: Browser, report: Path, width: int, seen: str
) -> None:
    """In the dark, with the colours of one's own, on paper: contrast and names hold."""
    try:
        chromium.emulate(**SEEN_AS[seen])
        chromium.open(report, width)
        assert chromium.barriers() == []
    finally:
        chromium.emulate()


OVERFLOWING = """return [...document.querySelectorAll('.fd-table th, .fd-table td')]
    .filter(cell => cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth > 1)
    .map(cell => cell.textContent)"""
OVERLAPPING = """
    const boxes = row => [...row.children].map(cell => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    });
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
                        && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    return [...document.querySelectorAll('.fd-table tr')].filter(row => {
        const cells = boxes(row);
        return cells.some((one, n) => cells.slice(n + 1).some(other =>
            one.some(a => other.some(b => meet(a, b)))));
    }).map(row => row.textContent)"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_cell_runs_into_another(chromium: Browser, page: Path, width: int) -> None:
    """Words and numbers stay within their cells, in both languages, at every width."""
    chromium.open(page, width)
    assert chromium.ask(OVERFLOWING) == []
    assert chromium.ask(OVERLAPPING) == []


def test_columns_of_successive_tables_are_aligned(chromium: Browser, report: Path) -> None:
    """A column of values ends at one place in all tables that have the same columns on its left."""
    chromium.open(report, 1280)
    edges = chromium.ask(
        """return [...document.querySelectorAll('.fd-figures')].map(table => {
            const heads = [...table.querySelectorAll('thead th')];
            return heads.map(head => [head.textContent, head.getBoundingClientRect().right]);
        })"""
    )
    assert len(edges) > 8
    at: dict[tuple[str, ...], set[float]] = {}
    for heads in edges:
        names = ["前期" if name == "前年同期" else name for name, _ in heads]
        for number in range(len(heads) - 1 if names[-1] == "目標" else len(heads)):
            at.setdefault(tuple(names[: number + 1]), set()).add(round(heads[number][1]))
    assert {names: places for names, places in at.items() if max(places) - min(places) > 1} == {}


def test_numbers_end_at_the_right(chromium: Browser, report: Path) -> None:
    """On a desk every cell of a column of numbers is aligned alike."""
    chromium.open(report, 1280)
    aligned = """return [...new Set([...document.querySelectorAll('td.fd-number, th.fd-number')]
        .map(cell => getComputedStyle(cell).textAlign))]"""
    assert chromium.ask(aligned) == ["right"]


def test_two_columns_stand_side_by_side_and_on_a_phone_one_below_the_other(
    chromium: Browser, report: Path
) -> None:
    """取り組み課題 is left of the review, which has most of the room; on a phone it is above."""
    places = """return [...document.querySelectorAll('.fd-pair')].map(pair => [...pair.children]
        .map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.width]))"""
    chromium.open(report, 1280)
    pairs = chromium.ask(places)
    assert len(pairs) == 10
    assert all(left[1] == right[1] and left[0] + left[2] <= right[0] + 1 for left, right in pairs)
    assert all(right[2] > 2 * left[2] for left, right in pairs)
    chromium.open(report, 375)
    assert all(
        above[1] < below[1] and above[0] == below[0] for above, below in chromium.ask(places)
    )


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


def test_a_table_that_is_too_wide_scrolls_within_itself(chromium: Browser, tmp_path: Path) -> None:
    """On a phone figures stand beneath one another; the accounting scrolls, and can be focused."""
    file = tmp_path / "internal.html"
    kpicli("report", "--period", "2025H1", "--edition", "internal", "-o", str(file))
    chromium.open(file, 375)
    frames = "return [...document.querySelectorAll('.fd-scroll')]"
    wider = f"{frames}.filter(e => e.scrollWidth > e.clientWidth)"
    tables = chromium.ask(f"{wider}.map(e => e.querySelector('table').id)")
    assert "fd-accounting-2" in tables
    figures = f"{frames}.filter(e => e.querySelector('.fd-figures'))"
    assert chromium.ask(f"{figures}.filter(e => e.scrollWidth > e.clientWidth).length") == 0
    focusable = chromium.ask(f"{wider}.every(e => e.tabIndex === 0)")
    assert focusable is True


def test_charts_show_japanese_letters(chromium: Browser, by_principle: Path) -> None:
    """The letters of a chart are text in a font that has them, and lie within the picture."""
    chromium.open(by_principle, 375)
    texts = chromium.ask(
        """return [...document.querySelectorAll('.fd-chart svg')].map(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].map(t => {
                const box = t.getBoundingClientRect();
                const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1;
                return [t.textContent, inside, box.height];
            });
        })"""
    )
    assert len(texts) == 4
    letters = "\n".join(text for chart in texts for text, _, _ in chart)
    for word in ("感謝", "不満", "親族同席", "電話確認", "コンプライアンス会議(月の数)"):
        assert word in letters
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
    assert 4 < len(pages) < 12
    words = re.findall(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"', boxes)
    assert min(float(left) for left, _ in words) >= 30
    assert max(float(right) for _, right in words) <= 565
    text = pdf_text(printed, "-layout")
    for shown in ("841件", "178/252件", "26/26名", "960件", "406件", "163件", "感謝", "412件増"):
        assert shown in text


def test_an_internal_page_says_so_on_every_sheet(chromium: Browser, tmp_path: Path) -> None:
    """社内用 stands on each printed page, so that none can pass for a public one."""
    file, printed = tmp_path / "internal.html", tmp_path / "internal.pdf"
    kpicli("report", "--period", "2025H1", "--edition", "internal", "-o", str(file))
    chromium.open(file, 1280)
    chromium.print(printed)
    pages = pdf_text(printed, "-layout").split("\f")[:-1]
    assert len(pages) > 8
    assert [number for number, page in enumerate(pages, 1) if "社内用" not in page] == []


def test_printed_charts_are_inked(chromium: Browser, by_principle: Path, tmp_path: Path) -> None:
    """The first printed page holds the bars of the targets in their colour."""
    chromium.open(by_principle, 1280)
    printed = tmp_path / "report.pdf"
    chromium.print(printed)
    picture = tmp_path / "first"
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(printed), str(picture)]
    subprocess.run(command, check=True)
    raw = next(tmp_path.glob("first*.ppm")).read_bytes()
    pixels = raw.split(b"\n", 3)[3]
    blue = sum(pixels[i : i + 3] == bytes.fromhex("1f4e79") for i in range(0, len(pixels) - 2, 3))
    assert blue > 200
