"""Runs that are refused: usage (exit 2), settings (exit 3) and input (exit 4)."""

import pytest

from support.command_line import PROJECT, SETTINGS, Run

HALF = ("summarize", "--period", "2025H1")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--period", "上期"), ["期間「上期」", "2025H1 (2025-04-01..2025-09-30)"]),
        (("--period", "last half year"), ["期間「last half year」", "2025H1", "last-half"]),
        (("--period", "2025H1", "--kpi", "voice"), ["KPI「voice」", "「voices」"]),
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
