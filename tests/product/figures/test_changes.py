"""Changes of means and medians: of what they are rounded from, wherever a change is told."""

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.command_line import Run
from support.frozen_project import FrozenProject, by_id
from support.small_project import Project

SCORE = """\
[kpi.score]
title = "点数"
principles = ["2"]
source = "trainings"
measure = "{kind}"
of = "score"
unit = "点"
"""
TARGET = "targets = [{ at_least = 70, per = 'half' }]\n"


def scored(folder: Path, kind: str, *halves: list[str], more: str = "") -> Project:
    """Return a project with scores of 2025H1, then of 2024H2, and a KPI over them."""
    rows = [
        f"R{half}{n},{day},研修,講義,S001,1,{score},合格"
        for half, (day, scores) in enumerate(zip(("2025/4/1", "2024/10/1"), halves, strict=False))
        for n, score in enumerate(scores)
    ]
    return Project(folder).export("trainings", rows).toml(SCORE.format(kind=kind) + more)


def without_unrounded(project: FrozenProject, period: str) -> None:
    """Make a record one of those that had rounded values alone, and no seal."""
    file = project.folder / "published" / f"{period}.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    for key in ("seal", "earlier", "others"):
        del raw[key]
    for kpi in raw["kpis"]:
        for figure in kpi["figures"]:
            del figure["unrounded"]
            for comparison in figure["comparisons"]:
                del comparison["unrounded"]
    file.write_text(json.dumps({**raw, "schema_version": 1}), encoding="utf-8")


@pytest.mark.parametrize("kind", ["mean", "median"])
def test_a_change_is_of_unrounded_values(tmp_path: Path, kind: str) -> None:
    """3.449 after 3.051 are 3.4 and 3.1, and 0.4 more, not 0.3."""
    result = scored(tmp_path, kind, ["3.449"], ["3.051"]).summarize("score", compare=["previous"])
    (other,) = result.figure().comparisons
    assert (result.number(), other.value.number) == (Decimal("3.4"), Decimal("3.1"))
    assert other.change == Decimal("0.4")


numbers = st.lists(st.integers(-9999, 9999), min_size=1, max_size=5)


@given(now=numbers, before=numbers)
def test_means_by_another_road(
    tmp_path_factory: pytest.TempPathFactory, now: list[int], before: list[int]
) -> None:
    """The change is the difference of the two exact means, rounded half away from zero."""
    halves = [[f"{n / 1000:.3f}" for n in half] for half in (now, before)]
    project = scored(tmp_path_factory.mktemp("p"), "mean", *halves)
    (other,) = project.summarize("score", compare=["previous"]).figure().comparisons
    exact = Fraction(sum(now), len(now)) - Fraction(sum(before), len(before))
    thousandths = Decimal(exact.numerator) / Decimal(exact.denominator * 1000)
    assert other.change == thousandths.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_what_was_published_is_compared_in_full(tmp_path: Path) -> None:
    """A record keeps what its means were rounded from; `diff` tells the change of that, too."""
    small = scored(tmp_path, "mean", ["3.449"], ["3.051"])
    project = FrozenProject.of(small)
    project.freeze("2024H2", not_final=True)
    result = small.summarize("score", compare=["previous"])
    (other,) = result.figure().comparisons
    assert (other.origin.kind, other.change) == ("frozen", Decimal("0.4"))
    assert not [remark for remark in result.remarks if "rounded" in remark]
    project.edit("trainings0.csv", lambda lines: [line.replace("3.051", "3.449") for line in lines])
    (move,) = by_id(project.diff("2024H2"))["score"].moves
    assert (move.before.number, move.after.number) == (Decimal("3.1"), Decimal("3.4"))
    assert move.difference == Decimal("0.4")
    assert [effect.number for effect in move.effects] == [Decimal("0.4")]


def test_a_record_of_rounded_values(tmp_path: Path) -> None:
    """The change is that of the shown values and a remark says so; `diff` has the rows."""
    small = scored(tmp_path, "mean", ["3.449"], ["3.051"])
    project = FrozenProject.of(small)
    project.freeze("2024H2", not_final=True)
    without_unrounded(project, "2024H2")
    result = small.summarize("score", compare=["previous"])
    (other,) = result.figure().comparisons
    assert (other.value.number, other.change) == (Decimal("3.1"), Decimal("0.3"))
    assert result.remarks[-1] == (
        "2024H2: what its value was rounded from is not known; "
        "the change is that of the rounded values"
    )
    project.edit("trainings0.csv", lambda lines: [line.replace("3.051", "3.449") for line in lines])
    (move,) = by_id(project.diff("2024H2"))["score"].moves
    assert move.difference == Decimal("0.4")


def test_a_value_entered_by_hand(tmp_path: Path) -> None:
    """What was entered is a rounded value: the change is that of what is shown, and says so."""
    project = scored(tmp_path, "mean", ["3.449"])
    project.exports["trainings"] = ['{ files = "trainings0.csv", covers = "2025-04..2025-09" }']
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "entered.csv").write_text(
        "period,kpi,value,source,entered_on\n2024H2,score,3.1,会議資料,2025-04-10\n", "utf-8"
    )
    result = project.summarize("score", compare=["previous"])
    (other,) = result.figure().comparisons
    assert (other.origin.kind, other.change) == ("entered", Decimal("0.3"))
    assert any("rounded values" in remark for remark in result.remarks)


def test_a_target_is_judged_by_what_is_not_rounded(tmp_path: Path) -> None:
    """69.96 is shown as 70.0 and has not reached 70."""
    missed = scored(tmp_path, "mean", ["69.96"], more=TARGET).summarize("score")
    assert (missed.number(), missed.target) == (Decimal("70.0"), "missed")
    assert scored(tmp_path, "median", ["70"], more=TARGET).summarize("score").target == "met"


@pytest.mark.usefixtures("cache_folder")
def test_every_output_has_the_same_change(tmp_path: Path, run_kpicli: Run) -> None:
    """JSON, table, the cached answer and the report's workbook, whose cell is no formula."""
    project = scored(tmp_path, "mean", ["3.449"], ["3.051"]).toml('[report]\nnarrative = "n.md"')
    project.config.touch()
    (tmp_path / "n.md").write_text("# 報告\n\n## 原則2\n\n### 評価\n\n{{ score }}\n", "utf-8")
    command = ("summarize", "-p", "2025H1", "-k", "score", "--compare", "previous", "-f")
    first, again = (run_kpicli({}, *command, "json").out for _ in range(2))
    assert first == again
    (kpi,) = json.loads(first)["kpis"]
    (other,) = kpi["figures"]["total"]["comparisons"]
    assert (other["value"], other["change"]) == ("3.1", "0.4")
    assert "3.1点 (+0.4)" in run_kpicli({}, *command, "table").text
    run_kpicli({}, "report", "-p", "2025H1", "-o", "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    cells = [cell.value for row in book["点数"].iter_rows() for cell in row]
    assert 0.4 in cells
