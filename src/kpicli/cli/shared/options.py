"""Options that commands share, as annotated types."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from typer.models import OptionInfo

from kpicli.cli.shared.completion import complete_kpi, complete_period
from kpicli.cli.shared.language import say
from kpicli.output.formats import FORMATS


class FailOn(StrEnum):
    """The outcomes, besides errors and faults, that make the command fail."""

    TARGET = "target"


PUBLISHED_BESIDE: Final = ("previous", "year-ago")
"""The comparisons of what is published for which no others are named."""


def format_option(piped: str = "csv") -> OptionInfo:
    """Return the option that chooses a format; the place decides where it is not given."""
    known = ", ".join(FORMATS)
    option: OptionInfo = typer.Option(
        "--format",
        "-f",
        metavar="F",
        help=say(
            f"形式: {known} (既定: 画面は table、パイプは {piped})",
            f"{known} (default: table on a terminal, else {piped})",
        ),
    )
    return option


KpiArgument = Annotated[
    str,
    typer.Argument(
        metavar="KPI", autocompletion=complete_kpi, help=say("指標の id", "Id of the KPI")
    ),
]
PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say(
            "期間: 2025H1, 2025年度上期, 2025Q2, 2025-09, 2025, 2025-04..2025-06, last-month など",
            "Period: 2025H1, 2025Q2, 2025-09, 2025, 2025-04..2025-06, last-month and so on",
        ),
    ),
]
PeriodsOption = Annotated[
    list[str],
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say(
            "期間: 2025H1, 2025年度上期, 2025Q2, 2025-09, 2025, 2025-04..2025-06, last-month など。"
            "2023,2024,2025 は並べる",
            "Period: 2025H1, 2025Q2, 2025-09, 2025, 2025-04..2025-06, last-month and so on; "
            "2023,2024,2025 side by side",
        ),
    ),
]
TrendOption = Annotated[
    str | None,
    typer.Option(
        metavar="N",
        help=say("その期間までの N 期を並べる(推移)", "N periods side by side, up to this one"),
    ),
]
KpiOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kpi",
        "-k",
        metavar="ID",
        autocompletion=complete_kpi,
        help=say("この指標だけ(繰り返し、またはコンマ区切り)", "Only this KPI (repeat, or a,b)"),
    ),
]
FormatOption = Annotated[str | None, format_option()]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say("ファイルに書く(拡張子で形式を選ぶ)", "Write a file; its suffix names the format"),
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="E",
        help=say(
            "出力の文字コード(既定: UTF-8。cp932 など)",
            "Encoding of the output (default: UTF-8; cp932 and so on)",
        ),
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        metavar="DIM",
        help=say(
            "分け方: month, quarter, half, year, 区分の列(line など)。line,category は掛け合わせ",
            "Group by month, quarter, half, year, line, any code column; line,category crosses two",
        ),
    ),
]
CompareOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND",
        help=say(
            "比べる相手: previous (前期), year-ago (前年同期)。コンマ区切り",
            "Compare with previous, year-ago, or both (a,b)",
        ),
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help=say(
            "基準日(既定: 期間末と昨日の早い方)",
            "As-of date (default: the period's end or yesterday, the earlier)",
        ),
    ),
]
ShowPersonalOption = Annotated[
    bool,
    typer.Option("--show-personal", help=say("個人別の分け方を許す", "Allow grouping by a person")),
]
UnmaskOption = Annotated[
    bool,
    typer.Option(
        "--show-personal", help=say("個人の列を伏せずに出す", "Show personal columns unmasked")
    ),
]
WideOption = Annotated[
    bool,
    typer.Option(
        "--wide",
        help=say(
            "csv と tsv で、--by のグループか --trend の期間を横に並べる",
            "Groups of --by or periods of --trend side by side in csv and tsv",
        ),
    ),
]
ShowValuesOption = Annotated[
    bool,
    typer.Option(
        "--show-values", help=say("メッセージにセルの値を出す", "Show cell values in messages")
    ),
]
NoCacheOption = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help=say("前に数えた結果を使わず、残しもしない", "Neither use nor keep an earlier result"),
    ),
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="local|dask",
        help=say(
            "読み込みの担い手(既定: local、このマシン)",
            "Who reads (default: local, this machine)",
        ),
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="URL",
        help=say(
            "dask のスケジューラー tcp://ホスト:ポート(既定: このマシンで起動)",
            "Dask scheduler, tcp://host:port (default: started on this machine)",
        ),
    ),
]
FailOnOption = Annotated[
    FailOn | None,
    typer.Option(
        metavar="target",
        help=say("目標未達なら終了コード 6", "Exit 6 when a target is missed"),
    ),
]
RecomputeOption = Annotated[
    bool,
    typer.Option(
        "--recompute",
        help=say(
            "公表値でなく、今の出力から数えて比べる", "Compare with a recount, not as published"
        ),
    ),
]
AllowDefinitionChangeOption = Annotated[
    bool,
    typer.Option(
        "--allow-definition-change",
        help=say("定義の版が違う値とも比べる", "Compare values of other definition versions too"),
    ),
]
QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help=say("終了コードが 0 ならメッセージを出さない", "No messages where the exit code is 0"),
    ),
]
OnlyIfOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WHAT",
        help=say(
            "言うことがあるときだけ出力: missed (未達), changed (前回から変化), faults (不備)",
            "Output only if there is something to say: missed, changed or faults (a,b)",
        ),
    ),
]
AllowDoubtOption = Annotated[
    bool,
    typer.Option(
        "--allow-doubt",
        help=say(
            "確定していない数値があっても公表用を作る", "Publish figures that are not final, too"
        ),
    ),
]
