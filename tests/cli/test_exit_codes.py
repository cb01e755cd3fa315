"""Exit codes: each code of `kpicli --help`, provoked."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kpicli.summary
from command_line import PROJECT, ROOT, SETTINGS, Run, environment, process, shell, voices

HALF = ("summarize", "--period", "2025H1")
SAMPLE_VOICES = "sample_data/お客様の声_2025年6-9月.csv"


def test_all_is_well(run_kpicli: Run) -> None:
    """A run with nothing to complain of exits 0 and says nothing on stderr."""
    outcome = run_kpicli(PROJECT, *HALF, "--kpi", "voices")
    assert (outcome.code, outcome.err) == (0, "")
    assert ",voices,お客様の声,2;7,,,,,2,件," in outcome.text


def test_the_reader_leaves() -> None:
    """Exit 0, without a word, when the reader of the pipe has seen enough."""
    outcome = shell("kpicli summarize --period 2025H1 --by month --format json | head -1")
    assert (outcome.code, outcome.out, outcome.err) == (0, b"{\n", "")


@pytest.mark.parametrize("words", ["--help", "--version", "kpis", "summarize --help"])
def test_the_reader_never_came(words: str) -> None:
    """Exit 0, without a word, when nobody reads help or lists."""
    outcome = shell(f"(sleep 0.3; kpicli {words}) | true")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_bug_shows_its_traceback(tmp_path: Path) -> None:
    """What nobody expected exits 1, with a traceback and the word for it in both languages."""
    script = (
        "import sys, kpicli.cli, kpicli.summary\n"
        "def broken(*_): raise ZeroDivisionError('by hand')\n"
        "kpicli.summary.summarize = broken\n"
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


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--period", "上期"), ["期間「上期」", "2025H1 (2025-04-01..2025-09-30)"]),
        (("--period", "last half year"), ["期間「last half year」", "2025H1", "last-half"]),
        (("--period", "2025H1", "--kpi", "voice"), ["KPI「voice」", "'voices'"]),
        (("--period", "2025H1", "--by", "colour"), ["「colour」", "line"]),
        (("--period", "2025H1", "--by", "staff"), ["「staff」", "--show-personal"]),
        (("--period", "2025H1", "--compare", "next"), ["「next」", "previous, year-ago"]),
        (("--period", "2025H1", "--format", "pdf"), ["「pdf」", "table, text, csv"]),
        (("--period", "2025H1", "-o", "kpi.doc"), ["kpi.doc", ".csv", "--format"]),
        (("--period", "2025H1", "--encoding", "cp123456"), ["「cp123456」", "cp932"]),
        (("--period", "2025H1", "--encoding", "rot13"), ["「rot13」", "cp932"]),
        (("--period", "2025H1", "--as-of", "9月30日"), ["--as-of", "2025-09-30"]),
        (("--period", "2025H1", "--fail-on", "rain"), ["--fail-on", "target"]),
        (("--perod", "2025H1"), ["--perod", "--period"]),
        (("--period",), ["--period の値がありません"]),
        (("--period", "2025H1", "--show-values=1"), ["--show-values は値を取りません"]),
        (("--period", "2025H1", "--lang", "en"), ["--lang", "コマンドの前"]),
        (("--period", "2025H1", "2024H1"), ["余分な引数があります: (2024H1)"]),
        ((), ["--period を指定してください", "--period 2025H1"]),
    ],
    ids=lambda value: "_".join(value[-2:]) if isinstance(value, tuple) else "",
)
def test_wrong_usage(args: tuple[str, ...], words: list[str], run_kpicli: Run) -> None:
    """Exit 2: what cannot be is named, with what can, and nothing goes to stdout."""
    outcome = run_kpicli(PROJECT, "summarize", *args)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "Traceback" not in outcome.err
    assert outcome.err.startswith("エラー: ")
    assert [word for word in words if word not in outcome.err] == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("sumarize",), ["「sumarize」", "summarize"]),
        (("--lang", "fr", "kpis"), ["--lang", "ja, en"]),
        ((), ["使い方: "]),
    ],
)
def test_wrong_command(args: tuple[str, ...], words: list[str], run_kpicli: Run) -> None:
    """Exit 2 as well for a command that is missing or unknown."""
    outcome = run_kpicli(PROJECT, *args)
    assert (outcome.code, outcome.out) == (2, b"")
    assert [word for word in words if word not in outcome.err] == []


def test_today_must_be_a_day(run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2 where the environment's KPICLI_TODAY is no date."""
    monkeypatch.setenv("KPICLI_TODAY", "tomorrow")
    outcome = run_kpicli(PROJECT, *HALF)
    assert outcome.code == 2
    assert "KPICLI_TODAY" in outcome.err
    assert "2025-10-01" in outcome.err


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[exports\n", ["kpicli.toml", "TOML"]),
        ('[exports]\nvoice = "voices.csv"\n', ["kpicli.toml", "exports.voice", "'voices'"]),
        (SETTINGS + "[kpi.voices]\ncolour = 1\n", ["kpicli.toml", "kpi.voices", "colour"]),
        (b"[exports]\nvoices = '\x82.csv'\n", ["kpicli.toml", "UTF-8"]),
        ("timezone = 'Asia/Tokyo'\n", ["kpicli.toml", "[exports]"]),
    ],
    ids=["no toml", "no such source", "no such key", "no utf-8", "no exports"],
)
def test_wrong_settings(settings: str | bytes, words: list[str], run_kpicli: Run) -> None:
    """Exit 3: the settings file and the path of the key are named."""
    outcome = run_kpicli({"kpicli.toml": settings}, *HALF)
    assert (outcome.code, outcome.out) == (3, b"")
    assert [word for word in words if word not in outcome.err] == []


