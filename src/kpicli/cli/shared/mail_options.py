"""Options that only `kpicli mail` has."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kpicli.cli.shared.completion import complete_period
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
PreviewOption = Annotated[
    bool,
    typer.Option(
        "--preview",
        help=say(
            "送らずに、届いたときの見出しと本文を表示",
            "Show headers and text as read, send nothing",
        ),
    ),
]
TestOption = Annotated[
    bool,
    typer.Option(
        "--test",
        help=say("メールサーバーへの接続とログインだけを試す", "Connect and log in, send nothing"),
    ),
]
HoldOption = Annotated[
    bool,
    typer.Option(
        "--hold",
        help=say("送らずに保留し、承認のための番号を表示", "Hold the mail until it is approved"),
    ),
]
ApproveOption = Annotated[
    str | None,
    typer.Option(
        metavar="DIGEST",
        help=say(
            "保留したメールを、そのまま送る(番号の初めの数文字)",
            "Send a held mail exactly as it is, by the first digits of its digest",
        ),
    ),
]
MailPeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say(
            "期間: last-month, 2025-09, 2025H1 など(--test と --approve には要りません)",
            "Period: last-month, 2025-09, 2025H1 and so on (not with --test or --approve)",
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
            "届いたか分からないメール: 送り直す send か、送らない skip (既定)",
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
