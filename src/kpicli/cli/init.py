"""`kpicli init`: from a folder of unknown exports to settings that run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.errors import OutputError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common
from kpicli.cli.shared.destination import choose_destination
from kpicli.cli.shared.dialogue import ask, confirm
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubt, show_message
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_answer
from kpicli.settings.locate import FILE_NAME

if TYPE_CHECKING:
    from kpicli.intake.offering import Offer
    from kpicli.intake.proposal import Proposal
    from kpicli.intake.questions import Choice, Question

FoldersArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FOLDER…",
        help=say("出力の入ったフォルダー(ファイルも可)", "Folders of exports, or files"),
    ),
]
YesOption = Annotated[
    bool,
    typer.Option(
        "--yes",
        "-y",
        help=say("何も尋ねず、推測した行に「# 推測」と書く", "Ask nothing; mark guesses `# guess`"),
    ),
]


def init(context: typer.Context, folders: FoldersArgument, yes: YesOption = False) -> None:
    """Understand folders of exports and write settings that run."""
    target = common(context).config or Path(FILE_NAME)
    _refuse_existing(target)
    destination = choose_destination(None, None, None)
    from kpicli.intake.offering import offer
    from kpicli.intake.showing import folder_lines, offer_lines
    from kpicli.intake.understanding import understand

    home = target.absolute().parent
    folder, proposal = understand(folders, home)
    for line in folder_lines(folder.tables, proposal, LANGUAGE):
        show_message(line)
    text = _unasked(proposal) if yes else _asked(proposal, home)
    offered = offer(text, home)
    for line in offer_lines(offered.summary, LANGUAGE):
        show_message(line)
    if not yes and not confirm(
        say(f"この設定を {target} に書きますか", f"write these settings to {target}?")
    ):
        show_message(say("何も書きませんでした", "nothing was written"))
        return
    _write(target, text)
    _write_narrative(offered)
    _check(offered)
    from kpicli.output.summary.answer import summary_answer

    write_answer(summary_answer(offered.summary), destination)
    figures = (each for each, _ in offered.summary.figures_of_all_periods)
    show_doubt(figures, offered.summary.titles)
    raise typer.Exit(exit_code(offered.summary))


def _unasked(proposal: "Proposal") -> str:
    """Return the settings with every guess marked, and the questions that stay open."""
    from kpicli.intake.questions import open_remarks
    from kpicli.intake.writing import settings_text

    remarks = open_remarks(proposal)
    for remark in remarks:
        show_message(say("未定 ", "open ") + remark.in_language(LANGUAGE))
    return settings_text(proposal, LANGUAGE, remarks)


def _asked(proposal: "Proposal", home: Path) -> str:
    """Return the settings once people have answered every question."""
    from kpicli.intake.questions import answered
    from kpicli.intake.writing import settings_text

    def answer(question: "Question") -> "Choice":
        from kpicli.intake.offering import consequences
        from kpicli.intake.showing import question_lines

        lines = question_lines(question, consequences(question, home, LANGUAGE).rows, LANGUAGE)
        return question.choices[ask(lines, len(question.choices))]

    proposal, _ = answered(proposal, answer)
    return settings_text(proposal, LANGUAGE, guessed=False)


def _refuse_existing(target: Path) -> None:
    """Raise `OutputError` where there are settings already: they are never written over."""
    if target.exists():
        raise OutputError(
            Text(f"{target} はすでにあります", f"{target} is there already"),
            Text(
                "作り直すなら、先に別の名前にするか、--config で別のファイルを指定してください",
                "give it another name first, or name another file with --config",
            ),
        )


def _write(target: Path, text: str) -> None:
    from kpicli.base.storage import cannot_write, write_whole

    _refuse_existing(target)  # somebody may have written it meanwhile
    try:
        write_whole(target, text.encode())
    except OSError as error:
        raise cannot_write(str(target), error) from None
    show_message(say(f"設定を書きました: {target}", f"wrote the settings: {target}"))


def _write_narrative(offered: "Offer") -> None:
    from kpicli.report.narrative.draft import draft_file, write_draft

    settings, summary = offered.settings, offered.summary
    if draft_file(settings, summary.period, LANGUAGE).exists():
        return
    file = write_draft(settings, summary, LANGUAGE)
    show_message(say(f"報告の文章の下書き: {file}", f"a draft of the report's words: {file}"))


def _check(offered: "Offer") -> None:
    """Say how many faults and warnings `kpicli check` lists."""
    from kpicli.checks.inspection import inspect

    inspection = inspect(offered.settings, period=offered.summary.period)
    number, warned = len(inspection.of("fault")), len(inspection.of("warning"))
    show_message(
        say(
            f"出力の点検: 不備 {number}、注意 {warned} (一覧: kpicli check)",
            f"faults in the exports: {number}, warnings: {warned} (kpicli check lists them)",
        )
    )
