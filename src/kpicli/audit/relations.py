"""Relations between printed numbers, whether they hold, and what one cell would have to be."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal, Protocol

from msgspec import Struct

from kpicli.audit.numbers import Number, half_up
from kpicli.audit.table import Spot

Kind = Literal["total", "period", "group", "difference", "percentage"]
Verdict = Literal["agrees", "rounding", "overlap", "open", "wrong"]
"""`rounding`: off by what rounding can do. `overlap`: people counted once in the total may stand in
several parts. `open`: a blank part may hold what is missing. Only `wrong` cannot be.
"""

Changes = Mapping[Spot, Decimal]
_ROUNDED = {"千円", "万円", "百万円", "億円"}
_FEW = 5


class Term(Struct, frozen=True):
    """A number at its place."""

    spot: Spot
    number: Number

    def amount(self, changes: Changes) -> Decimal | None:
        """Return the number, or what `changes` makes of it."""
        return changes.get(self.spot, self.number.amount)


class Relation(Protocol):
    """What a table promises of some of its numbers; `result` is the one that the others make."""

    @property
    def kind(self) -> Kind:
        """Return what promises it."""
        ...

    @property
    def result(self) -> Term:
        """Return the number that the others come to."""
        ...

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return all numbers, the result last."""
        ...

    def computed(self, changes: Changes) -> Decimal | None:
        """Return what the result has to be; None where it cannot be said."""
        ...

    def verdict(self, changes: Changes) -> Verdict:
        """Return whether it holds, with `changes` in place of what is printed."""
        ...

    def solutions(self, term: Term) -> Iterator[Decimal]:
        """Yield what the number could be, all others being right; nothing where many would do."""
        ...


class Linear(Struct, frozen=True):
    """`result` is the sum of `plus` less the sum of `minus`.

    Numbers with decimals, and money in thousands, may each be rounded by half a unit of their last
    digit. With `overlapping` people the result may be less than the sum, but not than any part.
    """

    kind: Kind
    result: Term
    plus: tuple[Term, ...]
    minus: tuple[Term, ...] = ()
    overlapping: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return all numbers, the result last."""
        return (*self.plus, *self.minus, self.result)

    def computed(self, changes: Changes) -> Decimal:
        """Return what the result has to be, blanks being nothing."""
        total = sum((term.amount(changes) or Decimal(0) for term in self.plus), Decimal(0))
        return total - sum((term.amount(changes) or Decimal(0) for term in self.minus), Decimal(0))

    def verdict(self, changes: Changes) -> Verdict:
        """Return whether the sum agrees."""
        result, computed = self.result.amount(changes), self.computed(changes)
        if result is None:
            return "open"
        if result == computed:
            return "agrees"
        if any(term.amount(changes) is None for term in self.terms):
            return "open" if result > computed or self.minus else "wrong"
        if abs(result - computed) <= self._slack():
            return "rounding"
        parts = [term.amount(changes) or Decimal(0) for term in self.plus]
        if self.overlapping and max(parts) <= result < computed:
            return "overlap"
        return "wrong"

    def solutions(self, term: Term) -> Iterator[Decimal]:
        """Yield the one value that makes the sum agree; none where a part is blank."""
        if any(each.number.amount is None for each in self.terms):
            return
        gap = (self.result.number.amount or Decimal(0)) - self.computed({})
        own = term.number.amount or Decimal(0)
        if term == self.result:
            yield own - gap
        else:
            yield own + gap if term in self.plus else own - gap

    def _slack(self) -> Decimal:
        digits = max(term.number.digits for term in self.terms)
        units = {term.number.unit for term in self.terms}
        if digits == 0 and not units & _ROUNDED:
            return Decimal(0)
        return Decimal(len(self.terms)).scaleb(-digits) / 2


class Percentage(Struct, frozen=True):
    """`result` is the percentage of the numerator in the denominator, rounded half up."""

    result: Term
    numerator: Term
    denominator: Term
    kind: Kind = "percentage"

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return all numbers, the result last."""
        return (self.numerator, self.denominator, self.result)

    def computed(self, changes: Changes) -> Decimal | None:
        """Return the percentage with the digits that are printed; None over 0."""
        exact = self._exact(changes)
        return None if exact is None else half_up(exact, self.result.number.digits)

    def verdict(self, changes: Changes) -> Verdict:
        """Return whether the percentage agrees; one rounded down or up is told apart."""
        exact, printed = self._exact(changes), self.result.amount(changes)
        if printed is None:
            return "open"
        if exact is None:
            return "wrong"
        digits = self.result.number.digits
        if printed == half_up(exact, digits):
            return "agrees"
        return "rounding" if abs(printed - exact) < Decimal(1).scaleb(-digits) else "wrong"

    def solutions(self, term: Term) -> Iterator[Decimal]:
        """Yield the percentage, or the few whole counts that would give it."""
        if term == self.result:
            computed = self.computed({})
            if computed is not None:
                yield computed
            return
        ends = self._ends(term)
        if ends is None:
            return
        first, last = (int(ends[0].to_integral_value(ROUND_FLOOR)), ends[1])
        counts = range(first, int(last.to_integral_value(ROUND_CEILING)) + 1)
        if len(counts) > 10 * _FEW:
            return
        found = [Decimal(n) for n in counts if self.verdict({term.spot: Decimal(n)}) == "agrees"]
        yield from found if len(found) <= _FEW else ()

    def _ends(self, term: Term) -> tuple[Decimal, Decimal] | None:
        percent = self.result.number.amount or Decimal(0)
        half = Decimal(1).scaleb(-self.result.number.digits) / 2
        other = self.denominator if term == self.numerator else self.numerator
        amount = other.number.amount or Decimal(0)
        if term == self.numerator:
            return max((percent - half) * amount / 100, Decimal(0)), (percent + half) * amount / 100
        if percent <= half:
            return None
        return amount * 100 / (percent + half), amount * 100 / (percent - half)

    def _exact(self, changes: Changes) -> Decimal | None:
        numerator, denominator = self.numerator.amount(changes), self.denominator.amount(changes)
        if numerator is None or not denominator:
            return None
        return 100 * numerator / denominator
