"""What a report holds and in which order, before it is a page or a text."""

from datetime import date

from msgspec.structs import replace

import kpicli
from kpicli.report.charts.chart_data import Chart
from kpicli.report.model import Frame, Link, Report
from kpicli.report.page.outline import LaidPair, Outline, Prose, Related, outline
from kpicli.report.page.table import Table
from support.report_fixtures import TOP, Make
from support.reported import report_on
from support.root import ROOT
from support.small_project import TODAY, Project


def kinds(shown: Outline) -> dict[str, list[str]]:
    """Return what stands in each section, by its anchor."""
    return {
        section.anchor: [type(c).__name__ for item in section.items for c in item.contents]
        for section in shown.sections
    }


def names(shown: Outline) -> list[str]:
    """Return the names in the tables of figures, in order."""
    contents = [c for s in shown.sections for item in s.items for c in item.contents]
    return [row.name for c in contents if isinstance(c, Table) for row in c.rows if not row.depth]


def test_the_periods_are_named_with_their_days(make: Make) -> None:
    """The day of publication, the period and each that it is compared with, the as-of date."""
    report = replace(make(TOP), frame=Frame(published_on=date(2025, 12, 12)))
    assert outline(report, "ja", ()).dates == (
        ("公表日", "2025年12月12日"),
        ("対象期間", "2025年度上期(2025年4月1日～9月30日)"),
        ("前期", "2024年度下期(2024年10月1日～2025年3月31日)"),
        ("前年同期", "2024年度上期(2024年4月1日～9月30日)"),
        ("時点", "2025年9月30日"),
    )
    assert ("Period", "FY2025H1 (1 April to 30 September 2025)") in outline(report, "en", ()).dates


def test_one_figure_stands_once(make: Make) -> None:
    """Without directives: in the first of its principles; the others refer to it by a link."""
    report = make(TOP)
    shown = outline(report, "ja", ("voices", "voices_nonlife"))
    assert kinds(shown) == {
        "fd-p2": ["Table", "Chart"],
        "fd-p3": ["Table"],
        "fd-p7": ["Table", "Chart", "Related"],
    }
    titles = [head.title.ja for head in report.summary.kpis.values()]
    assert sorted(names(shown)) == sorted(titles)
    *_, related = shown.sections[-1].items[-1].contents
    assert related == Related((("お客様の声", Link("原則2", "#fd-p2")),))


def test_figures_stand_where_the_author_puts_them(make: Make) -> None:
    """With a directive nothing is added; a chart is drawn without being named in the settings."""
    text = f"{TOP}## 原則2・原則7 x\n\n### (1) a\n\n文\n\n::: figures voices\n\n::: chart voices\n"
    shown = outline(make(text), "ja", ("renewal_talks", "targets"))
    (section,) = shown.sections
    (item,) = section.items
    assert (section.heading, item.heading) == ("原則2・原則7 x", "(1) a")
    first, table, chart = item.contents
    assert first == Prose("文")
    assert isinstance(table, Table)
    assert isinstance(chart, Chart)
    assert names(shown) == ["お客様の声"]
    assert shown.target_chart is None


def test_a_trend_has_a_line_of_its_total(make: Make) -> None:
    """The table has the numbers, so the chart below has none of its own."""
    report = make(f"{TOP}## 原則2 x\n\n::: trend voices\n")
    summary = kpicli.summarize(
        "2025H1", trend=3, by="month", kpis="voices", config=ROOT / "kpicli.toml",
        today=date(2025, 11, 1),
    )  # fmt: skip
    shown = outline(replace(report, summary=summary), "ja", ())
    table, chart = shown.sections[0].items[0].contents
    assert isinstance(table, Table)
    assert isinstance(chart, Chart)
    assert (chart.kind, len(chart.panels), chart.grid) == ("lines", 1, None)


def test_two_columns_stand_side_by_side(make: Make) -> None:
    """A pair keeps the author's headings, and tables stand in its columns."""
    text = (
        f"{TOP}## 原則2 x\n\n### 取り組み課題<上期>\n\n課題\n\n### 振り返り\n\n::: figures voices\n"
    )
    ((item,),) = [section.items for section in outline(make(text), "ja", ()).sections]
    (pair,) = item.contents
    assert isinstance(pair, LaidPair)
    assert (pair.planned_heading, pair.planned) == ("取り組み課題<上期>", (Prose("課題"),))
    assert pair.review_heading == "振り返り"
    assert [type(each) for each in pair.review] == [Table]


