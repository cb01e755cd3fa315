"""Placeholders in a passage: names of figures, never programs, in the signs of a template.

A passage may hold `{{ voices.感謝 }}`, `{{ unclear_reasons["2025-08"] }}`, `{{ a - b }}` and a
plain number or string, nothing else: no statement, filter, call or other operator. Jinja2 parses it
and never runs it, so there is no loop to run for ever, and nothing of Python can be reached.
"""

from collections.abc import Iterator, Mapping

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from kpicli.base.wording import Text
from kpicli.output.page.safety import markdown
from kpicli.report.narrative.figure_values import ComparedNode, FigureNode
from kpicli.report.narrative.model import Passage, Problem
from kpicli.report.narrative.nodes import (
    HiddenNode,
    Node,
    NoSuchValue,
    NumberNode,
    TextNode,
    unknown_name,
)

ONLY_NAMES = Text(
    "{{ }} に書けるのは指標と項目の名前、その足し算と引き算だけです",
    "only names of figures and their items, and sums and differences of them, can stand in {{ }}",
)
TOO_LONG = Text("プレースホルダーが長すぎます", "the placeholder is too long")
MAX_NAMES = 40
"""No sum has so many names; Python itself gives up on a hundred that are nested."""
_TOO_DEEP = (RecursionError, ValueError)
"""The errors of Python for a placeholder that is too deep, or of a number with too many digits."""

_ENVIRONMENT = Environment(keep_trailing_newline=True, autoescape=False)  # noqa: S701 - only parses


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


def fill(passage: Passage, values: Mapping[str, Node], problems: list[Problem]) -> Passage:
    """Return the passage with its placeholders filled.

    What cannot be filled is added to `problems`, every one with its line; the passage is then
    returned as it was written.
    """
    try:
        template = parse_template(passage)
    except TemplateSyntaxError as error:
        problems.append(Problem(passage.line + error.lineno - 1, _unreadable(error)))
        return passage
    invalid: list[tuple[int, Text]] = []
    pieces = [p for statement in template.body for p in _pieces(statement, values, invalid)]
    problems += [Problem(passage.line + line - 1, message) for line, message in invalid]
    return passage if invalid else Passage("".join(pieces), passage.line)


def node_named(placeholder: str, values: Mapping[str, Node]) -> Node:
    """Return what one placeholder alone, `{{ … }}`, names; raises `NoSuchValue`."""
    try:
        template = parse_template(Passage(placeholder, 1))
    except TemplateSyntaxError as error:
        raise NoSuchValue(_unreadable(error)) from None
    expressions = [
        each for made in template.body if isinstance(made, nodes.Output) for each in made.nodes
    ]
    if len(template.body) != 1 or len(expressions) != 1:
        raise NoSuchValue(ONLY_NAMES)
    return _checked(expressions[0], values)


def _unreadable(error: TemplateSyntaxError) -> Text:
    words = str(error.message)
    return Text(f"プレースホルダーが読めません: {words}", f"unreadable placeholder: {words}")


def placeholder_names(passage: Passage) -> Iterator[str]:
    """Yield the names that its placeholders begin with, as far as it can be read."""
    try:
        template = parse_template(passage)
    except TemplateSyntaxError:
        return
    yield from (node.name for node in template.find_all(nodes.Name))


def _pieces(
    statement: nodes.Node, values: Mapping[str, Node], invalid: list[tuple[int, Text]]
) -> Iterator[str]:
    """Yield the texts of an output from its last one on, which the one before it has to know."""
    if not isinstance(statement, nodes.Output):
        invalid.append((statement.lineno, ONLY_NAMES))
        return
    pieces: list[str] = []
    for expression in reversed(statement.nodes):
        if isinstance(expression, nodes.TemplateData):
            pieces.append(expression.data)
            continue
        try:
            pieces.append(_checked(expression, values).text(pieces[-1] if pieces else ""))
        except NoSuchValue as error:
            invalid.insert(0, (expression.lineno, error.message))
    yield from reversed(pieces)


def _checked(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    if sum(1 for _ in expression.find_all(nodes.Expr)) > MAX_NAMES:
        raise NoSuchValue(TOO_LONG)
    return _node(expression, values)


def _node(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    """Return what an expression means; raises `NoSuchValue`."""
    if isinstance(expression, nodes.Const) and type(expression.value) in (int, float, str):
        return TextNode(markdown(str(expression.value)))
    if isinstance(expression, nodes.Name):
        if expression.name not in values:
            known = (name for name, node in values.items() if not isinstance(node, HiddenNode))
            raise unknown_name(expression.name, tuple(known))
        return values[expression.name]
    if isinstance(expression, nodes.Getattr):
        return _named(expression.node, values).child(expression.attr)
    if isinstance(expression, nodes.Getitem) and isinstance(expression.arg, nodes.Const):
        return _named(expression.node, values).child(str(expression.arg.value))
    if isinstance(expression, nodes.Add | nodes.Sub):
        left, right = _number(expression.left, values), _number(expression.right, values)
        return left.plus(right, 1 if isinstance(expression, nodes.Add) else -1)
    raise NoSuchValue(ONLY_NAMES)


def _named(expression: nodes.Expr, values: Mapping[str, Node]) -> Node:
    if isinstance(expression, nodes.Name | nodes.Getattr | nodes.Getitem):
        return _node(expression, values)
    raise NoSuchValue(ONLY_NAMES)


def _number(expression: nodes.Expr, values: Mapping[str, Node]) -> NumberNode:
    """Return the number that a term of a sum means."""
    node = _node(expression, values)
    if isinstance(node, FigureNode | ComparedNode):
        return node.measured.number()
    if isinstance(node, NumberNode) and node.unit != "%":
        return node
    raise NoSuchValue(ONLY_NAMES)
