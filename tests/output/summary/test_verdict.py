"""The verdict: one line that says how a summary stands."""

from pathlib import Path

import pytest

import kpicli
from kpicli.model.summary import Summary
from kpicli.output.summary.verdict import verdict
from support.small_project import TODAY, Project

ALL, FEWER = "2025-04..2025-09", "2025-04..2025-08"
MET = "M1,2025/4/1,コンプライアンス会議"
OTHERS = [f"M{n},2025/{n}/1,コンプライアンス会議" for n in range(5, 10)]
UNREADABLE = "M9,2025/13/1,コンプライアンス会議"


def summary_of(project: Project, kpi: str) -> Summary:
    """Return the summary of one KPI in 2025H1."""
    return kpicli.summarize("2025H1", kpis=(kpi,), config=project.config, today=TODAY)


@pytest.mark.parametrize(
    ("rows", "covers", "japanese", "english"),
    [
        ([MET, *OTHERS], ALL, "目標 達成1 未達0 / 要確認0", "Targets: met 1 missed 0 / to check 0"),
        ([MET], ALL, "目標 達成0 未達1 / 要確認0", "Targets: met 0 missed 1 / to check 0"),
        ([MET, UNREADABLE], ALL, " / 要確認1", " / to check 1"),
        ([MET, *OTHERS], FEWER, " / データ不足1", " / incomplete 1"),
    ],
)
def test_targets_doubts_and_gaps(
    tmp_path: Path, rows: list[str], covers: str, japanese: str, english: str
) -> None:
    """Targets by figure; what is in doubt or incomplete by KPI; in both languages."""
    project = Project(tmp_path).export("meetings", rows, covers=covers)
    summary = summary_of(project, "compliance_meetings")
    assert verdict(summary, "ja").endswith(japanese)
    assert verdict(summary, "en").endswith(english)


def test_without_targets(tmp_path: Path) -> None:
    """It says so."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,損保,感謝,,"])
    assert verdict(summary_of(project, "voices"), "ja") == "この期間の目標なし / 要確認0"
