"""The documentation site: built without a warning, whole without the web, in both languages."""

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

import noxfile
from docs_samples import FOLDER
from support.root import ROOT

FETCHED = re.compile(
    r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"?((?:https?:)?//[^\" >]+)"
)
FETCHED_BY_STYLE = re.compile(r"(?:@import\s*|url\()[\"']?((?:https?:)?//[^\"')]+)")
JAPANESE_PAGES = {
    *("README.ja.html", "search.html", "docs/index.html", "docs/glossary.html"),
    "docs/samples.html",
}


def build(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Build a site with the arguments of `nox -s docs`, its intermediate files beside it."""
    words = noxfile.SITE.split()
    assert (words[0], words[-2:]) == ("sphinx-build", [".", "build/site"])
    command = [sys.executable, "-m", "sphinx", *words[1:-1], str(target)]
    command += ["--doctree-dir", str(target.with_name("doctrees"))]
    return subprocess.run(
        command, cwd=source, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site; nothing was said while it was built."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = build(ROOT, folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Give every page of the documents by its path: its HTML."""
    for file in sorted(each for each in site.rglob("*.html") if each.parent.name != FOLDER):
        yield file.relative_to(site).as_posix(), file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_document_is_a_page(site: Path) -> None:
    """Whatever Markdown lies in docs/, and what stands beside it, has its page."""
    documents = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("[A-Z]*.md")]
    expected = {d.relative_to(ROOT).with_suffix(".html").as_posix() for d in documents}
    assert expected - {name for name, _ in pages(site)} == set()


@pytest.mark.slow
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """No page or style names a script, style, picture or font of another server."""
    assert [
        (name, FETCHED.findall(text)) for name, text in pages(site) if FETCHED.search(text)
    ] == []
    styles = [file.read_text(encoding="utf-8") for file in site.rglob("*.css")]
    assert styles
    assert [
        FETCHED_BY_STYLE.findall(text) for text in styles if FETCHED_BY_STYLE.search(text)
    ] == []
    assert FETCHED.search('<link rel="stylesheet" href="https://fonts.example/css">')


@pytest.mark.slow
def test_samples_are_of_now(site: Path) -> None:
    """The page and the mail have a figure that other tests count; docs/samples leads to each."""
    page = (site / "docs" / "samples.html").read_text(encoding="utf-8")
    made = sorted((site / FOLDER).iterdir())
    assert [file.name for file in made] == ["mail.html", "report.en.html", "report.html"]
    for file in made:
        assert f'href="../{FOLDER}/{file.name}"' in page
        assert "841" in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_link_leads_to_a_page_and_a_place_in_it(site: Path) -> None:
    """Each address within the site names a file that is there and, after #, an id in it."""
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in pages(site)}
    broken = []
    for name, text in pages(site):
        for address in map(html.unescape, re.findall(r'<a\b[^>]*\bhref="([^"]*)"', text)):
            if re.match(r"[a-z]+:", address):
                continue
            path, _, fragment = unquote(address).partition("#")
            target = ((site / name).parent / path).resolve() if path else site / name
            page = target.relative_to(site.resolve()).as_posix() if path else name
            if not target.is_file() or (fragment and fragment not in ids.get(page, ())):
                broken.append((name, address))
    assert broken == []


@pytest.mark.slow
def test_pages_say_their_language(site: Path) -> None:
    """Japanese pages are `ja`, all others `en`, and the theme speaks the same."""
    for name, text in pages(site):
        japanese = name in JAPANESE_PAGES or name.startswith("docs/ja/")
        assert (name, re.findall(r"<html[^>]* lang=\"(\w+)\"", text)) == (
            name,
            ["ja" if japanese else "en"],
        )
        said = re.findall(r'placeholder="([^"]+)" name="q"', text)
        assert (name, set(said)) == (name, {"検索" if japanese else "Search"})


@pytest.mark.slow
def test_lines_of_japanese_are_joined(site: Path) -> None:
    """Where a line of a document ends between Japanese signs, the page has no blank."""
    for name, text in pages(site):
        prose = re.sub(r"<pre.*?</pre>|<script.*?</script>", "", text, flags=re.DOTALL)
        if name in JAPANESE_PAGES or name.startswith("docs/ja/"):
            assert (name, re.findall("[ぁ-ヿ一-鿿、。]\n[ぁ-ヿ一-鿿]", prose)) == (name, [])
    assert "公表数値を数えるコマンド" in (site / "README.ja.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parts", "page"),
    [
        (("要確", "確認"), "README.ja"),
        (("お客", "客様", "様の", "の声"), "README.ja"),
        (("freez",), "docs/publishing"),
    ],
)
def test_words_of_both_languages_are_found(site: Path, parts: tuple[str, ...], page: str) -> None:
    """The index has pairs of Japanese characters and stems of English words, with their pages."""
    content = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(content.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))
    number = index["docnames"].index(page)
    for part in parts:
        kept = (index[terms].get(part, []) for terms in ("terms", "titleterms"))
        assert number in {n for each in kept for n in ([each] if isinstance(each, int) else each)}


MISTAKES = """\
# Two

[x](b.md) [x](d.md#nothing) ![x](b.png)

```unknown
x
```
"""


@pytest.mark.slow
def test_mistakes_fail_the_build(tmp_path: Path) -> None:
    """Links that lead nowhere, a picture that is not there, a page in no list: all are named."""
    folder = tmp_path / "docs"
    folder.mkdir()
    shutil.copy(ROOT / "docs" / "conf.py", folder)
    for name in ("src", "tools"):
        (tmp_path / name).symlink_to(ROOT / name)
    (folder / "index.md").write_text("# One\n\n```{toctree}\nc\n```\n", "utf-8")
    (folder / "c.md").write_text("# Two\n", "utf-8")
    assert build(tmp_path, tmp_path / "good").returncode == 0
    (folder / "c.md").write_text(MISTAKES, "utf-8")
    (folder / "d.md").write_text("# Three\n", "utf-8")
    done = build(tmp_path, tmp_path / "bad")
    assert done.returncode == 1
    named = sorted(re.findall(r"WARNING: .*\[([\w.]+)\]", done.stderr))
    assert named == [
        "image.not_readable",
        "misc.highlighting_failure",
        "myst.xref_missing",
        "myst.xref_missing",
        "toc.not_included",
    ]
