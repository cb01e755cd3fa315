from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kpicli.model.figures import Comparison, Figure
from support.small_project import Project


def shown(figure: Figure) -> list[tuple[str, str, object, object, str]]:
    """Return kind, period, number, change and status of every comparison."""

    def each(other: Comparison) -> tuple[str, str, object, object, str]:
        value = other.value
        return other.kind, other.period.name, value.number, other.change, value.status.value

    return [each(other) for other in figure.comparisons]


def voices(folder: Path, covers: str | None = "2024-04..2025-09") -> Project:
    """Return a project with お客様の声 of three halves: 1, 2 and 3."""
    days = ("2024/4/1", "2024/10/1", "2025/3/31", "2025/4/1", "2025/5/1", "2025/9/30")
    kinds = ("感謝", "不満", "感謝", "感謝", "感謝", "感謝")
    rows = [
        f"V{n},{day},生保,{kind},,{day}"
        for n, (day, kind) in enumerate(zip(days, kinds, strict=True))
    ]
    return Project(folder).export("voices", rows, covers=covers)


def test_the_half_before_and_the_half_a_year_ago_are_named(tmp_path: Path) -> None:
    """前期 is 2024H2, 前年同期 is 2024H1; the change is this value less that one."""
    result = voices(tmp_path).summarize("voices", compare=["previous", "year_ago"])
    assert shown(result.figure()) == [
        ("previous", "2024H2", 2, 1, "ok"),
        ("year_ago", "2024H1", 1, 2, "ok"),
    ]
    assert shown(result.figure("不満")) == [
        ("previous", "2024H2", 1, -1, "ok"),
        ("year_ago", "2024H1", 0, 0, "ok"),
    ]


def test_a_period_without_data_has_no_change(tmp_path: Path) -> None:
    """Where the exports do not reach back there is no number and no change, not 0."""
    result = voices(tmp_path, "2024-10..2025-09").summarize("voices", compare=["year_ago"])
    assert shown(result.figure()) == [("year_ago", "2024H1", None, None, "no_data")]
    assert shown(result.figure("不満")) == [("year_ago", "2024H1", None, None, "no_data")]


def test_a_partly_covered_period_is_told(tmp_path: Path) -> None:
    """A comparison with a half that is covered in part says so."""
    result = voices(tmp_path, "2025-01..2025-09").summarize("voices", compare=["previous"])
    assert shown(result.figure())[0][-1] == "partial"


def test_a_month_group_is_compared_with_the_month_before(tmp_path: Path) -> None:
    """By month, 前期 of April is March and 前年同期 is April a year ago."""
    result = voices(tmp_path).summarize("voices", by="month", compare=["previous", "year_ago"])
    assert shown(result.figure(group="2025-04")) == [
        ("previous", "2025-03", 1, 0, "ok"),
        ("year_ago", "2024-04", 1, 0, "ok"),
    ]
    assert shown(result.figure(group="2025-06"))[0] == ("previous", "2025-05", 1, -1, "ok")
    assert shown(result.figure("感謝", "2025-05"))[0] == ("previous", "2025-04", 1, 0, "ok")


def test_a_clipped_month_is_compared_with_as_many_days(tmp_path: Path) -> None:
    """A group that is no whole month is compared with the days before it."""
    result = voices(tmp_path).summarize(
        "voices", "2025-04-01..2025-04-15", by="month", compare=["previous"]
    )
    other = result.figure(group="2025-04-01..2025-04-15").comparisons[0]
    assert (other.period.dates, other.value.number) == ("2025-03-17..2025-03-31", 1)


def test_a_group_that_had_no_rows_is_compared_with_zero(tmp_path: Path) -> None:
    """A team that is new had 0 before, in a period that is covered."""
    rows = ["V1,2025/4/1,生保,感謝,新,", "V2,2025/3/1,生保,感謝,旧,"]
    project = Project(tmp_path).export("voices", rows)
    result = project.summarize("voices", by="team", compare=["previous", "year_ago"])
    assert shown(result.figure(group="新")) == [
        ("previous", "2024H2", 0, 1, "ok"),
        ("year_ago", "2024H1", 0, 1, "ok"),
    ]


def test_a_group_of_an_undeclared_sparse_source_is_never_compared_with_zero(
    tmp_path: Path,
) -> None:
    """Meetings without `covers`: that one sort was not held before is not known."""
    rows = ["M1,2025/4/1,新しい会議", "M2,2025/3/1,コンプライアンス会議"]
    project = Project(tmp_path).export("meetings", rows, covers=None)
    project.toml('[kpi.own]\ntitle = "会議"\nsource = "meetings"\nmeasure = "count"')
    result = project.summarize("own", by="meeting", compare=["previous"])
    assert shown(result.figure()) == [("previous", "2024H2", 1, 0, "ok")]
    assert shown(result.figure(group="新しい会議")) == [
        ("previous", "2024H2", None, None, "no_data")
    ]


def test_ratios_are_compared_in_points(tmp_path: Path) -> None:
    """The change of a ratio is the difference of the percentages, None over nothing."""
    rows = [
        "P1,2025/4/1,自動車,有,有",
        "P2,2025/4/1,自動車,無,有",
        "P3,2025/3/1,自動車,有,有",
        "P4,2025/3/1,自動車,有,有",
        "P5,2025/3/1,自動車,無,有",
    ]
    result = (
        Project(tmp_path)
        .export("renewals", rows)
        .summarize("renewal_talks", compare=["previous", "year_ago"])
    )
    assert shown(result.figure()) == [
        ("previous", "2024H2", Decimal("66.7"), Decimal("-16.7"), "ok"),
        ("year_ago", "2024H1", None, None, "undefined"),
    ]


