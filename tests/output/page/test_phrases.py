from datetime import date
from decimal import Decimal

import pytest

from kpicli.base.faults import Place
from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.judgements import TargetJudgement, TargetStatus
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.output.page.phrases import (
    comparison_phrase,
    heading_phrases,
    place_phrase,
    status_phrase,
    target_phrase,
    value_phrase,
)

COUNT = KpiHead("voices", parse_text("お客様の声"), ("2",), parse_unit("件"), "count", 1, True)
SUM = KpiHead("hours", parse_text("研修時間"), ("2",), parse_unit("時間"), "sum", 1, True)
SHARE = KpiHead(
    "staff",
    parse_text("説明した担当者"),
    ("2",),
    parse_unit("名"),
    "ratio",
    1,
    False,
    percentage=True,
)
HALF = Period.of("half", date(2025, 4, 1))
MARCH = Period.month_of(date(2025, 3, 1))
MONTHS = HALF.months()


def test_values() -> None:
    """Numbers keep their decimals and get separators; a ratio has both its numbers."""
    assert value_phrase(Value(12345, None, None, Status.OK, 0), COUNT, "ja") == "12,345件"
    assert (
        value_phrase(Value(Decimal("1234.50"), None, None, Status.OK, 0), SUM, "ja")
        == "1,234.50時間"
    )
    assert (
        value_phrase(Value(Decimal("90.9"), 10, 11, Status.OK, 0), SHARE, "ja") == "10/11名 90.9%"
    )
    assert value_phrase(Value(None, None, None, Status.NO_DATA, 0), SHARE, "ja") == "-"


def test_values_in_english() -> None:
    """The unit stands apart, one thing is no plural, and a ratio's unit is that of its whole."""
    assert value_phrase(Value(841, None, None, Status.OK, 0), COUNT, "en") == "841 cases"
    assert value_phrase(Value(1, None, None, Status.OK, 0), COUNT, "en") == "1 case"
    assert value_phrase(Value(Decimal("90.9"), 10, 11, Status.OK, 0), SHARE, "en") == (
        "10/11 people 90.9%"
    )
    assert value_phrase(Value(None, None, None, Status.NO_DATA, 0), COUNT, "en") == "-"


def test_status_names_faulty_rows() -> None:
    """A partial figure that faulty rows touch says both."""
    value = Value(3, None, None, Status.PARTIAL, 1002)
    assert status_phrase(value, "ja") == "一部のみ 要確認(1,002件)"
    assert status_phrase(value, "en") == "partial to check (1,002 rows)"
    assert status_phrase(Value(3, None, None, Status.OK, 1), "en") == "to check (1 row)"


def test_comparison_with_an_unshown_period() -> None:
    """A month's comparison names its own month, which the heading does not."""
    comparison = Comparison("previous", MARCH, Value(4, None, None, Status.OK, 0), -4)
    assert comparison_phrase(comparison, COUNT, "ja", HALF) == "2025年3月: 4件 (-4)"
    assert comparison_phrase(comparison, COUNT, "en", HALF) == "2025-03: 4 cases (-4)"
    assert comparison_phrase(comparison, COUNT, "ja", MARCH) == "4件 (-4)"


def judged(target: TargetJudgement, head: KpiHead) -> tuple[str, str]:
    """Return a target of the half in both languages."""
    value = Value(1, None, None, Status.OK, 0)
    figure = Figure(head.id, "total", HALF, None, None, None, None, value, (), (target,))
    return target_phrase(figure, head, "ja"), target_phrase(figure, head, "en")


def test_missed_spans_are_named() -> None:
    """A target by the month names the months in which it was missed."""
    missed = (MONTHS[0], MONTHS[3])
    target = TargetJudgement("at_least", Decimal(1), "month", TargetStatus.MISSED, missed)
    assert judged(target, COUNT) == (
        "月に1件以上 未達 (2025年4月 2025年7月)",
        "at least 1 case a month: missed (2025-04 2025-07)",
    )


def test_exact_ratio_target() -> None:
    """An exact bound has no sign in Japanese or English; a ratio's is in percent."""
    target = TargetJudgement("equal", Decimal(100), "half", TargetStatus.MET)
    assert judged(target, SHARE) == (*("半期ごとに100% 達成", "exactly 100% every half-year: met"),)


def test_periods() -> None:
    """A period's head is its label and its days; a range stands for itself by its days."""
    days = Period.between(date(2025, 4, 1), date(2025, 6, 15))
    assert heading_phrases(HALF, "ja") == ("2025年度上期", "2025-04-01", "- 2025-09-30")
    assert heading_phrases(days, "ja") == ("2025-04-01", "- 2025-06-15")


@pytest.mark.parametrize(
    ("place", "ja", "en"),
    [
        (Place("a.csv"), "a.csv", "a.csv"),
        (Place("a.csv", row=5, line=5), "a.csv 5 行目", "a.csv row 5"),
        (
            Place("a.csv", row=5, line=7, column="期限"),
            "a.csv 5 行目(ファイルの 7 行目) 列「期限」",
            'a.csv row 5 (line 7 of the file) column "期限"',
        ),
        (Place("b.xlsx", "団体", 3), "b.xlsx シート「団体」 3 行目", 'b.xlsx sheet "団体" row 3'),
    ],
)
def test_places(place: Place, ja: str, en: str) -> None:
    """A place is named as far as it is known; the line only where it is not the row."""
    assert (place_phrase(place, "ja"), place_phrase(place, "en")) == (ja, en)
