"""How a run ends: by its figures, and by what the caller asked to fail on."""

from pathlib import Path

import pytest

from kpicli.base.errors import ExitCode
from kpicli.cli.shared.outcome import exit_code, faults_touch, target_missed
from kpicli.model.summary import Summary
from support.small_project import Project

TARGET = '[kpi.voices]\nextends = true\ntargets = [{ at_least = 5, per = "half" }]'
GOOD, DOUBTFUL = "V1,2025/4/1,生保,感謝,,", "V2,2025/9/31,生保,感謝,,"


def counted(folder: Path, *rows: str, target: bool = False) -> Summary:
    """Return the voices of 2025H1, held to a target of five where asked."""
    project = Project(folder).export("voices", rows)
    return (project.toml(TARGET) if target else project).summarize("voices").summary


@pytest.mark.parametrize(
    ("rows", "target", "asked", "code"),
    [
        ((GOOD,), False, True, ExitCode.OK),
        ((GOOD,), True, False, ExitCode.OK),
        ((GOOD,), True, True, ExitCode.MISSED_OR_MOVED),
        ((GOOD, DOUBTFUL), True, True, ExitCode.FAULTY_ROWS),
        ((GOOD, DOUBTFUL), False, False, ExitCode.FAULTY_ROWS),
    ],
)
def test_rows_in_doubt_go_before_a_missed_target(
    rows: tuple[str, ...], target: bool, asked: bool, code: ExitCode, tmp_path: Path
) -> None:
    """A target fails a run only where it was asked for; a figure in doubt always does."""
    summary = counted(tmp_path, *rows, target=target)
    assert exit_code(summary, fail_on_target=asked) is code


def test_a_period_that_is_compared_counts_too(tmp_path: Path) -> None:
    """A doubt in the year before makes the change as doubtful as the figure."""
    project = Project(tmp_path).export("voices", [GOOD, "V3,2024/5/1,生保,苦情,,"])
    alone = project.summarize("voices").summary
    compared = project.summarize("voices", compare=["year_ago"]).summary
    assert (faults_touch(alone), faults_touch(compared)) == (False, True)


def test_a_target_that_is_not_yet_judged_is_not_missed(tmp_path: Path) -> None:
    """Only what is missed fails."""
    project = Project(tmp_path).export("voices", [GOOD]).toml(TARGET)
    assert target_missed(project.summarize("voices").summary)
    assert not target_missed(project.export("voices", [DOUBTFUL]).summarize("voices").summary)
