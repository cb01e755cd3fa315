"""Figures as tables: what stands in the cells, and which columns there are."""

from pathlib import Path

import pytest
from msgspec.structs import replace

import kpicli
from kpicli.model.judgements import TargetStatus
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.report.model import Edition, Report
from kpicli.report.page.table import Table
from kpicli.report.page.tables import Tables
from support.frozen_project import FrozenProject
from support.report_fixtures import TOP, VOICES, Make
from support.reported import only, report_on
from support.root import ROOT
from support.small_project import TODAY, Project


def lines(table: Table | None) -> list[tuple[str, ...]]:
    """Return a table as its rows of text, the heads first."""
    assert table is not None
    heads = (table.item, *(column.name for column in table.columns))
    return [heads, *((row.name, *(cell.shown for cell in row.cells)) for row in table.rows)]


def tables(report: Report) -> Tables:
    """Return what lays out the tables of a report in Japanese."""
    return Tables(report, "ja", {})


def test_figures_beside_what_they_are_compared_with(make: Make) -> None:
    """Numbers with units, changes in words with arrows; a column without data is not there."""
    shown = tables(make(TOP)).figures(("voices", "renewal_talks"))
    assert lines(shown) == [
        ("指標", "今期", "前期", "増減", "前年同期", "増減"),
        ("お客様の声", "3件", "2件", "↑ 1件増", "1件", "↑ 2件増"),
        ("感謝", "2件", "1件", "↑ 1件増", "1件", "↑ 1件増"),
        ("不満", "1件", "1件", "増減なし", "0件", "↑ 1件増"),
        ("要望", "0件", "0件", "増減なし", "0件", "増減なし"),
        ("その他", "0件", "0件", "増減なし", "0件", "増減なし"),
        (
            "自動車保険の継続案内前の対話",
            "2/3件 66.7%",
            "0/0件 - 算出不可",
            "",
            "0/0件 - 算出不可",
            "",
        ),
    ]


def test_a_comparison_can_be_chosen(make: Make) -> None:
    """Named among the KPIs, it is the only one that is shown."""
    shown = tables(make(TOP)).figures(("voices", "year_ago"))
    assert lines(shown)[0] == ("指標", "今期", "前年同期", "増減")


def test_nothing_to_show_is_no_table(make: Make) -> None:
    """No KPI, no table; one without data says so."""
    report = make(TOP)
    assert tables(report).figures(()) is None
    shown = tables(report).figures(("navi_uses",))
    assert lines(shown) == [("指標", "状態"), ("意向確認ナビの使用(生保)", "データなし")]


@pytest.mark.parametrize(
    ("better", "tones"), [("", ["", ""]), ("higher", ["good", ""]), ("lower", ["bad", ""])]
)
def test_a_change_is_good_or_bad_by_what_the_kpi_says(
    make: Make, project: Project, better: str, tones: list[str]
) -> None:
    """Without a direction it is neither, and no change is neither ever."""
    setting = f'better = "{better}"' if better else ""
    project.toml(f"[kpi.voices]\nextends = true\n{setting}")
    shown = tables(make(TOP)).figures(("voices", "previous"))
    assert shown is not None
    change = [column.key for column in shown.columns].index("previous_change")
    assert [shown.rows[row].cells[change].tone for row in (0, 2)] == tones


def test_a_target_is_a_badge_with_a_word(make: Make, project: Project) -> None:
    """Every target has its own, a sign and a word."""
    targets = '{ at_least = 4, per = "half" }, { at_most = 5, per = "half" }'
    project.toml(f"[kpi.voices]\nextends = true\ntargets = [{targets}]")
    shown = tables(make(TOP)).figures(("voices",))
    assert shown is not None
    cell = shown.rows[0].cells[-1]
    assert [badge.word for badge in cell.badges] == ["× 未達", "○ 達成"]
    assert [row.cells[-1].shown for row in shown.rows[1:]] == ["", "", "", ""]


def test_a_trend_has_the_periods_that_there_are_values_of(make: Make) -> None:
    """The earliest first, by their names."""
    shown = tables(make(TOP)).trend(("voices",))
    assert lines(shown)[:2] == [
        ("指標", "2024年度上期", "2024年度下期", "2025年度上期"),
        ("お客様の声", "1件", "2件", "3件"),
    ]


@pytest.mark.parametrize(("edition", "entered"), [("internal", " [入力値]"), ("public", "")])
def test_a_trend_has_the_periods_asked_for(edition: Edition, entered: str) -> None:
    """As many as were asked for, also those before the exports; marks are for the desk alone."""
    summary = kpicli.summarize(
        "2025H1", trend=4, by="month", kpis=["voices", "elderly_agreed"], today=TODAY,
        config=ROOT / "kpicli.toml",
    )  # fmt: skip
    report = replace(report_on(summary), edition=edition)
    heads, total, thanks, *_, agreed = lines(tables(report).trend(("voices", "elderly_agreed")))
    periods = (f"2023年度 下期{entered}", "2024年度 上期", "2024年度 下期", "2025年度 上期")
    assert heads == ("指標", *periods)
    assert total == ("お客様の声", "198件", "260件", "406件", "841件")
    assert thanks == ("感謝", "165件", "214件", "330件", "720件")
    assert agreed[1:] == ("93.3%", f"94.4%{entered}", "95.2%", "27/28件 96.4%")


