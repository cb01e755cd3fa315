"""The application: what stands before a command, and the commands."""

from pathlib import Path
from typing import Annotated

import typer

from kpicli.cli import catalogue
from kpicli.cli.language import say
from kpicli.cli.options import Common
from kpicli.cli.summarize import summarize

EXIT_CODES = say(
    "終了コード: 0 正常 / 1 不具合 / 2 使い方 / 3 設定 / 4 読めない入力 / 5 不備のある行が数字に関わる / "
    "6 目標未達(--fail-on) / 7 書けない・届かない / 8 監査した表が合わない / 130 中断",
    "Exit codes: 0 fine, 1 bug, 2 usage, 3 settings, 4 unreadable input, 5 faulty rows touch figures, "
    "6 target missed (--fail-on), 7 cannot write or deliver, 8 an audited table does not add up, "
    "130 interrupted",
)

app = typer.Typer(
    name="kpicli",
    help=say(
        "CRM の出力から、顧客本位の業務運営の公表数値を数えます。",
        "Counts the customer-first figures of an insurance agency from its CRM exports.",
    ),
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"kpicli {version('kpicli')}")
        raise typer.Exit


@app.callback()
def before(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=say(
                "設定ファイル(既定: 今のフォルダーから上へ最も近い kpicli.toml)",
                "Settings file (default: the nearest kpicli.toml upward)",
            ),
        ),
    ] = None,
    lang: Annotated[  # noqa: ARG001 - read from the arguments before help texts are made
        str, typer.Option(metavar="ja|en", help=say("言葉", "Language"))
    ] = "ja",
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=say("版", "Version")),
    ] = False,
) -> None:
    """Keep what every command needs."""
    context.obj = Common(config)


app.command(
    help=say("期間の数値をすべて数える", "Count every figure of a period"), epilog=EXIT_CODES
)(summarize)
app.command(help=say("KPI の一覧", "List the KPIs"))(catalogue.kpis)
app.command(help=say("出力ファイルと列の一覧", "List the sources and their columns"))(
    catalogue.sources
)
