"""Why a number that its reading calls wrong may be right after all."""

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from kpicli.audit.judging.side import Side
from kpicli.audit.judging.weighing import Elsewhere, Place, Weighed
from kpicli.audit.layout.labels import is_amount, measure
from kpicli.audit.layout.lines import Context, Line
from kpicli.audit.layout.units import is_added
from kpicli.audit.numbers import half_up
from kpicli.audit.readings.entries import PARENT, Reading, Trust
from kpicli.audit.relations import Linear, Ratio, Relation

_OFTEN = 6
"""A sum that no label speaks of, and that falls short once, has to hold so often besides."""
_SHARES = {"share", "rate"}
_NAMED = "県府都道市区町村店課部室支所組科月年日校級歳上満下代園館館員者"
_DIRECTED = re.compile(r"増|減|伸|率|比|収支|差引")
"""Words for changes that go up or down; a bare 差 may be how far apart two numbers are."""
_COUNTS = 31
"""Means may be taken over so many days or months that the table does not list."""


class Across(Struct, frozen=True):
    """What is known of the lines across, by their numbers.

    `added` are themselves added up to others, or parts of such a sum; along `never` no sum holds.
    """

    added: set[int]
    never: set[int]


def fits_otherwise(other: Weighed, place: Place, best: Weighed) -> bool:
    """Tell whether another reading holds at a place: one that holds wherever it can be put.

    Where few places speak for the best one, any other that labels promise will do.
    """
    if other.verdicts.get(place, "wrong") == "wrong":
        return False
    if not other.fails and other.holds:
        return True
    return best.decided <= 2 and other.reading.trust == Trust.PROMISED


def is_excused(
    relation: Relation,
    best: Weighed,
    elsewhere: Elsewhere,
    side: Side,
    cross: Line,
    across: Across,
) -> bool:
    """Tell whether a relation that fails may not be what is meant at its place."""
    if isinstance(relation, Ratio):
        return _is_other_mean(relation, best) or _is_unsigned(relation, best)
    if relation.kind == "difference":
        return _is_unsigned(relation, best)
    if relation.kind not in {"total", "period"}:
        return False
    parts = [t.number.amount for t in relation.plus if t.number.amount is not None]
    return (
        _lacks_something(relation, best, elsewhere, side.block.context)
        or _is_no_parent(relation, best)
        or _is_stock(relation, best, parts)
        or (
            not _is_added(relation, best, side, cross, across.added)
            and (
                _is_between(relation, parts)
                or cross.number in across.never
                or _is_finer(relation, best, side, cross)
            )
        )
    )


def _lacks_something(
    relation: Linear, best: Weighed, elsewhere: Elsewhere, context: Context
) -> bool:
    """Tell whether a total may hold more than is listed: 主な, うち, 不詳を含む."""
    result = relation.result.number.amount or Decimal(0)
    if result <= relation.computed({}):
        return False
    holds = best.holds + elsewhere.holds
    partial = isinstance(best.reading, Reading) and best.reading.partial
    return (
        context.inclusive
        or (context.partial and not holds)
        or (partial and not holds)
        or (best.reading.trust == Trust.UNNAMED and not relation.minus and holds < _OFTEN)
    )


def _is_no_parent(relation: Linear, best: Weighed) -> bool:
    """Tell whether lines below a line are far too much for its parts."""
    result = relation.result.number.amount or Decimal(0)
    parent = best.reading.style == PARENT and not best.holds
    return parent and 2 * result < relation.computed({})


def _is_stock(relation: Linear, best: Weighed, parts: Sequence[Decimal]) -> bool:
    """Tell whether a year may show what is there at its end, where nothing says otherwise."""
    result = relation.result.number.amount
    return (
        relation.kind == "period"
        and not best.holds
        and bool(result)
        and bool(parts)
        and result == parts[-1]
    )


def _is_added(relation: Linear, best: Weighed, side: Side, cross: Line, additive: set[int]) -> bool:
    """Tell whether numbers are known to be counted or summed.

    By units, labels, other sums, or because the total holds for lines across of like names.
    """
    result = best.reading.result
    return (
        any(is_added(term.number.unit or "") for term in relation.terms)
        or cross.number in additive
        or is_added(cross.unit)
        or is_amount(cross.label)
        or "within" in cross.kinds
        or any(map(measure, (cross.label, result.label, result.says.rest)))
        or _ending(cross) in {_ending(line) for line in side.across if _holds_at(best, line)} - {""}
    )


def _holds_at(best: Weighed, cross: Line) -> bool:
    verdict = best.verdicts.get((cross.number, cross.shift, "value"))
    return verdict in {"agrees", "rounding"}


def _ending(line: Line) -> str:
    """Return the last sign of a name of which there are many: 県 of A県, 上 of 70歳以上."""
    last = line.own[-1:]
    return last if last in _NAMED else ""


def _is_between(relation: Linear, parts: Sequence[Decimal]) -> bool:
    """Tell whether a total lies between its parts, as an average of them would."""
    result = relation.result.number.amount or Decimal(0)
    return len(parts) > 1 and min(parts) < result <= max(parts)


def _is_finer(relation: Linear, best: Weighed, side: Side, cross: Line) -> bool:
    """Tell whether numbers have decimals where those that add up beside them have none."""
    counts = {line.number for line in side.across if not line.kinds & _SHARES}
    digits = [
        max(term.number.digits for term in each.terms)
        for place, each in best.relations.items()
        if place[0] in counts and best.verdicts[place] in {"agrees", "rounding"}
    ]
    finer = bool(digits) and relation.result.number.digits > max(digits)
    return finer and cross.number in counts


def _is_other_mean(relation: Ratio, best: Weighed) -> bool:
    """Tell whether a mean may be taken over another number of things, where it stands alone."""
    result = relation.result.number
    if relation.kind != "mean" or relation.over or best.holds or not result.amount:
        return False
    parts = [term.number.amount or Decimal(0) for term in relation.plus]
    if not min(parts) / 2 <= result.amount <= 2 * max(parts):
        return True
    total = sum(parts, Decimal(0))
    return any(half_up(total / n, result.digits) == result.amount for n in range(1, _COUNTS + 1))


def _is_unsigned(relation: Relation, best: Weighed) -> bool:
    """Tell whether falls may be printed without a sign: several are, or little else is there."""
    computed = relation.computed({})
    printed = relation.result.number
    if computed is None or not computed or printed.signed or printed.amount != -computed:
        return False
    if best.fails == 1 and best.holds > 1 and _DIRECTED.search(best.reading.result.label):
        return False
    return not any(
        verdict in {"agrees", "rounding"} and (each.result.number.amount or 0) < 0
        for each, verdict in zip(best.relations.values(), best.verdicts.values(), strict=True)
    )
