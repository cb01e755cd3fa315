"""Numbers, changes and days as a sentence says them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.wording import Language, Text, Unit
from kpicli.model.figures import KpiHead
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.output.sentences import (
    change_words,
    day_words,
    figure_words,
    month_words,
    span_words,
)
from support.periods import parse

COUNT = KpiHead(
    "voices", Text("お客様の声", "voices"), ("2",), Unit("件", "cases"), "count", 1, True
)
RATIO = KpiHead(
    "talks", Text("対話", "talks"), ("2",), Unit("名", "people"), "ratio", 1, False, percentage=True
)


@pytest.mark.parametrize(
    ("value", "head", "ja", "en"),
    [
        (Value(1841, None, None, Status.OK, 0), COUNT, "1,841件", "1,841"),
        (Value(0, None, None, Status.OK, 0), COUNT, "0件", "0"),
        (Value(None, None, None, Status.PROVISIONAL, 1), COUNT, "-", "-"),
        (
            Value(Decimal("70.6"), 178, 252, Status.OK, 0),
            RATIO,
            "252名中178名(70.6%)",
            "178 of 252 (70.6%)",
        ),
        (Value(None, 0, 0, Status.UNDEFINED, 0), RATIO, "0名中0名(-)", "0 of 0 (-)"),
        (Value(Decimal("70.6"), None, None, Status.OK, 0), RATIO, "70.6%", "70.6%"),
    ],
)
def test_a_figure_in_a_sentence(value: Value, head: KpiHead, ja: str, en: str) -> None:
    """Counts with their counter, shares with both counts; what is not there is a dash."""
    assert (figure_words(value, head, "ja"), figure_words(value, head, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("change", "head", "ja", "en"),
    [
        (1435, COUNT, "1,435件増", "up 1,435"),
        (-1, COUNT, "1件減", "down 1"),
        (0, COUNT, "増減なし", "unchanged"),
        (Decimal("0.0"), RATIO, "増減なし", "unchanged"),
        (Decimal("6.1"), RATIO, "6.1ポイント増", "up 6.1 points"),
        (Decimal("-0.5"), RATIO, "0.5ポイント減", "down 0.5 points"),
    ],
)
def test_a_change_in_words(change: int | Decimal, head: KpiHead, ja: str, en: str) -> None:
    """Never a sign: the word says the direction."""
    assert (change_words(change, head, "ja"), change_words(change, head, "en")) == (ja, en)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_can_be_read_back(day: date) -> None:
    """Year, month and day without leading zeros, nothing else."""
    year, rest = day_words(day, "ja").split("年")
    month, rest = rest.split("月")
    assert (int(year), int(month), int(rest.rstrip("日"))) == (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("period", "language", "words"),
    [
        ("2025H1", "ja", "2025年4月1日～9月30日"),
        ("2025H2", "ja", "2025年10月1日～2026年3月31日"),
        ("2025H1", "en", "1 April to 30 September 2025"),
        ("2025H2", "en", "1 October 2025 to 31 March 2026"),
    ],
)
def test_the_days_of_a_period(period: str, language: Language, words: str) -> None:
    """A year that both share is said once."""
    whole: Period = parse(period)
    assert span_words(whole, language) == words


def test_a_month() -> None:
    """Without its year, which the head of a table or a chart says."""
    assert (month_words(parse("2025-04"), "ja"), month_words(parse("2025-12"), "en")) == (
        *("4月", "December"),
    )
