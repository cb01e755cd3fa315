"""Which values of cells may be shown to anybody: words of code tables, and what repeats like codes.

Profiles, questions, workbooks and settings go from hand to hand. Nothing says of a cell that it is
no name and no sentence but a word that a code table lists, or that it comes again and again.
"""

import re
from collections.abc import Collection, Mapping

from kpicli.values.codes import is_ticked

_OFTEN = 3
"""In so many rows a word is hardly a slip: a name in the wrong column, a line below the table."""
_LONGEST = 12
_KNOWN = 0.5
"""Where so many rows have words that are known, the others are words of the same kind."""
_PERSONAL = re.compile(r"\s|@|[0-9]{3}|様|さま|さん|君|くん|ちゃん|氏|殿|先生")
"""What words for kinds do not have, but names, addresses and numbers of people do."""


def showable(
    values: Mapping[str, int], vocabulary: Collection[str], *, of_kinds: bool
) -> frozenset[str]:
    """Return the values of a column that may be shown; `values` are folded, with their rows.

    `of_kinds` says that its header speaks of kinds, results and the like, which have no person's
    name. Ticks are known words, but say nothing of what stands beside them.
    """
    listed = frozenset(value for value in values if value in vocabulary)
    rows = sum(values[value] for value in listed if is_ticked(value) is None)
    if not of_kinds and rows < _KNOWN * sum(values.values()):
        return listed
    return listed.union(value for value, number in values.items() if is_word(value, number))


def is_word(value: str, rows: int) -> bool:
    """Return whether a folded value of some rows may be a word for a kind: plain, and no slip."""
    return rows >= _OFTEN and is_plain(value)


def is_plain(value: str) -> bool:
    """Return whether a folded value may be a word for a kind: short, and like nothing personal."""
    return len(value) <= _LONGEST and _PERSONAL.search(value) is None
