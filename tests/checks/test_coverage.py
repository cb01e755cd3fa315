"""Gaps, early ends, months outside the exports, and short reach."""

from pathlib import Path

from support.inspected import found
from support.small_project import Project

EVERY_MONTH = [f"V{month},2025/{month}/5,生保,不満,,," for month in range(4, 10)]


def voices(folder: Path, rows: list[str], covers: str | None = None) -> Project:
    """Return a project of one voices export."""
    return Project(folder).export("voices", rows, covers=covers)


def details(project: Project, code: str, period: str | None = None) -> list[str]:
    """Return what the findings of a kind name."""
    return [detail for _, detail in found(project, code, period)]


def test_month_without_a_row(tmp_path: Path) -> None:
    """A month between others without a single row is told by name."""
    project = voices(tmp_path, [row for row in EVERY_MONTH if "/6/" not in row])
    assert details(project, "D401") == ["2025-06"]


def test_declared_month_without_a_row(tmp_path: Path) -> None:
    """A month that `covers` declares and no row fills is told, at the ends too."""
    project = voices(tmp_path, EVERY_MONTH[:-1], "2025-03..2025-09")
    assert details(project, "D401") == ["2025-03", "2025-09"]


def test_every_month_has_rows(tmp_path: Path) -> None:
    """A row a month is enough."""
    assert details(voices(tmp_path, EVERY_MONTH), "D401") == []


def test_hole_between_two_files(tmp_path: Path) -> None:
    """A hole between two exports is told once, as a month without a row."""
    project = Project(tmp_path)
    project.export("voices", EVERY_MONTH[:2], covers="2025-04..2025-05")
    project.export("voices", EVERY_MONTH[3:], covers="2025-07..2025-09")
    assert details(project, "D401", "2025H1") == ["2025-06"]
    assert details(project, "D403", "2025H1") == []


def test_sparse_source(tmp_path: Path) -> None:
    """A source that need not have rows every month has no gaps."""
    rows = ["M1,2025/4/5,会議", "M2,2025/9/5,会議"]
    assert details(Project(tmp_path).export("meetings", rows, covers=None), "D401") == []


def test_month_that_has_not_ended(tmp_path: Path) -> None:
    """A declared month that has not ended yet is no gap."""
    project = voices(tmp_path, EVERY_MONTH, "2025-04..2026-03")
    assert details(project, "D401") == ["2025-10"]


def test_ends_before_the_period(tmp_path: Path) -> None:
    """Exports that stop before the period's last day are told with both days."""
    project = voices(tmp_path, EVERY_MONTH[:-1])
    assert details(project, "D402", "2025H1") == ["2025-08-31 < 2025-09-30"]
    assert details(project, "D402", "2025-08") == []


def test_running_period(tmp_path: Path) -> None:
    """Of a period that still runs only the months that have ended are due."""
    rows = [*EVERY_MONTH, "V10,2025/10/5,生保,不満,,,"]
    assert details(voices(tmp_path, rows), "D402", "2025H2") == []


def test_future_period(tmp_path: Path) -> None:
    """Nothing is due of a period that has not begun."""
    assert details(voices(tmp_path, EVERY_MONTH), "D402", "2026H1") == []


def test_begins_after_the_period(tmp_path: Path) -> None:
    """Months of the period before the exports begin are told one by one."""
    project = voices(tmp_path, EVERY_MONTH[2:])
    assert details(project, "D403", "2025H1") == ["2025-04", "2025-05"]
    assert details(project, "D403", "2025-07..2025-09") == []


def test_short_reach(tmp_path: Path) -> None:
    """Where KPIs count by another date, exports must reach back six months before the period."""
    short = voices(tmp_path, EVERY_MONTH, "2025-04..2025-09")
    told = details(short, "D404", "2025H1")
    assert told == ["不満の声からの改善, 保険会社への報告, 保険会社での改善"]
    (tmp_path / "b").mkdir()
    assert details(voices(tmp_path / "b", EVERY_MONTH, "2024-10..2025-09"), "D404", "2025H1") == []
    short.toml("reach_back_months = 0")
    assert details(short, "D404", "2025H1") == []


def test_base_date_alone(tmp_path: Path) -> None:
    """A source whose KPIs all count by its base date need not reach back."""
    rows = [f"P{month},2025/{month}/5,生保,明瞭,有" for month in range(4, 10)]
    project = Project(tmp_path).export("proposals", rows, covers="2025-04..2025-09")
    assert details(project, "D404", "2025H1") == []
