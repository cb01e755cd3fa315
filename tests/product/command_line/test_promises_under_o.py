"""What kpicli promises holds under `python -O` too: no figure passes that contradicts its rows.

`-O` leaves every `assert` out, so that a promise kept by one would be none. Each sabotage runs in a
process of its own, through the command line.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from support.command_line import Outcome, environment
from support.root import ROOT

RUN = """
import sys
import kpicli.cli
sys.argv = ["kpicli", *sys.argv[1:]]
kpicli.cli.main()
"""

ONE_TOO_MANY = """
from kpicli.run.kpi_run import KpiRun
from msgspec.structs import replace

count = KpiRun.count

def one_too_many(*arguments):
    counted = count(*arguments)
    more = replace(counted[0].figure.value, number=counted[0].figure.value.number + 1)
    return [replace(counted[0], figure=replace(counted[0].figure, value=more)), *counted[1:]]

KpiRun.count = one_too_many
"""
"""The figure is one more than its rows are."""

A_ROW_IN_TWO_PLACES = """
import kpicli.values.distinct_values as distinct_values
tally = distinct_values.tally
distinct_values.tally = lambda codes, size: [tally(codes, size)[0] + 1, *tally(codes, size)[1:]]
"""
"""Row accounting says of one row twice where it went, in sources and in KPIs alike."""

NO_SUCH_SUM = (
    """
import kpicli.model.accounting as accounting
accounting.SourceAccounting.__post_init__ = lambda self: None
"""
    + A_ROW_IN_TWO_PLACES
)
"""The same, with the sources' own sum not looked at: the KPI's must not pass either."""


def optimised(script: str, *args: str) -> Outcome:
    """Run the command line in `python -O`, after a script has tampered with it."""
    done = subprocess.run(
        [sys.executable, "-O", "-c", script + RUN, *args],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.parametrize(
    "args",
    [
        ("summarize", "--period", "2025H1", "-f", "json", "--no-cache"),
        ("rows", "voices", "--period", "2025H1", "-f", "csv"),
    ],
    ids=lambda args: str(args[0]),
)
def test_the_sample_is_the_same(args: tuple[str, ...]) -> None:
    """With and without `-O` the sample makes the same bytes."""
    plain = subprocess.run(
        [sys.executable, "-c", RUN, *args],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    outcome = optimised("assert False, 'asserts are in force'\n", *args)
    assert (outcome.code, outcome.out) == (plain.returncode, plain.stdout)
    assert outcome.out


def test_a_recount_that_differs_is_refused() -> None:
    """Rows that do not make their figure end the run: exit 1, no row shown, and what to do."""
    args = ("rows", "voices", "--period", "2025H1", "-f", "csv")
    outcome = optimised(ONE_TOO_MANY, "--lang", "en", *args)
    assert (outcome.code, outcome.out) == (1, b"")
    assert "Error: counted again the rows make (" in outcome.err
    assert "please report this message" in outcome.err
    assert "Traceback" not in outcome.err
    outcome = optimised(ONE_TOO_MANY, *args)
    assert (outcome.code, outcome.out) == (1, b"")
    assert "エラー: 行から数え直した値(" in outcome.err
    assert "開発元に知らせてください" in outcome.err


@pytest.mark.parametrize(
    ("sabotage", "words"),
    [
        (A_ROW_IN_TWO_PLACES, "rows read, but"),
        (NO_SUCH_SUM, "rows"),
    ],
    ids=["sources", "KPIs"],
)
@pytest.mark.parametrize("command", ["summarize", "explain voices", "check"])
def test_an_accounting_that_does_not_add_up_is_refused(
    sabotage: str, words: str, command: str
) -> None:
    """A row accounted for twice ends every command that counts: exit 1, no figure shown."""
    if sabotage is NO_SUCH_SUM and command == "check":
        command = "report"  # `check` makes no figure, and so no accounting of a KPI
    args = (*command.split(), "--period", "2025H1")
    outcome = optimised(sabotage, "--lang", "en", *args)
    assert (outcome.code, outcome.out) == (1, b"")
    assert words in outcome.err
    assert "accounted for" in outcome.err
    assert "please report this message" in outcome.err


def test_a_promise_is_never_an_assert() -> None:
    """No line of the program is an `assert`, which `-O` would leave out."""
    lines = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for line in Path(path).read_text(encoding="utf-8").splitlines()
        if line.strip().startswith("assert ")
    ]
    assert lines == []
