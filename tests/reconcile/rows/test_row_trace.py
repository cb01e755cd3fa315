"""The rows behind a KPI's figures: in which figures each is, what it shows, and whose it is."""

from datetime import date
from hashlib import blake2b
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.periods import Period
from kpicli.published.secret import Secret
from kpicli.reconcile.current import observe
from kpicli.reconcile.rows.row_trace import KpiTrace, _memberships
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from support.small_project import TODAY, Project

KEY = Secret(bytes(range(32)))


def traced(project: Project, kpi: str) -> KpiTrace:
    """Return the rows behind a KPI in 2025H1."""
    settings = read_settings(project.config)
    request = Request(Period.parse("2025H1", today=TODAY), show_personal=True)
    trace = observe(settings, request, date(2025, 11, 1)).kpis[kpi].trace(KEY)
    assert trace is not None
    return trace


def who(*parts: str | None) -> str:
    """Return the digest of whom a row is of, made by hand."""
    made = blake2b(key=KEY.key, digest_size=12, person=b"who")
    for part in parts:
        text = b"\0" if part is None else b"\1" + part.encode()
        made.update(len(text).to_bytes(8, "little") + text)
    return made.hexdigest()


@given(st.lists(st.sets(st.integers(0, 6)), max_size=6))
def test_each_row_is_in_the_figures_that_name_it(figures: list[set[int]]) -> None:
    """Row by row they are those whose rows hold it, in their order; code 0 is none."""
    codes, memberships = _memberships(7, [np.array(sorted(own), np.int64) for own in figures])
    assert memberships[0] == ()
    assert [memberships[code] for code in codes.tolist()] == [
        tuple(place for place, own in enumerate(figures) if row in own) for row in range(7)
    ]


def test_a_distinct_count(tmp_path: Path) -> None:
    """Persons are digests under the key that is given; rows of one person have the same."""
    rows = [
        "R1,2025/5/1,公的介護保険制度,ロープレ,S001,1,80,合格",
        "R2,2025/3/31,公的介護保険制度,ロープレ,S001,1,80,合格",
        "R3,2025/6/1,公的介護保険制度,ロープレ,S002,1,80,不合格",
        "R4,2025/6/2,公的介護保険制度,ロープレ,S001,2,90,合格",
    ]
    trace = traced(Project(tmp_path).export("trainings", rows), "roleplay_participants")
    assert trace.states == "cocc"
    assert [row[0] for row in trace.rows.listed()] == [0, 2, 3]
    assert [row[4] for row in trace.rows.listed()] == [who("S001"), who("S002"), who("S001")]
    assert len(trace.rows.who.distinct) == 2
