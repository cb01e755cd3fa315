"""What a chart shows: marks as plain values, and beside them the same numbers as a table."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kpicli.model.figures import Definition
from kpicli.model.summary import Series, Summary
from kpicli.model.value import Status, Value
from kpicli.output.page.blocks import kpi_blocks
from kpicli.report.charts.chart_data import MOST_PANELS, Chart, Mark, section_charts, trend_chart
from support.report_fixtures import TOP, Make
from support.reported import only, sample_summary


@pytest.fixture
def summary(make: Make) -> Summary:
    """Return the figures of a small report."""
    return make(TOP).summary


def drawn(summary: Summary, *wanted: str) -> list[Chart]:
    """Return the charts by month of the wanted KPIs."""
    return list(section_charts(kpi_blocks(summary), wanted, "ja"))


def sizes(chart: Chart, name: str) -> list[Decimal | None]:
    """Return the sizes of the marks of a panel."""
    (panel,) = (panel for panel in chart.panels if panel.name.split(" ")[0] == name)
    return [mark.size for mark in panel.marks]


def test_the_total_and_each_part_have_a_panel(summary: Summary) -> None:
    """Every month has its mark in each, the total first; their words say what they come to."""
    (chart,) = drawn(summary, "voices")
    assert (chart.id, chart.kind) == ("fd-chart", "bars")
    assert chart.title == "お客様の声は5月が最多の2件"
    assert chart.subtitle == "単位: 件、月別、2025年4月1日～9月30日"
    assert chart.description == (
        "4月から9月までの棒グラフ。お客様の声 3件, 感謝 2件, 不満 1件, 要望 0件, その他 0件。"
    )
    assert chart.categories == ("4月", "5月", "6月", "7月", "8月", "9月")
    names = [panel.name for panel in chart.panels]
    assert names == ["お客様の声 計3件", "感謝 計2件", "不満 計1件", "要望 計0件", "その他 計0件"]
    assert sizes(chart, "お客様の声") == [1, 2, 0, 0, 0, 0]
    assert sizes(chart, "感謝") == [1, 1, 0, 0, 0, 0]
    assert sizes(chart, "不満") == [0, 1, 0, 0, 0, 0]
    assert chart.panels[1].marks[0] == Mark(Decimal(1), "1")


def test_the_table_beside_has_the_same_numbers(summary: Summary) -> None:
    """Each month's cells are its marks."""
    (chart,) = drawn(summary, "voices")
    assert chart.grid is not None
    assert [c.name for c in chart.grid.columns] == ["計", "感謝", "不満", "要望", "その他"]
    assert all(c.right for c in chart.grid.columns)
    assert {line.name: line.cells for line in chart.grid.lines[:2]} == {
        "4月": ("1件", "1件", "0件", "0件", "0件"),
        "5月": ("2件", "1件", "1件", "0件", "0件"),
    }


def test_a_month_over_nothing_has_no_mark(summary: Summary) -> None:
    """It says so in the table; and nothing is said of such a year in the title."""
    (chart,) = drawn(summary, "renewal_talks")
    assert chart.title == "自動車保険の継続案内前の対話"
    (panel,) = chart.panels
    assert panel.marks[0] == Mark(Decimal("66.7"), "66.7%")
    assert {mark.size for mark in panel.marks[1:]} == {None}
    assert chart.grid is not None
    assert [line.cells for line in chart.grid.lines][:2] == [
        ("2/3件 66.7%",),
        ("0/0件 - 算出不可",),
    ]


def test_values_in_doubt_are_hollow_and_unspoken_of(summary: Summary) -> None:
    """The title is the KPI's own, and a note says what hollow means."""
    doubtful = tuple(
        replace(f, value=replace(f.value, faulty_rows=1)) if f.group == "2025-05" else f
        for f in summary.figures
    )
    (chart,) = drawn(replace(summary, figures=doubtful), "voices")
    assert chart.title == "お客様の声"
    assert [mark.doubtful for mark in chart.panels[0].marks] == [False, True, *[False] * 4]
    assert chart.notes == ("白抜きは、確定していない値",)


def test_many_parts_leave_the_smallest_to_the_table(summary: Summary) -> None:
    """Eight panels are drawn, the total and the largest seven; a note says how many are left."""
    first = next(f for f in summary.figures if f.item == "感謝" and f.group == "2025-04")
    more = tuple(
        replace(first, item=f"区分{n}", value=replace(first.value, number=n)) for n in range(20)
    )
    (chart,) = drawn(replace(summary, figures=(*summary.figures, *more)), "voices")
    assert len(chart.panels) == MOST_PANELS
    assert [panel.name for panel in chart.panels[1:]] == [f"区分{n}" for n in range(13, 20)]
    assert chart.notes == ("ほかの17区分は数値の表にある",)


def test_nothing_is_drawn_without_numbers_or_unasked(summary: Summary) -> None:
    """A KPI without data has no chart, nor has one that the settings do not name."""
    assert drawn(summary, "navi_uses") == []
    assert [chart.kpi for chart in drawn(summary, "voices_nonlife")] == ["voices_nonlife"]


def trend_of(*numbers: int | None, breaks: tuple[int, ...] = ()) -> Summary:
    """Return a summary of halves up to 2025H1 with these values; the definition changes at some."""
    whole = sample_summary()
    total = next(f for f in whole.figures if f.kpi == "voices" and f.by is None)
    figures = []
    version = 1
    for at, (period, number) in enumerate(
        zip(whole.period.last(len(numbers)), numbers, strict=True)
    ):
        version += at in breaks
        status = Status.NO_DATA if number is None else Status.OK
        value = Value(number, None, None, status, 0)
        definition = Definition(version, str(version))
        figures.append(
            replace(total, period=period, value=value, definition=definition, comparisons=())
        )
    return replace(only(whole, "voices"), trend=(Series(tuple(figures)),))


def test_a_trend_is_a_line_from_the_first_to_the_last() -> None:
    """Each period is named in two lines, a gap has no mark."""
    chart = trend_chart(trend_of(3, None, 5, 4), "voices", "ja", "○○保険")
    assert chart is not None
    assert (chart.kind, chart.title) == ("lines", "お客様の声は3件から4件に増加")
    assert chart.subtitle == "単位: 件、半期別、2023年度下期～2025年度上期、○○保険"
    assert chart.categories[:2] == ("2023年度\n下期", "2024年度\n上期")
    assert [mark.size for mark in chart.panels[0].marks] == [3, None, 5, 4]
    assert trend_chart(trend_of(None, 4), "voices", "ja") is None


def test_a_new_definition_breaks_the_line_and_the_title() -> None:
    """What is said is said of the values after it alone."""
    chart = trend_chart(trend_of(9, 9, 5, 4, breaks=(2,)), "voices", "en")
    assert chart is not None
    assert chart.title == "Customer voices fell from 5 to 4"
    assert [mark.broken for mark in chart.panels[0].marks] == [False, False, True, False]
    assert [note.split(":")[0] for note in chart.notes] == [
        "The definition changed at the dashed line"
    ]
