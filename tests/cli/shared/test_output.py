"""Where results go: encodings of stdout, and files written whole or not at all."""

import csv
import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from kpicli.base.errors import OutputError
from kpicli.cli.shared.output import stdout_encoding, write_stdout
from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, TODAY, Run, process
from support.root import ROOT
from support.voices_table import BOM, TABLE, VOICES


def test_a_pipe_gets_csv(run_kpicli: Run) -> None:
    """In a pipe csv is the default: UTF-8, without a byte-order mark."""
    assert run_kpicli(PROJECT, *VOICES).text == TABLE


def test_a_file_gets_its_mark(run_kpicli: Run, tmp_path: Path) -> None:
    """`-o kpi.csv` writes csv with the byte-order mark that Excel needs, and says nothing."""
    outcome = run_kpicli(PROJECT, *VOICES, "-o", "kpi.csv")
    assert (outcome.code, outcome.out, outcome.err) == (0, b"", "")
    assert (tmp_path / "kpi.csv").read_bytes() == BOM + TABLE.encode()


def test_encoding(run_kpicli: Run, tmp_path: Path) -> None:
    """--encoding cp932 holds for stdout and for files."""
    assert run_kpicli(PROJECT, *VOICES, "--encoding", "cp932").out == TABLE.encode("cp932")
    assert run_kpicli(PROJECT, *VOICES, "--encoding", "cp932", "-o", "kpi.csv").code == 0
    assert (tmp_path / "kpi.csv").read_bytes() == TABLE.encode("cp932")


def test_python_io_encoding(run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONIOENCODING=cp932 gives cp932, for figures, lists and help; --encoding is stronger."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp932:replace")
    assert run_kpicli(PROJECT, *VOICES).out == TABLE.encode("cp932")
    assert run_kpicli(PROJECT, *VOICES, "--encoding", "utf-8").text == TABLE
    assert "使い方".encode("cp932") in run_kpicli(PROJECT, "--help").out
    assert ",お客様の声,".encode("cp932") in run_kpicli(PROJECT, "kpis").out


def test_a_poor_encoding_names_the_character(voices_project: Path) -> None:
    """A character that stdout cannot carry is named, never replaced; help is escaped."""
    outcome = process(*VOICES, folder=voices_project, PYTHONIOENCODING="ascii:replace")
    assert (outcome.code, outcome.out) == (7, b"")
    assert "U+304A" in outcome.err
    assert process("--help", PYTHONIOENCODING="ascii").code == 0


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C", "LC_ALL": None},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_any_locale(locale: dict[str, str | None], voices_project: Path) -> None:
    """Whatever the locale says, stdout is UTF-8."""
    assert process(*VOICES, folder=voices_project, **locale).text == TABLE


def test_as_cron_runs_it(voices_project: Path) -> None:
    """An empty environment, another folder and no terminal: still UTF-8, still the right files."""
    done = subprocess.run(
        [
            *("/usr/bin/env", "-i", f"PATH={os.environ['PATH']}", f"KPICLI_TODAY={TODAY}"),
            *(f"PYTHONPATH={ROOT / 'src'}", sys.executable, "-m", "kpicli"),
            *("--config", str(voices_project / "kpicli.toml"), *VOICES),
        ],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, TABLE, b"")


def test_workbook(run_kpicli: Run, tmp_path: Path) -> None:
    """`-o kpi.xlsx` writes a workbook, and `-f xlsx` in a pipe the same bytes of one."""
    assert run_kpicli(PROJECT, *VOICES, "-o", "kpi.xlsx").code == 0
    piped = run_kpicli(PROJECT, *VOICES, "--format", "xlsx").out
    for book in (
        openpyxl.load_workbook(tmp_path / "kpi.xlsx"),
        openpyxl.load_workbook(io.BytesIO(piped)),
    ):
        header, first, *_ = book["データ"].iter_rows(values_only=True)
        assert dict(zip(header, first, strict=True))["実績"] == 2


def test_nothing_but_figures(run_kpicli: Run) -> None:
    """The sample run says nothing on stderr, and its stdout has no escape codes."""
    outcome = run_kpicli(None, "summarize", "--period", "2025H1")
    assert (outcome.code, outcome.err) == (0, "")
    assert b"\x1b" not in outcome.out
    kpis = {row["kpi"] for row in csv.DictReader(outcome.text.splitlines())}
    assert kpis == set(read_settings(None).catalog.kpi)


def test_a_table_in_a_pipe(run_kpicli: Run) -> None:
    """--format table in a pipe has no escape codes either."""
    outcome = run_kpicli(PROJECT, *VOICES, "--format", "table")
    assert "お客様の声" in outcome.text
    assert b"\x1b" not in outcome.out


class Console(io.BytesIO):
    """The bytes of a stream that is a terminal, and whose reader may be gone."""

    gone = False

    def write(self, data: object) -> int:
        """Fail as Windows does where the reader of a pipe is gone."""
        if self.gone:
            raise OSError(errno.EINVAL, "Invalid argument")
        return super().write(data)  # type: ignore[arg-type]  # any buffer, as BytesIO takes it

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


@pytest.mark.parametrize(
    ("platform", "legacy", "encoding"),
    [("win32", "", "utf-8"), ("win32", "1", "cp932"), ("linux", "", "cp932")],
)
def test_consoles_of_windows(
    platform: str, legacy: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python writes UTF-8 to a console there, whatever PYTHONIOENCODING says, if not told else."""
    console = Console()
    monkeypatch.setenv("PYTHONIOENCODING", "cp932")
    monkeypatch.setenv("PYTHONLEGACYWINDOWSSTDIO", legacy)
    stdout = io.TextIOWrapper(console, encoding="utf-8")
    monkeypatch.setattr(
        "kpicli.cli.shared.output.sys", SimpleNamespace(platform=platform, stdout=stdout)
    )
    assert stdout_encoding() == encoding
    write_stdout("声⁶\n")
    shown = "声⁶\n" if encoding == "utf-8" else "声\\u2076\n"
    assert console.getvalue().decode(encoding) == shown


def test_a_reader_that_is_gone_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a closed pipe is an invalid argument: no error, as little as a broken pipe is."""
    console = Console()
    console.gone = True
    for platform, expected in (("win32", BrokenPipeError), ("linux", OutputError)):
        stdout = SimpleNamespace(buffer=console, flush=console.flush, isatty=console.isatty)
        monkeypatch.setattr(
            "kpicli.cli.shared.output.sys", SimpleNamespace(platform=platform, stdout=stdout)
        )
        with pytest.raises(expected):
            write_stdout("x")
