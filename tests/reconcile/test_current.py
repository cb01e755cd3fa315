"""The figures as they are now, by the request that was frozen."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import NotFinal
from support.frozen_project import FrozenProject, by_id, told
from support.small_project import Project


def test_the_as_of_date_moves_deadlines(tmp_path: Path) -> None:
    """Frozen before the period was over, overdue cases come with the days."""
    rows = ["A1,2025/4/1,新規,生保,対応中,2025/5/1,,,", "A2,2025/4/1,新規,生保,対応中,2025/9/1,,,"]
    small = Project(tmp_path).export("responses", rows)
    project = FrozenProject.of(small)
    project.today = date(2025, 7, 1)
    frozen = project.freeze(not_final=True)
    assert not frozen.record.final
    project.today = date(2025, 11, 1)
    found = project.diff()
    assert found.as_of == (date(2025, 6, 30), date(2025, 9, 30))
    assert told(by_id(found)["missed_responses"])["total"] == [(1,), ("as_of", 1, 1)]


def test_an_as_of_date_that_was_given_holds(tmp_path: Path) -> None:
    """A record frozen with --as-of is counted again as of that day."""
    rows = ["A1,2025/4/1,新規,生保,対応中,2025/9/1,,,"]
    project = FrozenProject.of(Project(tmp_path).export("responses", rows))
    with pytest.raises(NotFinal, match="2025H1 is not over on 2025-08-01"):
        project.freeze(as_of=date(2025, 8, 1))
    project.freeze(as_of=date(2025, 8, 1), not_final=True)
    assert not project.diff().changed
