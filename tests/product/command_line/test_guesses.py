"""Settings that nobody has confirmed: every command that shows figures says so, until they are."""

from pathlib import Path

import pytest

from support.command_line import process

ROWS = [f"V{n:03},2025/{4 + n % 6}/{1 + n},生保,感謝" for n in range(1, 25)]
GUESSES = 'guesses = ["exports.voices.headers.received_on", "fiscal_year.starts"]\n'
SETTINGS = """kpis = ["voices", "voices_nonlife"]
fiscal_year = { starts = 4 }
[[exports.voices]]
files = ["a.csv"]
covers = "2025-04..2025-09"
[exports.voices.headers]
received_on = ["日付"]
"""
LINES = "推測: 確かめていない設定が 2 あります(3、8 行)"
PERIOD = ("--period", "2025H1")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose settings rest on two guesses, one of them about a column."""
    text = "\n".join(("受付番号,日付,商品区分,声の区分", *ROWS, ""))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(GUESSES + SETTINGS, encoding="utf-8")
    return tmp_path


def test_figures_that_rest_on_a_guess(project: Path) -> None:
    """The title says so, the message names the lines, the exit code is that of no final figure."""
    for _ in range(2):  # counted, and kept
        done = process("summarize", *PERIOD, "-f", "csv", folder=project)
        assert done.code == 5
        assert ",voices,お客様の声(推測),2;7,,,,,24,件," in done.text
        assert LINES in done.err
        assert "確定していません: exports.voices.headers.received_on" in done.err
    quiet = process("--lang", "en", "summarize", *PERIOD, "--quiet", "-f", "csv", folder=project)
    assert "2 settings not confirmed (lines 3, 8)" in quiet.err


def test_confirmed(project: Path) -> None:
    """Once the keys are out of the list the same figures are final, without a word."""
    guessed = process("summarize", *PERIOD, "-f", "csv", folder=project)
    (project / "kpicli.toml").write_text(SETTINGS, encoding="utf-8")
    done = process("summarize", *PERIOD, "-f", "csv", folder=project)
    assert (done.code, done.text) == (0, guessed.text.replace("(推測)", ""))
    assert "推測" not in done.err


def test_a_guess_that_moves_no_figure(project: Path) -> None:
    """In which month the year begins is named, and marks nothing."""
    text = 'guesses = ["fiscal_year.starts"]\n' + SETTINGS
    (project / "kpicli.toml").write_text(text, encoding="utf-8")
    done = process("summarize", *PERIOD, "-f", "csv", folder=project)
    assert (done.code, "推測" in done.text) == (0, False)
    assert "推測: 確かめていない設定が 1 あります(3 行)" in done.err


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("check",), 0),
        (("rows", "voices", *PERIOD), 0),
        (("explain", "voices", *PERIOD), 0),
        (("report", *PERIOD, "--edition", "internal"), 5),
        (("report", *PERIOD, "--allow-doubt"), 5),
        (("freeze", *PERIOD, "--not-final"), 0),
    ],
)
def test_every_command_says_so(project: Path, command: tuple[str, ...], code: int) -> None:
    """Whatever shows figures, or freezes them, says that they rest on a guess."""
    assert process("report", *PERIOD, "--draft", folder=project).code == 0
    done = process(*command, folder=project, XDG_CONFIG_HOME=str(project / "home"))
    assert done.code == code, done.err
    assert "確かめていない設定" in done.text + done.err
    assert "8" in done.err or "exports.voices.headers.received_on" in done.text


@pytest.mark.parametrize("command", [("report", *PERIOD), ("freeze", *PERIOD)])
def test_not_published_without_leave(project: Path, command: tuple[str, ...]) -> None:
    """A figure that rests on a guess is not published, and the way on is named."""
    assert process("report", *PERIOD, "--draft", folder=project).code == 0
    done = process(*command, folder=project, XDG_CONFIG_HOME=str(project / "home"))
    assert (done.code, done.out) == (5, b"")
    assert "推測した設定を確かめる" in done.err
    assert not (project / "published").exists()


def test_a_public_page_says_so(project: Path) -> None:
    """Where it is made all the same, the page has the mark beside the title."""
    assert process("report", *PERIOD, "--draft", folder=project).code == 0
    made = process("report", *PERIOD, "--allow-doubt", folder=project)
    assert "お客様の声(推測)" in made.text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_draft_outlives_the_guess(project: Path, language: str) -> None:
    """Its titles bear no mark: once the guess is confirmed the public page has none either."""
    say = ("--lang", language)
    assert process(*say, "report", *PERIOD, "--draft", folder=project).code == 0
    (draft,) = (project / "narrative").iterdir()
    title = {"ja": "お客様の声", "en": "Customer voices"}[language]
    assert f"- {title}{'は' if language == 'ja' else ': '}{{{{ voices }}}}" in draft.read_text(
        "utf-8"
    )
    (project / "kpicli.toml").write_text(SETTINGS, encoding="utf-8")
    made = process(*say, "report", *PERIOD, "--lint", folder=project)
    assert (made.code, "推測" in made.text, "(guess)" in made.text) == (0, False, False)
