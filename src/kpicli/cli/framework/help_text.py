"""Help, laid out by terminal cells: typer's own counts a Japanese character as one."""

import shutil
from collections.abc import Iterable
from typing import Any

from kpicli.base.errors import MEANINGS
from kpicli.base.wording import Text
from kpicli.cli.framework.periods import period_option
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.output.page.folding import fold, padded

FIRST, INDENT, WIDEST = 20, 2, 100
"""Cells of the left column, of the indent, and of the widest line."""

TYPERS_OWN = {
    "help": Text("この説明を表示", "Show this help"),
    "install_completion": Text("シェルの補完を設定", "Install completion for the shell"),
    "show_completion": Text("シェルの補完の設定内容を表示", "Show completion for the shell"),
}
"""Help of the options that typer adds."""


def help_text(command: Any, context: Any) -> str:  # noqa: ANN401 - typer's own types are private
    """Return usage, purpose, options, commands and exit codes, folded to the terminal's width.

    The `epilog` of a command is an example of it, and stands where it is seen: below the purpose.
    """
    pieces = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    commands = getattr(command, "commands", {})
    blocks = [
        [say("使い方: ", "Usage: ") + pieces],
        [" " * INDENT + line for line in fold(command.help or "", _width() - INDENT, fill=True)],
        [say("例: ", "Example: ") + command.epilog] if command.epilog else [],
        _section(say("オプション", "Options"), option_rows(command, context)),
        _section(
            say("コマンド", "Commands"), [(name, each.help) for name, each in commands.items()]
        ),
        _section(
            say("終了コード", "Exit codes"),
            [(str(code), meaning.in_language(LANGUAGE)) for code, meaning in MEANINGS.items()],
        ),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def option_rows(command: Any, context: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - likewise
    """Return the options of a command as help lists them: how each is written, and its words."""
    rows: list[tuple[str, str]] = []
    params = command.get_params(context)
    period = period_option(params)
    for param in params:
        record = param.get_help_record(context)
        if record is None:
            continue
        own = TYPERS_OWN.get(param.name)
        words = param.help if own is None else own.in_language(LANGUAGE)
        name = record[0].partition(" <")[0] if param.param_type_name == "argument" else record[0]
        if param is period:
            words += say("。P だけでも書ける", "; or P alone")
        rows.append((name, words + (say(" [必須]", " [required]") if param.required else "")))
    return rows


def _section(title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    lines: list[str] = []
    for name, words in rows:
        start = " " * INDENT + padded(name, FIRST)
        room = _width() - INDENT - FIRST - INDENT
        folded = fold(words, room, fill=True)
        if len(name) > FIRST:
            lines.append(" " * INDENT + name)
            start = " " * (INDENT + FIRST)
        lines.append(start + " " * INDENT + folded[0])
        lines += [" " * (INDENT + FIRST + INDENT) + line for line in folded[1:]]
    return [f"{title}:", *lines] if lines else []


def _width() -> int:
    return max(40, min(WIDEST, shutil.get_terminal_size().columns))
