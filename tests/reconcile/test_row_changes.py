"""What a changed row did, and why."""

from pathlib import Path

import pytest

from support.frozen_project import FrozenProject, by_id, rows_of, told
from support.frozen_voices import VOICES, rewrite, voices
from support.small_project import Project


def replaced(old: str, new: str) -> "list[str]":
    """Return the voices with one line written otherwise, below their header."""
    return [line.replace(old, new) for line in VOICES]


@pytest.mark.parametrize(
    ("old", "new", "kpi", "moves"),
    [
        (
            "V1,2025/4/1,生保,感謝",
            "V1,2025/4/1,生保,不満",
            "voices",
            {
                "感謝": [(-1,), ("recategorised", 1, -1)],
                "不満": [(1,), ("recategorised", 1, 1)],
            },
        ),
        (
            "V4,2025/10/2",
            "V4,2025/9/2",
            "voices",
            {"total": [(1,), ("redated", 1, 1)], "感謝": [(1,), ("redated", 1, 1)]},
        ),
        (
            "V1,2025/4/1",
            "V1,2025/3/1",
            "voices",
            {"total": [(-1,), ("redated", 1, -1)], "感謝": [(-1,), ("redated", 1, -1)]},
        ),
        (
            "V1,2025/4/1",
            "V1,2025/4/31",
            "voices",
            {"total": [(-1,), ("in_doubt", 1, -1)], "感謝": [(-1,), ("in_doubt", 1, -1)]},
        ),
        (
            "V3,2025/6/1,損保",
            "V3,2025/6/1,生保",
            "voices_nonlife",
            {"total": [(-1,), ("recategorised", 1, -1)]},
        ),
        (
            "V3,2025/6/1,損保",
            "V3,2025/6/1,",
            "voices_nonlife",
            {"total": [(-1,), ("in_doubt", 1, -1)]},
        ),
        (
            "V2,2025/5/1,損保,不満,,2025/6/1",
            "V2,2025/5/1,損保,不満,,",
            "complaint_improvements",
            {"total": [(-1,), ("redated", 1, -1)]},
        ),
    ],
)
def test_a_change_of_a_row_has_its_cause(
    tmp_path: Path, old: str, new: str, kpi: str, moves: dict[str, object]
) -> None:
    """Re-categorised, re-dated into and out of the period, faulty, in doubt: each by its name."""
    project = voices(tmp_path)
    project.freeze()
    rewrite(project, replaced(old, new))
    moved = told(by_id(project.diff())[kpi])
    assert {name: moved[name] for name in moves} == moves
    assert "その他" not in moved


def test_a_row_in_doubt_is_resolved(tmp_path: Path) -> None:
    """A line that was blank and is filled now is told as resolved."""
    project = voices(tmp_path, replaced("V3,2025/6/1,損保", "V3,2025/6/1,"))
    project.freeze(not_final=True)
    rewrite(project, VOICES)
    assert told(by_id(project.diff())["voices_nonlife"])["total"] == [(1,), ("resolved", 1, 1)]


def test_another_person_on_a_row(tmp_path: Path) -> None:
    """A customer corrected on a record changes a distinct count; the person is not named."""
    rows = ["E1,2025/5/1,C1,高額療養費制度,有,生保,S1", "E2,2025/5/2,C1,高額療養費制度,有,生保,S1"]
    project = FrozenProject.of(Project(tmp_path).export("explanations", rows))
    project.freeze()
    project.edit("explanations0.csv", lambda lines: [x.replace("/2,C1", "/2,C2") for x in lines])
    kpi = by_id(project.diff())["scheme_explanations"]
    assert told(kpi) == {"高額療養費制度": [(1,), ("reassigned", 1, 1)]}
    assert rows_of(kpi) == [("reassigned", 3, ())]
