"""What moved in a KPI made of others since it was frozen, and which component moved it."""

from pathlib import Path

from kpicli.reconcile.changes import KpiDiff
from support.composed_project import RATE, composed_project
from support.frozen_project import FrozenProject

ROWS = ["C1,2025-04-03,自動車,A店,1", "C2,2025-05-01,火災,A店,1"]
POLICIES = ["P1,2020-04-01,,自動車", "P2,2020-04-01,,火災"]


def frozen(folder: Path, kpis: str = RATE) -> FrozenProject:
    """Return the project of these rows, frozen."""
    project = FrozenProject.of(composed_project(folder, ROWS, POLICIES, kpis))
    project.freeze()
    return project


def told(project: FrozenProject, *, any_version: bool = False) -> dict[str, KpiDiff]:
    """Return what moved, by KPI."""
    return {kpi.id: kpi for kpi in project.diff(any_version=any_version).kpis}


def why(kpi: KpiDiff) -> dict[str | None, str]:
    """Return in English what moved each figure."""
    return {move.item: "" if move.why is None else move.why.en for move in kpi.moves}


def test_nothing_moves_by_itself(tmp_path: Path) -> None:
    """Frozen and compared at once, there is nothing to tell."""
    assert told(frozen(tmp_path)) == {}


def test_both_components_may_move(tmp_path: Path) -> None:
    """Both are named, in their order; a quotient may be the same all the same, then none is."""
    project = frozen(tmp_path)
    project.edit("complaint_log0.csv", lambda lines: [*lines[:-1], "C3,2025-06-01,火災,A店,1", ""])
    project.edit("policies0.csv", lambda lines: [*lines[:-1], "P3,2020-04-01,,自動車", ""])
    assert why(told(project)["rate"]) == {
        "自動車": '"Policies in force" (2025H1) moved from 1 to 2',
        "火災": '"Complaints" (2025H1) moved from 1 to 2',
    }
    project.edit("policies0.csv", lambda lines: [*lines[:-1], "P4,2020-04-01,,自動車", ""])
    assert why(told(project)["rate"])[None] == (
        '"Complaints" (2025H1) moved from 2 to 3; "Policies in force" (2025H1) moved from 2 to 4'
    )


def test_a_component_in_doubt_moves_the_state(tmp_path: Path) -> None:
    """The number is the same, but no longer final, because of the one that is not."""
    project = frozen(tmp_path)
    project.edit("complaint_log0.csv", lambda lines: [*lines[:-1], "C3,x,火災,A店,1", ""])
    assert why(told(project)["rate"])["火災"] == (
        '"Complaints" (2025H1) has the same value, but not the same state or fraction'
    )


def test_another_definition_moves_it_though_no_component_does(tmp_path: Path) -> None:
    """`times` is its own: the same values make another number, and the version was not raised."""
    project = frozen(tmp_path)
    project.settings_too('[kpi.x]\ntitle = "x"\nsource = "voices"\nmeasure = "count"')
    file = tmp_path / "kpicli.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("decimals = 4", 'decimals = 4\ntimes = 2\nunit = "件"'), "utf-8")
    kpi = told(project)["rate"]
    assert why(kpi)[None] == "the values that it is made of are the same"
    assert kpi.redefined
    file.write_text(text.replace("decimals = 4", "decimals = 4\nversion = 2"), "utf-8")
    newer = told(project)["rate"]
    assert (newer.versions, newer.compared, newer.moves) == ((1, 2), False, ())
    assert told(project, any_version=True)["rate"].compared


def test_a_kpi_that_became_composed_is_compared_by_its_figures_alone(tmp_path: Path) -> None:
    """What was counted of rows then is made of others now: the numbers are set side by side."""
    counted = '[kpi.rate]\ntitle = "率"\nsource = "complaint_log"\nmeasure = "count"\n'
    project = frozen(tmp_path, counted)
    file = tmp_path / "kpicli.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(counted.strip(), RATE.strip()), "utf-8")
    kpi = told(project)["rate"]
    assert [(m.item, m.before.number, str(m.after.number)) for m in kpi.moves][:1] == [
        (None, 2, "1.0000")
    ]
    assert why(kpi)[None] == "when it was frozen it was not made of other KPIs"
    assert kpi.redefined
    file.write_text(text, "utf-8")
    project.freeze(revise=True)
    assert told(project) == {}


def test_a_composed_kpi_that_is_counted_now(tmp_path: Path) -> None:
    """The other way round likewise."""
    project = frozen(tmp_path)
    counted = '[kpi.rate]\ntitle = "率"\nsource = "complaint_log"\nmeasure = "count"\n'
    file = tmp_path / "kpicli.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(RATE.strip(), counted), "utf-8")
    kpi = told(project)["rate"]
    assert [(str(m.before.number), m.after.number) for m in kpi.moves if m.item is None] == [
        ("1.0000", 2)
    ]
    file.write_text(text.replace(RATE.strip(), ""), "utf-8")
    assert {m.after.number for m in told(project)["rate"].moves} == {None}
