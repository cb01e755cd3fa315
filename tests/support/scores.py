"""A small project with a KPI over 点数."""

from pathlib import Path

from support.small_project import Project


def scores(folder: Path, measure: str, *cells: str) -> Project:
    """Return a project with a KPI over 点数."""
    rows = [f"T1,2025/4/1,介護,講義,S{n:03},1,{cell},合格" for n, cell in enumerate(cells)]
    project = Project(folder).export("trainings", rows)
    return project.toml(
        f'[kpi.own]\ntitle = "点数"\nsource = "trainings"\nmeasure = "{measure}"\nof = "score"'
    )
