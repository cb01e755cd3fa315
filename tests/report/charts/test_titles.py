"""A title says what is seen, in a few words, and nothing that is not certain."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.value import Status, Value
from kpicli.output.page.blocks import kpi_blocks
from kpicli.report.charts.chart_data import section_charts
from kpicli.report.charts.titles import MOST_WORDS, title_of
from support.reported import sample_summary

MONTHS = ("4月", "5月", "6月", "7月")


def said(*numbers: int, in_order: bool = True, trend: bool = False, en: bool = False) -> str:
    """Return the title of these numbers, as voices by month."""
    head = sample_summary().kpis["voices"]
    points = list(zip(MONTHS, values(numbers), strict=False))
    language: Language = "en" if en else "ja"
    return title_of(head, points, language, in_order=in_order, first_and_last=trend)


def values(numbers: Iterable[int]) -> list[Value]:
    """Return final values."""
    return [Value(number, None, None, Status.OK, 0) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "ja"),
    [
        ((1, 2, 3, 4), "お客様の声は1件から4件に増加"),
        ((4, 3, 3, 1), "お客様の声は4件から1件に減少"),
        ((1, 5, 3, 2), "お客様の声は5月が最多の5件"),
        ((5, 1, 5, 2), "お客様の声は1件から5件の間"),
        ((7, 7, 7, 7), "お客様の声はどれも7件"),
        ((1234,), "お客様の声"),
    ],
)
def test_what_is_seen_is_said(numbers: tuple[int, ...], ja: str) -> None:
    """A rise, a fall, one that is highest, a range, no change; of one value nothing."""
    assert said(*numbers) == ja


def test_a_trend_goes_by_its_ends() -> None:
    """Over years its first and last value count; lines of business never rise."""
    assert said(1, 5, 3, 2, trend=True) == "お客様の声は1件から2件に増加"
    assert said(1, 2, 3, 4, in_order=False) == "お客様の声は7月が最多の4件"
    assert said(3, 2, en=True) == "Customer voices fell from 3 to 2"


def test_a_share_rises_and_falls() -> None:
    """A percentage goes up or down; only what can be counted grows."""
    head = sample_summary().kpis["renewal_talks"]
    assert head.percentage
    shares = [Value(Decimal(n), None, None, Status.OK, 0) for n in ("64.5", "70.6")]
    up, down = (
        title_of(head, list(zip(MONTHS[:2], each, strict=True)), "ja", in_order=True)
        for each in (shares, shares[::-1])
    )
    assert up.endswith("は64.5%から70.6%に上昇")
    assert down.endswith("は70.6%から64.5%に低下")


@pytest.mark.parametrize("status", [Status.PARTIAL, Status.PROVISIONAL, Status.UNDEFINED])
def test_nothing_is_said_of_what_is_not_final(status: Status) -> None:
    """One value that may still move is enough; so is one row in doubt."""
    head = sample_summary().kpis["voices"]
    final = values((1, 2))
    for doubtful in (replace(final[0], status=status), replace(final[0], faulty_rows=1)):
        points = [("4月", final[1]), ("5月", doubtful)]
        assert title_of(head, points, "ja", in_order=True) == "お客様の声"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_titles_are_short(language: Language) -> None:
    """Those of the sample have twelve words at most, in Japanese two lines of a phone."""
    summary = sample_summary()
    charts = list(section_charts(kpi_blocks(summary), tuple(summary.kpis), language))
    assert len(charts) > 15
    for chart in charts:
        assert len(chart.title.split()) <= MOST_WORDS
        assert len(chart.title) <= (40 if language == "ja" else 80)


def test_the_highest_share_is_called_highest() -> None:
    """A percentage is no number of things."""
    head = sample_summary().kpis["renewal_talks"]
    shares = [Value(Decimal(n), 1, 2, Status.OK, 0) for n in ("70.5", "80.1", "60.0")]
    points = list(zip(MONTHS, shares, strict=False))
    title = title_of(head, points, "ja", in_order=True)
    assert title == "自動車保険の継続案内前の対話は5月が最高の80.1%"
