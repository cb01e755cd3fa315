"""Ids as text: receipt numbers, policy numbers, staff and customer numbers."""

import re
from typing import Literal

from kpicli.values.folding import fold

# Excel writes the exponent with its sign, so `12E3` (an id) is not touched.
_EXPONENT = r"[+-]?[0-9]+(?:\.[0-9]*)?[Ee][+-][0-9]+"
# What Excel makes of `1-2` and of `25-4` where they were typed: `1月2日`, `2-Jan`, `Apr-25`.
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = rf"[0-9]{{1,2}}月[0-9]{{1,2}}日|[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{2}}"

_LONGEST_DAY = len("12月31日")


class SavedByExcel(ValueError):
    """Excel rewrote the id when it was typed or saved; `cause` is what became of it.

    `exponent`: a number such as `1.23E+11`, whose digits are lost. `date`: a day such as `1月2日`,
    which may have been `1-2`, `01-02` or `1/2`.
    """

    def __init__(self, cause: Literal["exponent", "date"]) -> None:
        super().__init__(f"the id was rewritten by Excel: {cause}")
        self.cause = cause


def padded(text: str, width: int) -> str:
    """Return an id of digits alone with zeros before it up to `width`; any other as it is."""
    return text.zfill(width) if text.isascii() and text.isdecimal() else text


def identifier(text: str) -> str:
    """Return the id that `text` holds, as text; "" for a blank cell.

    Zeros stay (`00123`), `NA` is an id like any other, and `="00123"` is `00123`. The id is folded
    like any text, so that the same id typed in full width, with another dash or with stray white
    space is one id; upper and lower case differ. Raises `SavedByExcel` for `1.23E+11` and for
    `1月2日`, `2-Jan` and `Apr-25`.
    """
    return checked_identifier(fold(text))


def checked_identifier(folded: str) -> str:
    """Return an id that is folded already, where Excel has not rewritten it (see `identifier`)."""
    # Most ids need no look at the patterns: they have no exponent, or are too long for a day.
    if ("E" in folded or "e" in folded) and re.fullmatch(_EXPONENT, folded):
        raise SavedByExcel("exponent")
    short = len(folded) <= _LONGEST_DAY and ("-" in folded or "月" in folded)
    if short and re.fullmatch(_DAY, folded):
        raise SavedByExcel("date")
    return folded
