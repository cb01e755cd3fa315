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
from kpicli.report.narrative.nodes import Node, NoSuchValue, TextNode, unknown_name

ONLY_NAMES = Text(
    "{{ }} に書けるのは KPI と項目の名前だけです",
    "only names of figures and their items can stand in {{ }}",
)
TOO_LONG = Text("プレースホルダーが長すぎます", "the placeholder is too long")
MAX_NAMES = 20
"""No figure has so many names; Python itself gives up on a hundred of them."""
_TOO_DEEP = (RecursionError, ValueError)
"""The errors of Python for a placeholder that is too deep, or of a number with too many digits."""


class _Placeholders(SandboxedEnvironment):
    """A sandbox in which a dot or brackets ask a `Node`, and never an attribute of Python."""

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,
            keep_trailing_newline=True,
            finalize=_node_text,
        )
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - jinja2's own signature
        """Return what a name behind a dot means."""
        return self._child(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - jinja2's own signature
        """Return what a name in brackets means."""
        return self._child(obj, argument)

    def _child(self, obj: Any, name: object) -> Any:  # noqa: ANN401 - a Node or an undefined
        step = getattr(type(obj), "child", None)
        if step is None or not isinstance(name, str):
            return self.undefined(obj=obj, name=str(name))
        return step(obj, name)


def _node_text(value: Any) -> str:  # noqa: ANN401 - whatever a template yields
    """Return a node's text; a number or string written in the template stands for itself."""
    return markdown(str(value)) if isinstance(value, str | int | float) else value.text()


_ENVIRONMENT = _Placeholders()


def parse_template(passage: Passage) -> nodes.Template:
    """Return the passage as a template; raises `TemplateSyntaxError` with a line of the passage."""
    try:
        return _parse_deeply(passage.text)
    except _TOO_DEEP:
        raise TemplateSyntaxError(TOO_LONG.en, _line_too_deep(passage.text)) from None


def _parse_deeply(text: str) -> nodes.Template:
    """Return a template that can be read as deep as it goes; raises one of `_TOO_DEEP` if not."""
    template = _ENVIRONMENT.parse(text)
    for _ in template.find_all(nodes.Node):
        pass
    return template


def _line_too_deep(text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        try:
            _parse_deeply(line)
        except TemplateSyntaxError:
            continue
        except _TOO_DEEP:
            return number
    return 1


def fill(passage: Passage, values: Mapping[str, Node], problems: list[Problem]) -> str:
    """Return the passage with its placeholders filled.

    What cannot be filled is added to `problems`, every one with its line; the passage is then
    returned as it was written.
    """
    try:
        invalid = list(_problems(parse_template(passage), values))
    except TemplateSyntaxError as error:
        words = str(error.message)
        message = Text(f"プレースホルダーが読めません: {words}", f"unreadable placeholder: {words}")
        invalid = [(error.lineno, message)]
    problems += [Problem(passage.line + line - 1, message) for line, message in invalid]
    if invalid:
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
            if _name_count(expression) > MAX_NAMES:
                yield expression.lineno, TOO_LONG
                continue
            try:
                _node(expression, values).text()
            except NoSuchValue as error:
                yield expression.lineno, error.message


def _name_count(expression: nodes.Expr) -> int:
    """Return how many names follow one another in an expression."""
    steps = 1
    while isinstance(expression, nodes.Getattr | nodes.Getitem):
        expression, steps = expression.node, steps + 1
    return steps


def _node(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    """Return what an expression names; raises `NoSuchValue`."""
    if isinstance(expression, nodes.Const) and type(expression.value) in (int, float, str):
        return TextNode(str(expression.value))
    if isinstance(expression, nodes.Name):
        if expression.name not in values:
            raise unknown_name(expression.name, tuple(values))
        return values[expression.name]
    if isinstance(expression, nodes.Getattr):
        return _named(expression.node, values).child(expression.attr)
    if isinstance(expression, nodes.Getitem) and isinstance(expression.arg, nodes.Const):
        return _named(expression.node, values).child(str(expression.arg.value))
    raise NoSuchValue(ONLY_NAMES)


def _named(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    if isinstance(expression, nodes.Const):
        raise NoSuchValue(ONLY_NAMES)
    return _node(expression, values)
