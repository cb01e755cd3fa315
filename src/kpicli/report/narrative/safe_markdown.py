"""The words of a report as Markdown that is safe in whatever program renders it.

Raw HTML shows as it was typed, and no link leads to anything but a page or an address for mail.
This is done on the text and not on what one parser makes of it, since nobody knows which one will
read the file: what is not surely harmless becomes letters, at worst a few too many.
"""

import re
from html import unescape

from markdown_it import MarkdownIt

from kpicli.output.page.safety import hidden, plain

_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ADDRESS = r"[(:][\s<>]*(?P<address>[^\s<>)]*)"  # a line of a quotation begins with `>`
_PIECE = re.compile(
    r"(?P<autolink><(?:https?://|mailto:)[^\s<>\"'`|\\]*>)"
    r"|(?P<tag>\\?<(?=[A-Za-z/!?]))"
    r"|(?P<pair>\\.)"
    rf"|\](?={_ADDRESS})"
    r"|(?P<pipe>\|)",
    re.DOTALL | re.IGNORECASE,
)


def allowed_address(address: str) -> bool:
    """Return whether a link may lead to an address as it stands in Markdown or in HTML.

    That is one of http, https or mailto, or one without a scheme. Escapes, entities, white space
    and hidden characters, which a browser undoes before it looks for the scheme, are undone first.
    """
    decoded = unescape(_ESCAPE.sub(r"\1", address))
    bare = "".join(c for c in decoded if not (c.isspace() or hidden(c)))
    scheme = _SCHEME.match(bare)
    return scheme is None or scheme[1].lower() in _SCHEMES


def safe_markdown(text: str) -> str:
    """Return a passage without raw HTML and refused links; fenced code stays as it is.

    A fence that is never closed is closed, or it would swallow the rest of the report.
    """
    lines = [plain(line) for line in text.split("\n")]
    fences = [
        token
        for token in MarkdownIt("commonmark", {"html": False}).parse("\n".join(lines))
        if token.type == "fence" and token.map is not None
    ]
    safe: list[str] = []
    after = 0
    for fence in fences:
        first, end = fence.map or (after, after)
        opening = lines[first].replace("|", "&#124;")  # some take a line with a bar for a table
        safe += [*_without_markup(lines[after:first]), opening, *lines[first + 1 : end]]
        after = end
        closed = end - first > 1 and _closes(lines[end - 1], fence.markup)
        if fence.level == 0 and not closed:
            safe.append(fence.markup)
    return "\n".join([*safe, *_without_markup(lines[after:])])


def safe_line(line: str) -> str:
    """Return one line of Markdown without raw HTML and refused links; it breaks no table."""
    return _PIECE.sub(lambda piece: _made_safe(piece, in_table=True), plain(line))


def _without_markup(lines: list[str]) -> list[str]:
    """Return lines outside of code made safe together: a link may begin on one and end on another.

    Code within a line is not left out: what it is depends on the lines before it.
    """
    if not lines:
        return []
    text = "\n".join(lines)
    return _PIECE.sub(lambda piece: _made_safe(piece, in_table=False), text).split("\n")


def _made_safe(piece: re.Match[str], *, in_table: bool) -> str:
    match piece.lastgroup:
        case "tag":  # `\&lt;` would show the entity
            return "&lt;"
        case "address" if not allowed_address(piece["address"]):
            return r"\]"
        case "pipe" if in_table:
            return r"\|"
        case _:
            return piece[0]


def _closes(line: str, markup: str) -> bool:
    return line.strip().strip(markup[0]) == "" and len(line.strip()) >= len(markup)
