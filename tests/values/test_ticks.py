"""Tick boxes: what is ticked, what is empty, and what says neither."""

import pytest

from kpicli.values.ticks import is_ticked


@pytest.mark.parametrize("text", ["1", "１", "○", "◯", "✓", "✔", "☑", "レ", "true", "TRUE", "はい"])
def test_a_ticked_box(text: str) -> None:
    """A circle, a tick, 1 and true are ticked, in any width and case."""
    assert is_ticked(text) is True


@pytest.mark.parametrize("text", ["", " ", "0", "×", "－", "-", "☐", "False", "いいえ"])
def test_an_empty_box(text: str) -> None:
    """Nothing, 0, a cross, a dash and false are not."""
    assert is_ticked(text) is False


@pytest.mark.parametrize("text", ["x", "X", "2", "不明", "○×", "未"])
def test_what_says_neither(text: str) -> None:
    """The letter x is a cross to some and a tick to others: nothing is guessed."""
    assert is_ticked(text) is None
