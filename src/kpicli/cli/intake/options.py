"""The options of `kpicli init`, as annotated types."""

from pathlib import Path
from typing import Annotated

import typer

from kpicli.cli.shared.language import say

FoldersArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FOLDER",
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
AddOption = Annotated[
    bool,
    typer.Option(
        "--add",
        help=say("今の設定の末尾に、この出力を書き足す", "Add these exports to the settings' end"),
    ),
]
LikeOption = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="WHAT",
        help=say(
            "前と同じ読み方にする: 期間(今の設定)か、設定ファイルの場所",
            "Read them as before: a period (the settings in force), or another settings file",
        ),
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        help=say(
            "名前を付けて読み方を残し、次からそれを使う",
            "Keep how they are read under a name, and use it the next time",
        ),
    ),
]
BookOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say("質問をブック(xlsx)に書き、設定は書かない", "Write the questions as a workbook"),
    ),
]
FromOption = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help=say("記入したブックの答えを使う", "Take the answers from a filled workbook"),
    ),
]
