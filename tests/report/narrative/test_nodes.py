"""The smallest things that a placeholder can name."""

from datetime import date
from decimal import Decimal

import pytest

from kpicli.base.wording import Text
from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import KpiHead
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.report.narrative.nodes import (
    ChangeNode,
    HiddenNode,
    MeasuredNode,
    NoSuchValue,
    NumberNode,
    PeriodNode,
    TextNode,
    not_public,
)

COUNT = KpiHead("voices", parse_text("お客様の声"), ("2",), parse_unit("件"), "count", 1, True)
RATIO = KpiHead(
    "talks", parse_text("対話"), ("2",), parse_unit("件"), "ratio", 1, False, percentage=True
)


def count(number: int | None, status: Status = Status.OK, faulty: int = 0) -> MeasuredNode:
    """Return a count."""
    return MeasuredNode(Value(number, None, None, status, faulty), COUNT, "en")


def ratio(numerator: int, denominator: int, percent: str | None) -> MeasuredNode:
    """Return a ratio, undefined where there is no percentage."""
    number = None if percent is None else Decimal(percent)
    status = Status.OK if percent else Status.UNDEFINED
    return MeasuredNode(Value(number, numerator, denominator, status, 0), RATIO, "en")


@pytest.mark.parametrize(
    ("measured", "name", "text"),
    [
        (count(1234567), "value", "1,234,567"),
        (count(0), "value", "0"),
        (count(3, Status.PROVISIONAL, 2), "value", "3(to check (2 rows))"),
        (count(3, Status.PARTIAL), "value", "3(partial)"),
        (ratio(1700, 2500, "68.0"), "value", "1,700 of 2,500 (68.0%)"),
        (ratio(1700, 2500, "68.0"), "rest", "800"),
        (ratio(1700, 2500, "68.0"), "rate", "68.0%"),
        (ratio(1700, 2500, "68.0"), "numerator", "1,700"),
        (ratio(0, 0, None), "value", "0 of 0 (-)(undefined)"),
        (ratio(0, 0, None), "rate", "-(undefined)"),
    ],
)
def test_a_value_is_shown_with_what_keeps_it_from_being_final(
    measured: MeasuredNode, name: str, text: str
) -> None:
    """Numbers are grouped; a state is never left away, whichever part is named."""
    assert measured.child(name).text() == text


@pytest.mark.parametrize(
    ("measured", "name", "message"),
    [
        (count(3), "rate", "it is no ratio"),
        (count(3), "denominator", "it is no ratio"),
        (count(3), "change", "voices: no change can be said; a value is missing, or not whole"),
        (count(None, Status.NO_DATA), "value", "voices has no data"),
        (count(None, Status.NO_DATA), "change", "voices has no data"),
    ],
)
def test_what_a_value_does_not_have(measured: MeasuredNode, name: str, message: str) -> None:
    """A count has no percentage, a KPI without data no number: each is said."""
    with pytest.raises(NoSuchValue) as caught:
        measured.child(name).text()
    assert caught.value.message.en == message


def test_a_period_has_its_days_and_nothing_else() -> None:
    """Its name, its first day and its last; anything else is answered with what there is."""
    node = PeriodNode(Period.of("half", date(2025, 4, 1)), "ja")
    assert node.text() == "2025年度上期"
    assert [node.child(name).text() for name in ("start", "end")] == [
        "2025年4月1日",
        "2025年9月30日",
    ]
    with pytest.raises(NoSuchValue) as caught:
        node.child("stat")
    assert caught.value.message.en == "there is no 'stat'; did you mean 'start'?"


def test_a_finished_text_has_no_parts() -> None:
    """Nothing can follow it."""
    assert TextNode("件").text() == "件"
    with pytest.raises(NoSuchValue) as caught:
        TextNode("件").child("title")
    assert caught.value.message.en == "'title' cannot follow here"


@pytest.mark.parametrize(
    ("number", "after", "text"),
    [
        (NumberNode(1234, "件"), "", "1,234件"),
        (NumberNode(1234, "件"), "件数", "1,234"),
        (NumberNode(1234, "件"), "。", "1,234件。"[:-1]),
        (NumberNode(Decimal("70.6"), "%"), "%", "70.6"),
        (NumberNode(None, "件"), "", "-"),
        (NumberNode(3, "", "partial"), "", "3(partial)"),
    ],
)
def test_a_number_carries_its_unit_once(number: NumberNode, after: str, text: str) -> None:
    """Unless the unit is typed behind it."""
    assert number.text(after) == text


def test_only_what_adds_up_is_added() -> None:
    """One unit, numbers that are there, and for a sum nothing that could be counted twice."""
    count, distinct = NumberNode(5, "名", additive=True), NumberNode(3, "名", "partial")
    assert count.plus(count, 1) == NumberNode(10, "名", additive=True)
    assert count.plus(distinct, -1) == NumberNode(2, "名", "partial")
    for left, right, sign, said in (
        (count, distinct, 1, "not added"),
        (distinct, count, 1, "not added"),
        (count.plus(distinct, -1), count, 1, "not added"),
        (count, NumberNode(5, "件"), -1, "units differ"),
        (count, NumberNode(None, "名"), -1, "has no number"),
    ):
        with pytest.raises(NoSuchValue) as caught:
            left.plus(right, sign)
        assert said in caught.value.message.en


@pytest.mark.parametrize(
    ("change", "head", "after", "text"),
    [
        (435, COUNT, "", "435件増"),
        (-1, COUNT, "です", "1件減"),
        (0, COUNT, "", "増減なし"),
        (435, COUNT, "件", "+435"),
        (Decimal("6.1"), RATIO, "", "6.1ポイント増"),
        (Decimal("-6.1"), RATIO, "ポイント", "-6.1"),
    ],
)
def test_a_change_is_said_in_words(
    change: int | Decimal, head: KpiHead, after: str, text: str
) -> None:
    """With a sign only where its unit is typed behind it."""
    assert ChangeNode(change, head, "ja").text(after) == text


def test_what_is_not_public_is_no_value() -> None:
    """Neither it nor anything of it can be said."""
    hidden = HiddenNode(not_public(Text("確認候補", "to confirm")))
    with pytest.raises(NoSuchValue) as caught:
        hidden.text()
    assert "public = false" in caught.value.message.ja
    with pytest.raises(NoSuchValue):
        hidden.child("previous")