def test_sections_have_anchors_of_their_own(make: Make) -> None:
    """Of their first principle, else of their place; no two are alike."""
    text = f"{TOP}## はじめに\n\na\n\n## 原則2・7 b\n\n## 原則A.1 c\n\n## 終わりに\n\nd\n"
    anchors = [section.anchor for section in outline(make(text), "ja", ()).sections]
    assert anchors == ["fd-s1", "fd-p2", "fd-pA_2e1", "fd-s4", "fd-p3"]


def test_what_is_not_final_is_listed(make: Make, project: Project) -> None:
    """Figures in doubt and figures without data, each with its state; months are not repeated."""
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    assert outline(make(TOP), "ja", ()).doubts == (
        "お客様の声: 要確認(1件)",
        "お客様の声 感謝: 要確認(1件)",
        "意向確認ナビの使用(生保): データなし",
        "お客様の声(損保): 要確認(1件)",
    )


def test_targets_are_counted_by_how_they_stand(make: Make, project: Project) -> None:
    """A missed one is named with what it asks for and what was reached."""
    assert outline(make(TOP), "ja", ()).verdicts == ()
    targets = '{ at_least = 4, per = "half" }, { at_most = 5, per = "half" }'
    project.toml(f"[kpi.voices]\nextends = true\ntargets = [{targets}]")
    met, missed = outline(make(TOP), "ja", ()).verdicts
    assert (met.badge.word, met.number, met.details) == ("○ 達成", "1項目", ())
    assert (missed.badge.word, missed.number) == ("× 未達", "1項目")
    (detail,) = missed.details
    assert detail.startswith("お客様の声(目標 半期")
    assert detail.endswith("→ 実績 3件)")


def test_only_an_internal_report_has_an_appendix(make: Make) -> None:
    """Each KPI with its principles and the sections that show it; a public one has none."""
    shown = outline(make(TOP), "ja", ())
    assert shown.appendix is not None
    assert {
        each.id: (each.principles, [place.address for place in each.places])
        for each in shown.appendix.correspondence
    } == {
        "renewal_talks": ("2", ["#fd-p2"]),
        "voices": ("2, 7", ["#fd-p2", "#fd-p7"]),
        "navi_uses": ("3, 4", ["#fd-p3"]),
        "voices_nonlife": ("7", ["#fd-p7"]),
    }
    public: Report = make(TOP, edition="public")
    assert outline(public, "ja", ()).appendix is None


def test_footnotes_are_numbered_as_they_are_met(make: Make, project: Project) -> None:
    """A KPI that the page shows has the number of its note; one that it does not show has none."""
    for kpi in ("voices", "renewal_talks", "voices_nonlife"):
        project.toml(f'[kpi.{kpi}]\nextends = true\nnote = "{kpi}の数え方"')
    text = f"{TOP}## 原則2 x\n\n::: cards voices\n\n::: figures renewal_talks, voices\n"
    shown = outline(make(text), "ja", ())
    assert shown.footnotes == ("voicesの数え方", "renewal_talksの数え方")
    _, table = shown.sections[0].items[0].contents
    assert isinstance(table, Table)
    assert [row.note for row in table.rows if not row.depth] == [2, 1]


def test_where_values_of_other_periods_come_from() -> None:
    """An internal report names each source of entered values once; a public one names none."""
    summary = kpicli.summarize(
        "2025H1", kpis="renewal_talks", by="month", compare="year-ago", today=TODAY,
        config=ROOT / "kpicli.toml",
    )  # fmt: skip
    report = report_on(summary)
    line = "入力値 2024年度上期: 2024年度上期の公表ページ(2025-10-20 入力)"
    assert outline(replace(report, edition="internal"), "ja", ()).legend.count(line) == 1
    assert line not in outline(replace(report, edition="public"), "ja", ()).legend


def test_targets_are_those_of_the_figures_that_are_shown(make: Make, project: Project) -> None:
    """A page on some figures says nothing of the targets of others."""
    for kpi in ("voices", "voices_nonlife"):
        project.toml(f"[kpi.{kpi}]\nextends = true\ntargets = [{{ at_least = 4, per = 'half' }}]")
    (both,) = outline(make(TOP), "ja", ()).verdicts
    assert both.number == "2項目"
    (one,) = outline(make(f"{TOP}::: cards voices\n"), "ja", ()).verdicts
    assert one.number == "1項目"
