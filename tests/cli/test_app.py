"""What stands before any command."""

import shutil
from importlib.metadata import version
from pathlib import Path

import smoke
from kpicli.cli.app import COMMANDS
from support.command_line import PROJECT, Run, process
from support.root import ROOT


def test_version(run_kpicli: Run) -> None:
    """--version names the program and its version."""
    assert run_kpicli(PROJECT, "--version").text == f"kpicli {version('kpicli')}\n"


def test_the_example_of_every_command_runs(tmp_path: Path) -> None:
    """In the order of the help, in the sample project, each does what its command is for.

    The figures that `init` shows have guesses in them: exit 5. Documents may not be built: exit 3.
    """
    for name in ("sample_data", "narrative"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "sample_data", tmp_path / "new" / "exports")
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(settings + smoke.SETTINGS, encoding="utf-8")
    smoke.write_form(tmp_path / "form.xlsx")
    assert process("summarize", "--period", "2025H1", "-o", "kpi.csv", folder=tmp_path).code == 0
    documents = 0 if smoke.first_page_is_there() else 3
    codes = {"init": 5, "docs": documents}
    for name, (_, _, example) in COMMANDS.items():
        program, *words = example.split()
        assert (program, words[0]) == ("kpicli", name)
        outcome = process(*words, folder=tmp_path / "new" if name == "init" else tmp_path)
        assert outcome.code == codes.get(name, 0), (example, outcome.err)
    written = ("kpi.html", "voices.svg", "public/index.html", "filled.xlsx", "message.eml")
    assert all((tmp_path / name).is_file() for name in (*written, "new/kpicli.toml"))
