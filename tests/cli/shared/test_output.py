"""Where results go: encodings of stdout, and files written whole or not at all."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from support.command_line import PROJECT, TODAY, Run, process, shell
from support.root import ROOT

VOICES = ("summarize", "--period", "2025H1", "--kpi", "voices")
BOM = b"\xef\xbb\xbf"
TABLE = (
    "period,start,end,kpi,title,principles,by,group,part,item,value,unit,numerator,denominator,"
    "previous,year_ago,target,target_status,status,faulty_rows\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,,,2,件,,,,,,,ok,0\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,感謝,1,件,,,,,,,ok,0\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,不満,1,件,,,,,,,ok,0\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,要望,0,件,,,,,,,ok,0\n"
    "2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,その他,0,件,,,,,,,ok,0\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a project of two voices."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


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


def test_a_poor_encoding_names_the_character(project: Path) -> None:
    """A character that stdout cannot carry is named, never replaced; help is escaped."""
    outcome = process(*VOICES, folder=project, PYTHONIOENCODING="ascii:replace")
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
def test_any_locale(locale: dict[str, str | None], project: Path) -> None:
    """Whatever the locale says, stdout is UTF-8."""
    assert process(*VOICES, folder=project, **locale).text == TABLE


def test_as_cron_runs_it(project: Path) -> None:
    """An empty environment, another folder and no terminal: still UTF-8, still the right files."""
    done = subprocess.run(
        [
            *("/usr/bin/env", "-i", f"PATH={os.environ['PATH']}", f"KPICLI_TODAY={TODAY}"),
            *(f"PYTHONPATH={ROOT / 'src'}", sys.executable, "-m", "kpicli"),
            *("--config", str(project / "kpicli.toml"), *VOICES),
        ],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, TABLE, b"")


def test_an_existing_file_is_replaced(run_kpicli: Run, project: Path) -> None:
    """A file keeps its permissions, a symbolic link stays one, and nothing else is left behind."""
    (project / "old.csv").write_text("old", encoding="utf-8")
    (project / "old.csv").chmod(0o640)
    (project / "kpi.csv").symlink_to("old.csv")
    before = {path.name for path in project.iterdir()}
    assert run_kpicli(PROJECT, *VOICES, "-o", "kpi.csv").code == 0
    assert (project / "kpi.csv").is_symlink()
    assert (project / "old.csv").read_bytes() == BOM + TABLE.encode()
    assert stat.S_IMODE((project / "old.csv").stat().st_mode) == 0o640
    assert {path.name for path in project.iterdir()} == before


def test_a_new_file_obeys_the_mask(run_kpicli: Run, tmp_path: Path) -> None:
    """A new file has the permissions that the umask leaves, not those of a temporary file."""
    before = os.umask(0o027)
    try:
        assert run_kpicli(PROJECT, *VOICES, "-o", "kpi.csv").code == 0
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kpi.csv").stat().st_mode) == 0o640


def test_a_failure_keeps_the_file(project: Path) -> None:
    """Where the write fails (a file may not grow), the old file stays as it was, alone."""
    (project / "kpi.csv").write_text("old", encoding="utf-8")
    before = {path.name for path in project.iterdir()}
    words = f"cd {project}; ulimit -f 0; trap '' XFSZ; kpicli summarize -p 2025H1 -k voices"
    outcome = shell(f"{words} -o kpi.csv")
    assert outcome.code == 7
    assert outcome.err.startswith("エラー: kpi.csv に書けません")
    assert (project / "kpi.csv").read_text(encoding="utf-8") == "old"
    assert {path.name for path in project.iterdir()} == before


@pytest.mark.parametrize("name", ["/dev/stdout", "-"])
def test_stdout_by_name(name: str, run_kpicli: Run) -> None:
    """`-o -` and `-o /dev/stdout` are stdout: no mark, csv by default."""
    assert run_kpicli(PROJECT, *VOICES, "-o", name).text == TABLE


def test_streams_are_added_to(project: Path) -> None:
    """/dev/fd/3 is an open stream: what was written to it before stays."""
    words = "exec 3>all.txt; echo first >&3; kpicli summarize -p 2025H1 -k voices -f json"
    assert shell(f"cd {project}; {words} -o /dev/fd/3").code == 0
    first, rest = (project / "all.txt").read_text(encoding="utf-8").split("\n", 1)
    assert first == "first"
    assert json.loads(rest)["schema_version"] == 1


def test_a_full_device(run_kpicli: Run) -> None:
    """A full disk behind -o exits 7 with a message."""
    outcome = run_kpicli(PROJECT, *VOICES, "-f", "csv", "-o", "/dev/full")
    assert outcome.code == 7
    assert "エラー: /dev/full に書けません(空き容量がありません)" in outcome.err


@pytest.mark.parametrize("name", ["voices.csv", "./voices.csv", "linked.csv", "voices_all.csv"])
def test_inputs_are_never_written(name: str, run_kpicli: Run, tmp_path: Path) -> None:
    """An output that is an export, or would be taken for one next time, is refused."""
    settings = '[exports]\nvoices = "voices*.csv"\n'
    (tmp_path / "linked.csv").symlink_to("voices.csv")
    outcome = run_kpicli({**PROJECT, "kpicli.toml": settings}, *VOICES, "-o", name)
    assert outcome.code == 2
    assert "[exports]" in outcome.err
    assert (tmp_path / "voices.csv").read_bytes() == PROJECT["voices.csv"].encode()
    assert not (tmp_path / "voices_all.csv").exists()


OWN_PLACES = """\
secret_file = "{outside}/secret"
[mail]
sender = "kpi@example.co.jp"
journal = "mail.sqlite3"
[mail.smtp]
user = "kpi"
password_file = "smtp-password"
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("published/2025H1.json", "公表の記録"),
        ("published/new/2025H1.json", "公表の記録"),
        ("linked/2025H1.json", "公表の記録"),
        ("narrative/2025H1.md", "報告の文章"),
        ("narrative/2099-01.md", "報告の文章"),
        ("mail.sqlite3", "送信の記録"),
        ("smtp-password", "メールのパスワード"),
        ("hard-linked", "メールのパスワード"),
        ("../outside/secret", "秘密のファイル"),
        ("other.toml", "設定ファイル"),
    ],
)
def test_what_kpicli_keeps_is_never_written(
    name: str, said: str, run_kpicli: Run, tmp_path: Path
) -> None:
    """Records, words, password, secret, journal: refused, whether counted anew or found again."""
    outside = tmp_path / "outside"
    home = tmp_path / "home"
    for folder in (outside, home / "published", home / "narrative"):
        folder.mkdir(parents=True)
    (home / "linked").symlink_to("published")
    (home / "smtp-password").write_text("word", encoding="utf-8")
    (home / "hard-linked").hardlink_to(home / "smtp-password")
    settings = OWN_PLACES.format(outside=outside) + PROJECT["kpicli.toml"]
    files = {"home/voices.csv": PROJECT["voices.csv"], "home/other.toml": settings}
    args = ("--config", "home/other.toml", *VOICES, "-f", "json")
    for extra in ((), (), ("--no-cache",)):
        outcome = run_kpicli(files, *args, *extra, "-o", f"home/{name}")
        assert outcome.code == 2
        assert said in outcome.err
        run_kpicli(files, *args)  # so that the next one is found again
    assert (home / "smtp-password").read_text(encoding="utf-8") == "word"
    assert (home / "other.toml").read_text(encoding="utf-8") == settings