def test_missing_settings(run_kpicli: Run) -> None:
    """Exit 3 for a settings file that is named but is not there."""
    outcome = run_kpicli({}, "--config", "nowhere.toml", *HALF)
    assert (outcome.code, outcome.out) == (3, b"")
    assert "nowhere.toml" in outcome.err


def test_outside_any_project(run_kpicli: Run) -> None:
    """Exit 3 where no kpicli.toml is near, with one to begin from, and not 29 times no data."""
    outcome = run_kpicli({}, *HALF)
    assert (outcome.code, outcome.out) == (3, b"")
    message, hint, *starter = outcome.err.rstrip("\n").split("\n")
    assert message.startswith("エラー: kpicli.toml が")
    assert hint.startswith("対処: ")
    assert len(starter) == 5
    files = {**PROJECT, "kpicli.toml": "\n".join(starter[:-1])}
    files["お客様の声.csv"] = files.pop("voices.csv")
    assert run_kpicli(files, *HALF, "--kpi", "voices").code == 0


def test_cut_in_mid_character(run_kpicli: Run) -> None:
    """Exit 4 for a file that ends inside a character, naming file, byte and line."""
    whole = PROJECT["voices.csv"].encode("cp932")
    cut = whole[: whole.index("不満".encode("cp932")) + 1]
    outcome = run_kpicli({**PROJECT, "voices.csv": cut}, *HALF)
    assert (outcome.code, outcome.out) == (4, b"")
    assert "voices.csv" in outcome.err
    assert f"{len(cut) - 1} バイト" in outcome.err
    assert "3 行目" in outcome.err


def test_missing_column(run_kpicli: Run) -> None:
    """Exit 4 where a column that the source needs is missing, with what was there."""
    table = PROJECT["voices.csv"].replace("受付日", "日付け")
    outcome = run_kpicli({**PROJECT, "voices.csv": table}, *HALF)
    assert (outcome.code, outcome.out) == (4, b"")
    assert [word for word in ("voices.csv", "受付日", "日付け") if word not in outcome.err] == []


def test_missing_file(run_kpicli: Run) -> None:
    """Exit 4 where the settings name a file that is not there."""
    outcome = run_kpicli({"kpicli.toml": SETTINGS, "voices2.csv": "a\n"}, *HALF)
    assert (outcome.code, outcome.out) == (4, b"")
    assert "voices.csv" in outcome.err
    assert "voices2.csv" in outcome.err


