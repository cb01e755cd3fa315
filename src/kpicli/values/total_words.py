"""Words for a total, and the numbers of rows that stand beside them."""

import re

COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?\s*[件名行回]?")
"""A folded number of rows, as a total row gives it."""

_TOTAL = r"(?:総?合計|小計|総計|集計|計|(?:grand|sub)?total):?(?:[0-9][0-9,]*[件名行回]?)?"
_FIRST = "合小総集計tTgGsS"  # of a million ids most need no look at the pattern
_BEGINS = ("合計", "総", "小計", "集計", "計", "total", "grand", "sub")
_SUBTOTAL = (" 集計", " 小計")  # Excel's own subtotals: `S001 集計`


def is_total(text: str) -> bool:
    """Return whether a folded cell says total: 合計, 合 計, 集計, `合計:60件`, `S001 集計`."""
    if text[:1] in _FIRST:
        word = text.replace(" ", "").lower()
        if word.startswith(_BEGINS) and re.fullmatch(_TOTAL, word):
            return True
    return text.endswith(_SUBTOTAL)
