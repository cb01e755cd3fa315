"""Parallel exports of one source answer for the coverage of their own values."""

from datetime import date
from pathlib import Path

import kpicli
from kpicli.loaders.cells.coverage import Coverage, Span, intersection
from kpicli.model.value import Status
from support.small_project import Project

HALF: Span = (date(2025, 4, 1), date(2025, 9, 30))
QUARTER: Span = (date(2025, 4, 1), date(2025, 6, 30))
LIFE = frozenset({("line", frozenset({"生保", "損保"}))})
GROUP = frozenset({("line", frozenset({"団体"}))})
BOTH = Coverage((HALF,), held=((LIFE, (HALF,)), (GROUP, (QUARTER,))))


def test_a_selection_is_covered_by_the_exports_that_hold_it() -> None:
    """What one export holds is covered as far as that one goes."""
    assert BOTH.narrowed({"line": frozenset({"生保"})}).spans == (HALF,)
    assert BOTH.narrowed({"line": frozenset({"団体"})}).spans == (QUARTER,)


def test_a_selection_over_several_exports_is_covered_where_all_are() -> None:
    """Without a filter on the column every export must cover a day."""
    assert BOTH.narrowed({}).spans == (QUARTER,)


def test_values_that_no_export_holds_are_not_covered() -> None:
    """Nothing is known of a value that none of the exports is declared to hold."""
    assert BOTH.narrowed({"line": frozenset({"共済"})}).spans == ()


def test_a_value_that_no_export_holds_leaves_a_figure_partial(tmp_path: Path) -> None:
    """生保 and 損保 are asked for, only 生保 is held: no final number, and 損保 is named."""
    project = Project(tmp_path)
    rows = [f"E{day},2025/4/{day},生保,電話確認,," for day in range(1, 13)]
    project.export("elderly", rows, options=', holds = { line = "生保" }')
    both = project.summarize("elderly_cases")
    assert (both.number(), both.value().status) == (12, Status.PARTIAL)
    assert any(remark.endswith("no export has these values: 損保") for remark in both.remarks)
    assert not any("months" in remark for remark in both.remarks)
    only = """[kpi.life]
title = "生保"
source = "elderly"
measure = "count"
where = { line = "生保" }
[kpi.all]
title = "全部"
source = "elderly"
measure = "count"
[kpi.either]
title = "どちらか"
source = "elderly"
measure = "count"
where = [{ line = "生保" }, { line = "団体" }]
"""
    project.toml(only)
    assert project.summarize("life").value().status is Status.OK
    assert project.summarize("all").value().status is Status.PARTIAL
    either = project.summarize("either")
    assert either.value().status is Status.PARTIAL
    assert any(remark.endswith(": 団体") for remark in either.remarks)


def test_an_export_of_everything_covers_for_the_others() -> None:
    """A file without a declaration holds whatever its source holds."""
    coverage = Coverage((HALF,), held=((frozenset(), (HALF,)), (GROUP, (QUARTER,))))
    assert coverage.narrowed({"line": frozenset({"団体"})}).spans == (HALF,)


def test_the_intersection_of_spans() -> None:
    """Days in both, both ends inclusive."""
    assert intersection([HALF], [QUARTER]) == (QUARTER,)
    assert intersection([QUARTER], [(date(2025, 7, 1), date(2025, 7, 31))]) == ()


def test_a_forgotten_export_is_no_data_and_never_zero(tmp_path: Path) -> None:
    """The group export ends in March: its figure has no data in April, the other's stays."""
    header = "対応番号,対応日,商品区分,対応方法\n"
    (tmp_path / "a.csv").write_text(header + "1,2025/4/1,生保,電話確認\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(header + "2,2025/3/1,団体,電話確認\n", encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(
        """[exports]
elderly = [
  { files = "a.csv", covers = "2025-03..2025-04", holds = { line = ["生保", "損保"] } },
  { files = "b.csv", covers = "2025-03", holds = { line = "団体" } },
]
""",
        encoding="utf-8",
    )
    summary = kpicli.summarize(
        "2025-04",
        kpis=["elderly_cases", "elderly_cases_group"],
        config=tmp_path / "kpicli.toml",
        today=date(2025, 6, 1),
    )
    totals = {
        f.kpi: (f.value.number, str(f.value.status)) for f in summary.figures if f.item is None
    }
    assert totals == {"elderly_cases": (1, "ok"), "elderly_cases_group": (None, "no_data")}
