"""The tables of Markdown, as they are pasted from pages, mails and chats."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kpicli.audit.files.grid import NO_BREAK, GridCell, grid_table
from kpicli.audit.table import Table

_RULE = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BREAK = re.compile(r"<br ?/?>", re.I)
_WIDE, _KEPT = "\u3000", "\ue000"
_NEAR = 300


def is_markdown(text: str) -> bool:
    """Tell whether a text has a table of Markdown: a row with `|`, a rule of dashes below it."""
    before = ""
    for line in text[: 1 << 16].splitlines():
        if "|" in before and "|" in line and _RULE.match(line):
            return True
        before = line
    return False


def read_markdown(text: str, shown: str) -> tuple[Table, ...]:
    """Return the tables of a text; one within a fence of ``` is read where there is no other.

    A table is called by its number and the heading above it; the paragraph above may say its unit.
    """
    kept = text.replace(_WIDE, _KEPT)  # or the parser strips what indents an item
    tables = list(_tables(_parser().parse(kept), shown))
    if not tables:
        lines = (line.lstrip(" \t>") for line in kept.splitlines())
        plain = "\n".join(line for line in lines if not line.startswith("```"))
        tables = list(_tables(_parser().parse(plain), shown))
    return tuple(tables)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _tables(tokens: Sequence[Token], shown: str) -> Iterator[Table]:
    number, heading, before = 0, "", ""
    rows: list[list[GridCell]] = []
    for place, token in enumerate(tokens):
        if token.type == "inline":
            opened = tokens[place - 1].type
            text = _plain(token)
            if opened == "heading_open":
                heading, before = text, ""
            elif opened in {"th_open", "td_open"}:
                rows[-1].append(GridCell(text))
            else:
                before = text[-_NEAR:]
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            number += 1
            name = " ".join(filter(None, (str(number), heading)))
            after = _paragraph_after(tokens, place)
            yield grid_table(rows, shown, name, " ".join((heading, before, after)))
            rows, before = [], ""


def _paragraph_after(tokens: Sequence[Token], place: int) -> str:
    following = tokens[place + 1 : place + 3]
    if len(following) == 2 and following[0].type == "paragraph_open":
        return _plain(following[1])[:_NEAR]
    return ""


def _plain(token: Token) -> str:
    """Return the text of a run without its marks: `**53**` is 53."""
    pieces: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            pieces.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or _BREAK.fullmatch(child.content):
            pieces.append(" ")
    return "".join(pieces).replace(_KEPT, _WIDE).translate(NO_BREAK).rstrip()
