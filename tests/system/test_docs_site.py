"""The documentation site, opened from its folder in a real browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.support.wait import WebDriverWait

import noxfile
from support.root import ROOT
from system.browser import Browser, browser

WIDE = "return document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site."""
    folder = tmp_path_factory.mktemp("docs")
    words = noxfile.SITE.split()[1:-1]
    command = [sys.executable, "-m", "sphinx", *words, str(folder / "site")]
    subprocess.run([*command, "--doctree-dir", str(folder / "doctrees")], cwd=ROOT, check=True)
    return folder / "site"


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1280, "dark")])
def test_axe_finds_no_barrier(chromium: Browser, site: Path, width: int, scheme: str) -> None:
    """On no page: each fits its window, says nothing to the console, and asks for files alone."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    chromium.emulate(prefers_color_scheme=scheme)
    chromium.console()
    for page in pages:
        chromium.requests()
        chromium.open(page, width)
        assert (page, chromium.barriers()) == (page, [])
        assert (page, chromium.ask(WIDE) <= width) == (page, True)
        asked = chromium.requests()
        assert page.as_uri() in asked
        assert [each for each in asked if each.startswith(("http:", "https:"))] == []
        assert (page, chromium.console()) == (page, [])
    chromium.emulate()


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("要確認", "README.ja.html"),
        ("不満の声からの改善", "evidence.html"),
        ("freezing", "publishing.html"),
        ("対応漏れ deadline", "domain.html"),
    ],
)
def test_search_finds_pages_in_both_languages(
    chromium: Browser, site: Path, words: str, page: str
) -> None:
    """The page that speaks of it is among the results, and fewer pages than there are."""
    chromium.console()
    chromium.driver.get(f"{(site / 'search.html').as_uri()}?q={quote(words)}")
    script = "return [...document.querySelectorAll('#search-results li a')].map(a => a.href)"

    def found(_: object) -> list[str]:
        """Return the names of the pages, once the list, which grows, has the one."""
        names = [
            re.split("[#?]", address)[0].rpartition("/")[2] for address in chromium.ask(script)
        ]
        return names if page in names else []

    results = WebDriverWait(chromium.driver, 20).until(found)
    assert len(results) < len(list(site.rglob("*.html")))
    assert chromium.console() == []
