"""Tables of two systems that hold the same cases under numbers of their own."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from kpicli.intake.profiling.tables import Table

_SEVERAL = 20
"""So many texts in common are no chance."""
_IN_MONTHS = 0.9
"""Of the texts in common so many are of cases that both tables may have in the same months."""
_SHARE = 0.1
"""Of the smaller table so many texts have to be in the other one, too."""


class Cases(Struct, frozen=True):
    """A table of cases, the source that it feeds, and the digests of their numbers.

    `ids` are None where there are no numbers, and each line is a case. `months` are how many cases
    there are in each.
    """

    source: str
    table: Table
    ids: frozenset[int] | None
    months: Mapping[tuple[int, int], int]


def doubles_of(exports: Sequence[Cases]) -> Mapping[str, str]:
    """Return the tables whose cases a larger one of their source has, too, by label: that one's.

    What people wrote stands once in each, and in both; numbers of rows are the systems' own. Where
    they are the same, or lines of forms have the same headers, the loaders count each row once.
    """
    doubles: dict[str, str] = {}
    ordered = sorted(exports, key=lambda own: (-own.table.rows, own.table.label))
    for larger, smaller in combinations(ordered, 2):
        kept = larger.table.label not in doubles and smaller.table.label not in doubles
        if kept and larger.source == smaller.source and _are_two_systems(larger, smaller):
            doubles[smaller.table.label] = larger.table.label
    return doubles


def _are_two_systems(one: Cases, other: Cases) -> bool:
    if one.ids is None and other.ids is None and one.table.headers == other.table.headers:
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
    # Running texts (memo 1, memo 2) are in any two tables, whatever their months.
    most = sum(min(rows, other.months.get(month, 0)) for month, rows in one.months.items())
    if number < _SEVERAL or share < _SHARE or most < _IN_MONTHS * number:
        return False
    return _common(one.ids or frozenset(), other.ids or frozenset())[1] < share / 2


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
