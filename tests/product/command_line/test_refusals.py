"""Runs that are refused: usage (exit 2), settings (exit 3) and input (exit 4)."""

import pytest

from support.command_line import PROJECT, SETTINGS, Run

HALF = ("summarize", "--period", "2025H1")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[exports\n", ["kpicli.toml", "TOML"]),
        ('[exports]\nvoice = "voices.csv"\n', ["kpicli.toml", "exports.voice", "「voices」"]),
        (
            SETTINGS + "[kpi.voices]\nextends = true\ncolour = 1\n",
            ["kpicli.toml", "kpi.voices", "colour"],
        ),
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
