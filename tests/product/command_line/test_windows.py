"""Windows and macOS, as far as Linux can stand in for them."""

import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

from kpicli.base.wording import Language
from support.command_line import Outcome, environment, process, terminal
from support.root import ROOT

PROGRAM = ROOT / "tests" / "support" / "like_windows.py"
PERIOD = ("--period", "2025H1")
MAIL = '\n[mail]\nsender = "kpi@example.co.jp"\nto = ["fd@example.co.jp"]\n'


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample project, with mail."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    shutil.copytree(ROOT / "narrative", tmp_path / "narrative")
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(settings + MAIL, encoding="utf-8", newline="\r\n")
    return tmp_path


def like_windows(*arguments: str, folder: Path) -> Outcome:
    """Run kpicli as on Windows, its folders of the user below the folder."""
    own = {f"XDG_{kind}_HOME": str(folder / "user") for kind in ("CACHE", "CONFIG", "STATE")}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *arguments],
        cwd=folder,
        env=environment(**own),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def test_the_stand_in_lacks_what_windows_lacks(tmp_path: Path) -> None:
    """Its modules find neither `fcntl` nor `SIGHUP` there, and remove no file that is open."""
    script = tmp_path / "kpicli_probe.py"
    script.write_text(
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import like_windows as w, builtins, os\n"
        "builtins.__import__ = w.importing; sys.addaudithook(w.refuse_open_files)\n"
        "own = {'__name__': 'kpicli.probe', '__builtins__': builtins}\n"
        "def fails(code):\n"
        "    try: exec(code, own)\n"
        "    except (ImportError, AttributeError, PermissionError) as error: return str(error)\n"
        "    return 'done'\n"
        "print(fails('import fcntl'))\n"
        "print(fails('import signal; signal.SIGHUP'))\n"
        "print(fails('import os; os.geteuid()'))\n"
        "print(fails('import sys; assert sys.platform == \"win32\"'))\n"
        "file = open('open.txt', 'w')\n"
        "print(fails('import os; os.remove(\"open.txt\")'))\n"
        "file.close(); print(fails('import os; os.remove(\"open.txt\")'))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), str(PROGRAM.parent)],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "No module named 'fcntl'",
        "Windows has no signal.SIGHUP",
        "Windows has no os.geteuid",
        "done",
        "[Errno 13] it is open: 'open.txt'",
        "done",
    ]


def test_every_command_runs_there(sample: Path) -> None:
    """Without what only POSIX has, every command ends as it does here, and prints the same."""
    here = sample.parent / "here"
    shutil.copytree(sample, here)
    commands: Sequence[tuple[str, ...]] = (
        ("summarize", *PERIOD),
        ("summarize", *PERIOD, "-o", "kpi.csv"),
        ("summarize", *PERIOD, "-o", "kpi.csv"),  # in the place of the former
        ("check",),
        ("audit", "kpi.csv"),
        ("freeze", *PERIOD),
        ("freeze", *PERIOD, "--revise"),
        ("diff", "2025H1"),
        ("site", "site"),
        ("mail", *PERIOD, "-o", "message.eml"),
        ("--config", "new.toml", "init", "sample_data", "--yes"),
    )
    for command in commands:
        there, ours = like_windows(*command, folder=sample), process(*command, folder=here)
        assert (there.code, there.out) == (ours.code, ours.out), (command, there.err)
        assert there.code == (5 if "init" in command else 0), (command, there.err)
    assert (sample / "kpi.csv").read_bytes() == (here / "kpi.csv").read_bytes()
    assert not [path.name for path in sample.rglob(".kpicli-*")]


