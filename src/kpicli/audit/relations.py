"""Relations between printed numbers, whether they hold, and what one cell would have to be."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct

from kpicli.audit.numbers import Number, half_up
from kpicli.audit.table import Spot

Kind = Literal["total", "period", "group", "running", "difference", "percentage", "growth", "mean"]
Verdict = Literal["agrees", "rounding", "overlap", "open", "wrong"]
"""`rounding`: off by what rounding can do. `overlap`: people counted once in the total may stand in
several parts. `open`: a blank part may hold what is missing. Only `wrong` cannot be.
"""

Changes = Mapping[Spot, Decimal]
_FEW = 5
_NONE = Decimal(0)


class Term(Struct, frozen=True):
    """A number at its place."""

    spot: Spot
    number: Number

    def amount(self, changes: Changes) -> Decimal | None:
        """Return the number, or what `changes` makes of it."""
        return changes.get(self.spot, self.number.amount) if changes else self.number.amount


class Linear(Struct, frozen=True, dict=True):
    """`result` is the sum of `plus` less the sum of `minus`.

    Each number with decimals may be rounded by half a unit of its last digit; with `rounded`, whole
    numbers too; with `cut`, by a whole unit, downwards. With `overlapping` people the result may be
    less than the sum, but not than any part.
    """

    kind: Kind
    result: Term
    plus: tuple[Term, ...]
    minus: tuple[Term, ...] = ()
    overlapping: bool = False
    rounded: bool = False
    cut: bool = False

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return all numbers, the result last."""
        return (*self.plus, *self.minus, self.result)

    def computed(self, changes: Changes) -> Decimal:
        """Return what the result has to be, blanks being nothing."""
        changed = _NONE
        for spot, amount in changes.items():
            sign, printed = self._signs.get(spot, (0, _NONE))
            changed += sign * (amount - printed)
        return self._sum + changed

    def verdict(self, changes: Changes) -> Verdict:
        """Return whether the sum agrees."""
        result, computed = self.result.amount(changes), self.computed(changes)
        if result is None:
            return "open"
        if result == computed:
            return "agrees"
        if self._blank:
            may_fall = self.minus or any(term.number.signed for term in self.terms)
            return "open" if result > computed or may_fall else "wrong"
        if self._within_rounding(result - computed):
            return "rounding"
        if self.overlapping and self._largest(changes) <= result < computed:
            return "overlap"
        return "wrong"

    def solutions(self, term: Term) -> Iterator[Decimal]:
        """Yield the one value that makes the sum agree; none where a part is blank."""
        if self._blank:
            return
        gap = (self.result.number.amount or _NONE) - self.computed({})
        own = term.number.amount or _NONE
        if term.spot == self.result.spot:
            yield own - gap
        else:
            sign, _ = self._signs[term.spot]
            yield own + sign * gap

    @cached_property
    def slack(self) -> Decimal:
        """Return how far the sum may be off by rounding alone."""
        digits = max(term.number.digits for term in self.terms)
        if digits == 0 and not self.rounded:
            return _NONE
        halves = 2 * len(self.terms) if self.cut else len(self.terms)
        return Decimal(halves).scaleb(-digits) / 2

    @cached_property
    def _signs(self) -> dict[Spot, tuple[int, Decimal]]:
        signs = {term.spot: (1, term.number.amount or _NONE) for term in self.plus}
        return signs | {term.spot: (-1, term.number.amount or _NONE) for term in self.minus}

    @cached_property
    def _sum(self) -> Decimal:
        total = sum((term.number.amount or _NONE for term in self.plus), _NONE)
        return total - sum((term.number.amount or _NONE for term in self.minus), _NONE)

    @cached_property
    def _blank(self) -> bool:
        return any(term.number.amount is None for term in self.terms)

    @cached_property
    def _two_largest(self) -> tuple[Term, ...]:
        return tuple(sorted(self.plus, key=lambda term: term.number.amount or _NONE)[-2:])

    def _largest(self, changes: Changes) -> Decimal:
        kept = [term for term in self._two_largest if term.spot not in changes]
        amounts = [term.number.amount or _NONE for term in kept]
        amounts += [amount for spot, amount in changes.items() if spot in self._signs]
        return max(amounts, default=_NONE)

    def _within_rounding(self, gap: Decimal) -> bool:
        return abs(gap) <= self.slack


