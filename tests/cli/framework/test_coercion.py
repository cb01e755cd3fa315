"""Plain words of the command line, taken past typer's own reading."""

from enum import Enum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kpicli.cli.framework.coercion import as_given


class Form(Enum):
    """A choice of the command line."""

    PAGE = "page"


class Own:
    """Typer's own reading of a value, which here says that it was asked."""

    def coerce(self, value: object, **_: object) -> object:
        """Return what shows that typer read the value."""
        return ("read", value)


def parameter(annotation: object, *, multiple: bool = False) -> Any:  # noqa: ANN401 - as typer's
    """Return a parameter as typer has them."""
    return SimpleNamespace(
        multiple=multiple,
        nargs=1,
        type_descriptor=SimpleNamespace(annotation=annotation),
        get_runtime_param=Own,
    )


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (str, "上期", "上期"),
        (Path, "a/kpi.csv", Path("a/kpi.csv")),
        (list[str], ("a", "b"), ["a", "b"]),
        (list[Path], ("a", "b/c"), [Path("a"), Path("b/c")]),
        (list[Path], ["a", b"x"], ("read", ["a", b"x"])),
        (Form, Form.PAGE, Form.PAGE),
        (Form, "page", ("read", "page")),
        (str, None, None),
        (int, "3", ("read", "3")),
        (Path, b"x", ("read", b"x")),
    ],
)
def test_values(annotation: object, value: object, expected: object) -> None:
    """Words, paths, lists of them and a choice's default pass as they are; typer reads the rest."""
    param = as_given(parameter(annotation))
    assert param.get_runtime_param().coerce(value, param=param, ctx=None) == expected


def test_nothing_of_a_list() -> None:
    """An option that may be repeated and is not there is empty, as typer has it."""
    param = as_given(parameter(list[str], multiple=True))
    assert param.get_runtime_param().coerce(None, param=param, ctx=None) == ()


def test_twice_is_once() -> None:
    """A parameter that was prepared before is left as it is; one of another typer too."""
    param = as_given(parameter(str))
    first = param.get_runtime_param
    assert as_given(param).get_runtime_param is first
    other = SimpleNamespace()
    assert as_given(other) is other
    assert vars(other) == {}
