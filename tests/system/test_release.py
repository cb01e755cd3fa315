"""What a release brings beside the program: man pages, completion, the list of its parts."""

import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from support.root import ROOT

sys.path[:0] = [str(ROOT / "tools")]

import release  # noqa: E402 - tools/ is no package
import share_files  # noqa: E402 - likewise


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of all that is laid below share/."""
    folder = tmp_path_factory.mktemp("share")
    share_files.main(folder)
    return folder


@pytest.mark.parametrize(("language", "words"), [("", "Count every figure"), ("ja/", "数えます")])
def test_the_manual_names_every_command(share: Path, language: str, words: str) -> None:
    """In both languages, under the one name."""
    page = (share / f"man/{language}man1/kpicli.1").read_text(encoding="utf-8")
    assert page.partition(".TH")[2].split()[0] == '"KPICLI"'
    assert words in page.replace("\n", " ")
    for command in ("summarize", "freeze", "init", "docs"):
        assert command in page


def test_bash_completes_by_the_file(share: Path, tmp_path: Path) -> None:
    """A command that is begun, in a real shell; as bash asks it to."""
    program = tmp_path / "kpicli"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m kpicli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = f"""
        source {share / share_files.COMPLETION["bash"]}
        COMP_WORDS=(kpicli summ) COMP_CWORD=1
        _kpicli_completion {program}
        echo "${{COMPREPLY[@]}}"
        complete -p kpicli
    """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "summarize",
        "complete -o default -F _kpicli_completion kpicli",
    ]


def test_every_shell_has_its_file(share: Path) -> None:
    """Each is in the shell's own way of saying it."""
    said = {s: (share / place).read_text("utf-8") for s, place in share_files.COMPLETION.items()}
    assert said["zsh"].startswith("#compdef kpicli\n")
    assert "complete --command kpicli" in said["fish"]


def test_the_parts_are_those_that_are_needed(tmp_path: Path) -> None:
    """Each dependency that pyproject.toml names, and what those need, as installed; no extra."""
    wheel = tmp_path / "kpicli-9.9.9-py3-none-any.whl"
    wheel.write_bytes(b"")
    bom = json.loads(release.bill_of_materials(wheel))
    assert bom["metadata"]["component"]["version"] == "9.9.9"
    parts = {part["name"].lower(): part["version"] for part in bom["components"]}
    for text in distribution("kpicli").requires or ():
        wanted = Requirement(text)
        own = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
        assert not own or parts[wanted.name.lower()] == distribution(wanted.name).version
    assert {"click", "distributed", "pytest", "sphinx"}.isdisjoint(parts)
