"""The smallest things that a placeholder can name."""

from datetime import date
from decimal import Decimal

import pytest

from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import KpiHead, Status, Value
from kpicli.model.periods import Period
from kpicli.report.narrative.nodes import (
    MeasuredText,
    NoSuchValue,
    PeriodNode,
    TextNode,
    count_node,
)

COUNT = KpiHead("voices", parse_text("お客様の声"), ("2",), parse_unit("件"), "count", 1, True)
RATIO = KpiHead(
    "talks", parse_text("対話"), ("2",), parse_unit("件"), "ratio", 1, False, percentage=True
)


def count(number: int | None, status: Status = Status.OK, faulty: int = 0) -> MeasuredText:
    """Return a count."""
    return MeasuredText(Value(number, None, None, status, faulty), COUNT, "en")


def ratio(numerator: int, denominator: int, percent: str | None) -> MeasuredText:
    """Return a ratio, undefined where there is no percentage."""
    number = None if percent is None else Decimal(percent)
    status = Status.OK if percent else Status.UNDEFINED
    return MeasuredText(Value(number, numerator, denominator, status, 0), RATIO, "en")


@pytest.mark.parametrize(
    ("measured", "name", "text"),
    [
        (count(1234567), "value", "1,234,567"),
        (count(0), "value", "0"),
        (count(3, Status.PROVISIONAL, 2), "value", "3(to check (2 rows))"),
        (count(3, Status.PARTIAL), "value", "3(partial)"),
        (ratio(1700, 2500, "68.0"), "value", "1,700/2,500"),
        (ratio(1700, 2500, "68.0"), "rate", "68.0"),
        (ratio(1700, 2500, "68.0"), "numerator", "1,700"),
        (ratio(0, 0, None), "value", "0/0(undefined)"),
        (ratio(0, 0, None), "rate", "-(undefined)"),
    ],
)
def test_a_value_is_shown_with_what_keeps_it_from_being_final(
    measured: MeasuredText, name: str, text: str
) -> None:
    """Numbers are grouped; a state is never left away, whichever part is named."""
    assert count_node(measured, name).text() == text


@pytest.mark.parametrize(
    ("measured", "name", "message"),
    [
        (count(3), "rate", "it is no ratio"),
        (count(3), "denominator", "it is no ratio"),
        (count(3), "change", "there is nothing to compare"),
        (count(None, Status.NO_DATA), "value", "voices has no data"),
        (count(None, Status.NO_DATA), "change", "voices has no data"),
    ],
)
def test_what_a_value_does_not_have(measured: MeasuredText, name: str, message: str) -> None:
    """A count has no percentage, a KPI without data no number: each is said."""
    with pytest.raises(NoSuchValue) as caught:
        count_node(measured, name).text()
    assert caught.value.message.en == message


def test_a_period_has_its_days_and_nothing_else() -> None:
    """Its name, its first day and its last; anything else is answered with what there is."""
    node = PeriodNode(Period.of("half", date(2025, 4, 1)), "ja")
    assert node.text() == "2025年度上期"
    assert [node.child(name).text() for name in ("start", "end")] == ["2025-04-01", "2025-09-30"]
    with pytest.raises(NoSuchValue) as caught:
        node.child("stat")
    assert caught.value.message.en == "there is no 'stat'; did you mean 'start'?"


def test_a_finished_text_has_no_parts() -> None:
    """Nothing can follow it."""
    assert TextNode("件").text() == "件"
    with pytest.raises(NoSuchValue) as caught:
        TextNode("件").child("title")
    assert caught.value.message.en == "'title' cannot follow here"
