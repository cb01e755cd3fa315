from pathlib import Path

import pytest

from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,不満,,2025/5/1", "V2,2025/9/1,生保,感謝,,"]
REACH = "the exports reach back less than 6 months before the period: older records may be missing"


def test_a_period_outside_the_exports_is_no_data(tmp_path: Path) -> None:
    """Nothing is counted there, not even 0, and a remark says why."""
    result = Project(tmp_path).export("voices", VOICES).summarize("voices", "2023H1")
    assert {(f.value.number, f.value.status.value) for f in result.summary.figures} == {
        (None, "no_data")
    }
    assert result.remarks == ["the exports do not cover this period"]


def test_a_partly_covered_period_names_its_months(tmp_path: Path) -> None:
    """The figure stands, as partial, and the months that are missing are named."""
    project = Project(tmp_path).export("voices", VOICES, covers="2025-06-01..2025-08-15")
    result = project.summarize("voices", by="month")
    assert (result.number(), result.value().status) == (2, "partial")
    assert result.remarks == [
        "the exports do not cover these months in full: 2025-04, 2025-05, 2025-08, 2025-09"
    ]
    assert result.groups()["2025-05"] is None
    assert result.groups()["2025-06"] == 0
    assert result.value(group="2025-08").status == "partial"


def test_undeclared_exports_cover_their_whole_months(tmp_path: Path) -> None:
    """From the first base date's month to the last's; a gap between two files is a gap."""
    project = Project(tmp_path)
    project.export("voices", ["V1,2025/4/20,生保,感謝,,", "V2,2025/6/2,生保,感謝,,"], covers=None)
    project.export("voices", ["V3,2025/8/2,生保,感謝,,", "V4,2025/9/2,生保,感謝,,"], covers=None)
    result = project.summarize("voices", by="month")
    assert result.groups() == {
        "2025-04": 1,
        "2025-05": 0,
        "2025-06": 1,
        "2025-07": None,
        "2025-08": 1,
        "2025-09": 1,
    }
    assert result.value().status == "partial"


def test_an_undeclared_sparse_source_never_yields_zero(tmp_path: Path) -> None:
    """Meetings without `covers` give figures above 0, or no data."""
    project = Project(tmp_path)
    project.export("meetings", ["M1,2025/4/1,コンプライアンス会議"], covers=None)
    result = project.summarize("compliance_meetings", by="month")
    assert (result.number(), result.value().status) == (1, "ok")
    assert result.groups() == {"2025-04": 1, **{f"2025-0{n}": None for n in range(5, 10)}}
    assert project.summarize("voice_circulations").value().status == "no_data"
    assert result.remarks == ["without `covers` a zero cannot be told from missing data"]


def test_a_declared_sparse_source_yields_zero(tmp_path: Path) -> None:
    """Where the exports are declared to be whole, no meeting is 0."""
    project = Project(tmp_path).export("meetings", [], covers="2025-04..2025-09")
    result = project.summarize("compliance_meetings")
    assert (result.number(), result.value().status, result.remarks) == (0, "ok", [])


@pytest.mark.parametrize(
    ("covers", "months", "remarks"),
    [
        ("2024-10..2025-09", 6, []),
        ("2024-11..2025-09", 6, [REACH]),
        ("2025-04..2025-09", 6, [REACH]),
        ("2024-11..2025-09", 5, []),
        ("2025-04..2025-09", 0, []),
    ],
)
def test_a_figure_by_another_date_needs_exports_that_reach_back(
    covers: str, months: int, remarks: list[str], tmp_path: Path
) -> None:
    """改善日 lies after 受付日: without older records improvements may be missing."""
    project = Project(tmp_path).export("voices", VOICES, covers=covers)
    project.toml(f"reach_back_months = {months}")
    told = [text.replace(f"less than {months}", "less than 6") for text in remarks]
    assert project.summarize("complaint_improvements").remarks == told
    assert project.summarize("voices").remarks == []


def test_a_missing_column_is_named_with_its_file(tmp_path: Path) -> None:
    """A KPI whose column one file lacks has no data; the others are counted."""
    project = Project(tmp_path).export("voices", VOICES)
    project.export("voices", ["V9,2025/4/1,感謝"], header="受付番号,受付日,声の区分")
    result = project.summarize("complaint_improvements")
    assert result.value().status == "no_data"
    assert result.remarks == ["the column '改善日' is missing in voices1.csv"]
    assert project.summarize("voices").number() == 3


def test_a_missing_export_is_named(tmp_path: Path) -> None:
    """A KPI whose source is not exported has no data, and a remark says what to do."""
    result = Project(tmp_path).export("voices", VOICES).summarize("followups")
    assert result.value().status == "no_data"
    assert result.remarks == ["no export of followups is listed under [exports] in kpicli.toml"]


def test_a_source_without_a_single_file_is_no_data(tmp_path: Path) -> None:
    """An empty list of files is no export of nothing, it is nothing known."""
    project = Project(tmp_path)
    project.exports["voices"] = []
    assert project.summarize("voices").value().status == "no_data"
