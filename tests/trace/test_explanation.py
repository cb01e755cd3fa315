"""Everything that stands behind one KPI in one period."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import UnknownName
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.explanation import Explanation, explain
from support.periods import parse
from support.small_project import TODAY, Project

STAFF = ["S001,生保,2020/4/1,", "S002,生保,2020/4/1,"]
TALKS = [
    "E1,2025/5/1,C1,公的介護保険制度,有,生保,S001",
    "E2,2025/6/1,C2,公的介護保険制度,有,生保,S001",
]


def explained(folder: Path, kpi: str) -> Explanation:
    """Return the explanation of a KPI over staff and what they explained."""
    project = Project(folder).export("explanations", TALKS)
    project.export("staff", STAFF, covers=None)
    return explain(read_settings(project.config), Request(parse("2025H1"), (kpi,)), TODAY)


def test_what_is_needed_to_recount_it(tmp_path: Path) -> None:
    """Definition, columns of both sources, files with their hash, and the day of judging."""
    explanation = explained(tmp_path, "explaining_staff")
    assert explanation.as_of == date(2025, 9, 30)
    assert explanation.definition[0].en == "Source: Staff register (staff)"
    assert [h.ja for h, source in explanation.columns if source.ja == "制度説明"] == [
        *("説明日", "担当者", "制度", "商品区分"),
    ]
    assert [h.ja for h, source in explanation.columns if source.ja == "職員名簿"] == [
        *("職員番号", "在籍開始日", "在籍終了日", "チーム"),
    ]
    assert {source.ja for _, source in explanation.columns} == {"制度説明", "職員名簿"}
    assert sorted(file.path for file in explanation.files) == ["explanations0.csv", "staff0.csv"]
    assert all(len(file.sha256) == 64 for file in explanation.files)


def test_the_numbers_lead_to_the_figure(tmp_path: Path) -> None:
    """Rows read, usable and counted, and the figure that they make."""
    explanation = explained(tmp_path, "explaining_staff")
    read = {source.id: source.accounting.read for source in explanation.sources}
    assert read == {"explanations": 2, "staff": 2}
    own = next(each for each in explanation.accounting if each.source == "explanations")
    assert (own.usable, own.counted) == (2, 2)
    (figure,) = explanation.figures
    assert (figure.value.numerator, figure.value.denominator) == (1, 2)


def test_a_kpi_that_is_not_there(tmp_path: Path) -> None:
    """The nearest is named."""
    with pytest.raises(UnknownName) as caught:
        explained(tmp_path, "explaining_stuff")
    assert caught.value.hint is not None
    assert "explaining_staff" in caught.value.hint.en
