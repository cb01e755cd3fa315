"""Signals, limits and full disks: a run ends in order, and nothing half written is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command_line import PROJECT, SETTINGS, environment, shell, voices
from support.root import ROOT

SLOW = """
import sys, time
import kpicli.base.storage as storage
import kpicli.cli
write, put = storage._write, storage.Unfinished.put

def slow_write(handle, content, *, durable):
    write(handle, content, durable=durable)
    wait()

def slow_put(file, target):
    wait()
    put(file, target)

def wait():
    print("writing", file=sys.stderr, flush=True)
    time.sleep(120)

if sys.argv[1] == "write":
    storage._write = slow_write
else:
    storage.Unfinished.put = slow_put
del sys.argv[1]
kpicli.cli.main()
"""
"""The command line, which waits in the middle of writing the first file that it writes."""
LIKE_WINDOWS = f"""
import builtins, sys
sys.path.insert(0, {str(ROOT / "tests" / "support")!r})
import like_windows
builtins.__import__ = like_windows.importing
"""
"""Before it: kpicli finds Python as on Windows."""

MAIL = """
[mail]
sender = "kpicli <kpi@example.co.jp>"
to = ["fd@example.co.jp"]
smtp = { host = "127.0.0.1", port = 9, security = "none", attempts = 1 }
"""
LIMIT = "export PYTHONDONTWRITEBYTECODE=1; ulimit -f 1"
"""A limit of 1 KB for files; Python would leave compiled modules that are cut off there."""
HALF = ("summarize", "--period", "2025H1", "--no-cache")
WRITERS = {
    "a result": ("write", *HALF, "-o", "kpi.csv"),
    "a workbook": ("write", *HALF, "-o", "kpi.xlsx"),
    "what was shown": ("write", *HALF, "--only-if", "changed"),
    "a kept result": ("write", "summarize", "--period", "2025H1"),
    "a secret": ("write", "freeze", "--period", "2025H1", "--not-final"),
    "a record": ("put", "freeze", "--period", "2025H1", "--not-final"),
    "a journal": ("put", "mail", "--period", "2025-09"),
}


@pytest.fixture(autouse=True)
def _hangups_are_heard() -> Iterator[None]:
    """Let children hear the terminal's end: under nohup these tests, and so they, would not."""
    former = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, former)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of two voices in a home of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, content in {**PROJECT, "kpicli.toml": SETTINGS + MAIL}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def own(project: Path) -> dict[str, str | None]:
    """Return the environment of a user whose folders all lie beside the project."""
    home = str(project.parent / "home")
    unset = dict.fromkeys(("KPICLI_SECRET_FILE", "XDG_CACHE_HOME", "XDG_STATE_HOME"))
    return {**unset, "HOME": home, "XDG_CONFIG_HOME": None, "TMPDIR": str(project.parent)}


