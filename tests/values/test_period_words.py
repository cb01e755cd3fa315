"""Words for periods taken apart: kind, number and year, and whether that is all they can mean."""

import pytest

from kpicli.values.period_words import SpanWord, read_span_word
from kpicli.values.wareki import OutsideEra, era_of

REIWA, HEISEI = era_of("R"), era_of("平成")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2025H1", SpanWord("half", 1, 2025)),
        ("fy2025 下期", SpanWord("half", 2, 2025)),
        ("2025年度下半期", SpanWord("half", 2, 2025)),
        ("2025年度第三四半期", SpanWord("quarter", 3, 2025)),
        ("2025-4Q", SpanWord("quarter", 4, 2025)),
        ("2025年9月", SpanWord("month", 9, 2025)),
        ("２０２５／９", SpanWord("month", 9, 2025)),
        ("2025", SpanWord("year", 1, 2025)),
        ("R7上", SpanWord("half", 1, 2025, REIWA)),
        ("平成31年度", SpanWord("year", 1, 2019, HEISEI)),
        ("令和元年5月", SpanWord("month", 5, 2019, REIWA)),
    ],
)
def test_a_word_with_a_year(text: str, word: SpanWord) -> None:
    """Kind, number, western year and era, in any width, either case and every spelling."""
    assert read_span_word(text) == word


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2025年", "year"),
        ("2025年上期", "half"),
        ("2025上半期", "half"),
        ("2025第2四半期", "quarter"),
        ("令和7年", "year"),
        ("R7", "year"),
    ],
)
def test_a_word_that_could_mean_the_calendar_year(text: str, kind: str) -> None:
    """年 and the long forms are used of calendar years too; so the word alone is not clear."""
    word = read_span_word(text)
    assert word is not None
    assert (word.kind, word.year, word.clear) == (kind, 2025, False)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("上期", "half", 1),
        ("h2", "half", 2),
        ("第3四半期", "quarter", 3),
        ("9月", "month", 9),
        ("38期下", "half", 2),
        ("第38期の上期", "half", 1),
    ],
)
def test_a_word_without_a_year(text: str, kind: str, number: int) -> None:
    """The year stays open, also where a company counts its own."""
    word = read_span_word(text)
    assert word is not None
    assert (word.kind, word.number, word.year) == (kind, number, None)


def test_a_year_of_two_digits() -> None:
    """It is written down as one of this century, and marked as short."""
    assert read_span_word("25上") == SpanWord("half", 1, 2025, short=True)
    assert read_span_word("07下期") == SpanWord("half", 2, 2007, short=True)


@pytest.mark.parametrize("text", ["", "25", "20251Q", "FY2025-02", "2025H3", "前期", "last-half"])
def test_what_is_no_such_word(text: str) -> None:
    """Anything else is no word for a span."""
    assert read_span_word(text) is None


@pytest.mark.parametrize("text", ["令和0年度", "平成35年度上期", "昭和70年9月"])
def test_a_year_that_its_era_does_not_have(text: str) -> None:
    """An era has a first and a last year, which a word cannot leave."""
    with pytest.raises(OutsideEra):
        read_span_word(text)
