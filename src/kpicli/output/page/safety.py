"""Text from files, made harmless for terminals, spreadsheets and Markdown.

Codes and names come out of exports that anyone may have typed into. What is made harmless stays
visible: nothing is dropped in silence.
"""

import re
from unicodedata import category

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control and format characters, lone surrogates, line and paragraph separators."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the start of a formula, the full-width forms too."""

_MARKDOWN = re.compile(r"([\\`*_\[\]|~#])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]|~#>+-])")
_TAG, _ENTITY = re.compile(r"<(?=[A-Za-z/!?])"), re.compile(r"&(?=#?\w+;)")
"""What begins a tag or an address, and a named character. Any other `<` or `&` is itself."""
_BLOCK = re.compile(r"^(?:(?=[-+](?:[\s-]|$))|(?=>)|(\d{1,9})(?=[.)](?:\s|$)))")
"""Where a line of Markdown would begin a list or a quotation."""


def escaped(character: str) -> str:
    r"""Return the visible escape of one character: `\x1b`, `\n`, `\u202e`, `\U000e0001`."""
    short = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(character)
    code = ord(character)
    if short is not None:
        return short
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def hidden(character: str) -> bool:
    """Return whether a character moves the cursor, reorders or hides text, or is no character.

    C0 and C1 controls, bidi marks, zero-width signs, line separators, tags, lone surrogates, and
    code points that are no characters, which no XML may hold.
    """
    return category(character) in _HIDDEN or _is_no_character(ord(character))


def _is_no_character(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def plain(text: str) -> str:
    r"""Return `text` safe to print: one line, every hidden character as a visible escape.

    ESC becomes the four characters `\x1b`, a line break `\n`. All else stays as it is: Japanese,
    private-use characters (gaiji), combining marks, and backslashes.
    """
    if text.isprintable():  # no hidden character is
        return text
    return "".join(escaped(character) if hidden(character) else character for character in text)


def inert(text: str) -> str:
    """Return `text` so that a spreadsheet takes it for text and never for a formula.

    An apostrophe leads it where it, or what follows its leading white space, would begin a
    formula. Meant for strings; a number is written as a number and never comes here.
    """
    start = text[:1]
    if start not in _FORMULA_STARTS and start.isspace():
        start = text.lstrip()[:1]
    return f"'{text}" if start in _FORMULA_STARTS else text


def markdown(text: str) -> str:
    """Return `text` so that Markdown shows it to the letter, within a line, in a table cell too."""
    entities = _TAG.sub("&lt;", _ENTITY.sub("&amp;", plain(text)))
    return _MARKDOWN.sub(r"\\\1", entities)


def markdown_line(text: str) -> str:
    """Return `text` as `markdown` does, so that it can also begin a line, or an item of a list."""
    return _BLOCK.sub(r"\1\\", markdown(text.lstrip(" ")))


def of_markdown(text: str) -> str:
    """Return the text that `markdown` escaped; only of what it returned."""
    return _ESCAPED.sub(r"\1", text).replace("&lt;", "<").replace("&amp;", "&")
