"""The steps that init and its `--add` share: what is shown, asked and counted."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from kpicli.base.errors import OutputError
from kpicli.base.wording import Text
from kpicli.cli.shared.destination import Destination
from kpicli.cli.shared.dialogue import ask
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubts, show_message
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_answer

if TYPE_CHECKING:
    from kpicli.intake.guesses import Open
    from kpicli.intake.offering import Offer
    from kpicli.intake.profiling.tables import Table
    from kpicli.intake.proposal import Proposal
    from kpicli.intake.questions import Choice, Question


def show_folder(tables: "tuple[Table, ...]", proposal: "Proposal") -> None:
    """Show what every table is, and what it feeds."""
    from kpicli.intake.showing import folder_lines

    for line in folder_lines(tables, proposal, LANGUAGE):
        show_message(line)


def answers(proposal: "Proposal", home: Path) -> "Proposal":
    """Return what is proposed once a person has answered all that matters."""
    from kpicli.intake.offering import weighed
    from kpicli.intake.questions import answered

    return answered(
        proposal,
        lambda question: _asked(question, home),
        lambda question: weighed(question, home),
    )[0]


def _asked(question: "Question", home: Path) -> "Choice":
    """Return the answer that a person chooses, with the figures of each in sight."""
    from kpicli.intake.offering import consequences
    from kpicli.intake.showing import question_lines

    lines = question_lines(question, consequences(question, home, LANGUAGE).rows, LANGUAGE)
    return question.choices[ask(lines, len(question.choices))]


def show_open(opens: "Sequence[Open]") -> None:
    """Name what nobody has answered, each with what is taken meanwhile."""
    for each in opens:
        level = say("推測 ", "guess ") if each.guessed else say("未定 ", "open ")
        show_message(level + each.words.in_language(LANGUAGE))


def offered_by(text: str, home: Path) -> "Offer":
    """Return the figures that settings give now, once they are shown as sentences."""
    from kpicli.intake.offering import offer
    from kpicli.intake.showing import offer_lines

    offered = offer(text, home)
    for line in offer_lines(offered.summary, LANGUAGE):
        show_message(line)
    return offered


def refuse_existing(target: Path) -> None:
    """Raise `OutputError` where there are settings already: they are never written over."""
    if target.exists():
        raise OutputError(
            Text(f"{target} はすでにあります", f"{target} is there already"),
            Text(
                "作り直すなら、先に別の名前にするか、--config で別のファイルを指定してください。"
                "出力を足すだけなら --add です",
                "give it another name first, or name another file with --config; "
                "to add exports, say --add",
            ),
        )


def show_first_table(
    offered: "Offer",
    destination: Destination,
    next_step: str | None = None,
) -> None:
    """Say how many faults `kpicli check` lists, write the first table, and end as a run does.

    Figures that rest on a guess are marked in it, and are as little final as those of faulty rows.
    """
    from kpicli.checks.inspection import inspect
    from kpicli.output.summary.answer import summary_answer
    from kpicli.settings.guesses import guesses_of

    inspection = inspect(offered.settings, period=offered.summary.period, loaded=offered.datasets)
    number, warned = len(inspection.of("fault")), len(inspection.of("warning"))
    show_message(
        say(
            f"出力の点検: 不備 {number}、注意 {warned} (一覧: kpicli check)",
            f"faults in the exports: {number}, warnings: {warned} (kpicli check lists them)",
        )
    )
    summary = offered.summary
    write_answer(summary_answer(summary), destination)
    show_doubts(replace(summary, guesses=guesses_of(offered.settings)))
    if next_step is not None:
        show_message(next_step)
    raise typer.Exit(exit_code(summary))
