"""Plain words of the command line, taken as they are.

typer reads the value of every option through pydantic, even a string as a string. Loading pydantic
takes longer than all the rest of `--help`, so what needs no reading goes past it.
"""

from enum import Enum
from pathlib import Path
from typing import Any


def as_given(param: Any) -> Any:  # noqa: ANN401 - typer's own types are private
    """Return a parameter of typer's that takes plain words as they are.

    Anything else (the word of a choice, a number) goes typer's own way, as does everything in a
    typer that has another one.
    """
    own = getattr(param, "get_runtime_param", None)
    if own is not None and not isinstance(getattr(own, "__self__", None), AsGiven):
        param.get_runtime_param = AsGiven(own).itself
    return param


class AsGiven:
    """Stands before typer's own reading of a value, which is made when a value needs it."""

    def __init__(self, own: Any) -> None:  # noqa: ANN401 - likewise
        self._own = own

    def itself(self) -> "AsGiven":
        """Return what typer asks for a value."""
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - likewise
        """Return the value of a parameter: None (or nothing, of a list) where it has none."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        annotation = param.type_descriptor.annotation
        if annotation is str and isinstance(value, str):
            return value
        if annotation is Path and isinstance(value, str):
            return Path(value)
        if annotation == list[str] and isinstance(value, list | tuple):
            return list(value)
        if annotation == list[Path] and _are_words(value):
            return [Path(each) for each in value]
        if isinstance(value, Enum) and type(value) is annotation:
            return value  # the default of a choice, of which no word is given
        return self._own().coerce(value, param=param, ctx=ctx)


def _are_words(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
