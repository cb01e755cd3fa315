"""Placeholders in a passage: names of figures, never programs, filled by a sandboxed template.

A passage may hold `{{ voices.感謝 }}`, `{{ unclear_reasons["2025-08"] }}` and a plain number or
string, nothing else: no statement, filter, call or operator. So there is no loop to run for ever,
and nothing of Python can be reached.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from kpicli.base.wording import Text
from kpicli.output.page.safety import markdown
from kpicli.report.narrative.model import Passage, Problem
from kpicli.report.narrative.nodes import Leaf, Node, NoSuchValue, unknown_name

ONLY_NAMES = Text(
    "{{ }} に書けるのは KPI と項目の名前だけです",
    "only names of figures and their items can stand in {{ }}",
)
TOO_LONG = Text("プレースホルダーが長すぎます", "the placeholder is too long")
MOST_STEPS = 20
"""No figure has so many names; Python itself gives up on a hundred of them."""
_UNENDING = (RecursionError, ValueError)
"""What Python says of a placeholder that is too deep, or of a number with too many digits."""


class _Placeholders(SandboxedEnvironment):
    """A sandbox in which a dot or brackets ask a `Node`, and never an attribute of Python."""

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,
            keep_trailing_newline=True,
            finalize=_finished,
        )
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja2's own signature
        """Return what a name behind a dot means."""
        return self._stepped(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - jinja2's own signature
        """Return what a name in brackets means."""
        return self._stepped(obj, argument)

    def _stepped(self, obj: Any, name: object) -> Any:  # noqa: ANN401 - a Node or an undefined
        step = getattr(type(obj), "step", None)
        if step is None or not isinstance(name, str):
            return self.undefined(obj=obj, name=str(name))
        return step(obj, name)


def _finished(value: Any) -> str:  # noqa: ANN401 - whatever a template yields
    """Return a node's text; a number or string written in the template stands for itself."""
    return markdown(str(value)) if isinstance(value, str | int | float) else value.text()


_ENVIRONMENT = _Placeholders()


def parsed(passage: Passage) -> nodes.Template:
    """Return the passage as a template; raises `TemplateSyntaxError` with a line of the passage."""
    try:
        return _read_through(passage.text)
    except _UNENDING:
        raise TemplateSyntaxError(TOO_LONG.en, _unending_line(passage.text)) from None


def _read_through(text: str) -> nodes.Template:
    """Return a template that can be read as deep as it goes; raises one of `_UNENDING` if not."""
    template = _ENVIRONMENT.parse(text)
    for _ in template.find_all(nodes.Node):
        pass
    return template


def _unending_line(text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            _read_through(line)
        except TemplateSyntaxError:
            continue
        except _UNENDING:
            return number
    return 1


def fill(passage: Passage, values: Mapping[str, Node], problems: list[Problem]) -> str:
    """Return the passage with its placeholders filled.

    What cannot be filled is added to `problems`, every one with its line; the passage is then
    returned as it was written.
    """
    try:
        found = list(_problems(parsed(passage), values))
    except TemplateSyntaxError as error:
        words = str(error.message)
        said = Text(f"プレースホルダーが読めません: {words}", f"unreadable placeholder: {words}")
        found = [(error.lineno, said)]
    problems += [Problem(passage.line + line - 1, message) for line, message in found]
    if found:
        return passage.text
    return _ENVIRONMENT.from_string(passage.text).render(values)


def _problems(template: nodes.Template, values: Mapping[str, Node]) -> Iterator[tuple[int, Text]]:
    for statement in template.body:
        if not isinstance(statement, nodes.Output):
            yield statement.lineno, ONLY_NAMES
            continue
        for expression in statement.nodes:
            if isinstance(expression, nodes.TemplateData):
                continue
            if _steps(expression) > MOST_STEPS:
                yield expression.lineno, TOO_LONG
                continue
            try:
                _node(expression, values).text()
            except NoSuchValue as error:
                yield expression.lineno, error.message


def _steps(expression: nodes.Expr) -> int:
    """Return how many names follow one another in an expression."""
    steps = 1
    while isinstance(expression, nodes.Getattr | nodes.Getitem):
        expression, steps = expression.node, steps + 1
    return steps


def _node(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    """Return what an expression names; raises `NoSuchValue`."""
    if isinstance(expression, nodes.Const) and type(expression.value) in (int, float, str):
        return Leaf(str(expression.value))
    if isinstance(expression, nodes.Name):
        if expression.name not in values:
            raise unknown_name(expression.name, tuple(values))
        return values[expression.name]
    if isinstance(expression, nodes.Getattr):
        return _named(expression.node, values).step(expression.attr)
    if isinstance(expression, nodes.Getitem) and isinstance(expression.arg, nodes.Const):
        return _named(expression.node, values).step(str(expression.arg.value))
    raise NoSuchValue(ONLY_NAMES)


def _named(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    if isinstance(expression, nodes.Const):
        raise NoSuchValue(ONLY_NAMES)
    return _node(expression, values)
