"""A project of voices that are frozen, and rewritten afterwards."""

from pathlib import Path

from support.frozen_project import FrozenProject
from support.small_project import Project

VOICES = [
    "V1,2025/4/1,生保,感謝,,",
    "V2,2025/5/1,損保,不満,,2025/6/1",
    "V3,2025/6/1,損保,感謝,,",
    "V4,2025/10/2,損保,感謝,,",
]


def voices(folder: Path, rows: list[str] = VOICES) -> FrozenProject:
    """Return a project of four voices, one of them of the next half."""
    return FrozenProject.of(Project(folder).export("voices", rows, covers="2024-04..2025-12"))


def rewrite(project: FrozenProject, rows: list[str]) -> None:
    """Write other voices."""
    project.edit("voices0.csv", lambda lines: [lines[0], *rows, ""])
