"""What a chart shows: bars as plain values, and beside them the same numbers as a table."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kpicli.model.figures import Figure, Summary, TargetJudgement, TargetStatus
from kpicli.output.page.blocks import kpi_blocks
from kpicli.report.charts.chart_data import Bar, Chart, section_charts, target_chart
from support.report_fixtures import TOP, Make


@pytest.fixture
def summary(make: Make) -> Summary:
    """Return the figures of a small report."""
    return make(TOP).summary


def drawn(summary: Summary, *wanted: str) -> list[Chart]:
    """Return the charts by month of the wanted KPIs."""
    return list(section_charts(kpi_blocks(summary), wanted, "ja"))


def test_parts_are_stacked_month_by_month(summary: Summary) -> None:
    """Every month has its parts, in the order of the parts; the words say what they come to."""
    (chart,) = drawn(summary, "voices")
    assert (chart.id, chart.kind, chart.unit) == ("fd-chart-voices", "stacked", "件")
    assert chart.title == "お客様の声の月別の推移(件)"
    assert chart.description == (
        "2025-04 から 2025-09 までの月別の棒グラフ。"
        "感謝 2件, 不満 1件, 要望 0件, その他 0件。数値は次の表にある。"
    )
    assert chart.categories == ("2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09")
    assert chart.series == ("感謝", "不満", "要望", "その他")
    assert [bar for bar in chart.bars if bar.size] == [
        Bar("2025-04", "感謝", Decimal(1)),
        Bar("2025-05", "感謝", Decimal(1)),
        Bar("2025-05", "不満", Decimal(1)),
    ]


def test_the_table_beside_has_the_same_numbers(summary: Summary) -> None:
    """Each month's cells are its bars, and after them its total."""
    (chart,) = drawn(summary, "voices")
    assert chart.grid is not None
    assert [column.name for column in chart.grid.columns] == [*chart.series, "計"]
    assert {line.name: line.cells for line in chart.grid.lines[:2]} == {
        "2025-04": ("1件", "0件", "0件", "0件", "1件"),
        "2025-05": ("1件", "1件", "0件", "0件", "2件"),
    }


def test_percentages_stand_side_by_side(summary: Summary) -> None:
    """They do not add up; a month over nothing has no bar, and says so in the table."""
    (chart,) = drawn(summary, "renewal_talks")
    assert (chart.kind, chart.unit) == ("grouped", "%")
    assert [(bar.category, bar.size) for bar in chart.bars] == [("2025-04", Decimal("66.7"))]
    assert chart.grid is not None
    assert [line.cells for line in chart.grid.lines][:2] == [
        ("2/3件 66.7%",),
        ("0/0件 - 算出不可",),
    ]


def test_nothing_is_drawn_without_numbers_or_unasked(summary: Summary) -> None:
    """A KPI without data has no chart, nor has one that the settings do not name."""
    assert drawn(summary, "navi_uses") == []
    assert [chart.kpi for chart in drawn(summary, "voices_nonlife")] == ["voices_nonlife"]


def judged(summary: Summary, kpi: str, target: TargetJudgement) -> Figure:
    """Return the total of a KPI with a target."""
    totals = (f for f in summary.figures if (f.kpi, f.kind, f.by) == (kpi, "total", None))
    return replace(next(totals), targets=(target,))


def targets(summary: Summary, *figures: Figure) -> tuple[Bar, ...]:
    """Return the bars of the chart of targets; none where there is no chart."""
    chart = target_chart(summary, list(figures), "en", ("targets",))
    return () if chart is None else chart.bars


def test_values_are_shown_in_percent_of_their_targets(summary: Summary) -> None:
    """3 of 4 is 75 percent, 2 of 16 are 12.5."""
    missed = TargetJudgement("at_least", Decimal(4), "half", TargetStatus.MISSED)
    far = TargetJudgement("at_least", Decimal(16), "half", TargetStatus.MISSED)
    assert targets(
        summary, judged(summary, "voices", missed), judged(summary, "voices_nonlife", far)
    ) == (
        Bar(
            "Customer voices",
            "missed",
            Decimal("75.0"),
            "3 cases, target at least 4 cases a half-year: missed",
        ),
        Bar(
            *("Customer voices (non-life)", "missed", Decimal("12.5")),
            "2 cases, target at least 16 cases a half-year: missed",
        ),
    )


def test_a_target_of_months_is_shown_as_months_that_met_it(summary: Summary) -> None:
    """Of six months one missed it: five sixths; before it is judged there is no bar."""
    april = judged(
        summary, "voices", TargetJudgement("at_least", Decimal(1), "month", TargetStatus.MISSED)
    )
    assert april.target is not None
    missed = replace(april.target, missed=april.period.months()[:1])
    (bar,) = targets(summary, replace(april, targets=(missed,)))
    assert (bar.category, bar.size) == ("Customer voices (number of months)", Decimal("83.3"))
    assert bar.note == "5/6, target at least 1 case a month: missed"
    pending = replace(april.target, status=TargetStatus.PENDING)
    assert targets(summary, replace(april, targets=(pending,))) == ()


def test_a_target_that_is_a_bound_above_has_no_bar(summary: Summary) -> None:
    """Less is better there: a bar in percent of it would say the opposite."""
    most = TargetJudgement("at_most", Decimal(4), "half", TargetStatus.MET)
    assert targets(summary, judged(summary, "voices", most)) == ()
    assert target_chart(summary, [judged(summary, "voices", most)], "en", ()) is None
