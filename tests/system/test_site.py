"""The static site in a real browser, at every width, in the dark and on paper."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT
from system.browser import Browser, browser

WIDTHS = (320, 375, 768, 1280)
PAGES = ("index.html", "trend.html", "2025H1.html", "trend.en.html")
OVERLAPS = """return [...document.querySelectorAll('figure svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    const outside = boxes.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1
        || b.top < frame.top - 1 || b.bottom > frame.bottom + 1).map(([words]) => words);
    const hit = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
    const over = boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
        .filter(([, b]) => hit(a, b)).map(([other]) => `${one} / ${other}`));
    return [...outside, ...over];
})"""  # noqa: E501 - a script
"""The labels of charts that lie outside of their picture or on one another.

The box of a line is higher than its letters, by up to six pixels that two may share.
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the sample's site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "kpicli", "site", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    return folder


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier(chromium: Browser, site: Path, name: str, width: int) -> None:
    """axe-core finds nothing; no page is wider than its window or asks for anything."""
    chromium.console()
    chromium.open(site / name, width)
    assert chromium.barriers() == []
    assert chromium.ask("return document.documentElement.scrollWidth") <= width
    assert chromium.console() == []


@pytest.mark.parametrize("name", PAGES)
def test_in_the_dark_and_on_paper(chromium: Browser, site: Path, name: str) -> None:
    """Contrast holds with a dark background, in forced colours and in print."""
    try:
        for media, features in (
            ("", {"prefers_color_scheme": "dark"}),
            ("", {"forced_colors": "active"}),
            ("print", {}),
        ):
            chromium.emulate(media, **features)
            chromium.open(site / name, 768)
            assert chromium.barriers() == [], (media, features)
    finally:
        chromium.emulate()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["trend.html", "trend.en.html", "2025H1.html"])
def test_no_label_of_a_chart_hides_another(
    chromium: Browser, site: Path, name: str, width: int
) -> None:
    """In real letters every label is within its picture and apart from the others."""
    chromium.open(site / name, width)
    assert chromium.ask(OVERLAPS) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_of_charts_can_be_read(chromium: Browser, site: Path, width: int) -> None:
    """They are hardly smaller than those around them, on a phone too."""
    chromium.open(site / "trend.html", width)
    sizes = chromium.ask(
        """return [...document.querySelectorAll('figure svg')].map(svg =>
            13 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""
    )
    assert len(sizes) > 20
    assert min(sizes) >= (10 if width == 320 else 12)


def test_a_value_of_one_is_seen(chromium: Browser, site: Path) -> None:
    """Every bar of the chart that has a value has pixels of its own."""
    chromium.open(site / "2025H1.html", 375)
    heights = chromium.ask(
        """return [...document.querySelectorAll('[id^=fd-chart-][id$=-title]')].filter(t =>
            t.textContent.startsWith('お客様の声は')).flatMap(t =>
            [...t.closest('svg').querySelectorAll('rect')].slice(1)
                .map(r => r.getBoundingClientRect().height))"""
    )
    assert len(heights) == 30  # six months of a total and four parts, none of which is zero
    assert min(heights) >= 1.5
