"""The cookbook in Japanese: `python tools/cookbook_page.py docs` writes `ja/cookbook.md`.

Its examples are those of `cookbook.md` in the folder that is named, which the tests run; its words
are those of `ja/cookbook.toml`.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SECTION = re.compile(r"^## (?:(\d+)\. )?(.*?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def page(english: str, words: Mapping[str, Any]) -> str:
    """Return the page as Markdown: a table of all families, then each with its example.

    A section of the English page that has an example but no Japanese words is a KeyError.
    """
    parts = [f"# {words['title']}", words["introduction"].strip(), _table(english, words)]
    for number, title, text in SECTION.findall(english):
        if blocks := BLOCK.findall(text):
            own = words[number] if number else words["further"][title]
            heading = f"{number}. {own['title']}" if number else own["title"]
            parts += [f"## {heading}", own["text"].strip(), *blocks]
    return "\n\n".join(parts) + "\n"


def _table(english: str, words: Mapping[str, Any]) -> str:
    """Return the table of all families, with KPIs and pack as in the English one."""
    heads = words["columns"]
    return "\n".join(
        (f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *_rows(english, words))
    )


def _rows(english: str, words: Mapping[str, Any]) -> Iterator[str]:
    """Give a row for each row of the English table."""
    for row in re.findall(r"^\| (\d+ \|.*)\|$", english, re.MULTILINE):
        number, _family, _definition, kpis, pack, _test = (
            cell.strip() for cell in row.split(" | ")
        )
        own = words[number]
        yield f"| {number} | {own['title']} | {own['definition']} | {kpis} | {pack} |"


def main(arguments: list[str]) -> int:
    """Write the page into the folder that is named; return 2 where none is."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/cookbook_page.py FOLDER\n")
        return 2
    folder = Path(arguments[0])
    english = (folder / "cookbook.md").read_text(encoding="utf-8")
    words = tomllib.loads((folder / "ja" / "cookbook.toml").read_text(encoding="utf-8"))
    target = folder / "ja" / "cookbook.md"
    target.write_text(page(english, words), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
