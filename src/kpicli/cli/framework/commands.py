"""Commands as this command line has them: help and usage errors in its own words."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EIO, ENOSPC
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kpicli.base.errors import UnknownName
from kpicli.base.storage import cannot_write
from kpicli.base.wording import Text
from kpicli.cli.framework.coercion import as_given
from kpicli.cli.framework.periods import PeriodParser, period_option
from kpicli.cli.framework.usage import in_our_words, refuse_repeated


class Command(TyperCommand):
    """A command whose help is laid out by terminal cells, in the language in force."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context is private
        """Return the parameters, which take plain words as they are."""
        return [as_given(param) for param in super().get_params(ctx)]

    def make_parser(self, ctx: Any) -> Any:  # noqa: ANN401 - likewise
        """Return the parser of what follows the command; a word alone names the period."""
        parser, option = super().make_parser(ctx), period_option(self.get_params(ctx))
        return parser if option is None else PeriodParser(parser, option)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - likewise
        """Return the pieces of the line of usage, the period last; typer braces what must be."""
        pieces = [re.sub("[{}]", "", piece) for piece in super().collect_usage_pieces(ctx)]
        option = period_option(self.get_params(ctx))
        if option is None:
            return pieces
        return [*pieces, "[P]..." if option.multiple else "[P]"]

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401 - likewise
        """Return what may stand next: options once a hyphen is there, else periods."""
        option = period_option(self.get_params(ctx))
        if option is None or incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return option.shell_complete(ctx, incomplete)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - likewise
        """Parse what follows the command, once no option stands twice of which one would count."""
        *_, given = self.make_parser(ctx).parse_args(args=list(args))
        if not ctx.resilient_parsing:
            refuse_repeated(given)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context is private
        """Return the help of this command."""
        return _help_of(self, ctx)


def _help_of(command: Any, context: Any) -> str:  # noqa: ANN401 - typer's own types are private
    from kpicli.cli.framework.help_text import help_text  # loads rich, which no figure needs

    return help_text(command, context)


class Commands(TyperGroup):
    """The group of all commands, which lets none but our own errors and bugs out."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context is private
        """Return the parameters, which take plain words as they are."""
        return [as_given(param) for param in super().get_params(ctx)]

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context is private
        """Return the help of the whole."""
        return _help_of(self, ctx)

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - handed through
        """Parse what stands before the command."""
        with _expected():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own context is private
        """Parse the rest and run the command."""
        with _expected():
            return super().invoke(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - likewise
        """Return the command of a name as its handler has it; None where there is no such command.

        Until then it is known by name, help and example alone: its callback returns the handler.
        """
        named = super().get_command(ctx, cmd_name)
        if named is None or named.callback is None:
            return named
        alone = typer.Typer(
            add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
        )
        declare = alone.command(cmd_name, cls=Command, help=named.help, epilog=named.epilog)
        declare(named.callback())
        return typer.main.get_command(alone)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - likewise
        """Return the command that the arguments name."""
        if not (ctx.resilient_parsing or args[0].startswith("-") or args[0] in self.commands):
            raise _no_command(args[0], list(self.commands))
        return super().resolve_command(ctx, args)


class ReaderGone(BrokenPipeError):
    """The reader of stdout has gone; no errno, so that typer lets it pass."""


@contextmanager
def _expected() -> Iterator[None]:
    try:
        yield
    except typer.TyperException as error:
        raise in_our_words(error) from None
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        if error.errno not in {ENOSPC, EIO} or error.filename is not None:
            raise
        raise cannot_write("stdout", error) from None


def _no_command(name: str, known: Sequence[str]) -> UnknownName:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1) or known
    return UnknownName(
        Text(f"コマンド「{name}」はありません", f"there is no command {name!r}"),
        Text(f"使えるもの: {', '.join(near)}", f"there is: {', '.join(near)}"),
    )