def faulty(row: str) -> dict[str, str | bytes]:
    """Return a project of the sample's last voices export with one more row."""
    content = (ROOT / SAMPLE_VOICES).read_bytes() + (row + "\r\n").encode("cp932")
    settings = '[exports]\nvoices = { files = "voices.csv", covers = "2025-06..2025-09" }\n'
    return {"kpicli.toml": settings, "voices.csv": content}


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        ("V2599999,2025/9/30,損保,ご提案,損保-1課,S001,,,,,", "D102", "声の区分", "ご提案"),
        ("V2599999,2025/9/31,損保,感謝,損保-1課,S001,,,,,", "D101", "受付日", "2025/9/31"),
    ],
)
def test_faulty_rows(row: str, code: str, column: str, value: str, run_kpicli: Run) -> None:
    """Exit 5: the figure is printed as provisional, the cell's place is told and not its value."""
    before = run_kpicli(faulty(""), "summarize", "--period", "2025-09", "--kpi", "voices")
    assert before.code == 0
    args = ("summarize", "--period", "2025-09", "--kpi", "voices")
    outcome = run_kpicli(faulty(row), *args)
    assert outcome.code == 5
    total = outcome.text.splitlines()[1].split(",")
    assert total[:4] == ["2025-09", "2025-09-01", "2025-09-30", "voices"]
    assert total[-2:] == ["provisional", "1"]
    last = max(i for i, _ in enumerate(faulty(row)["voices.csv"].splitlines(), 1))
    assert f"不備 {code} voices.csv " in outcome.err
    assert f"列「{column}」" in outcome.err
    assert f"{last} 行目" in outcome.err
    assert value not in outcome.err
    assert f"[{value}]" in run_kpicli(faulty(row), *args, "--show-values").err
    assert "要確認(1件)" in run_kpicli(faulty(row), *args, "--format", "text").text


def test_values_stay_out_of_json(run_kpicli: Run) -> None:
    """JSON holds the value of a faulty cell only with --show-values."""
    row = "V2599999,2025/9/30,損保,ご提案,損保-1課,S001,,,,,"
    args = ("summarize", "--period", "2025-09", "--kpi", "voices", "--format", "json")
    assert "ご提案" not in run_kpicli(faulty(row), *args).text
    assert "ご提案" in run_kpicli(faulty(row), *args, "--show-values").text


def test_faults_that_touch_no_figure(run_kpicli: Run) -> None:
    """Exit 0 where the faulty row cannot belong to any figure asked for, though it is told."""
    row = "V2599999,2025/9/31,損保,感謝,損保-1課,S001,,,,,"
    outcome = run_kpicli(faulty(row), "summarize", "-p", "2025-09", "--kpi", "complaint_improvements")
    assert outcome.code == 0
    assert "D101" in outcome.err


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
    settings = SETTINGS + '[kpi.voices]\ntitle = "声\N{PARTY POPPER}"\n'
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


@pytest.mark.parametrize("words", ["summarize --period 2025H1", "kpis"])
def test_interrupted(words: str, tmp_path: Path) -> None:
    """Ctrl-C ends a real process with 130 and without a traceback."""
    os.mkfifo(tmp_path / "kpicli.toml")  # reading the settings waits for a writer that never comes
    child = subprocess.Popen(
        [sys.executable, "-m", "kpicli", "--config", str(tmp_path / "kpicli.toml"), *words.split()],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err) == (130, b"", b"")


def test_interrupted_while_counting(run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C during the count ends with 130, and a file that was to be written is not."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(kpicli.summary, "summarize", interrupted)
    outcome = run_kpicli(PROJECT, *HALF, "-o", "kpi.csv")
    assert (outcome.code, outcome.out, outcome.err) == (130, b"", "")


@pytest.mark.parametrize("args", [("--help",), ("summarize", "--help")])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_help_lists_the_exit_codes(args: tuple[str, ...], lang: str) -> None:
    """The help lists every exit code, in both languages."""
    lines = process("--lang", lang, *args).text.splitlines()
    first = lines.index("終了コード:" if lang == "ja" else "Exit codes:") + 1
    codes = [line.split()[0] for line in lines[first:]]
    assert codes == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "130"]


def test_nothing_received(run_kpicli: Run) -> None:
    """An export without rows counts to zero, and exits 0, where it declares what it covers."""
    outcome = run_kpicli({**PROJECT, "voices.csv": voices()}, *HALF, "--kpi", "voices")
    assert outcome.code == 0
    assert ",voices,お客様の声,2;7,,,,,0,件,,,,,,,ok,0\n" in outcome.text
