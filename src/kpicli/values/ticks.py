"""Tick boxes: whether a cell says that its box is ticked."""

from kpicli.values.folding import fold

TICKED = frozenset(map(fold, ("1", "○", "◯", "●", "✓", "✔", "☑", "レ", "true", "yes", "はい")))
EMPTY = frozenset(map(fold, ("", "0", "×", "✕", "－", "☐", "□", "false", "no", "いいえ")))
"""Not so the letter x, by which some mean a cross and others a tick."""


def is_ticked(text: str) -> bool | None:
    """Return whether a box is ticked; None where the cell says neither.

    An empty cell, 0, a cross or a dash is an empty box; 1, a circle, a tick or レ a ticked one.
    """
    folded = fold(text).lower()
    return True if folded in TICKED else False if folded in EMPTY else None