def test_large_files_are_read_without_forks(tmp_path: Path) -> None:
    """Where no process can be forked, threads count a large export to the same figures."""
    lines = [f"V{number:07},2025/4/{number % 30 + 1},損保,不満" for number in range(700_000)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *lines, ""))
    (tmp_path / "voices.csv").write_text(text, encoding="utf-8", newline="\r\n")
    (tmp_path / "kpicli.toml").write_text(
        '[exports]\nvoices = { files = "voices.csv", covers = "2025H1" }\n', encoding="utf-8"
    )
    command = ("summarize", *PERIOD, "--kpi", "voices")
    there, here = like_windows(*command, folder=tmp_path), process(*command, folder=tmp_path)
    assert (there.code, there.out) == (here.code, here.out)
    assert ",お客様の声,2;7,,,,,700000,件," in there.text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_terminals_of_cp932(sample: Path, language: Language) -> None:
    """A terminal of cp932 shows every answer; what it cannot show is there as its code."""
    commands = (
        ("--help",),
        ("summarize", *PERIOD, "--by", "month"),
        ("explain", "renewal_talks", *PERIOD),
        ("check", "--show-values"),
        ("report", *PERIOD, "-o", "kpi.html"),
        ("audit", "kpi.html"),
        ("principles",),
    )
    shown = {}
    for command in commands:
        outcome = terminal(
            *command, folder=sample, talk=True, PYTHONIOENCODING="cp932", KPICLI_LANG=language
        )
        assert outcome.code == 0, (command, outcome.out.decode("cp932", "replace"))
        shown[command] = outcome.out.decode("cp932")
    assert "\\u2076" in shown["audit", "kpi.html"]  # a mark of a note: cp932 has no raised figures
    assert "\\u" not in shown["summarize", *PERIOD, "--by", "month"]


def test_what_systems_leave_in_folders(tmp_path: Path) -> None:
    """Files of Explorer, Finder and Excel are no exports; names of a Mac are written in NFC."""
    apart = unicodedata.normalize("NFD", "がぎ_声.csv")
    text = "受付番号,受付日,声の区分\r\nV1,2025-04-01,不満\r\n"
    (tmp_path / apart).write_bytes(text.encode())
    for name in ("Thumbs.db", "desktop.ini", "DESKTOP.INI", ".DS_Store", f"._{apart}", "~$声.xlsx"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "kpicli.toml").write_text(
        '[exports]\nvoices = { files = "*[!l]", covers = "2025H1" }\n', encoding="utf-8"
    )
    outcome = process("summarize", *PERIOD, "--kpi", "voices", "-f", "json", folder=tmp_path)
    assert outcome.code == 0, outcome.err
    assert f'"{unicodedata.normalize("NFC", apart)}"' in outcome.text
    assert unicodedata.is_normalized("NFC", outcome.text)
    offered = process("--config", "new.toml", "init", ".", "--yes", folder=tmp_path)
    assert offered.code == 0, offered.err
    written = (tmp_path / "new.toml").read_text(encoding="utf-8")
    assert f'files = ["{unicodedata.normalize("NFC", apart)}"]' in written
    assert unicodedata.is_normalized("NFC", written + offered.text + offered.err)


@pytest.mark.parametrize(
    "words",
    [
        ("summarize", *PERIOD, "--kpi", "voices", "-o", "nul.csv"),
        ("report", *PERIOD, "-o", "con.html"),
        ("chart", "voices", *PERIOD, "-o", "kpi:1.svg"),
        ("site", "aux", *PERIOD),
        ("kpis", "-o", "prn.csv"),
        ("schema", "-o", "com1.json"),
        ("audit", "sample_data/職員名簿.csv", "-o", "lpt9.csv"),
        ("init", "sample_data", "-o", "nul.xlsx"),
        ("--config", "con.toml", "init", "sample_data", "--yes"),
    ],
    ids=lambda words: words[0],
)
def test_names_of_devices_are_refused(sample: Path, words: Sequence[str]) -> None:
    """Exit 2 in words, nothing is written; on this system they are names like any other."""
    outcome = like_windows(*words, folder=sample)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "Windows" in outcome.err
    assert not [f for f in sample.iterdir() if f.stem in {"nul", "con", "aux", "prn", "com1"}]