class Ratio(Struct, frozen=True, dict=True):
    """`result` is `scale` times the sum of `plus` less `minus`, over that of `over`.

    A percentage has scale 100; a mean over a fixed `count` has no `over`. It is rounded half up to
    the digits printed; with `rounded`, whole counts above may themselves be rounded, with
    `rounded_over` those below.
    """

    kind: Kind
    result: Term
    plus: tuple[Term, ...]
    over: tuple[Term, ...] = ()
    minus: tuple[Term, ...] = ()
    scale: Decimal = Decimal(100)
    count: int = 1
    rounded: bool = False
    rounded_over: bool = False

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return all numbers, each once, the result last."""
        parts = {term.spot: term for term in (*self.plus, *self.minus, *self.over)}
        return (*parts.values(), self.result)

    def computed(self, changes: Changes) -> Decimal | None:
        """Return the ratio with the digits that are printed; None over 0."""
        exact = self._exact(changes)
        return None if exact is None else half_up(exact, self.result.number.digits)

    def verdict(self, changes: Changes) -> Verdict:
        """Return whether the ratio agrees; one rounded down or up is told apart."""
        exact, printed = self._exact(changes), self.result.amount(changes)
        if printed is None:
            return "open"
        if exact is None:
            return "wrong"
        digits = self.result.number.digits
        if printed == half_up(exact, digits):
            return "agrees"
        slack = Decimal(1).scaleb(-digits) + self._input_slack(changes, exact)
        return "rounding" if abs(printed - exact) < slack else "wrong"

    def solutions(self, term: Term) -> Iterator[Decimal]:
        """Yield the ratio, or the few whole counts that would give it."""
        if term.spot == self.result.spot:
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
        """Return between which values a count lies; None where they cannot be said."""
        if len(self.plus) != 1 or len(self.over) != 1 or self.minus or self.scale <= 0:
            return None
        ratio = self.result.number.amount or _NONE
        half = Decimal(1).scaleb(-self.result.number.digits) / 2
        numerator, denominator = self.plus[0], self.over[0]
        other = denominator if term.spot == numerator.spot else numerator
        amount = other.number.amount or _NONE
        if term.spot == numerator.spot:
            low, high = ((ratio + side) * amount / self.scale for side in (-half, half))
            return max(low, _NONE), high
        if ratio <= half:
            return None
        return amount * self.scale / (ratio + half), amount * self.scale / (ratio - half)

    def _exact(self, changes: Changes) -> Decimal | None:
        top = self._total(self.plus, changes), self._total(self.minus, changes)
        bottom = self._total(self.over, changes) if self.over else Decimal(self.count)
        if top[0] is None or top[1] is None or not bottom:
            return None
        return self.scale * (top[0] - top[1]) / bottom

    def _total(self, terms: tuple[Term, ...], changes: Changes) -> Decimal | None:
        amounts = [term.amount(changes) for term in terms]
        return None if None in amounts else sum(filter(None, amounts), _NONE)

    def _input_slack(self, changes: Changes, exact: Decimal) -> Decimal:
        """Return how much the ratio may move where its counts are rounded themselves."""
        bottom = self._total(self.over, changes) if self.over else Decimal(self.count)
        if not bottom:
            return _NONE
        above = _half_units((*self.plus, *self.minus), whole=self.rounded) * abs(self.scale)
        below = _half_units(self.over, whole=self.rounded_over) * abs(exact)
        return (above + below) / abs(bottom)


def _half_units(terms: tuple[Term, ...], *, whole: bool) -> Decimal:
    """Return by how much rounded numbers may be off together; `whole` ones are rounded, too."""
    digits = (term.number.digits for term in terms)
    return sum((Decimal(1).scaleb(-n) / 2 for n in digits if n or whole), _NONE)


Relation = Linear | Ratio
"""What a table promises of some of its numbers; `result` is the one that the others make."""


def percentage(result: Term, numerator: Term, denominator: Term) -> Ratio:
    """Return the relation of a percentage to its numerator and denominator."""
    return Ratio("percentage", result, (numerator,), (denominator,))
