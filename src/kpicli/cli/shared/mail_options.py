"""Options that only `kpicli mail` has."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kpicli.cli.shared.language import say
from kpicli.output.formats import FILE_FORMATS


class OnDoubt(StrEnum):
    """The ways to treat a mail of which nobody knows whether it arrived."""

    SEND = "send"
    SKIP = "skip"


ToOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ADDRESS",
        help=say(
            "設定の宛先(to, cc, bcc)の代わりに送る相手(繰り返し、またはコンマ区切り)",
            "Send to these instead of to, cc and bcc of the settings (repeat, or a,b)",
        ),
    ),
]
AttachOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="F",
        help=say(
            f"添付の形式: {', '.join(FILE_FORMATS)}。コンマ区切り",
            f"Attach the figures as {', '.join(FILE_FORMATS)} (a,b)",
        ),
    ),
]
DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", help=say("送らずにメールを表示", "Print the mail, send nothing")),
]
MessageOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say(
            "送らずにファイル(message.eml など)に書く。- は標準出力(sendmail -t などへ)",
            "Write the mail to a file, or with - to stdout for sendmail -t; send nothing",
        ),
    ),
]
AgainOption = Annotated[
    bool,
    typer.Option("--again", help=say("送信済みでも送る", "Send also what was sent before")),
]
OnDoubtOption = Annotated[
    OnDoubt | None,
    typer.Option(
        metavar="send|skip",
        help=say(
            "届いたか分からないメールを送り直す(send)か、送らない(skip、既定)か",
            "Send again what may have arrived (send), or not (skip, the default)",
        ),
    ),
]
CatchUpOption = Annotated[
    bool,
    typer.Option(
        "--catch-up",
        help=say("前に送った月より後の抜けた月も送る", "Send the months that were slept through"),
    ),
]
RequireCoverageOption = Annotated[
    bool,
    typer.Option(
        "--require-coverage",
        help=say("出力が期間の終わりまでなければ送らない", "Send nothing while exports end early"),
    ),
]
