"""What a report holds and in which order, before it is a page or a text."""

import pytest

from kpicli.base.wording import Text
from kpicli.report.model import Section
from kpicli.report.outline import heading, outline
from support.report_fixtures import TOP, Make
from support.small_project import Project


def test_the_periods_are_named_with_their_days(make: Make) -> None:
    """The period itself and each that it is compared with; the as-of date stands beside."""
    shown = outline(make(TOP), "ja", ())
    assert shown.dates == (
        "2025年度上期: 2025-04-01 から 2025-09-30 まで (2025-09-30 時点)",
        "前期: 2024年度下期 (2024-10-01 から 2025-03-31 まで)",
        "前年同期: 2024年度上期 (2024-04-01 から 2024-09-30 まで)",
    )


def test_a_chart_stands_in_the_first_chapter_of_its_kpi(make: Make) -> None:
    """A KPI of two principles is drawn once, and its figures are in both chapters."""
    shown = outline(make(TOP), "ja", ("voices", "voices_nonlife"))
    charts = {c.anchor: [chart.kpi for chart in c.charts] for c in shown.chapters}
    assert charts == {"fd-p2": ["voices"], "fd-p7": ["voices_nonlife"], "fd-p3": [], "fd-p4": []}
    held = {c.anchor: [line.name for line in c.grid.lines] for c in shown.chapters if c.grid}
    assert "お客様の声 (原則7も)" in held["fd-p2"]
    assert "お客様の声 (原則7も)" in held["fd-p7"]


def test_every_kpi_is_in_the_correspondence(make: Make) -> None:
    """Each with its principles and the chapters that show it."""
    shown = outline(make(TOP), "ja", ())
    entries = {each.id: (each.principles, [c.anchor for c in each.chapters])
               for each in shown.correspondence}  # fmt: skip
    assert entries == {
        "renewal_talks": ("2", ["fd-p2"]),
        "voices": ("2, 7", ["fd-p2", "fd-p7"]),
        "navi_uses": ("3, 4", ["fd-p3", "fd-p4"]),
        "voices_nonlife": ("7", ["fd-p7"]),
    }


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
    """One table of all, one sentence that sums them up."""
    assert outline(make(TOP), "ja", ()).verdicts == "この期間に判定する目標はない"
    project.toml('[kpi.voices]\nextends = true\ntargets = [{ at_least = 4, per = "half" }]')
    shown = outline(make(TOP), "ja", ())
    assert shown.verdicts == "目標の判定: 達成 0、未達 1、判定前 0"
    assert shown.targets is not None
    assert [(line.name, line.tone) for line in shown.targets.lines] == [("お客様の声", "missed")]


@pytest.mark.parametrize(
    ("section", "ja", "en"),
    [
        (Section("2", "利益"), "原則2 利益", "Principle 2 利益"),
        (Section("2", ""), "原則2", "Principle 2"),
    ],
)
def test_a_heading_is_its_principle_and_its_title(section: Section, ja: str, en: str) -> None:
    """The title is the user's, in whatever language; without one the principle stands alone."""
    assert Text(heading(section, "ja"), heading(section, "en")) == Text(ja, en)
