"""Whether numbers may be added at all: by their labels, their units, and whom they count."""

from collections.abc import Sequence

from kpicli.audit.layout.labels import is_exclusive, is_people, is_stock
from kpicli.audit.layout.lines import Line
from kpicli.audit.readings.entries import UNADDED, Reading
from kpicli.audit.relations import Term


def all_blank(terms: Sequence[Term]) -> bool:
    """Tell whether none of some cells writes a number."""
    return all(term.number.amount is None for term in terms)


def adds_up(reading: Reading, cross: Line) -> bool:
    """Tell whether numbers under such labels add up: no rates, and over time no stocks."""
    lines = (reading.result, *reading.plus, cross)
    kinds = frozenset().union(*(line.kinds for line in lines))
    if kinds & UNADDED or any(line.unit == "%" for line in lines):
        return False
    over_time = reading.kind == "period" or any("period" in line.kinds for line in reading.plus)
    if over_time and "cumulative" in cross.kinds:
        return False
    return not over_time or not any(is_stock(line.label) for line in lines)


def one_unit(terms: Sequence[Term], lines: Sequence[Line]) -> bool:
    """Tell whether cells and labels name one unit at most."""
    written = {term.number.unit for term in terms} - {None}
    return len(written) < 2 and len({line.unit for line in lines} - {""}) < 2


def may_overlap(terms: Sequence[Term], reading: Reading, cross: Line) -> bool:
    """Tell whether people may be in several parts, and so once in the total."""
    if any(is_exclusive(line.label) for line in reading.plus):
        return False
    written = {term.number.unit for term in terms} - {None}
    written |= {line.unit for line in (reading.result, cross)} - {""}
    if written:
        return bool(written & {"名", "人"})
    return is_people(reading.result.label) or is_people(cross.label)