@pytest.mark.parametrize("top", ["", 'published = "."\n', '[report]\nnarrative = "{period}.md"\n'])
def test_what_lies_beside_is_written(top: str, run_kpicli: Run, tmp_path: Path) -> None:
    """Another file is written, twice, wherever the settings say that things are."""
    (tmp_path / "in").mkdir()
    settings = top + PROJECT["kpicli.toml"].replace("voices.csv", "in/voices.csv")
    files = {"in/voices.csv": PROJECT["voices.csv"], "kpicli.toml": settings}
    for name in ("kpi.html", "kpi.md", "kpi.html", "kpi.md"):
        assert run_kpicli(files, *VOICES, "-o", name).code == 0
    assert (tmp_path / "kpi.md").exists()
    code = 2 if "published" in top else 0
    assert run_kpicli(files, *VOICES, "-o", "kpi.json").code == code


def test_suffixes(run_kpicli: Run, tmp_path: Path) -> None:
    """The suffix chooses the format, in any case of letters; --format is stronger."""
    for name in ("k.JSON", "k.tsv", "k.md", "k.txt"):
        assert run_kpicli(PROJECT, *VOICES, "-o", name).code == 0
    assert run_kpicli(PROJECT, *VOICES, "-o", "k.dat", "-f", "csv").code == 0
    read = {path.suffix: path.read_bytes() for path in tmp_path.glob("k.*")}
    assert json.loads(read[".JSON"])["period"]["name"] == "2025H1"
    assert read[".tsv"] == BOM + TABLE.replace(",", "\t").encode()
    assert b"|" in read[".md"]
    assert "お客様の声" in read[".txt"].decode()
    assert read[".dat"] == BOM + TABLE.encode()


def test_workbook(run_kpicli: Run, tmp_path: Path) -> None:
    """`-o kpi.xlsx` writes a workbook, and `-f xlsx` in a pipe the same bytes of one."""
    assert run_kpicli(PROJECT, *VOICES, "-o", "kpi.xlsx").code == 0
    piped = run_kpicli(PROJECT, *VOICES, "--format", "xlsx").out
    for book in (
        openpyxl.load_workbook(tmp_path / "kpi.xlsx"),
        openpyxl.load_workbook(io.BytesIO(piped)),
    ):
        header, first, *_ = book.worksheets[0].iter_rows(values_only=True)
        assert dict(zip(header, first, strict=True))["value"] == 2


def test_nothing_but_figures(run_kpicli: Run) -> None:
    """The sample run says nothing on stderr, and its stdout has no escape codes."""
    outcome = run_kpicli(None, "summarize", "--period", "2025H1")
    assert (outcome.code, outcome.err) == (0, "")
    assert b"\x1b" not in outcome.out
    assert len({row["kpi"] for row in csv.DictReader(outcome.text.splitlines())}) == 29


def test_a_table_in_a_pipe(run_kpicli: Run) -> None:
    """--format table in a pipe has no escape codes either."""
    outcome = run_kpicli(PROJECT, *VOICES, "--format", "table")
    assert "お客様の声" in outcome.text
    assert b"\x1b" not in outcome.out
