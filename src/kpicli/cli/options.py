"""Options that commands share, as annotated types, and what they become at the door."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.cli.completion import complete_kpi, complete_period
from kpicli.cli.language import say
from kpicli.clock import today_in

if TYPE_CHECKING:
    from kpicli.periods import Period
    from kpicli.settings import Settings

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
KpiOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kpi",
        "-k",
        metavar="ID",
        autocompletion=complete_kpi,
        help=say("この KPI だけ(繰り返し、またはコンマ区切り)", "Only this KPI (repeat, or a,b)"),
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="F",
        help=say(
            "table, text, csv, tsv, json, markdown, xlsx(既定: 画面は table、パイプは csv)",
            "table, text, csv, tsv, json, markdown, xlsx (default: table on a terminal, else csv)",
        ),
    ),
]
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
        help=say("出力の文字コード(既定 UTF-8。cp932 など)", "Encoding of the output (UTF-8)"),
    ),
]


@dataclass(frozen=True, slots=True)
class Common:
    """What stands before the command: the settings file, if one is named."""

    config: Path | None

    def settings(self) -> "Settings":
        """Read the settings in force."""
        from kpicli.settings import read_settings

        return read_settings(self.config)


def common(context: typer.Context) -> Common:
    """Return what was said before the command."""
    found = context.find_object(Common)
    return found if found is not None else Common(None)


def parse_period(text: str, settings: "Settings") -> "Period":
    """Return the period that the option names."""
    from kpicli.periods import Period

    return Period.parse(text, fiscal=settings.fiscal, today=today(settings))


def today(settings: "Settings") -> date:
    """Return the day on which the command runs."""
    return today_in(settings.zone)


def split_names(values: list[str] | None) -> tuple[str, ...]:
    """Return the names of a repeatable option that also takes a list with commas, each once."""
    names = [name.strip() for value in values or () for name in value.split(",")]
    return tuple(dict.fromkeys(name for name in names if name))
