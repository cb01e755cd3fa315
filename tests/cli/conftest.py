"""The command line, run in this process."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import kpicli.cli
from support.command_line import TODAY, Outcome, Run
from support.root import ROOT


@pytest.fixture
def run_kpicli(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Return a runner: `run_kpicli(files, *args)` writes the files and runs in their folder.

    With None for files it runs in the sample project.
    """
    for name in ("KPICLI_LANG", "PYTHONIOENCODING", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPICLI_TODAY", TODAY)

    def run(files: Mapping[str, str | bytes] | None, *args: str) -> Outcome:
        for name, content in (files or {}).items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(data)
        monkeypatch.chdir(ROOT if files is None else tmp_path)
        monkeypatch.setattr(sys, "argv", ["kpicli", *args])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            kpicli.cli.main()
        out, err = capfdbinary.readouterr()
        assert isinstance(end.value.code, int)
        return Outcome(end.value.code, out, err.decode())

    return run
