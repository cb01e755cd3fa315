"""The steps that init and its `--add` share: what is shown, asked and counted."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from kpicli.base.errors import InputError, KpicliError, OutputError
from kpicli.base.wording import Text
from kpicli.cli.shared.destination import Destination
from kpicli.cli.shared.dialogue import ask
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubts, show_message
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_answer
from kpicli.settings.locate import FILE_NAME

if TYPE_CHECKING:
    from kpicli.intake.asking.question import Choice, Question
    from kpicli.intake.guesses import Open
    from kpicli.intake.offering import Offer
    from kpicli.intake.profiling.tables import Table
    from kpicli.intake.proposal import Proposal


def show_folder(tables: "tuple[Table, ...]", proposal: "Proposal") -> None:
    """Show what every table is, and what it feeds."""
    from kpicli.intake.showing import folder_lines

    for line in folder_lines(tables, proposal, LANGUAGE):
        show_message(line)


def answers(proposal: "Proposal", home: Path) -> "Proposal":
    """Return what is proposed once a person has answered all that matters."""
    from kpicli.intake.asking.questions import answered
    from kpicli.intake.offering import weighed

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


def nothing_to_count(proposal: "Proposal", home: Path) -> InputError:
    """Return the error that no table of a proposal feeds anything, with what to do next.

    Settings for a table of no pack are only named once they have given a figure.
    """
    if any(f"source {table.label}" in proposal.settled for table in proposal.tables):
        return InputError(
            Text(
                "使う表がありません(どれも「使わない」)", "every table was answered not to be used"
            ),
            Text(
                "もう一度実行し、表ごとの問いで、使うものの番号を選んでください",
                "run it again, and choose what each table is by its number",
            ),
        )
    message = Text("知っている形の出力がありません", "no table is an export that is known")
    text = _tried(proposal, home)
    if text is None:
        return InputError(
            message,
            Text(
                "1 行が 1 件で、日付の列のある一覧を CRM から書き出し、もう一度実行してください。"
                "知っている出力とその列の名前は kpicli sources で見られます",
                "export a list with a line for each case, and a column of dates, from the CRM, and "
                "run it again. kpicli sources lists the exports that are known, and their columns",
            ),
        )
    file = tomllib.loads(text)["exports"]["own"][0]["files"][0]
    return InputError(
        message,
        Text(
            f"{file} の 1 行が 1 件なら、次を {FILE_NAME} に書くと件数が出ます"
            f"(題名や数え方は直せます)。知っている出力は kpicli sources で見られます\n{text}",
            f"if each line of {file} is a case, this in {FILE_NAME} counts them (title and way of "
            "counting are yours to change). kpicli sources lists the exports that are known\n"
            f"{text}",
        ),
    )


def _tried(proposal: "Proposal", home: Path) -> str | None:
    """Return the first settings for a table of no pack that give a figure; None if none do."""
    from kpicli.intake.exports.own_source import own_settings
    from kpicli.intake.offering import offer

    for text in own_settings(proposal.tables):
        try:
            summary = offer(text, home, ("own",)).summary
        except KpicliError:
            continue
        if any(figure.value.number for figure in summary.figures):
            return text
    return None


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
