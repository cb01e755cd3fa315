"""Records of former versions: read, told as what they are, and compared row by row."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from support.frozen_project import FrozenProject, by_id, told
from support.root import ROOT

DATA = ROOT / "tests" / "data"


@pytest.fixture
def project(tmp_path: Path, secret_file: Path) -> FrozenProject:
    """Return a project that was frozen by the program as it was before records had seals.

    Its catalogue and program may differ by now: what is compared here are rows.
    """
    folder = tmp_path / "project"
    shutil.copytree(DATA / "record_of_version_1", folder)
    secret_file.parent.mkdir()
    shutil.copy(DATA / "record_secret", secret_file)
    secret_file.chmod(0o600)
    return FrozenProject(folder)


def test_nothing_has_moved(project: FrozenProject) -> None:
    """Its persons are the same: no row moved, and the seal that it lacks is told."""
    found = project.diff()
    assert found.moves == []
    assert [row for kpi in found.kpis for row in kpi.rows] == []
    assert found.notes[0].en.startswith("published/2025H1.json: an older kpicli froze this record")


@pytest.mark.parametrize(
    ("old", "new", "kpi", "moves"),
    [
        (
            "C00002",
            "C00001",
            "scheme_explanations",
            {"公的介護保険制度": [(-1,), ("reassigned", 1, -1)]},
        ),
        (
            "K2,2025/4/2,C00002,公的介護保険制度,有,生保,S001",
            "K2,2025/4/2,C00002,公的介護保険制度,有,生保,S003",
            "explaining_staff",
            {"total": [(Decimal("33.3"),), ("reassigned", 1, 1, 0)]},
        ),
    ],
)
def test_persons_are_told_apart_as_they_were(
    old: str, new: str, kpi: str, moves: dict[str, list[tuple[object, ...]]], project: FrozenProject
) -> None:
    """A row that speaks of another person now is found by the digests of then."""
    project.edit("explanations0.csv", lambda lines: [line.replace(old, new) for line in lines])
    assert told(by_id(project.diff())[kpi]) == moves
