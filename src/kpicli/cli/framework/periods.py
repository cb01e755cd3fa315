"""A period as an argument: wherever `--period P` may be written, P alone may be."""

from typing import Any


def period_option(params: list[Any]) -> Any:  # noqa: ANN401 - typer's own types are private
    """Return the option that names the period, of a command whose arguments take no word more.

    None where there is no such option, and beside arguments that take every word (`check FILE…`).
    """
    if any(p.param_type_name == "argument" and p.nargs == -1 for p in params):
        return None
    return next((p for p in params if "--period" in p.opts), None)


class PeriodParser:
    """A parser of typer's that reads words which no argument takes as values of `--period`."""

    def __init__(self, parser: Any, option: Any) -> None:  # noqa: ANN401 - likewise
        self._parser = parser
        self._option = option

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever typer's parser has
        return getattr(self._parser, name)

    def parse_args(self, args: list[str]) -> tuple[dict[str, Any], list[str], list[Any]]:
        """Return values by parameter, the words left over, and the parameters as they were given.

        Of several words for an option that takes one, the last is its value, and the option stands
        among the parameters as often as it was given: whoever asks can refuse that.
        """
        values, words, given = self._parser.parse_args(args=args)
        if words:
            name = self._option.name
            several = [*(values.get(name) or ()), *words] if self._option.multiple else words[-1]
            values[name] = several
        return values, [], [*given, *(self._option for _ in words)]
