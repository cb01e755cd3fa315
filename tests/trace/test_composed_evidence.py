"""The rows of a figure that is made of others: those of every component, counted again."""

from collections import Counter
from pathlib import Path

import pytest

from kpicli.base.errors import UnknownName, UsageError
from kpicli.model.periods import ComparisonKind, Period
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.evidence import find_evidence
from kpicli.trace.recount import Evidence
from kpicli.trace.rows_request import RowsRequest
from support.composed_project import RATE, composed_project
from support.small_project import TODAY, Project

ROWS = [
    "C1,2025-04-03,自動車,A店,100",
    "C2,2025-05-01,火災,A店,50.5",
    "C3,2025-09-30,火災,B店,30",
    "C4,2024-12-01,火災,B店,7",
    "C5,x,火災,B店,7",
]
POLICIES = ["P1,2020-04-01,,自動車", "P2,2025-07-01,,火災"]
KPIS = (
    RATE
    + """
[kpi.nested]
title = "入れ子"
measure = "difference"
figures = ["rate", "mean_loss", "complaints@2024-12", "nps"]
unit = "点"
[entered.nps]
title = "NPS"
unit = "点"
"""
)


def project(folder: Path) -> Project:
    """Return the project of the rows above, with an NPS that was entered."""
    own = composed_project(folder, ROWS, POLICIES, KPIS)
    (folder / "published").mkdir()
    text = "period,kpi,value,source,entered_on\n2025H1,nps,40,保険会社,2025-10-05\n"
    (folder / "published" / "nps.csv").write_text(text, encoding="utf-8")
    return own


def evidence(
    own: Project,
    kpi: str,
    *,
    by: str | None = None,
    group: str | None = None,
    item: str | None = None,
    of: ComparisonKind | None = None,
    doubtful: bool = False,
) -> Evidence:
    """Return the evidence of a figure of 2025H1."""
    request = Request(Period.parse("2025H1", today=TODAY), (kpi,), by)
    asked = RowsRequest(request, item, group, of, doubtful)
    return find_evidence(read_settings(own.config), asked, TODAY)


def rows_of(found: Evidence) -> list[tuple[str | None, str]]:
    """Return the component and the key of every row."""
    return [(row.kpi, row.cells[0].read) for row in found.rows]


def test_every_component_has_its_rows(tmp_path: Path) -> None:
    """The figure, its part, the half before, and a month: the rows of both counts."""
    own = project(tmp_path)
    counted = [("complaints", name) for name in ("C1", "C2", "C3")]
    assert rows_of(evidence(own, "rate")) == [*counted, ("in_force", "P1"), ("in_force", "P2")]
    assert rows_of(evidence(own, "rate", item="火災")) == [*counted[1:], ("in_force", "P2")]
    before = evidence(own, "rate", of="previous")
    assert rows_of(before) == [("complaints", "C4"), ("in_force", "P1")]
    month = evidence(own, "rate", by="month", group="2025-05")
    assert rows_of(month) == [("complaints", "C2"), ("in_force", "P1")]
    line = evidence(own, "rate", by="line", group="火災")
    assert rows_of(line) == [*counted[1:], ("in_force", "P2")]
    assert str(evidence(own, "rate", by="month", group="2025-04").figure.value.number) == "1.0000"


def test_rows_in_doubt_are_there_if_asked_for(tmp_path: Path) -> None:
    """With their component; the figure does not count them."""
    found = evidence(project(tmp_path), "rate", doubtful=True)
    assert [row.kpi for row in found.rows if row.role == "in_doubt"] == ["complaints"]


def test_by_way_of_others(tmp_path: Path) -> None:
    """What is made of a quotient, a mean, a fixed month and an entered value has all their rows."""
    found = evidence(project(tmp_path), "nested")
    assert Counter(row.kpi for row in found.rows) == {
        "complaints": 3 + 1,
        "in_force": 2,
        "mean_loss": 3,
    }
    assert set(found.components) == {"complaints", "in_force", "mean_loss"}
    assert str(found.figure.value.number) == "-99.7"  # 3/2 - 180.5/3 - 1 - 40


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """An item that is none names those there are; without data there are no rows."""
    own = project(tmp_path)
    with pytest.raises(UnknownName) as unknown:
        evidence(own, "rate", item="新種")
    assert unknown.value.hint is not None
    assert "自動車, 火災" in unknown.value.hint.ja
    with pytest.raises(UsageError, match="nested has no data in 2024H2"):
        evidence(own, "nested", of="previous")
