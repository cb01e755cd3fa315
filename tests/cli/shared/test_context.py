"""The settings that a command runs with."""

import pytest

from support.command_line import PROJECT, Run

HALF = ("summarize", "--period", "2025H1")


def test_today_must_be_a_day(run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2 where the environment's KPICLI_TODAY is no date."""
    monkeypatch.setenv("KPICLI_TODAY", "tomorrow")
    outcome = run_kpicli(PROJECT, *HALF)
    assert outcome.code == 2
    assert "KPICLI_TODAY" in outcome.err
    assert "2025-10-01" in outcome.err


def test_missing_settings(run_kpicli: Run) -> None:
    """Exit 3 for a settings file that is named but is not there."""
    outcome = run_kpicli({}, "--config", "nowhere.toml", *HALF)
    assert (outcome.code, outcome.out) == (3, b"")
    assert "nowhere.toml" in outcome.err


def test_outside_any_project(run_kpicli: Run) -> None:
    """Exit 3 where no kpicli.toml is near, with one to begin from, and not 29 times no data."""
    outcome = run_kpicli({}, *HALF)
    assert (outcome.code, outcome.out) == (3, b"")
    message, hint, *starter = outcome.err.rstrip("\n").split("\n")
    assert message.startswith("エラー: kpicli.toml が")
    assert hint.startswith("対処: ")
    assert len(starter) == 5
    files = {**PROJECT, "kpicli.toml": "\n".join(starter[:-1])}
    files["お客様の声.csv"] = files.pop("voices.csv")
    assert run_kpicli(files, *HALF, "--kpi", "voices").code == 0
