"""Usage errors that typer finds, in our words and in both languages."""

from collections.abc import Sequence
from typing import Any

import typer

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text

BEFORE = ("--config", "--lang", "--version")
"""Options that stand before the command."""
ONCE = ("--period", "--by", "--as-of", "--trend")
"""Options that say which figures are meant."""
EXAMPLES = {"--period": "--period 2025H1"}


def in_our_words(error: typer.TyperException) -> UsageError:
    """Return the error that says the same; one that is not known keeps typer's own words."""
    facts = vars(error)
    match type(error).__name__:
        case "NoSuchOption":
            return _no_option(facts["option_name"], facts["possibilities"] or ())
        case "MissingParameter":
            return _missing(facts["param"])
        case "BadOptionUsage":
            return _value_or_none(facts["option_name"], "not take" in error.message)
        case "BadParameter" if facts["param"] is not None:
            return _bad_value(facts["param"], error.message)
    words = error.format_message()
    ja = words.replace("Got unexpected extra argument(s)", "余分な引数があります:")
    return UsageError(Text(ja, words), _see_help())


def refuse_repeated(given: Sequence[Any]) -> None:
    """Raise `UsageError` where an option that says which figures are meant is written twice.

    `given` are the parameters as often as they stand there. The last one would count, unseen.
    """
    for param in given:
        times = given.count(param)
        if times > 1 and _name(param) in ONCE and not param.multiple:
            name, hint = _name(param), Text("一つだけ書いてください", "write it once")
            text = Text(f"{name} が {times} 回書かれています", f"{name} is written {times} times")
            if name == "--period":
                hint = Text(
                    "期間は一つだけ書いて、期間ごとに実行してください",
                    "write one period, and run the command once for each",
                )
                text = Text(f"期間が {times} つあります", f"there are {times} periods")
            raise UsageError(text, hint)


def _value_or_none(name: str, is_flag: bool) -> UsageError:
    if is_flag:
        return UsageError(Text(f"{name} は値を取りません", f"{name} takes no value"), _see_help())
    return UsageError(Text(f"{name} の値がありません", f"{name} needs a value"), _see_help())


def _no_option(name: str, near: tuple[str, ...]) -> UsageError:
    hint = _see_help()
    if near:
        listed = ", ".join(sorted(near))
        hint = Text(f"近いもの: {listed}", f"near to it: {listed}")
    if name in BEFORE:
        hint = Text("コマンドの前に書いてください", "write it before the command")
    return UsageError(Text(f"オプション {name} はありません", f"there is no option {name}"), hint)


def _missing(param: Any) -> UsageError:  # noqa: ANN401 - typer's own type is private
    name = _name(param)
    example = EXAMPLES.get(name, name)
    return UsageError(
        Text(f"{name} を指定してください", f"{name} is missing"),
        Text(f"例: {example}", f"for example: {example}"),
    )


def _bad_value(param: Any, reason: str) -> UsageError:  # noqa: ANN401 - likewise
    name, choices = _name(param), param.type_descriptor.choices
    known = ", ".join(str(getattr(choice, "value", choice)) for choice in choices or ())
    return UsageError(
        Text(f"{name} にその値は使えません", f"{name} does not take that value"),
        Text(f"使える値: {known}", f"there are: {known}") if known else Text(reason, reason),
    )


def _name(param: Any) -> str:  # noqa: ANN401 - likewise
    return str(max(param.opts, key=len))


def _see_help() -> Text:
    return Text("--help で使い方を見られます", "see --help")
