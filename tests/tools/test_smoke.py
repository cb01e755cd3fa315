"""The smoke run notices a command that fails, one that prints something else, and one left out."""

import os

import pytest

import smoke
from support.root import ROOT

HELP = """\
Usage: kpicli [OPTIONS] COMMAND [ARGS]...

Commands:
  summarize             Count every figure of a period
  report                Write the report of a period: words and figures, by
                        principle

Exit codes:
  0                     fine
"""


@pytest.mark.parametrize(
    ("code", "words", "wrong"),
    [(0, "お客様の声", False), (2, "お客様の声", True), (0, "there is no such word", True)],
)
def test_a_step_must_end_as_it_says(code: int, words: str, wrong: bool) -> None:
    """Both the exit code and the words must come; what is wrong names the command."""
    failure = smoke.run(smoke.Step(("kpis",), code, words, "."), ROOT, os.environ)
    assert failure.startswith("kpicli kpis: exit 0") is wrong
    assert bool(failure) is wrong


def test_a_command_that_no_step_runs_is_named() -> None:
    """Every command of the help counts, and nothing else that stands there."""
    assert smoke.left_out(HELP, [smoke.Step(("summarize",), 0, "")]) == {"report"}
    assert (
        smoke.left_out(HELP, [smoke.Step((name,), 0, "") for name in ("summarize", "report")])
        == set()
    )
