"""Fragments in pages of a CMS: under the styles of real themes, and after a sanitizer."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nh3
import pytest

from support.root import ROOT
from system.browser import Browser, browser

THEMES = Path("/usr/share/wordpress/wp-content/themes")
NAMES = ("twentytwentyone", "twentytwentytwo")
"""The themes of Debian's packages: one with styles for everything, one of blocks."""
FIELD = 65_536
FAULTS = """// what scrolls within itself (tabindex) may be wider than the page
const root = document.querySelector('.fd-report');
const frame = root.getBoundingClientRect();
const faults = [];
const shown = e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden'
    && getComputedStyle(e).clipPath === 'none';
for (const e of root.querySelectorAll('p, li, td, th, h2, h3, h4, h5, h6, figure, svg, img')) {
    if (e.closest('[tabindex="0"], thead') || !shown(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.right > frame.right + 1 || box.left < frame.left - 1) faults.push(['over', e.outerHTML.slice(0, 60)]);
}
for (const row of root.querySelectorAll('tbody tr')) {
    const cells = [...row.children].filter(c => c.textContent.trim() && shown(c));
    cells.forEach((one, at) => cells.slice(at + 1).forEach(other => {
        const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
            faults.push(['overlap', one.textContent, other.textContent]);
    }));
}
return faults;"""  # noqa: E501 - a script
UNALIGNED = """return [...document.querySelectorAll('.fd-report table')].flatMap(table => {
    const columns = {};
    for (const cell of table.querySelectorAll('td'))
        if (cell.textContent.trim() && /^[\\d,.]+[件名回%]/.test(cell.textContent.trim()))
            (columns[cell.cellIndex] ||= []).push([getComputedStyle(cell).textAlign,
                Math.round(cell.getBoundingClientRect().right)]);
    return Object.values(columns).map(cells => [...new Set(cells.map(String))])
        .filter(different => different.length > 1 || different[0].startsWith('left'));
})"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module", params=["styled", "plain"])
def fragment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's fragment; the plain one has been through a sanitizer."""
    file = tmp_path_factory.mktemp("fragment") / "fd.html"
    extra = ("--plain",) if request.param == "plain" else ()
    command = ("report", "--period", "2025H1", "--fragment", *extra, "-o", str(file))
    subprocess.run([sys.executable, "-m", "kpicli", *command], cwd=ROOT, check=True)
    assert file.stat().st_size < FIELD
    if extra:
        cleaned = nh3.clean(
            file.read_text(encoding="utf-8"),
            tags=(nh3.ALLOWED_TAGS | {"section", "nav"}) - {"style", "svg"},
            attributes={
                "*": {"class", "id", "role", "lang", "tabindex", "scope"},
                "a": {"href"},
                "img": {"src", "alt"},
            },
            generic_attribute_prefixes={"aria-", "data-"},
            link_rel=None,
        )
        file.write_text(cleaned, encoding="utf-8")
    return file


def page_in(theme: str, fragment: Path) -> Path:
    """Return the fragment in an article of a theme, as its styles address one."""
    body = fragment.read_text(encoding="utf-8")
    own = fragment.with_suffix(".css")
    sheets = [THEMES / theme / "style.css", *([own] if own.exists() else [])]
    links = "".join(f'<link rel="stylesheet" href="{sheet.as_uri()}">' for sheet in sheets)
    page = fragment.with_name(f"{theme}.html")
    page.write_text(
        '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>FD</title>'
        f'<meta name="viewport" content="width=device-width">{links}</head>'
        '<body class="page wp-embed-responsive is-light-theme"><main id="main" class="site-main">'
        '<article class="page type-page hentry entry"><header class="entry-header alignwide">'
        '<h1 class="entry-title">FD</h1></header><div class="entry-content wp-block-post-content">'
        f"{body}</div></article></main></body></html>",
        encoding="utf-8",
    )
    return page


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("theme", NAMES)
def test_it_holds_in_the_styles_of_a_theme(
    chromium: Browser, fragment: Path, theme: str, width: int
) -> None:
    """Nothing runs over the edge or over another, with the theme's styles before our own."""
    assert (THEMES / theme / "style.css").is_file()
    chromium.open(page_in(theme, fragment), width)
    assert chromium.ask(FAULTS) == []
    assert chromium.ask("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", NAMES)
def test_tables_have_room_on_a_desk(chromium: Browser, fragment: Path, theme: str) -> None:
    """The fragment takes the wide column of a theme, so that no table of figures has to scroll."""
    chromium.open(page_in(theme, fragment), 1280)
    scrolled = """return [...document.querySelectorAll('.fd-report [tabindex="0"]')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.getAttribute('aria-label'))"""
    assert chromium.ask(scrolled) == []


@pytest.mark.parametrize("theme", NAMES)
def test_columns_of_numbers_are_aligned(chromium: Browser, fragment: Path, theme: str) -> None:
    """On a desk every column of numbers ends at one place, at its right."""
    chromium.open(page_in(theme, fragment), 1280)
    assert chromium.ask(UNALIGNED) == []


def test_pictures_of_a_plain_fragment_are_shown(chromium: Browser, fragment: Path) -> None:
    """Each picture that the body names is there and has a size."""
    body = fragment.read_text(encoding="utf-8")
    chromium.open(page_in(NAMES[0], fragment), 1280)
    sizes = chromium.ask(
        "return [...document.querySelectorAll('figure img')].map(i => i.naturalWidth)"
    )
    assert len(sizes) == len(re.findall("<img[^>]*fd-chart", body))
    assert all(size > 100 for size in sizes)
