"""Freezing and comparing a table without numbers, whose lines are rows of their own."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.reconcile.changes import Cause, PeriodDiff
from support.command_line import Run
from support.frozen_project import FrozenProject, by_id, told
from support.small_project import Project

TABLES = """\
[source.cases]
title = "発生記録"
rhythm = "continuous"
key = "row"
[source.cases.columns]
on = { headers = ["発生日"], type = "date", required = true }
kind = { headers = ["手口"], type = "code", codes = "trick" }
yen = { headers = ["被害額"], type = "number" }
note = { headers = ["備考"], type = "free_text" }
[codes.trick]
open = true
values = { "自転車盗" = [] }
[kpi.cases]
title = "件数"
principles = ["1"]
source = "cases"
measure = "count"
parts = { by = "kind" }
[kpi.damage]
title = "被害額"
principles = ["1"]
source = "cases"
measure = "mean"
of = "yen"
"""
HEADER = "発生日,手口,被害額,備考"
LINES = ["2025/4/1,自転車盗,100,", "2025/4/1,自転車盗,100,", "2025/5/1,空き巣,250,窓"]


def frozen(folder: Path, *files: list[str]) -> FrozenProject:
    """Return a project with a file for each list of lines, whose half is frozen."""
    made = Project(folder).toml(TABLES)
    for lines in files:
        made.export("cases", lines, header=HEADER)
    project = FrozenProject.of(made)
    project.freeze()
    return project


def rewritten(project: FrozenProject, lines: list[str]) -> PeriodDiff:
    """Return what has moved once the file has these lines."""
    project.edit("cases0.csv", lambda _: [HEADER, *lines, ""])
    return project.diff()


def causes(found: PeriodDiff) -> Counter[Cause]:
    """Return how many rows of the count moved, by cause."""
    return Counter(row.cause for row in by_id(found)["cases"].rows) if found.kpis else Counter()


def test_nothing_has_moved(tmp_path: Path) -> None:
    """Equal lines are told apart, and each is found again, in another order too."""
    project = frozen(tmp_path, LINES)
    assert not project.diff().changed
    assert not rewritten(project, [LINES[2], "2025-04-01,自転車盗,100,", LINES[0]]).changed


def test_one_of_two_equal_lines_is_gone(tmp_path: Path) -> None:
    """It is one row less, of the count and of the mean."""
    found = rewritten(frozen(tmp_path, LINES), LINES[1:])
    assert told(by_id(found)["cases"])["total"] == [(-1,), ("removed", 1, -1)]
    assert [effect.cause for effect in by_id(found)["damage"].moves[0].effects] == [Cause.REMOVED]


def test_a_line_that_is_written_otherwise_is_another(tmp_path: Path) -> None:
    """Nothing says that it is the same case: one row is gone, another came."""
    found = rewritten(frozen(tmp_path, LINES), [*LINES[:2], "2025/5/2,空き巣,250,窓"])
    assert causes(found) == {Cause.REMOVED: 1, Cause.ADDED: 1}
    assert by_id(found)["cases"].moves == ()


def test_lines_that_exports_share_are_found_again(tmp_path: Path) -> None:
    """A second export that repeats lines moves nothing; a third of them there is one row more."""
    project = frozen(tmp_path, LINES, ["2025/6/1,空き巣,1,"])
    project.edit("cases1.csv", lambda _: [HEADER, *LINES[:2], "2025/6/1,空き巣,1,", ""])
    assert not project.diff().changed
    lines = [HEADER, *LINES[:2], LINES[0], "2025/6/1,空き巣,1,", ""]
    project.edit("cases1.csv", lambda _: lines)
    assert told(by_id(project.diff())["cases"])["total"] == [(1,), ("added", 1, 1)]


def test_rows_and_explain(tmp_path: Path, run_kpicli: Run) -> None:
    """Each of two equal lines is a row behind the figure, in its own place."""
    frozen(tmp_path, LINES)
    rows = run_kpicli({}, "rows", "cases", "-p", "2025H1", "--item", "自転車盗", "-f", "csv")
    assert [line.split(",")[3] for line in rows.text.splitlines()[1:]] == ["2", "3"]
    explained = run_kpicli({}, "explain", "cases", "-p", "2025H1")
    assert explained.code == 0
    assert "= 数えた行                                  3" in explained.text


MANY = st.lists(
    st.sampled_from(
        ["2025/4/1,甲,1,", "2025/4/1,乙,1,", "2025/5/1,甲,1,", "2025/3/1,甲,1,", "2025/4/1,甲,2,"]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(then=MANY, now=MANY)
def test_by_another_road(then: list[str], now: list[str]) -> None:
    """Rows that went and came are the differences of two multisets of lines in the half."""
    with tempfile.TemporaryDirectory() as folder:
        found = rewritten(frozen(Path(folder), then), now)
    before, after = (Counter(line for line in lines if "/3/" not in line) for lines in (then, now))
    gone, came = (before - after).total(), (after - before).total()
    assert causes(found)[Cause.REMOVED] == gone
    assert causes(found)[Cause.ADDED] == came
