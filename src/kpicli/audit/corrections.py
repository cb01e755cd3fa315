"""The corrections of one cell that would make every sum of a table agree."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from kpicli.audit.numbers import Number
from kpicli.audit.relations import Relation, Term
from kpicli.audit.table import Spot


class Correction(Struct, frozen=True):
    """A number that, changed to `amount`, leaves nothing wrong."""

    spot: Spot
    written: Number
    amount: Decimal


def find_corrections(relations: Sequence[Relation]) -> tuple[Correction, ...]:
    """Return every single number that could be changed so that no relation is wrong any more.

    It has to stand in all that are wrong, and must not break, nor worsen, one that holds. What is
    printed as a whole number stays whole, and what has no sign does not become negative.
    """
    wrong = [relation for relation in relations if relation.verdict({}) == "wrong"]
    if not wrong:
        return ()
    shared = set.intersection(*({term.spot for term in relation.terms} for relation in wrong))
    standing = _standing(relations, shared)
    found: dict[tuple[Spot, Decimal], Correction] = {}
    for term in wrong[0].terms:
        for amount in wrong[0].solutions(term) if term.spot in shared else ():
            if _plausible(term, amount) and all(
                _mended(each, term, amount) for each in standing[term.spot]
            ):
                found[term.spot, amount] = Correction(term.spot, term.number, amount)
    return tuple(found[key] for key in sorted(found))


def _standing(relations: Sequence[Relation], spots: set[Spot]) -> Mapping[Spot, Sequence[Relation]]:
    """Return for each of some numbers the relations that it stands in."""
    found: dict[Spot, list[Relation]] = {spot: [] for spot in spots}
    for relation in relations:
        for term in relation.terms:
            if term.spot in found:
                found[term.spot].append(relation)
    return found


def _plausible(term: Term, amount: Decimal) -> bool:
    own = term.number
    whole = own.digits > 0 or amount == amount.to_integral_value()
    return whole and (own.signed or amount >= 0)


def _mended(relation: Relation, term: Term, amount: Decimal) -> bool:
    after = relation.verdict({term.spot: amount})
    return after == "agrees" or (after != "wrong" and after == relation.verdict({}))
