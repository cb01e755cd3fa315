"""Every key of a TOML file has its line, and the bytes of key and value."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpicli.settings.toml.positions import positions_of
from support.root import ROOT

CONTENT = """\
a = 1
b.c = "x" # 注
"区分" = { x = 1, y = [1, "z"] }
[t.u]
k = 2025-04-01
[[aa]]
v = [
  { q = 1 }, # 注
]
[[aa]]
[aa.b]
c.d = 'w'
[[aa.e]]
f = 1
""".encode()
FILES = [
    *(ROOT / "src").rglob("*.toml"),
    *(ROOT / "examples").rglob("*.toml"),
    ROOT / "kpicli.toml",
    ROOT / "pyproject.toml",
    ROOT / "tests" / "traps" / "expected.toml",
]


@pytest.mark.parametrize(
    ("path", "line", "key", "value"),
    [
        ("a", 1, "a", "1"),
        ("b", 2, "b", None),
        ("b.c", 2, "c", '"x"'),
        ("区分", 3, '"区分"', '{ x = 1, y = [1, "z"] }'),
        ("区分.y.1", 3, '"z"', '"z"'),
        ("t", 4, "t", None),
        ("t.u", 4, "u", None),
        ("t.u.k", 5, "k", "2025-04-01"),
        ("aa.0.v.0.q", 8, "q", "1"),
        ("aa.1", 10, "aa", None),
        ("aa.1.b.c.d", 12, "d", "'w'"),
        ("aa.1.e.0.f", 14, "f", "1"),
    ],
)
def test_where_keys_and_values_stand(path: str, line: int, key: str, value: str | None) -> None:
    """Dotted and quoted keys, headings, lists of tables, members of a list, tables in a line."""
    position = positions_of(CONTENT)[path]
    assert position.line == line
    assert CONTENT[slice(*position.key)].decode() == key
    assert (position.value and CONTENT[slice(*position.value)].decode()) == value


def paths(value: object, above: tuple[str, ...] = ()) -> Iterator[str]:
    """Give the path of every key and member that tomllib reads."""
    named = value.items() if isinstance(value, dict) else ()
    members = enumerate(value) if isinstance(value, list) else ()
    for key, below in [*named, *members]:
        yield ".".join((*above, str(key)))
        yield from paths(below, (*above, str(key)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_key_that_is_read_has_a_position(file: Path) -> None:
    """By another road: the keys of every TOML file here are those that tomllib reads, no others."""
    content = file.read_bytes()
    assert set(positions_of(content)) == set(paths(tomllib.loads(content.decode())))
