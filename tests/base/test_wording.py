"""A text says the same in both languages; a wrong name is answered with the nearest."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.wording import Text, nearest_of, suggestion

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


NAMES = ("voices", "renewals", "staff")


def test_a_slip_is_answered_with_the_name_meant() -> None:
    """One name is near enough to ask for."""
    assert suggestion("voice", NAMES) == Text("「voices」のことですか", "did you mean 'voices'?")


def test_a_name_like_none_is_answered_with_all() -> None:
    """Where nothing is near, everything that exists is listed in its order."""
    assert suggestion("zzz", NAMES) == Text(
        "使えるもの: voices, renewals, staff", "there are: voices, renewals, staff"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("mode", None),
        ("max", None),
        ("min", None),
        ("percent", None),
        ("medain", "median"),
        ("cout", "count"),
        ("ratoi", "ratio"),
        ("sums", "sum"),
        ("", None),
    ],
)
def test_no_statistic_is_taken_for_another(name: str, meant: str | None) -> None:
    """Only a slip of the pen is asked for: two of four letters that differ are another word."""
    kinds = ("count", "distinct", "mean", "median", "ratio", "rules", "sum")
    assert nearest_of(name, kinds) == meant


@given(st.text("abcdef", max_size=9), st.text("abcdef", min_size=1, max_size=9))
def test_what_is_suggested_is_near(name: str, other: str) -> None:
    """By another road: two thirds of the letters at least stand in both, in the same order."""
    if nearest_of(name, [other]) is None or other.startswith(name) or name.startswith(other):
        return
    blocks = difflib.SequenceMatcher(None, name, other, autojunk=False).get_matching_blocks()
    longest = max(len(name), len(other))
    assert sum(block.size for block in blocks) >= longest - 2 * max(1, len(name) // 3)


@given(st.text(min_size=1, max_size=12), st.integers(0, 11), st.text(min_size=1, max_size=1))
def test_one_slip_is_always_forgiven(name: str, place: int, letter: str) -> None:
    """One letter more, less, another, or two in the wrong order."""
    place %= len(name)
    slips = [
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
    ]
    assert [nearest_of(slip, [name]) for slip in slips] == [name] * 3
