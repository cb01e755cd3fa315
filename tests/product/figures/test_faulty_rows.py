"""Runs over exports with faulty rows (exit 5 where they touch a figure)."""

import pytest

from support.command_line import Run
from support.root import ROOT

SAMPLE_VOICES = "sample_data/お客様の声_2025年6-9月.csv"


def faulty(row: str) -> dict[str, str | bytes]:
    """Return a project of the sample's last voices export with one more row."""
    content = (ROOT / SAMPLE_VOICES).read_bytes() + (row + "\r\n").encode("cp932")
    settings = '[exports]\nvoices = { files = "voices.csv", covers = "2025-06..2025-09" }\n'
    return {"kpicli.toml": settings, "voices.csv": content}


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        ("V2599999,2025/9/30,損保,ご提案,損保-1課,S001,,,,,", "D102", "声の区分", "ご提案"),
        ("V2599999,2025/9/31,損保,感謝,損保-1課,S001,,,,,", "D101", "受付日", "2025/9/31"),
    ],
)
def test_faulty_rows(row: str, code: str, column: str, value: str, run_kpicli: Run) -> None:
    """Exit 5: the figure is printed as provisional, the cell's place is told and not its value."""
    before = run_kpicli(faulty(""), "summarize", "--period", "2025-09", "--kpi", "voices")
    assert before.code == 0
    args = ("summarize", "--period", "2025-09", "--kpi", "voices")
    outcome = run_kpicli(faulty(row), *args)
    assert outcome.code == 5
    total = outcome.text.splitlines()[1].split(",")
    assert total[:4] == ["2025-09", "2025-09-01", "2025-09-30", "voices"]
    assert total[-4:-2] == ["provisional", "1"]
    last = max(i for i, _ in enumerate(faulty(row)["voices.csv"].splitlines(), 1))
    assert f"不備 {code} voices.csv " in outcome.err
    assert f"列「{column}」" in outcome.err
    assert f"{last} 行目" in outcome.err
    assert value not in outcome.err
    assert f"[{value}]" in run_kpicli(faulty(row), *args, "--show-values").err
    assert "要確認(1件)" in run_kpicli(faulty(row), *args, "--format", "text").text


def test_values_stay_out_of_json(run_kpicli: Run) -> None:
    """JSON holds the value of a faulty cell only with --show-values."""
    row = "V2599999,2025/9/30,損保,ご提案,損保-1課,S001,,,,,"
    args = ("summarize", "--period", "2025-09", "--kpi", "voices", "--format", "json")
    assert "ご提案" not in run_kpicli(faulty(row), *args).text
    assert "ご提案" in run_kpicli(faulty(row), *args, "--show-values").text


def test_faults_that_touch_no_figure(run_kpicli: Run) -> None:
    """Exit 0 where the faulty row cannot belong to any figure asked for, though it is told."""
    row = "V2599999,2025/9/31,損保,感謝,損保-1課,S001,,,,,"
    outcome = run_kpicli(
        faulty(row), "summarize", "-p", "2025-09", "--kpi", "complaint_improvements"
    )
    assert outcome.code == 0
    assert "D101" in outcome.err
