"""Where each key and value stands in a TOML file. Only errors ask: it loads a parser of its own.

tomllib keeps no positions, nor does any reader of tables; the grammar of editors does.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import tree_sitter_toml
from msgspec import Struct
from tree_sitter import Language, Node, Parser

Span = tuple[int, int]
"""The first byte, and the one after the last."""


class Position(Struct, frozen=True):
    """The line (from 1) of a key, where it stands, and its value; a headed table has none."""

    line: int
    key: Span
    value: Span | None = None


def positions_of(content: bytes) -> Mapping[str, Position]:
    """Return the first position of every key path of a file that is TOML.

    Keys are joined by dots, members of a list are numbered from 0.
    """
    positions: dict[str, Position] = {}
    for path, position in _document(_parsed(content)):
        kept = positions.setdefault(path, position)
        if kept.value is None and position.value is not None:
            positions[path] = position
    return positions


def _parsed(content: bytes) -> Node:
    return Parser(Language(tree_sitter_toml.language())).parse(content).root_node


def _document(root: Node) -> Iterator[tuple[str, Position]]:
    members: Counter[tuple[str, ...]] = Counter()
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in ("table", "table_array_element"):
            head, *pairs = (child for child in node.named_children if child.type != "comment")
            path: tuple[str, ...] = ()
            for name, key in _keys(head):
                path = (*_last(path, members), name)
                yield ".".join(path), Position(key.start_point[0] + 1, _span(key))
            if node.type == "table_array_element":
                members[path] += 1
                path = _last(path, members)
                yield ".".join(path), Position(key.start_point[0] + 1, _span(key))
            for pair in pairs:
                yield from _pair(pair, path)


def _last(path: tuple[str, ...], members: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    """Return a path; below a list of headed tables it is that of the last one so far."""
    count = members.get(path, 0)
    return (*path, str(count - 1)) if count else path


def _pair(node: Node, above: Sequence[str]) -> Iterator[tuple[str, Position]]:
    parts = [child for child in node.named_children if child.type != "comment"]
    if node.type != "pair" or len(parts) != 2:
        return
    path = tuple(above)
    for name, key in _keys(parts[0]):
        path = (*path, name)
        line = key.start_point[0] + 1
        yield ".".join(path), Position(line, _span(key))
    yield ".".join(path), Position(line, _span(key), _span(parts[1]))
    yield from _inside(parts[1], path)


def _inside(value: Node, path: Sequence[str]) -> Iterator[tuple[str, Position]]:
    members = [child for child in value.named_children if child.type != "comment"]
    if value.type == "inline_table":
        for pair in members:
            yield from _pair(pair, path)
    elif value.type == "array":
        for number, member in enumerate(members):
            own = (*path, str(number))
            span = _span(member)
            yield ".".join(own), Position(member.start_point[0] + 1, span, span)
            yield from _inside(member, own)


def _keys(node: Node) -> list[tuple[str, Node]]:
    """Return the names of a key, dotted or not, each with where it stands."""
    if node.type == "dotted_key":
        return [own for child in node.named_children for own in _keys(child)]
    text = (node.text or b"").decode()
    if node.type == "quoted_key":
        (text,) = tomllib.loads(f"{text} = 0")
    return [(text, node)]


def _span(node: Node) -> Span:
    return node.start_byte, node.end_byte
