"""Ids as text: receipt numbers, policy numbers, staff and customer numbers."""

import re

from kpicli.values.folding import fold

_WRAPPED = re.compile(r'="([^"]*)"')
# Excel writes the exponent with its sign, so `12E3` (an id) is not touched; `###` is what it
# saves for a number that was wider than its column.
_REWRITTEN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?E[+-][0-9]+|#{3,}", re.IGNORECASE)


class SavedByExcel(ValueError):
    """Excel rewrote the id when it saved the file (`1.23E+11`, `####`); its digits are lost."""


def padded(text: str, width: int) -> str:
    """Return an id of digits alone with zeros before it up to `width`; any other as it is."""
    return text.zfill(width) if text.isascii() and text.isdecimal() else text


def identifier(text: str) -> str:
    """Return the id that `text` holds, as text; "" for a blank cell.

    Zeros stay (`00123`), `NA` is an id like any other, and `="00123"` is unwrapped to `00123`. The
    id is folded like any text, so that the same id typed in full width, with another dash or with
    stray white space is one id; upper and lower case differ. Raises `SavedByExcel` for
    `1.23E+11` and for a cell of `###`, wrapped or not.
    """
    folded = fold(text)
    wrapped = _WRAPPED.fullmatch(folded)
    if wrapped is not None:
        folded = wrapped[1].strip()
    if _REWRITTEN.fullmatch(folded):
        raise SavedByExcel("the id was rewritten by Excel")
    return folded