def test_a_change_of_the_definition_is_said_beside_the_trend(tmp_path: Path) -> None:
    """Also to the public: a sign in the row, and a remark says what it means."""
    project = FrozenProject.of(
        Project(tmp_path).export("voices", VOICES, covers="2024-04..2025-09")
    )
    project.freeze("2024H2")
    project.settings_too("[kpi.voices]\nextends = true\nversion = 2")
    summary = kpicli.summarize(
        "2025H1", trend=3, by="month", kpis="voices", today=TODAY,
        config=tmp_path / "kpicli.toml",
    )  # fmt: skip
    shown = tables(replace(report_on(summary), edition="public")).trend(("voices",))
    assert shown is not None
    changed = "のあいだで定義が変わり、比べられない"
    first, last = ("2024年度上期 と 2024年度下期 ", "2024年度下期 と 2025年度上期 ")
    assert shown.remark == f"{first}{changed}、{last}{changed}"
    assert lines(shown)[1] == ("お客様の声", "1件", "| 2件", "| 3件")


def test_months_add_up_to_the_whole(sample: Summary) -> None:
    """Parts by months, the period itself last: what a reader would add, the run has counted."""
    shown = tables(report_on(only(sample, "voices"))).months(("voices",))
    heads, *rows = lines(shown)
    assert heads == ("指標(件)", "4月", "5月", "6月", "7月", "8月", "9月", "計")
    numbers = [[int(cell) for cell in row[1:]] for row in rows]
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    total, *parts = numbers
    assert total == [sum(column) for column in zip(*parts, strict=True)]
    assert (total[-1], [row[-1] for row in parts]) == (841, [720, 97, 16, 8])


def test_months_are_named_as_readers_name_them(sample: Summary) -> None:
    """A KPI whose parts are months has them in words, and not once more in a table of months."""
    made = tables(report_on(only(sample, "unclear_reasons")))
    figures = made.figures(("unclear_reasons",))
    assert [row[0] for row in lines(figures)[2:]] == ["4月", "5月", "6月", "7月", "8月", "9月"]
    assert len(lines(made.months(("unclear_reasons",)))) == 2


def test_values_taken_over_are_marked_once(sample: Summary) -> None:
    """Where every value of a period was published, the head says it; else each cell does."""
    some = only(sample, "voices", "complaint_improvements")
    frozen = [
        replace(
            figure,
            comparisons=tuple(
                replace(c, origin=replace(c.origin, kind="frozen")) for c in figure.comparisons
            ),
        )
        for figure in some.figures
    ]
    whole = report_on(replace(some, figures=tuple(frozen)))
    names = ("voices", "complaint_improvements", "previous")
    assert "公表値" not in str(lines(tables(whole).figures(names)))
    mixed = [f if f.kpi == "voices" else one for f, one in zip(frozen, some.figures, strict=True)]
    partly = report_on(replace(some, figures=tuple(mixed)))
    marked = lines(tables(partly).figures(names))
    assert [row[2].endswith("[公表値]") for row in marked if "件" in row[2]] == [True] * 5 + [False]


def test_a_kpi_without_data_has_one_line(make: Make, project: Project) -> None:
    """Its parts, which nothing has ever had a value of, are not listed one by one."""
    project.toml('[kpi.elderly_cases]\nextends = true\nprinciples = ["5"]')
    report = make(TOP, kpis=("voices", "elderly_cases"))
    assert lines(tables(report).figures(("elderly_cases",))) == [
        ("指標", "状態"),
        ("高齢者対応(生損保)", "データなし"),
    ]


def test_names_carry_no_principles(make: Make) -> None:
    """A reader sees which section a table stands in."""
    shown = tables(make(TOP)).figures(("voices", "voices_nonlife"))
    assert [row[0] for row in lines(shown) if "原則" in row[0]] == []


def test_a_doubtful_cell_moves_nothing(make: Make, project: Project) -> None:
    """Its column stays one of numbers, its line is marked, its state has a column of its own."""
    before = tables(make(TOP)).figures(("voices", "renewal_talks"))
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    after = tables(make(TOP)).figures(("voices", "renewal_talks"))
    assert before is not None
    assert after is not None
    assert after.columns[: len(before.columns)] == before.columns
    assert [c.number for c in after.columns] == [*(c.number for c in before.columns), False]
    assert [row.doubtful for row in after.rows if not row.depth] == [True, False]
    assert lines(after)[1][-1] == "要確認(1件)"


def test_a_missed_target_stays_a_missed_one_beside_a_doubt(sample: Summary) -> None:
    """The badge is coloured by the target, the line by the doubt: neither hides the other."""
    some = only(sample, "roleplay_sessions")
    doubtful = tuple(
        replace(f, value=replace(f.value, status=Status.PARTIAL)) if f.by is None else f
        for f in some.figures
    )
    shown = tables(report_on(replace(some, figures=doubtful))).figures(("roleplay_sessions",))
    assert shown is not None
    assert shown.rows[0].doubtful
    badges = [badge for cell in shown.rows[0].cells for badge in cell.badges]
    assert [badge.status for badge in badges] == [TargetStatus.MISSED]


def test_a_percentage_is_said_once(sample: Summary) -> None:
    """A share has its sign where it stands, and no unit behind it."""
    shown = tables(report_on(only(sample, "renewal_talks"))).figures(("renewal_talks",))
    (_, row) = lines(shown)
    assert row[1] == "178/252件 70.6%"
    assert [cell for cell in row if cell.count("%") > 1] == []


def test_a_doubt_stands_in_its_month(make: Make, project: Project) -> None:
    """A table of months has no column for states: each cell says its own."""
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    shown = lines(tables(make(TOP)).months(("voices",)))
    assert all("要確認(1件)" in cell for cell in shown[1][1:])
    assert shown[1][1].startswith("1 ")


def test_months_of_several_units_say_each(sample: Summary) -> None:
    """A count of people beside one of cases, and shares, which have a unit of their own."""
    some = tables(report_on(only(sample, "voices", "renewal_talks")))
    heads, first, *_ = lines(some.months(("voices", "renewal_talks")))
    assert heads[0] == "指標"
    assert first[-1] == "841件"
