"""What type checkers say of a program that uses the public names of the installed package."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import kpicli
from support import typed_program

PROGRAM = Path(typed_program.__file__)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment in which the kpicli under test is installed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", symlinks=os.name != "nt")
    names = {"base": str(folder / "env"), "platbase": str(folder / "env")}
    site = Path(sysconfig.get_path("purelib", "venv", names))
    installed = (Path(kpicli.__file__).parents[1], Path(sysconfig.get_path("purelib")))
    (site / "installed.pth").write_text("\n".join(map(str, installed)), encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", names)) / Path(sys.executable).name


def check(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a checker of this environment in a folder that holds nothing but the program."""
    (folder / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
    untouched = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "MYPYPATH"}}
    return subprocess.run(
        [sys.executable, "-m", *command, PROGRAM.name],
        cwd=folder,
        env=untouched,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_mypy(python: Path, tmp_path: Path) -> None:
    """In strict mode mypy finds every type as documented, and every refusal refused."""
    done = check(tmp_path, "mypy", "--strict", f"--python-executable={python}")
    assert (done.returncode, done.stdout) == (0, "Success: no issues found in 1 source file\n")


def test_pyright(python: Path, tmp_path: Path) -> None:
    """Pyright finds the same in its strict mode."""
    settings = {
        "typeCheckingMode": "strict",
        "enableTypeIgnoreComments": True,
        "reportUnnecessaryTypeIgnoreComment": "error",
        "include": [PROGRAM.name],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = check(tmp_path, "basedpyright", "--outputjson", f"--pythonpath={python}")
    assert json.loads(done.stdout)["generalDiagnostics"] == []
    assert done.returncode == 0
