"""URLs in the settings, from the command line."""

from pathlib import Path

import pytest

from support.command_line import PROJECT, process


@pytest.mark.parametrize("scheme", ["file", "local"])
def test_an_output_that_a_url_names(tmp_path: Path, scheme: str) -> None:
    """A file that is an input under a URL is not written over."""
    settings = f'[exports]\nvoices = "{scheme}://{tmp_path}/voices.csv"\n'
    (tmp_path / "kpicli.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "voices.csv").write_text(PROJECT["voices.csv"], encoding="utf-8")
    arguments = ("--lang", "en", "summarize", "-p", "2025H1", "-o", "voices.csv")
    outcome = process(*arguments, folder=tmp_path)
    assert outcome.code == 2
    assert "is an input" in outcome.err
    assert (tmp_path / "voices.csv").read_text(encoding="utf-8") == PROJECT["voices.csv"]


def test_a_missing_protocol(tmp_path: Path) -> None:
    """A URL that nothing can read ends with exit 3 and no traceback."""
    settings = '[exports]\nvoices = "nosuch://bucket/*.csv"\n'
    (tmp_path / "kpicli.toml").write_text(settings, encoding="utf-8")
    outcome = process("--lang", "en", "summarize", "-p", "2025H1", folder=tmp_path)
    assert (outcome.code, outcome.out) == (3, b"")
    assert outcome.err == (
        "Error: nosuch://bucket/*.csv: nosuch:// is not known\n"
        "Hint: there are s3://, gs://, file:// and more\n"
    )
