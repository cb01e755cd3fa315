"""Values of open lists that no KPI selects."""

from pathlib import Path

from support.inspected import inspection
from support.small_project import Project


def told(project: Project) -> list[tuple[str, int | None, int]]:
    """Return value, first row and number of rows of every such finding."""
    faults = inspection(project).faults
    return [(f.detail_in("ja"), f.place.row, f.count) for f in faults if f.kind.code == "D411"]


def test_meetings(tmp_path: Path) -> None:
    """A meeting that no KPI names is listed with its rows; a synonym of one is not."""
    rows = (
        "M1,2025/4/1,コンプライアンス会議",
        "M2,2025/4/2,コンプラ会議",
        "M3,2025/4/3,コンプライアンス推進会議",
        "M4,2025/4/4,コンプラ会議",
        "M5,2025/4/5,",
    )
    project = Project(tmp_path).export("meetings", rows)
    assert told(project) == [("コンプラ会議", 3, 2)]


def test_selected_through_another_source(tmp_path: Path) -> None:
    """火災 is selected among the sheets, so it is no stranger among the renewals."""
    rows = ["N1,2025/4/1,火災,有,有", "N2,2025/4/1,自動車,有,有", "N3,2025/4/1,傷害,有,有"]
    assert told(Project(tmp_path).export("renewals", rows)) == [("傷害", 4, 1)]


def test_columns_that_no_kpi_filters_by(tmp_path: Path) -> None:
    """A column by which no KPI selects has no unselected values."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,第一課,"])
    assert told(project) == []


def test_split_columns(tmp_path: Path) -> None:
    """A KPI that splits by the column, or excludes by it, selects every value."""
    project = Project(tmp_path).export("meetings", ["M1,2025/4/1,営業会議"])
    assert told(project) == [("営業会議", 2, 1)]
    project.toml(
        '[kpi.meetings]\ntitle = "会議"\nsource = "meetings"\nmeasure = "count"\n'
        'parts = { by = "meeting" }'
    )
    assert told(project) == []


def test_excluded_value(tmp_path: Path) -> None:
    """A value that a KPI excludes by name is known."""
    project = Project(tmp_path).export("meetings", ["M1,2025/4/1,営業会議"])
    project.toml(
        '[kpi.meetings]\ntitle = "会議"\nsource = "meetings"\nmeasure = "count"\n'
        'exclude = { meeting = "営業会議" }'
    )
    assert told(project) == []
