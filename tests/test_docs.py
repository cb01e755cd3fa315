"""The documents say what the program does."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from kpicli.calculators import MEASURES
from kpicli.catalog.conditions import DATE_OPERATORS
from kpicli.catalog.sources import ColumnType
from kpicli.renderers import FORMATS
from kpicli.renderers.tidy import COLUMNS
from kpicli.settings import Export, SettingsFile

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")


def text(name: str) -> str:
    """Return a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run kpicli in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "kpicli", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def examples() -> list[str]:
    """Return every kpicli line in the READMEs' shell blocks, each once."""
    blocks = [b for name in READMES for b in re.findall(r"```sh\n(.*?)```", text(name), re.DOTALL)]
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("kpicli ")]
    return list(dict.fromkeys(lines))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample project."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "kpicli.toml", folder)
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    return folder


@pytest.mark.parametrize("line", examples())
def test_an_example_of_the_readme_runs(project: Path, line: str) -> None:
    """Every kpicli line of the READMEs exits 0 in the sample project, with nothing on stderr."""
    arguments = shlex.split(line.partition(" > ")[0])[1:]
    done = run(project, *arguments)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_shows_the_real_output(project: Path) -> None:
    """The block of figures in README is what the command prints, line by line."""
    shown = re.search(r"real output.*?```text\n(.*?)```", text("README.md"), re.DOTALL)
    assert shown is not None
    done = run(project, "summarize", "--period", "2025H1", "--format", "text")
    assert done.stdout.startswith(shown[1])


def test_both_readmes_have_the_two_commands() -> None:
    """The two commands that a new user types stand in both languages."""
    for name in READMES:
        assert "pip install . && kpicli summarize --period 2025H1" in text(name)
        assert 'pip install ".[test]" && pytest' in text(name)


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 7, 8, 130])
def test_every_exit_code_is_documented(code: int) -> None:
    """Both READMEs and --help list every exit code."""
    for name in READMES:
        assert f"| {code} |" in text(name)
    assert re.search(rf"^\s+{code}\s", run(ROOT, "summarize", "--help").stdout, re.MULTILINE)


def test_every_command_is_in_the_readme() -> None:
    """Whatever --help lists as a command is shown in README."""
    listed = run(ROOT, "--lang", "en", "--help").stdout.partition("Commands:\n")[2]
    commands = re.findall(r"^  (\w+)\s", listed.partition("\n\n")[0], re.MULTILINE)
    assert {"summarize", "rows", "explain", "kpis", "sources"} <= set(commands)
    assert [c for c in commands if f"kpicli {c}" not in text("README.md")] == []


def test_every_setting_is_documented() -> None:
    """docs/settings.md names every key, measure, column type and operator."""
    names = [*SettingsFile.model_fields, *Export.model_fields, *MEASURES, *DATE_OPERATORS]
    names += [*get_args(ColumnType), "missing", "not"]
    document = text("docs/settings.md")
    assert [
        name for name in names if f"`{name}" not in document and f"{{ {name}" not in document
    ] == []


def test_every_format_and_column_is_documented() -> None:
    """docs/formats.md names every tidy column, README every format."""
    assert [c for c in COLUMNS if f"`{c}`" not in text("docs/formats.md")] == []
    assert [f for f in FORMATS if f"`{f}`" not in text("README.md")] == []
