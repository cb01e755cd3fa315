"""The application: what stands before a command, and the commands."""

import io
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer

from kpicli.base.errors import ExitCode
from kpicli.cli.framework.commands import Command, Commands
from kpicli.cli.shared.context import Common
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_message
from kpicli.cli.shared.output import stdout_encoding, write_stdout
from kpicli.version import VERSION

app = typer.Typer(
    name="kpicli",
    cls=Commands,
    help=say(
        "CRM の出力から、顧客本位の業務運営の公表数値を数えます。",
        "Counts the customer-first figures of an insurance agency from its CRM exports.",
    ),
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def run() -> int:
    """Run the command that the arguments name and return its exit code.

    Raises `KpicliError` for every expected failure, and `BrokenPipeError` when the reader of
    stdout has gone.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=stdout_encoding(), errors="backslashreplace")
    command = typer.main.get_command(app)
    return command.main(prog_name="kpicli", standalone_mode=False) or 0


def _version(asked: bool) -> None:
    if asked:
        write_stdout(f"kpicli {VERSION}\n")
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
        Literal["ja", "en"] | None,
        typer.Option(
            metavar="ja|en",
            help=say(
                "言葉(既定: 環境変数 KPICLI_LANG、なければ ja)",
                "Language (default: KPICLI_LANG, else ja)",
            ),
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=say("版を表示", "Show the version")
        ),
    ] = False,
) -> None:
    """Keep what every command needs; without a command, show the help, or what to begin with."""
    context.obj = Common(config)
    if context.invoked_subcommand is None:
        from kpicli.settings.locate import settings_in_force

        if settings_in_force(config) is None:
            from kpicli.cli.first_contact import seen_in

            show_message(seen_in(Path.cwd()).in_language(LANGUAGE))
        else:
            show_message(context.get_help())
        raise typer.Exit(ExitCode.USAGE)


Handler = Callable[..., None]
"""What a command runs. Its parameters, with their annotations, are the command's."""

COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "init": (
        "intake.init",
        say("フォルダーの出力を読み解き、設定を作る", "Understand exports and write the settings"),
        "kpicli init exports --yes",
    ),
    "summarize": (
        "summarize",
        say("期間の数値をすべて数える", "Count every figure of a period"),
        "kpicli summarize --period 2025H1 --by month",
    ),
    "rows": (
        "rows",
        say("数値の元になった行を示す", "Show the rows behind a figure"),
        "kpicli rows voices --period 2025H1",
    ),
    "explain": (
        "explain",
        say("定義と行の内訳を説明する", "Explain a figure: definition, files and row accounting"),
        "kpicli explain voices --period 2025H1",
    ),
    "check": (
        "check",
        say("出力の不備と注意をすべて挙げる", "List every fault and warning in the exports"),
        "kpicli check",
    ),
    "audit": (
        "audit",
        say("公表する表の計算が合うか調べる", "Check whether a published table adds up"),
        "kpicli audit kpi.csv",
    ),
    "report": (
        "publishing.report",
        say(
            "原則ごとの報告(文章と数値)をページ・文書にする",
            "Write the report of a period: words and figures, by principle",
        ),
        "kpicli report --period 2025H1 -o kpi.html",
    ),
    "chart": (
        "publishing.chart",
        say("指標を、見て分かる一枚のグラフにする", "Draw a KPI as a picture"),
        "kpicli chart voices --period 2025H1 -o voices.svg",
    ),
    "site": (
        "publishing.site",
        say("公表したすべての期間を静的なサイトにする", "Write every period as a static site"),
        "kpicli site public",
    ),
    "fill": (
        "publishing.fill",
        say("自分の様式(Excel など)に数値を入れる", "Fill an office's own form with figures"),
        "kpicli fill form.xlsx --period 2025H1 -o filled.xlsx",
    ),
    "freeze": (
        "publishing.freeze",
        say("公表する数値を、根拠の行とともに凍結する", "Freeze figures as they are published"),
        "kpicli freeze --period 2025H1",
    ),
    "diff": (
        "publishing.diff",
        say("凍結してから動いた数値とその理由を示す", "Explain what moved since it was frozen"),
        "kpicli diff 2025H1",
    ),
    "mail": (
        "publishing.mail",
        say("期間の数値をメールで一度だけ送る", "Send the figures of a period, once"),
        "kpicli mail --period 2025H1 -o message.eml",
    ),
    "kpis": (
        "catalogue",
        say("指標の一覧", "List the KPIs"),
        "kpicli kpis --all",
    ),
    "sources": (
        "catalogue",
        say("出力ファイルと列の一覧", "List the sources, their columns and files"),
        "kpicli sources",
    ),
    "schema": (
        "schema",
        say(
            "kpicli.toml の JSON Schema(エディターの補完と検査に)",
            "Print the JSON Schema of kpicli.toml, by which editors complete and check it",
        ),
        "kpicli schema",
    ),
    "docs": (
        "docs",
        say("文書を開く(通信なし)", "Open the documentation, without a network"),
        "kpicli docs --print",
    ),
    "principles": (
        "catalogue",
        say("原則との対応関係表", "List the principles, and where policy and results answer them"),
        "kpicli principles",
    ),
}
"""The commands in the order of the help: each with its module below this folder, its help, and an
example that its help opens with.

A handler bears its command's name, and is imported when that is named: a run needs one of them,
and help none.
"""


def _importing(command: str, module: str) -> Callable[[], Handler]:
    """Return what imports and returns the handler of a command."""

    def handler() -> Handler:
        imported: Handler = getattr(import_module(f"kpicli.cli.{module}"), command)
        return imported

    return handler


for _name, (_module, _help, _example) in COMMANDS.items():
    app.command(_name, cls=Command, help=_help, epilog=_example)(_importing(_name, _module))
