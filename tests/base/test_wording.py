"""A text says the same in both languages."""

import pytest

from kpicli.base.wording import Text

ROWS = Text("{n}行あります({name})", "{name} has {n} rows")


def test_the_language_chooses_the_words() -> None:
    """Japanese for ja, English for en."""
    assert ROWS.in_language("ja") == "{n}行あります({name})"
    assert ROWS.in_language("en") == "{name} has {n} rows"


def test_names_are_filled_in_both_languages() -> None:
    """Each language puts the values where its grammar wants them; braces in values are plain."""
    assert ROWS.filled(n=3, name="{x}") == Text("3行あります({x})", "{x} has 3 rows")


def test_a_name_without_a_value_is_an_error() -> None:
    """A sentence is never shown with a hole in it."""
    with pytest.raises(KeyError):
        ROWS.filled(n=3)
