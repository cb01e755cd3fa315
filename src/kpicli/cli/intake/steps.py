"""The steps that init and its `--add` share: what is shown, asked and counted."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kpicli.base.errors import OutputError
from kpicli.base.wording import Text
from kpicli.cli.shared.destination import Destination
from kpicli.cli.shared.dialogue import ask
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubt, show_message
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_answer

if TYPE_CHECKING:
    from kpicli.intake.offering import Offer
    from kpicli.intake.profiling.tables import Table
    from kpicli.intake.proposal import Proposal
    from kpicli.intake.questions import Choice, Question


def show_folder(tables: "tuple[Table, ...]", proposal: "Proposal") -> None:
    """Show what every table is, and what it feeds."""
    from kpicli.intake.showing import folder_lines

    for line in folder_lines(tables, proposal, LANGUAGE):
        show_message(line)


def asked(question: "Question", home: Path) -> "Choice":
    """Return the answer that a person chooses, with the figures of each in sight."""
    from kpicli.intake.offering import consequences
    from kpicli.intake.showing import question_lines

    lines = question_lines(question, consequences(question, home, LANGUAGE).rows, LANGUAGE)
    return question.choices[ask(lines, len(question.choices))]


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


def show_first_table(offered: "Offer", destination: Destination) -> None:
    """Say how many faults `kpicli check` lists, write the first table, and end as a run does."""
    from kpicli.checks.inspection import inspect
    from kpicli.output.summary.answer import summary_answer

    inspection = inspect(offered.settings, period=offered.summary.period)
    number, warned = len(inspection.of("fault")), len(inspection.of("warning"))
    show_message(
        say(
            f"出力の点検: 不備 {number}、注意 {warned} (一覧: kpicli check)",
            f"faults in the exports: {number}, warnings: {warned} (kpicli check lists them)",
        )
    )
    write_answer(summary_answer(offered.summary), destination)
    figures = (each for each, _ in offered.summary.figures_of_all_periods)
    show_doubt(figures, offered.summary.titles)
    raise typer.Exit(exit_code(offered.summary))
