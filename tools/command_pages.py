"""The reference of all commands, as `--help` says it: `python tools/command_pages.py docs`.

It writes `reference.md` in English into the folder that is named, and `ja/reference.md` in
Japanese. The program fixes the language of its help when it starts, so each page is made by a
process of its own.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from kpicli.base.errors import MEANINGS
from kpicli.base.wording import Language
from kpicli.cli.app import app
from kpicli.cli.framework.help_text import option_rows
from kpicli.cli.shared.language import LANGUAGE, say

PAGES: dict[Language, str] = {"en": "reference.md", "ja": "ja/reference.md"}


def page() -> str:
    """Return the page as Markdown in the language in force: each command and exit code."""
    whole: Any = typer.main.get_command(app)
    context = whole.make_context("kpicli", [], resilient_parsing=True)
    parts = [
        say("# コマンドの一覧", "# Commands in brief"),
        say(
            "`--help` の内容です。プログラムから作っているので、食い違うことはありません。",
            "What `--help` says, made from the program itself. "
            "[The command line](command-line.md) explains each at length.",
        ),
        *_command("kpicli", whole, context),
        *_table(
            (say("コマンド", "command"), say("内容", "meaning")),
            (
                (f"[`{name}`](#kpicli-{name})", each.help or "")
                for name, each in whole.commands.items()
            ),
        ),
    ]
    for name in whole.commands:
        command = whole.get_command(context, name)
        inner = command.make_context(name, [], parent=context, resilient_parsing=True)
        parts += _command(f"kpicli {name}", command, inner)
    parts += [
        say("## 終了コード", "## Exit codes"),
        *_table(
            (say("コード", "code"), say("内容", "meaning")),
            ((str(int(code)), words.in_language(LANGUAGE)) for code, words in MEANINGS.items()),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _command(title: str, command: Any, context: Any) -> Iterator[str]:  # noqa: ANN401 - typer's own types are private
    """Give heading, purpose, usage, an example and options of a command."""
    pieces = command.collect_usage_pieces(context)
    yield f"## {title}"
    yield command.help
    yield "```text\n" + " ".join((context.command_path, *pieces)) + "\n```"
    if command.epilog:
        yield say(f"例: `{command.epilog}`", f"Example: `{command.epilog}`")
    yield from _table(
        (say("オプション", "option"), say("内容", "meaning")),
        ((f"`{name}`", words) for name, words in option_rows(command, context)),
    )


def _table(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give a table of two columns as one text."""
    lines = ["|".join(("", *heads, "")), "|---|---|"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    yield "\n".join(lines)


def in_language(language: Language) -> str:
    """Return the page in a language, from a process that speaks it."""
    command = [sys.executable, __file__]
    environment = os.environ | {"KPICLI_LANG": language, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout


def main(arguments: list[str]) -> int:
    """Write both pages into a folder; without one, print the page in the language in force."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args(arguments).folder
    if folder is None:
        sys.stdout.write(page())
    else:
        for language, name in PAGES.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(in_language(language), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