def writing(project: Path, *args: str, program: str = SLOW) -> "subprocess.Popen[bytes]":
    """Start a run, and return it when it is in the middle of writing."""
    child = subprocess.Popen(
        [sys.executable, "-c", program, *args],
        cwd=project,
        env=environment(**own(project)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    for line in child.stderr:
        if line == b"writing\n":
            return child
    raise AssertionError("it ended without writing anything")


def unfinished(project: Path) -> Iterator[str]:
    """Yield the names of files that were begun, here and in the user's folders."""
    for path in project.parent.rglob("*"):
        if path.name.startswith((".kpicli-", "openpyxl.")):
            yield path.name


@pytest.mark.parametrize("writer", WRITERS)
def test_sigterm_leaves_nothing(writer: str, project: Path) -> None:
    """SIGTERM in the middle of any writing ends with 143, in silence, and takes the file away."""
    with writing(project, *WRITERS[writer]) as child:
        assert len(list(unfinished(project))) == 1
        child.send_signal(signal.SIGTERM)
        _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (143, b"")
    assert list(unfinished(project)) == []


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_one_rule_for_every_signal(number: signal.Signals, code: int, project: Path) -> None:
    """The exit code is 128 and the signal's number; the file that was there stays as it was."""
    (project / "kpi.csv").write_text("old", encoding="utf-8")
    with writing(project, *WRITERS["a result"]) as child:
        child.send_signal(number)
        child.communicate(timeout=60)
    assert child.returncode == code
    assert list(unfinished(project)) == []
    assert (project / "kpi.csv").read_text(encoding="utf-8") == "old"


def test_ctrl_break_on_windows_is_ctrl_c(project: Path) -> None:
    """SIGBREAK, for which SIGUSR1 stands, ends with 130 and takes the unfinished file away."""
    with writing(project, *WRITERS["a result"], program=LIKE_WINDOWS + SLOW) as child:
        assert len(list(unfinished(project))) == 1
        child.send_signal(signal.SIGUSR1)
        _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, b"")
    assert list(unfinished(project)) == []


@pytest.mark.parametrize("writer", WRITERS)
def test_the_next_run_sweeps_what_a_killed_one_left(writer: str, project: Path) -> None:
    """SIGKILL leaves a file behind, which goes when that place is written to again."""
    with writing(project, *WRITERS[writer]) as child:
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=60)
    assert len(list(unfinished(project))) == 1
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", *WRITERS[writer][1:]],
        cwd=project,
        env=environment(**own(project)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == (7 if "mail" in WRITERS[writer] else 0)  # nobody takes the mail
    assert list(unfinished(project)) == []


def test_an_ignored_hangup_stays_ignored(project: Path) -> None:
    """Under `nohup` a terminal that closes ends nothing."""
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW.replace("sleep(120)", "sleep(2)"), *WRITERS["a result"]],
        cwd=project,
        env=environment(**own(project)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    with child:
        assert child.stderr is not None
        assert child.stderr.readline() == b"writing\n"
        child.send_signal(signal.SIGHUP)
        assert child.wait(60) == 0
    assert (project / "kpi.csv").exists()


@pytest.mark.parametrize(
    "args",
    [
        "summarize --period 2025H1 --no-cache -o kpi.xlsx",
        "summarize --period 2025H1 --no-cache -f xlsx > kpi.xlsx",
        "report --period 2025H1 -o report.xlsx",
        "report --period 2025H1 -o report.html",
        "freeze --period 2025H1 --not-final",
    ],
)
def test_a_limit_of_file_sizes(args: str, project: Path) -> None:
    """Where a file would pass the limit, a message and exit 7: no traceback, and no file begun."""
    (project / "narrative").mkdir()
    (project / "narrative" / "2025H1.md").write_text("# 原則2\n本文\n", encoding="utf-8")
    script = f"export HOME={project.parent}/home TMPDIR={project.parent}; unset KPICLI_SECRET_FILE"
    outcome = shell(f"{script}; {LIMIT}; kpicli --lang en {args}", project)
    assert outcome.code == 7
    assert "it would pass the limit of file sizes" in outcome.err
    assert "Traceback" not in outcome.err
    assert list(unfinished(project)) == []


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_no_part_of_a_result_passes_for_the_whole(unbuffered: str, project: Path) -> None:
    """A stdout that takes only the beginning is told, however Python buffers: exit 7."""
    args = "summarize --period 2025H1 --no-cache -f json"
    script = f"export PYTHONUNBUFFERED={unbuffered}; {LIMIT}; kpicli --lang en {args} > kpi.json"
    outcome = shell(script, project)
    assert outcome.code == 7
    assert "cannot write stdout: it would pass the limit of file sizes" in outcome.err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ("summarize --period 2025H1 --no-cache", 5),
        ("check", 5),
        ("summarize --period 2025H1 --no-cache -q -k voices --as-of 2025-09-30", 5),
        ("summarize --period no-period", 2),
        ("--config nowhere.toml kpis", 3),
        ("diff 2025H1", 2),
        ("--lang en check", 5),
        ("", 2),
        ("kpis", 0),
    ],
)
def test_a_full_disk_behind_stderr(args: str, code: int, project: Path) -> None:
    """What cannot be told changes no exit code: it is the same as with a stderr that can be had."""
    faulty = voices("V1,2025/9/31,損保,感謝,損保-1課,S001,")
    (project / "voices.csv").write_text(faulty, encoding="utf-8")
    told = shell(f"kpicli {args}", project)
    silent = shell(f"kpicli {args} 2> /dev/full", project)
    assert (told.code, silent.code) == (code, code)
    assert silent.out == told.out
    assert bool(told.err) is (args not in {"kpis", "check", "--lang en check"})


def test_a_bug_behind_a_full_disk(project: Path) -> None:
    """A bug exits 1 where its traceback has nowhere to go."""
    script = (
        "import kpicli.cli, kpicli.cli.app\n"
        "def broken(): raise ZeroDivisionError\n"
        "kpicli.cli.app.run = broken\n"
        "kpicli.cli.main()\n"
    )
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=project, env=environment(), stderr=full, check=False
        )
    assert done.returncode == 1


SLOW_WORKERS = """
import os, time
import kpicli.cli
from kpicli.loaders.engines.processes import Processes
share_out = Processes.map

def slow(task):
    os.write(2, b"working\\n")
    time.sleep(120)

Processes.map = lambda self, run, tasks: share_out(self, slow, tasks)
kpicli.cli.main()
"""


def test_workers_end_with_the_run(tmp_path: Path) -> None:
    """SIGTERM while processes read a large file ends them all, in silence."""
    rows = [f"V{number},2025/4/1,損保,感謝,損保-1課,S001," for number in range(600_000)]
    (tmp_path / "voices.csv").write_text(voices(*rows), encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(SETTINGS, encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW_WORKERS, *HALF],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with child:
        assert child.stderr is not None
        assert [child.stderr.readline() for _ in range(2)] == [b"working\n"] * 2
        workers = in_session(child.pid)
        assert len(workers) > 2
        child.send_signal(signal.SIGTERM)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (143, b"")
    assert err.replace(b"working\n", b"") == b""
    assert in_session(child.pid) == []


def in_session(leader: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if os.getsid(int(path.name)) == leader:
                    found.append(int(path.name))
            except ProcessLookupError:
                continue
    return found
