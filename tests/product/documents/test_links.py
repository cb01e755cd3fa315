"""Links between the documents lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def anchor(heading: str) -> str:
    """Return the anchor under which web pages of Markdown show a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


def without_code(text: str) -> str:
    """Return a document without its fenced blocks and code spans."""
    return re.sub(r"`[^`\n]+`", "", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def broken(document: Path) -> Iterator[str]:
    """Give every link of a document that leads to no file, or to no heading of it."""
    for target in LINK.findall(without_code(document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists():
            yield target
        elif fragment:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            if fragment not in {anchor(heading) for heading in headings}:
                yield target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_or_heading(document: Path) -> None:
    """Links within the repository name files that are there, and headings in them."""
    assert list(broken(document)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """A file that is not there, and a heading that is not there, are both named."""
    document = tmp_path / "a.md"
    document.write_text("# One\n[x](b.md) [y](#one) [z](#two) [w](https://example.jp/)", "utf-8")
    assert list(broken(document)) == ["b.md", "#two"]
