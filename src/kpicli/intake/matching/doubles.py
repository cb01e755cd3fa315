"""Tables of two systems that hold the same cases under numbers of their own."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from kpicli.intake.matching.sources import Feed

_SEVERAL = 20
"""So many texts in common are no chance."""
_SHARE = 0.1
"""Of the smaller table so many texts have to be in the other one, too."""


def doubles_of(feeds: Sequence[Feed]) -> Mapping[str, str]:
    """Return the tables whose cases a larger one of their source has, too, by label: that one's.

    What people wrote stands once in each, and in both; numbers of rows are the systems' own. Where
    they are the same, or lines of forms have the same headers, the loaders count each row once.
    """
    doubles: dict[str, str] = {}
    ordered = sorted(feeds, key=lambda feed: (-feed.table.rows, feed.table.label))
    for larger, smaller in combinations(ordered, 2):
        kept = larger.table.label not in doubles and smaller.table.label not in doubles
        if kept and larger.source.id == smaller.source.id and _are_two_systems(larger, smaller):
            doubles[smaller.table.label] = larger.table.label
    return doubles


def _are_two_systems(one: Feed, other: Feed) -> bool:
    if one.by_row and other.by_row and one.table.headers == other.table.headers:
        return False
    texts = max(
        (
            _common(own.marks, its.marks)
            for own in one.table.columns
            if own.kind == "free_text" and own.marks
            for its in other.table.columns
            if its.kind == "free_text" and its.marks
        ),
        default=(0, 0.0),
    )
    number, share = texts
    if number < _SEVERAL or share < _SHARE:
        return False
    return _common(_ids(one), _ids(other))[1] < share / 2


def _ids(feed: Feed) -> frozenset[int]:
    matches = (feed.match(name) for name in feed.source.key)
    return frozenset(mark for match in matches if match for mark in match.column.marks)


def _common(one: frozenset[int], other: frozenset[int]) -> tuple[int, float]:
    """Return how many marks two columns share, and which share of the fewer that is.

    Of long columns the smallest marks alone are kept, so that they are compared up to the smaller
    of both largest ones.
    """
    if not one or not other:
        return 0, 0.0
    last = min(max(one), max(other))
    fewer = min(sum(mark <= last for mark in own) for own in (one, other))
    shared = len(one & other)
    return shared, shared / fewer if fewer else 0.0