def test_another_period_keeps_its_own_as_of_date(tmp_path: Path) -> None:
    """The half before is judged at its own end, whatever day was asked for.

    What goes on at that day is no match for a half that has ended, so no change is told.
    """
    rows = [
        "A1,2024/10/1,新規,生保,済,2024/12/1,2025/4/1,,",  # open at the end of 2024H2
        "A2,2025/4/1,新規,生保,済,2025/5/1,2025/8/1,,",  # open at the end of May
    ]
    result = (
        Project(tmp_path)
        .export("responses", rows)
        .summarize("missed_responses", compare=["previous"], as_of=date(2025, 5, 31))
    )
    assert shown(result.figure()) == [("previous", "2024H2", 1, None, "ok")]


def test_a_part_of_a_period_is_no_match_for_a_whole_one(tmp_path: Path) -> None:
    """Two months of a half beside six of the half before: both are told, no change."""
    rows = ["V1,2025/4/1,生保,感謝,,", "V2,2024/10/1,生保,感謝,,", "V3,2025/3/1,生保,感謝,,"]
    project = Project(tmp_path).export("voices", rows, covers="2024-10..2025-05")
    result = project.summarize("voices", compare=["previous"])
    assert (result.number(), result.value().status) == (1, "partial")
    assert shown(result.figure()) == [("previous", "2024H2", 2, None, "ok")]


def test_the_change_of_a_share_is_of_the_shares_themselves(tmp_path: Path) -> None:
    """10 of 27 after 10 of 26 is 1.42 points less, though 37.0 less 38.5 would be 1.5."""
    rows = [
        f"P{half}{n},{day},自動車,{'有' if n < 10 else '無'},有"
        for half, (day, size) in enumerate((("2025/4/1", 27), ("2024/10/1", 26)))
        for n in range(size)
    ]
    project = Project(tmp_path).export("renewals", rows)
    result = project.summarize("renewal_talks", compare=["previous"])
    (other,) = result.figure().comparisons
    assert (result.number(), other.value.number) == (Decimal("37.0"), Decimal("38.5"))
    assert other.change == Decimal("-1.4")


def test_parts_that_are_months_have_no_comparison(tmp_path: Path) -> None:
    """August within a half has no namesake in the half before."""
    project = Project(tmp_path).export("proposals", ["K1,2025/8/1,生保,不明瞭,有"])
    result = project.summarize("unclear_reasons", compare=["previous"])
    assert shown(result.figure()) == [("previous", "2024H2", 0, 1, "ok")]
    assert result.figure("2025-08").comparisons == ()


def test_a_kpi_that_cannot_be_read_is_compared_with_nothing(tmp_path: Path) -> None:
    """Without an export there is no data on either side."""
    result = voices(tmp_path).summarize("renewal_talks", compare=["previous"])
    assert shown(result.figure()) == [("previous", "2024H2", None, None, "no_data")]


def test_a_half_or_quarter_is_compared_with_the_one_before(tmp_path: Path) -> None:
    """By half, 前期 of 2025H1 is 2024H2; by quarter, that of 2025Q1 is 2024Q4."""
    halves = voices(tmp_path).summarize(
        "voices", "2024-10..2025-09", by="half", compare=["previous"]
    )
    assert shown(halves.figure(group="2025H1")) == [("previous", "2024H2", 2, 1, "ok")]
    quarters = voices(tmp_path).summarize("voices", by="quarter", compare=["previous"])
    assert quarters.groups() == {"2025Q1": 2, "2025Q2": 1}
    assert shown(quarters.figure(group="2025Q1")) == [("previous", "2024Q4", 1, 1, "ok")]
    assert shown(quarters.figure(group="2025Q2")) == [("previous", "2025Q1", 2, -1, "ok")]


SCORES = """[kpi.scores]
title = "点数"
source = "trainings"
measure = "{measure}"
of = "score"
parts = {{ by = "form" }}
[kpi.rate]
title = "合格率"
source = "trainings"
measure = "ratio"
numerator = {{ result = "合格" }}
parts = {{ by = "form" }}
"""


@pytest.mark.parametrize("measure", ["mean", "median"])
def test_a_part_without_rows_in_the_other_period_has_no_mean(tmp_path: Path, measure: str) -> None:
    """A mean and a ratio over nothing are none: not 0, from which a change would be counted."""
    rows = [
        "T1,2025/3/1,公的介護保険制度,講義,S001,1,60,合格",
        "T2,2025/4/1,公的介護保険制度,,S001,1,80,合格",  # its part is 未記入, in this half alone
    ]
    project = Project(tmp_path).export("trainings", rows, covers="2024-10..2025-09")
    project.toml(SCORES.format(measure=measure))
    for kpi in ("scores", "rate"):
        figure = project.summarize(kpi, compare=["previous"]).figure("未記入")
        assert shown(figure) == [("previous", "2024H2", None, None, "undefined")]


def test_a_group_without_rows_is_in_doubt_where_a_cell_that_groups_cannot_be_read(
    tmp_path: Path,
) -> None:
    """In the half before, one row of 西 stands beside one that may be of any team, 東 as well."""
    rows = ["V1,2025/3/1,生保,感謝,西,", "V2,2025/4/1,生保,感謝,東,", "V3,2025/3/2,生保,感謝,#N/A,"]
    project = Project(tmp_path).export("voices", rows, covers="2024-04..2025-09")
    result = project.summarize("voices", by="team", compare=["previous", "year_ago"])
    assert shown(result.figure(group="東")) == [
        ("previous", "2024H2", None, None, "provisional"),
        ("year_ago", "2024H1", 0, 1, "ok"),
    ]
