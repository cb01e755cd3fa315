"""Exit codes: each code of `kpicli --help`, provoked."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import kpicli.run.summary
from support.command_line import PROJECT, SETTINGS, Run, environment, process, shell, voices

HALF = ("summarize", "--period", "2025H1")


def test_all_is_well(run_kpicli: Run) -> None:
    """A run with nothing to complain of exits 0 and says nothing on stderr."""
    outcome = run_kpicli(PROJECT, *HALF, "--kpi", "voices")
    assert (outcome.code, outcome.err) == (0, "")
    assert ",voices,お客様の声,2;7,,,,,2,件," in outcome.text


def test_the_reader_leaves() -> None:
    """Exit 0, without a word, when the reader of the pipe has seen enough."""
    outcome = shell("kpicli summarize --period 2025H1 --by month --format json | head -1")
    assert (outcome.code, outcome.out, outcome.err) == (0, b"{\n", "")


@pytest.mark.parametrize("words", ["--help", "--version", "kpis"])
def test_the_reader_never_came(words: str) -> None:
    """Exit 0, without a word, when nobody reads help or lists."""
    outcome = shell(f"(sleep 0.3; kpicli {words}) | true")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_bug_shows_its_traceback(tmp_path: Path) -> None:
    """What nobody expected exits 1, with a traceback and the word for it in both languages."""
    script = (
        "import sys, kpicli.cli, kpicli.run.summary\n"
        "def broken(*_): raise ZeroDivisionError('by hand')\n"
        "kpicli.run.summary.summarize = broken\n"
        "sys.argv = ['kpicli', 'summarize', '--period', '2025H1']\n"
        "kpicli.cli.main()\n"
    )
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
    )
    err = done.stderr.decode()
    assert done.returncode == 1
    assert err.startswith("kpicli: this is a bug / プログラムの不具合です:\nTraceback")
    assert err.endswith("ZeroDivisionError: by hand\n")


MEETINGS = {
    "kpicli.toml": '[exports]\nmeetings = { files = "m.csv", covers = "2025-04..2025-09" }\n',
    "m.csv": "会議番号,開催日,会議名\nM1,2025/4/1,コンプライアンス会議\n",
}


@pytest.mark.parametrize(("extra", "code"), [((), 0), (("--fail-on", "target"), 6)])
def test_missed_target(extra: tuple[str, ...], code: int, run_kpicli: Run) -> None:
    """A missed target exits 6 only where --fail-on target asks for it."""
    outcome = run_kpicli(MEETINGS, *HALF, "--kpi", "compliance_meetings", *extra)
    assert outcome.code == code
    assert ",>=1/month,missed,ok,0" in outcome.text


def test_met_target(run_kpicli: Run) -> None:
    """With --fail-on target a run without missed targets exits 0."""
    args = ("--kpi", "compliance_meetings", "--fail-on", "target")
    outcome = run_kpicli(MEETINGS, "summarize", "--period", "2025-04", *args)
    assert outcome.code == 0
    assert ",met,ok,0" in outcome.text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("nowhere/kpi.csv", ["nowhere/kpi.csv", "フォルダーがありません"]),
        ("folder", ["folder はフォルダーです", "folder/kpi.csv"]),
        ("x" * 300 + ".csv", ["x.csv に書けません", "名前が長すぎます"]),
    ],
)
def test_unwritable(place: str, words: list[str], run_kpicli: Run, tmp_path: Path) -> None:
    """Exit 7 where the output cannot be written, naming it and why."""
    (tmp_path / "folder").mkdir()
    outcome = run_kpicli(PROJECT, *HALF, "-o", place)
    assert (outcome.code, outcome.out) == (7, b"")
    assert [word for word in words if word not in outcome.err] == []


def test_unwritable_character(run_kpicli: Run, tmp_path: Path) -> None:
    """Exit 7 where the encoding has no such character: it is named, and nothing is written."""
    settings = SETTINGS + '[kpi.voices]\nextends = true\ntitle = "声\N{PARTY POPPER}"\n'
    files = {**PROJECT, "kpicli.toml": settings}
    args = (*HALF, "--kpi", "voices", "--encoding", "cp932")
    outcome = run_kpicli(files, *args)
    assert (outcome.code, outcome.out) == (7, b"")
    assert "U+1F389" in outcome.err
    assert "cp932" in outcome.err
    assert run_kpicli(files, *args, "-o", "kpi.csv").code == 7
    assert not (tmp_path / "kpi.csv").exists()


@pytest.mark.parametrize("words", ["summarize --period 2025-09 --kpi voices", "kpis", "--help"])
def test_full_disk(words: str) -> None:
    """Exit 7, without a traceback, where stdout is a full disk."""
    outcome = shell(f"kpicli {words} > /dev/full")
    assert outcome.code == 7
    assert outcome.err.startswith("エラー: stdout に書けません(空き容量がありません)\n対処: ")
    assert outcome.err.count("\n") == 2


def test_closed_stdout(tmp_path: Path) -> None:
    """Exit 7 where stdout is closed; with a file to write to that does not matter."""
    words = "kpicli summarize --period 2025-09 --kpi voices"
    assert shell(f"{words} >&-").code == 7
    assert shell(f"{words} -o {tmp_path / 'kpi.csv'} >&-").code == 0


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C ends a real process with 130 and without a traceback."""
    settings = tmp_path / "kpicli.toml"
    os.mkfifo(settings)  # whoever reads it waits for as long as its writer says nothing
    child = subprocess.Popen(
        [sys.executable, "-m", "kpicli", "--config", str(settings), "kpis"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer = opened(settings)
    out, err = interrupted(child)
    os.close(writer)
    assert (child.returncode, out, err) == (130, b"", b"")


def interrupted(child: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """Interrupt a process until it ends, and return what it said.

    Once may not do: between two system calls the signal is noted, but wakes no reader.
    """
    for _ in range(24):
        child.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=5)
    raise TimeoutError


def opened(pipe: Path) -> int:
    """Return the writing end of a named pipe, as soon as somebody reads it."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.05)
    raise TimeoutError


def test_interrupted_while_counting(run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C during the count ends with 130, and a file that was to be written is not."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kpicli.run.summary, "summarize", interrupted)
    outcome = run_kpicli(PROJECT, *HALF, "-o", "kpi.csv")
    assert (outcome.code, outcome.out, outcome.err) == (130, b"", "")


@pytest.mark.parametrize("args", [("--help",), ("summarize", "--help")])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_help_lists_the_exit_codes(args: tuple[str, ...], lang: str) -> None:
    """The help lists every exit code, in both languages."""
    lines = process("--lang", lang, *args).text.splitlines()
    first = lines.index("終了コード:" if lang == "ja" else "Exit codes:") + 1
    codes = [line.split()[0] for line in lines[first:]]
    assert codes == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "129", "130", "143"]


def test_nothing_received(run_kpicli: Run) -> None:
    """An export without rows counts to zero, and exits 0, where it declares what it covers."""
    outcome = run_kpicli({**PROJECT, "voices.csv": voices()}, *HALF, "--kpi", "voices")
    assert outcome.code == 0
    assert ",voices,お客様の声,2;7,,,,,0,件,,,,,,,ok,0,computed,\n" in outcome.text


AT_THE_END = """
import atexit, os, sys, threading, time
import kpicli.cli
atexit.register(print, "a last word")
sys.argv[1:] = ["--version"]
{before}
kpicli.cli.program()
"""


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("", ["a last word"]),
        (
            "threading.Thread(target=lambda: (time.sleep(0.3), print('written', flush=True)))"
            ".start()",
            ["written", "a last word"],
        ),
        ("atexit.register(sys.stderr.close)", ["a last word"]),
    ],
    ids=["alone", "beside a thread", "with stderr closed"],
)
def test_nothing_is_lost_at_the_end(before: str, words: list[str]) -> None:
    """The process ends after what is registered for its end, and after threads that are at work."""
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_END.format(before=before)],
        env=environment(),
        capture_output=True,
        check=False,
    )
    version, *rest = done.stdout.decode().splitlines()
    assert version.startswith("kpicli ")
    assert (rest, done.returncode, done.stderr) == (words, 0, b"")


def test_a_profile_is_written() -> None:
    """Whoever profiles the command line sees where its time went, and its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", "-s", "name", "-m", "kpicli", "--version"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert b"function calls" in done.stdout
