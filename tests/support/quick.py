"""Which tests are quick: a few of every file that starts no process and reads no whole sample.

What takes long is told from a file's own text and from the fixtures of a test, so that a new test
is chosen or left out without a list. A file that takes long all the same says so by the marker
`slow`, on a test or for all of it (`pytestmark`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

FIRST = 3
"""So many tests of a file are quick, of each the first of its cases."""

_COSTLY = re.compile(
    r"^import subprocess"  # a Python of its own takes half a second
    r"|^from (?:support\.(?:cluster_processes|reported)|system)"
    r"|^from (?:recount|messy|fuzz)"  # all exports, read twice
    r"|\b(?:process|terminal|shell)\("
    r"|ROOT / \"(?:kpicli.toml|sample_data)|run_kpicli\(None"  # the sample project
    r"|Layout\(",  # pages with charts
    re.MULTILINE,
)
_FIXTURES = frozenset({"cluster", "client", "book", "content", "formulas", "sample"})
"""Made once a session, but not in a moment."""


@cache
def is_costly(file: Path) -> bool:
    """Tell from a file's text whether its tests take long."""
    return _COSTLY.search(file.read_text(encoding="utf-8")) is not None


def quick(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield the quick tests, in their order; properties over generated input are none."""
    chosen: Counter[Path] = Counter()
    last: tuple[Path, str] | None = None
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        name = item.path, item.originalname
        another_case, last = name == last, name
        if another_case or _takes_long(item) or chosen[item.path] == FIRST:
            continue
        chosen[item.path] += 1
        yield item


def _takes_long(item: pytest.Function) -> bool:
    return (
        is_costly(item.path)
        or item.get_closest_marker("slow") is not None
        or getattr(item.obj, "is_hypothesis_test", False)
        or not _FIXTURES.isdisjoint(item.fixturenames)
    )
