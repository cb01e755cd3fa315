"""The pictures in the documents show what the program says now."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs_pictures import TERMINALS, kpicli, main
from support.root import ROOT

PICTURES = ROOT / "docs" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.slow
def test_the_pictures_are_up_to_date(tmp_path: Path) -> None:
    """Those in docs/ are as they are drawn now, and no other is there (else: nox -s docs)."""
    assert main([str(tmp_path)]) == 0
    drawn = {file.name: file.read_bytes() for file in (tmp_path / "pictures").iterdir()}
    assert drawn == {file.name: file.read_bytes() for file in PICTURES.glob("*.svg")}
    assert sum(map(len, drawn.values())) < 80_000


@pytest.mark.parametrize("name", TERMINALS)
def test_a_terminal_has_every_word_that_is_printed(name: str) -> None:
    """Line by line, at the column where it stands; two cells for a Japanese sign."""
    language, arguments = TERMINALS[name]
    form = "text" if arguments[0] == "explain" else "table"
    texts = ElementTree.parse(PICTURES / name).iter(f"{SVG}text")
    lines: dict[int, str] = {}
    for text in texts:
        y = int(text.attrib["y"])
        lines[y] = lines.get(y, "") + (text.text or "")
    printed = kpicli(*arguments, "-f", form, language=language).splitlines()
    shown = [line for y, line in sorted(lines.items())]
    assert shown[1:] == [re.sub(" ", "", line) for line in printed if line.strip()]


def test_every_picture_is_shown_and_has_words() -> None:
    """Each stands in a document, with what it shows in words for those who cannot see it."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    found = [
        pair
        for file in documents
        for pair in re.findall(r"!\[([^\]]*)\]\(\S*pictures/([\w.-]+)\)", file.read_text("utf-8"))
    ]
    assert {name for _, name in found} == {
        file.name for file in PICTURES.iterdir() if file.suffix != ".json"
    }
    assert all(len(words) > 20 for words, _ in found)
