"""A period is named in the same ways by every command."""

import pytest

from kpicli.cli.app import COMMANDS
from support.command_line import PROJECT, Run

WITHOUT = {"init", "check", "audit", "kpis", "sources", "schema", "docs"}
"""Commands that take no period as an argument: of none, or beside files of any number."""
VOICES = ("--kpi", "voices", "-f", "csv")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_offers_a_period_alone(command: str, run_kpicli: Run) -> None:
    """`[P]` ends the line of usage exactly where --period does without its name."""
    usage, _, words = run_kpicli(PROJECT, command, "--help").text.partition("\n")
    offered = "Pだけでも書ける" in "".join(words.split())
    ends = usage.removesuffix("...").endswith(" [P]")
    assert (ends, offered) == (command not in WITHOUT, command not in WITHOUT)


@pytest.mark.parametrize(
    ("alone", "named"),
    [
        (("summarize", *VOICES, "2025H1"), ("summarize", *VOICES, "-p", "2025H1")),
        (("summarize", "2025H1", *VOICES), ("summarize", *VOICES, "--period=2025H1")),
        (("summarize", "2024H1", "2025H1", *VOICES), ("summarize", *VOICES, "-p", "2024H1,2025H1")),
        (("summarize", "2024H1", *VOICES, "-p", "2025H1"), ("summarize", "2024H1,2025H1", *VOICES)),
        (("rows", "voices", "2025H1"), ("rows", "voices", "--period", "2025H1")),
        (("rows", "voices", "--", "2025H1"), ("rows", "--period", "2025H1", "voices")),
        (("explain", "voices", "2025年度上期"), ("explain", "voices", "-p", "2025H1")),
    ],
)
def test_alone_and_named_are_the_same(
    alone: tuple[str, ...], named: tuple[str, ...], run_kpicli: Run
) -> None:
    """The same answer, byte by byte."""
    answer, other = run_kpicli(PROJECT, *alone), run_kpicli(PROJECT, *named)
    assert (answer.code, answer.out, answer.err) == (other.code, other.out, other.err)
    assert answer.out


@pytest.mark.parametrize(
    "words",
    [
        ("freeze", "2025H1", "2024H2"),
        ("freeze", "2025H1", "--period", "2024H2"),
        ("explain", "voices", "2025H1", "2024H2"),
        ("mail", "-p", "2025H1", "2024H2"),
    ],
)
def test_of_two_periods_none_is_dropped(words: tuple[str, ...], run_kpicli: Run) -> None:
    """A command of one period refuses a second, however each is named."""
    outcome = run_kpicli(PROJECT, *words)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "期間が 2 つあります" in outcome.err


def test_frozen_periods_are_named_in_every_way(run_kpicli: Run) -> None:
    """`diff` looks for each once, in the order in which they are named."""
    wanted = run_kpicli(PROJECT, "diff", "2024H2", "2025H1")
    assert (wanted.code, "2024H2" in wanted.err) == (2, True)
    for words in (
        ("-p", "2024H2,2025H1"),
        ("-p", "2024H2", "--period", "2025H1"),
        ("2024H2、2025H1",),
    ):
        assert run_kpicli(PROJECT, "diff", *words).err == wanted.err


@pytest.mark.parametrize("command", ["kpis", "sources", "schema"])
def test_other_commands_take_no_word_more(command: str, run_kpicli: Run) -> None:
    """A word that no option takes is named, with exit 2."""
    outcome = run_kpicli(PROJECT, command, "2025H1")
    assert (outcome.code, "余分な引数があります: (2025H1)" in outcome.err) == (2, True)
