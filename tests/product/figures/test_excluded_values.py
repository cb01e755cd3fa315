"""Values that a code table excludes take rows out of whatever reads the column."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.command_line import Run
from support.frozen_project import FrozenProject
from support.small_project import Project

SETTINGS = """
[source.cases]
title = "対応記録"
rhythm = "continuous"
key = "number"
[source.cases.columns]
number = { headers = "番号", type = "id", required = true }
on = { headers = "対応日", type = "date", required = true }
done = { headers = "説明", type = "code", codes = "done" }
age = { headers = "年齢", type = "number" }
[codes.done]
values = { "済" = [], "未" = [], "対象外" = ["該当なし"] }
excluded = ["対象外"]
[kpi.own]
title = "説明"
source = "cases"
KPI
"""
HEADER = "番号,対応日,説明,年齢"
DONE = ("済", "済", "未", "対象外", "該当なし", "対象外", "")
RATIO = 'measure = "ratio"\nnumerator = { done = "済" }'


def project(folder: Path, kpi: str, cells: tuple[str, ...] | list[str] = DONE) -> Project:
    """Return a project with a case for each cell, and one KPI that has these keys."""
    folder.mkdir(exist_ok=True)
    rows = [f"{n},2025-04-{n % 28 + 1:02},{cell},{n}" for n, cell in enumerate(cells)]
    made = Project(folder).toml("catalogue = []")
    return made.export("cases", rows, header=HEADER).toml(SETTINGS.replace("KPI", kpi))


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        (RATIO, (2, 3)),  # of seven: three excluded, a blank in doubt
        (RATIO + '\nexclude = { done = "対象外" }', (2, 3)),
        ('measure = "ratio"\nnumerator = { done = { not = "未" } }', (2, 3)),
        ('measure = "ratio"\nnumerator = { done = "対象外" }', (3, 6)),  # asked for by name
        ('measure = "ratio"\nnumerator = { done = ["済", "対象外"] }', (5, 6)),
        (
            'measure = "ratio"\nnumerator = { age = { at_least = 3 } }',
            (4, 7),
        ),  # reads no such column
    ],
)
def test_they_leave_both_sides_of_a_ratio(
    kpi: str, expected: tuple[int, int], tmp_path: Path
) -> None:
    """What is no case at all is neither in the numerator nor among those it is taken over."""
    value = project(tmp_path, kpi).summarize("own").value()
    assert (value.numerator, value.denominator) == expected


def test_they_are_told_by_name(tmp_path: Path) -> None:
    """The accounting names them; they are one line, however the rule came about."""
    for kpi in (RATIO, RATIO + '\nexclude = { done = "対象外" }'):
        accounting = project(tmp_path / f"{len(kpi)}", kpi).summarize("own").accounting
        assert (accounting.excluded, accounting.counted, accounting.undetermined) == (
            (("説明 = 対象外", 3),),
            3,
            1,
        )


def test_they_are_no_part_and_in_no_total_of_parts(tmp_path: Path) -> None:
    """A count by the column has the parts that add up to it; without parts it counts all rows."""
    made = project(tmp_path, 'measure = "count"\nparts = { by = "done" }').summarize("own")
    assert (made.number(), made.items()) == (4, {"済": 2, "未": 1, "未記入": 1})
    assert project(tmp_path / "all", 'measure = "count"').summarize("own").number() == 7


@pytest.mark.parametrize(
    ("where", "number"),
    [('{ not = "未" }', 2), ('"対象外"', 3), ('{ not = "対象外" }', 3), ('["未", "対象外"]', 4)],
)
def test_a_filter_that_names_them_means_them(where: str, number: int, tmp_path: Path) -> None:
    """A `not` of another value is not meant to find them; one that names them decides."""
    kpi = f'measure = "count"\nwhere = {{ done = {where} }}'
    assert project(tmp_path, kpi).summarize("own").number() == number


def test_explain_freeze_and_diff_know_them(tmp_path: Path, run_in: Run) -> None:
    """The definition says so, the rows are not those of the figure, and a change is told."""
    made = project(tmp_path, RATIO)
    asked = ("--config", str(made.config))
    explained = run_in(tmp_path, *asked, "explain", "own", "-p", "2025H1").text
    assert "説明 = 対象外" in explained.replace("「", "").replace("」", "")
    rows = run_in(tmp_path, *asked, "rows", "own", "-p", "2025H1", "-f", "csv").text
    assert (rows.count("cases,"), "対象外" in rows) == (3, False)
    content = json.loads(run_in(tmp_path, *asked, "summarize", "-p", "2025H1", "-f", "json").out)
    assert content["kpis"][0]["accounting"][0]["excluded"] == [{"rule": "説明 = 対象外", "rows": 3}]
    frozen = FrozenProject.of(project(tmp_path, RATIO, DONE[:-1]))
    frozen.freeze()
    assert frozen.diff().kpis == ()
    frozen.edit("cases0.csv", lambda lines: [each.replace(",未,", ",対象外,") for each in lines])
    (kpi,) = frozen.diff().kpis
    (move,) = kpi.moves
    assert (move.after.numerator, move.after.denominator) == (2, 2)
    assert [effect.cause.value for effect in move.effects] == ["recategorised"]


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["済", "未", "対象外", "該当なし", ""]), max_size=12),
    st.sets(st.sampled_from(["済", "未", "対象外"]), min_size=1),
)
def test_ratios_agree_with_a_count_by_hand(cells: list[str], asked: set[str]) -> None:
    """Rows that are excluded, in doubt and counted, whichever values the numerator names."""
    listed = ", ".join(f'"{value}"' for value in sorted(asked))
    kpi = f'measure = "ratio"\nnumerator = {{ done = [{listed}] }}'
    with TemporaryDirectory() as folder:
        result = project(Path(folder), kpi, cells).summarize("own")
    read = ["対象外" if cell == "該当なし" else cell for cell in cells]
    of = [cell for cell in read if cell and (cell != "対象外" or "対象外" in asked)]
    value, accounting = result.value(), result.accounting
    assert accounting.counted == len(of)
    assert accounting.undetermined == read.count("")
    assert sum(rows for _, rows in accounting.excluded) == (
        0 if "対象外" in asked else read.count("対象外")
    )
    if of:
        assert (value.numerator, value.denominator) == (sum(c in asked for c in of), len(of))
