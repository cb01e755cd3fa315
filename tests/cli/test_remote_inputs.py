"""URLs in the settings, from the command line."""

from pathlib import Path

import pytest

from command_line import PROJECT, Run


@pytest.mark.parametrize("scheme", ["file", "local"])
def test_an_output_that_a_url_names(run_kpicli: Run, tmp_path: Path, scheme: str) -> None:
    """A file that is an input under a URL is not written over."""
    settings = f'[exports]\nvoices = "{scheme}://{tmp_path}/voices.csv"\n'
    files = {**PROJECT, "kpicli.toml": settings}
    outcome = run_kpicli(files, "--lang", "en", "summarize", "-p", "2025H1", "-o", "voices.csv")
    assert outcome.code == 2
    assert "is an input" in outcome.err
    assert (tmp_path / "voices.csv").read_text(encoding="utf-8") == PROJECT["voices.csv"]


def test_a_missing_protocol(run_kpicli: Run) -> None:
    """A URL that nothing can read ends with exit 3 and no traceback."""
    files = {"kpicli.toml": '[exports]\nvoices = "nosuch://bucket/*.csv"\n'}
    outcome = run_kpicli(files, "--lang", "en", "summarize", "-p", "2025H1")
    assert (outcome.code, outcome.out) == (3, b"")
    assert outcome.err.startswith("Error: nosuch://bucket/*.csv: nosuch:// is not known\n")
