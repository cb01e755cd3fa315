"""Numbers as people print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.audit.numbers import half_up, is_withheld, read_cell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,054", {"value": "1054"}),
        ("１，０５４件", {"value": "1054"}),
        ("+412", {"value": "412"}),
        ("'+412", {"value": "412"}),
        ("412件増", {"value": "412"}),
        ("3減", {"value": "-3"}),
        ("▲3", {"value": "-3"}),
        ("△ 3名", {"value": "-3"}),
        ("−3", {"value": "-3"}),
        ("±0", {"value": "0"}),
        ("-", {"value": "0"}),
        ("―", {"value": "0"}),
        ("70.6%", {"percent": "70.6"}),
        ("７０．６％", {"percent": "70.6"}),
        ("+2.3ポイント", {"value": "2.3"}),
        ("178/252件 70.6%", {"numerator": "178", "denominator": "252", "percent": "70.6"}),
        ("178/252件(70.6%)", {"numerator": "178", "denominator": "252", "percent": "70.6"}),
        ("70.6%(178/252件)", {"numerator": "178", "denominator": "252", "percent": "70.6"}),
        ("24/26", {"numerator": "24", "denominator": "26"}),
        ("720件(85.6%)", {"value": "720", "percent": "85.6"}),
        ("r 1,204", {"value": "1204"}),
        ("p10301", {"value": "10301"}),
        ("98※", {"value": "98"}),
        ("1,204 1)", {"value": "1204"}),
        ("注1)98", {"value": "98"}),
        ("88¹⁾", {"value": "88"}),
        ("¥1,200", {"value": "1200"}),
        ("575件(+412)", {"value": "575"}),
        ("841 cases", {"value": "841"}),
        ("178/252 cases 70.6%", {"numerator": "178", "denominator": "252", "percent": "70.6"}),
        ("720 cases (85.6%)", {"value": "720", "percent": "85.6"}),
    ],
)
def test_a_number(text: str, expected: dict[str, str]) -> None:
    """Signs, units, separators and full width are read; a dash alone is 0."""
    assert {part: f"{number.amount}" for part, number in read_cell(text).items()} == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2025年度",
        "4月",
        "2025/4/1",
        "12①",
        "1,05",
        "A1",
        "約3",
        "3 cases or more",
        "Q3 cases",
        "…",
        "x",
        "(12)",
        "9" * 20,
    ],
)
def test_no_number(text: str) -> None:
    """A blank, a date, a code and a broken number are no numbers."""
    assert read_cell(text) == {}


@pytest.mark.parametrize(
    ("english", "japanese"),
    [("1 case", "1件"), ("2 cases", "2件"), ("1 person", "1人"), ("2 people", "2名")],
)
def test_english_units(english: str, japanese: str) -> None:
    """A number in an English unit, in singular or plural, is the same as in the Japanese one."""
    assert read_cell(english) == read_cell(japanese)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x", True), ("…", True), ("***", True), ("(12)", True), ("(60.0%)", True), ("12", False)],
)
def test_a_withheld_number(text: str, expected: bool) -> None:
    """Marks for what is not published, and numbers in brackets, stand where a number would."""
    assert is_withheld(text) is expected


@given(st.text())
def test_any_text_is_read_or_not(text: str) -> None:
    """No text makes reading fail."""
    assert all(number.amount is not None for number in read_cell(text).values())


def test_halves_go_up() -> None:
    """6.25 becomes 6.3, -6.25 becomes -6.3."""
    assert [half_up(Decimal(n), 1) for n in ("6.25", "-6.25")] == [Decimal("6.3"), Decimal("-6.3")]
