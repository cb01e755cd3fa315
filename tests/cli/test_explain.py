"""`kpicli explain`: words for people unless another format is asked for."""

import json
from pathlib import Path

from support.command_line import PROJECT, Run, terminal

VOICES = ("explain", "voices", "--period", "2025H1")


def test_a_pipe_gets_text(run_kpicli: Run) -> None:
    """An explanation is for people, in a pipe as well."""
    outcome = run_kpicli(PROJECT, *VOICES)
    assert outcome.code == 0
    assert outcome.text.startswith("お客様の声 (voices)\n")
    assert outcome.text == run_kpicli(PROJECT, *VOICES, "--format", "text").text


def test_files(run_kpicli: Run, tmp_path: Path) -> None:
    """-o writes a file in the format of its suffix, never over an export."""
    assert run_kpicli(PROJECT, *VOICES, "-o", "voices.json").code == 0
    assert json.loads((tmp_path / "voices.json").read_bytes())["kpi"] == "voices"
    assert run_kpicli(PROJECT, *VOICES, "-o", "voices.csv").code == 2
    assert (tmp_path / "voices.csv").read_text(encoding="utf-8") == PROJECT["voices.csv"]


def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    """Headings are bold there, and nothing is wider than it."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    text = terminal(*VOICES, folder=tmp_path).text
    assert "\x1b[1m定義\x1b[0m\n" in text
    assert "[定義]" in terminal(*VOICES, "-f", "text", folder=tmp_path).text


def test_help_says_so(run_kpicli: Run) -> None:
    """The help names what a pipe gets."""
    told = " ".join(run_kpicli(PROJECT, "explain", "--help").text.split())
    assert "パイプは text" in told
    assert "パイプは csv" in " ".join(run_kpicli(PROJECT, "rows", "--help").text.split())


def test_it_leads_from_rows_read_to_rows_counted(run_kpicli: Run) -> None:
    """Every step of the accounting is printed with its number."""
    done = run_kpicli(None, "explain", "renewal_talks", "--period", "2025H1")
    assert done.code == 0
    lines = [line for line in done.text.splitlines() if line.startswith(("  -", "  ="))]
    numbers = [line.split()[-1] for line in lines]
    assert numbers == ["0", "2", "0", "632", "148", "0", "232", "0", "0", "252"]
