"""The shell completes commands, options, KPIs and periods."""

import subprocess
import sys
from pathlib import Path

from support.command_line import PROJECT, environment, process
from support.loaded_modules import HEAVY, WATCH
from support.root import ROOT


def complete(*words: str, config: Path | None = None) -> tuple[list[str], str]:
    """Return what bash is offered after the words, and the heavy libraries that it cost."""
    before = ("kpicli",) if config is None else ("kpicli", "--config", str(config))
    line = (*before, *words)
    changes = {
        "_KPICLI_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(line),
        "COMP_CWORD": str(len(line) - 1),
    }
    script = WATCH.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT if config is None else "/",
        env=environment(**changes),
        capture_output=True,
        check=False,
    )
    err = done.stderr.decode().rpartition("\nloaded: ")
    assert err[0] == ""
    return done.stdout.decode().split(), err[2]


def test_complete_kpi() -> None:
    """The ids of KPIs are offered after --kpi."""
    assert complete("summarize", "--kpi", "voi") == (
        ["voices", "voice_circulations", "voices_nonlife"],
        "",
    )


def test_complete_period() -> None:
    """Halves, months and words are offered after --period."""
    offered, heavy = complete("summarize", "--period", "2025")
    assert heavy == ""
    assert offered[:3] == ["2025H2", "2025H1", "2025-11"]
    assert complete("summarize", "-p", "last-h")[0] == ["last-half"]
    assert complete("freeze", "last-h")[0] == ["last-half"]
    assert complete("diff", "2025H1", "last-h")[0] == ["last-half"]
    assert complete("rows", "voices", "last-h")[0] == ["last-half"]
    assert complete("kpis", "last-h")[0] == []


def test_complete_commands_and_options() -> None:
    """Commands and options are offered too."""
    assert complete("summ")[0] == ["summarize"]
    assert complete("summarize", "--comp")[0] == ["--compare"]


def test_complete_by_the_named_settings(tmp_path: Path) -> None:
    """KPIs that the named settings add are offered; broken settings offer nothing, in silence."""
    own = '[kpi.own]\ntitle = "x"\nsource = "voices"\ndate = "received_on"\nmeasure = "count"\n'
    config = tmp_path / "own.toml"
    config.write_text(PROJECT["kpicli.toml"] + own + 'unit = "件"\nversion = 1\n', encoding="utf-8")
    assert complete("summarize", "--kpi", "ow", config=config)[0] == ["own"]
    config.write_text("[", encoding="utf-8")
    assert complete("summarize", "--kpi", "", config=config)[0] == []


def test_completion_in_each_shell() -> None:
    """Every shell gets its script."""
    for shell in ("bash", "zsh", "fish"):
        outcome = process(_KPICLI_COMPLETE=f"source_{shell}")
        assert "kpicli" in outcome.text.lower()
        assert outcome.code == 0
