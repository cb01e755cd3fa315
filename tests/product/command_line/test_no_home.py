"""A user without a home, whom the system does not know: a container's, or a service's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.command_line import TODAY, Outcome
from support.root import ROOT

RUN = """
import os, pwd, sys
if os.getuid() == 0:
    os.setreuid(54321, 0)  # nobody has this number, and root still finds its Python
else:
    def unknown(number):
        raise KeyError(number)
    pwd.getpwuid = unknown
import kpicli.cli
kpicli.cli.main()
"""
MAIL = """
[mail]
sender = "kpicli <kpi@example.co.jp>"
to = ["fd@example.co.jp"]
smtp = { host = "127.0.0.1", port = 9, security = "none" }
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample whose settings send mail, too."""
    folder = tmp_path_factory.mktemp("no-home") / "project"
    folder.mkdir()
    for name in ("sample_data", "narrative"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (folder / "kpicli.toml").write_text(settings + MAIL, encoding="utf-8")
    return folder


def homeless(project: Path, *args: str) -> Outcome:
    """Run kpicli as a user whom the system does not know, in an environment with nothing in it."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, "--lang", "en", *args],
        cwd=project,
        env={"PYTHONPATH": str(ROOT / "src"), "KPICLI_TODAY": TODAY},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.parametrize(
    "args",
    [
        ("summarize", "--period", "2025H1", "--compare", "previous"),
        ("check", "--period", "2025H1"),
        ("rows", "voices", "--period", "2025H1"),
        ("explain", "voices", "--period", "2025H1"),
        ("report", "--period", "2025H1"),
        ("mail", "--period", "2025-09", "--dry-run"),
    ],
    ids=lambda args: str(args[0]),
)
def test_figures_come(args: tuple[str, ...], project: Path) -> None:
    """Whatever keeps nothing does all that it does for anybody else, and leaves nothing behind."""
    before = sorted(project.iterdir())
    outcome = homeless(project, *args)
    ours = subprocess.run(
        [sys.executable, "-m", "kpicli", "--lang", "en", *args],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "KPICLI_TODAY": TODAY},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert outcome.code == ours.returncode
    assert outcome.err == ours.stderr.decode()
    if args[0] == "mail":  # a message has its own date and number
        assert "figures" in outcome.text
    else:
        assert outcome.out == ours.stdout
    assert sorted(project.iterdir()) == before


@pytest.mark.parametrize(
    ("args", "words", "hint"),
    [
        (
            ("freeze", "--period", "2025H1"),
            "without HOME there is no place to keep the secret of frozen records",
            "KPICLI_SECRET_FILE",
        ),
        (
            ("mail", "--period", "2025-09"),
            "without HOME there is no place for the journal of mail",
            "journal under [mail]",
        ),
        (
            ("summarize", "--period", "2025H1", "--only-if", "changed"),
            "without HOME there is no place to keep what was shown last",
            "XDG_STATE_HOME",
        ),
    ],
    ids=lambda case: str(case[0]) if isinstance(case, tuple) else "",
)
def test_what_must_be_kept_says_where_it_could_be(
    args: tuple[str, ...], words: str, hint: str, project: Path
) -> None:
    """A secret, a journal and what was shown need a place: exit 7, and how to name one."""
    before = sorted(project.iterdir())
    outcome = homeless(project, *args)
    assert (outcome.code, outcome.out) == (7, b"")
    assert outcome.err.startswith(f"Error: {words}\nHint: ")
    assert hint in outcome.err
    assert sorted(project.iterdir()) == before


def test_a_path_below_the_home_is_refused_in_words(project: Path) -> None:
    """Settings that name `~/…` cannot be followed: exit 3, naming the path."""
    settings = project / "home.toml"
    text = (project / "kpicli.toml").read_text(encoding="utf-8")
    settings.write_text(f'published = "~/published"\n{text}', encoding="utf-8")
    outcome = homeless(project, "--config", "home.toml", "summarize", "--period", "2025H1")
    settings.unlink()
    assert (outcome.code, outcome.out) == (3, b"")
    assert outcome.err.startswith("Error: ~/published: no such home folder is known\n")
