"""Help is in the language in force, and complete."""

import re

import pytest
import typer
from rich.cells import cell_len

from kpicli.cli.app import app
from support.command_line import PROJECT, Run, process, terminal

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_japanese(command: str, run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default all explanations of the help are Japanese, and fit 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = run_kpicli(PROJECT, *command.split(), "--help").text.splitlines()
    said = [line for line in lines if line.strip() and not re.match(r" {22,}", line)]
    alone = [line for line in said if re.fullmatch(r"  -[^ ].{20,}", line) and "  " not in line[2:]]
    assert [line for line in said if not JAPANESE.search(line) and line not in alone] == []
    assert said[0].startswith("使い方: kpicli ")
    assert max(cell_len(line) for line in lines) <= 80


@pytest.mark.parametrize("words", [("--help",), ("summarize", "--help")])
def test_help_is_english(words: tuple[str, ...]) -> None:
    """With --lang en none of it is."""
    text = process("--lang", "en", *words).text
    assert text.startswith("Usage: kpicli ")
    assert not JAPANESE.search(text)


ESCAPE = "\x1b"


def test_help_fits() -> None:
    """Help fits the terminal, counted in its cells, without colour."""
    for columns in (60, 80):
        text = terminal("summarize", "--help", columns=columns).text
        assert ESCAPE not in text
        assert max(cell_len(line) for line in text.splitlines()) <= columns


def test_help_opens_with_an_example(run_kpicli: Run) -> None:
    """It stands below the purpose, above all options; the help of the whole has none."""
    blocks = run_kpicli(PROJECT, "rows", "--help").text.split("\n\n")
    assert blocks[2] == "例: kpicli rows voices --period 2025H1"
    assert blocks[3].startswith("オプション:")
    assert "\n例: " not in run_kpicli(PROJECT, "--help").text


def test_options_of_one_name_are_one_option() -> None:
    """A long name has one letter and one value wherever it stands, and a letter one long name.

    Where the values differ, `--by` and `--fail-on`, the words that there are stand in their place.
    """
    group = typer.main.get_command(app)
    context = typer.Context(group)
    spelled: dict[str, set[tuple[str, ...]]] = {}
    values: dict[str, set[str]] = {}
    for name in COMMANDS:
        command = group.get_command(context, name)  # type: ignore[attr-defined]  # a group
        assert not re.search("[{}]", " ".join(command.collect_usage_pieces(context))), name
        for param in command.get_params(context):
            if param.param_type_name == "option":
                spelled.setdefault(max(param.opts, key=len), set()).add(tuple(sorted(param.opts)))
                values.setdefault(max(param.opts, key=len), set()).add(str(param.metavar))
    assert {name: ways for name, ways in spelled.items() if len(ways) > 1} == {}
    letters = [each for ways in spelled.values() for way in ways for each in way if len(each) == 2]
    assert len(letters) == len(set(letters))
    assert {name: sorted(every) for name, every in values.items() if len(every) > 1} == {
        "--by": ["DIM", "month|quarter|half|year"],
        "--fail-on": ["change", "target"],
    }
