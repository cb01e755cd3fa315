"""How often a reading holds and fails over a table, and whether it may be asserted."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.audit.numbers import Part
from kpicli.audit.readings.entries import AnyReading, Claim, Trust
from kpicli.audit.relations import Linear, Relation, Verdict

if TYPE_CHECKING:
    from kpicli.audit.judging.side import Side


_WHOLE = (100, 1)
_LONG, _SAMPLED = 60, 24
_CLEAR = 8
"""A likely reading that holds by so many bits may fail as often."""
_SURE, _SURER = 20, 30
"""By so many bits has a possible reading to hold, and one that no label speaks of."""
_ENOUGH = 3
"""A reading that no label speaks for has to hold so often, and three times as often as it fails."""

Place = tuple[int, int, Part]
"""A line across, by number and shift, and which number of its cells."""


class Weighed(Struct, frozen=True, dict=True):
    """A reading with what it comes to at each place, and how often it holds and fails there.

    It holds by chance where a sum has but one part that is not 0, or a share is the whole: such
    places count for nothing.
    """

    reading: AnyReading
    relations: Mapping[Place, Relation]
    verdicts: Mapping[Place, Verdict]

    @cached_property
    def holds(self) -> int:
        """Return at how many places it holds, and not by chance."""
        return sum(
            verdict in {"agrees", "rounding"} and _speaks(self.relations[place])
            for place, verdict in self.verdicts.items()
        )

    @cached_property
    def fails(self) -> int:
        """Return at how many places it fails; a wrong running total fails with the next one."""
        count, last = 0, Decimal(0)
        for place, relation in self.relations.items():
            gap = Decimal(0)
            if self.verdicts[place] == "wrong":
                gap = _gap(relation)
                count += relation.kind != "running" or gap != -last
            last = gap
        return count

    @cached_property
    def bits(self) -> float:
        """Return how unlikely it is that it holds by chance, in bits."""
        return sum(
            _bits(self.relations[place])
            for place, verdict in self.verdicts.items()
            if verdict in {"agrees", "rounding"} and _speaks(self.relations[place])
        )

    @cached_property
    def is_one_sided(self) -> bool:
        """Tell whether its sums fail in one direction: all too small, or all too large."""
        gaps = {
            _gap(relation) > 0
            for place, relation in self.relations.items()
            if self.verdicts[place] == "wrong" and isinstance(relation, Linear)
        }
        return len(gaps) == 1

    @cached_property
    def is_exclusive(self) -> bool:
        """Tell whether parts of people plainly do not overlap.

        Elsewhere their total is their sum, or their shares come to a hundred; once they do not.
        """
        overlaps = sum(verdict == "overlap" for verdict in self.verdicts.values())
        plain = [
            relation
            for place, relation in self.relations.items()
            if self.verdicts[place] in {"agrees", "rounding"}
            and isinstance(relation, Linear)
            and _speaks(relation)
        ]
        shares = any(r.rounded and r.result.number.amount in _WHOLE for r in plain)
        people = [relation for relation in plain if relation.overlapping]
        bits = sum(map(_bits, people))
        return (overlaps == 1 and (shares or (len(people) > 1 and bits >= _CLEAR))) or (
            len(people) >= _ENOUGH * max(overlaps, 1)
        )

    @property
    def decided(self) -> int:
        """Return at how many places it holds or fails."""
        return self.holds + self.fails


def weigh(side: "Side", reading: AnyReading) -> Weighed:
    """Return a reading put to all lines across."""
    relations: dict[Place, Relation] = {}
    for cross in side.across:
        for part, relation in side.relations(reading, cross):
            relations[cross.number, cross.shift, part] = relation
    verdicts = {place: relation.verdict({}) for place, relation in relations.items()}
    return Weighed(reading, relations, verdicts)


def screened(side: "Side", claim: Claim) -> Iterator[AnyReading]:
    """Yield the readings of a claim; in a long table, unpromised ones only if they fit a sample."""
    if len(side.across) <= _LONG:
        yield from claim.readings
        return
    step = len(side.across) // _SAMPLED
    sample = replace(side, across=side.across[::step])
    for reading in claim.readings:
        if reading.trust == Trust.PROMISED:
            yield reading
        else:
            weighed = weigh(sample, reading)
            if weighed.holds and weighed.holds >= weighed.fails:
                yield reading


class Elsewhere(Struct, frozen=True):
    """How often the readings of one style hold and fail for other lines of the table."""

    holds: int = 0
    fails: int = 0


def is_accepted(weighed: Weighed, elsewhere: Elsewhere) -> bool:
    """Tell whether a reading that fails somewhere may be asserted nevertheless.

    None that fails several times and always to one side: something is listed twice or not at all.
    One that labels promise, if it holds somewhere and does not fail more than twice as often; at
    its only place, if its like do not fail elsewhere. A likely one, if it and its like hold
    somewhere, and as often as they fail. Any other that is of a labelled line, if it holds three
    times for each failure. One that no label speaks of, if it fails once and holds often: a sum
    that lacks something not listed holds often, too.
    """
    holds, fails, trust = weighed.holds, weighed.fails, weighed.reading.trust
    if fails > 1 and holds < _ENOUGH * fails and weighed.is_one_sided:
        return False
    if trust == Trust.PROMISED:
        return elsewhere.holds >= elsewhere.fails if holds + fails == 1 else fails <= 2 * holds
    if trust == Trust.LIKELY:
        if holds >= max(fails, 2) and weighed.bits >= _CLEAR:
            return True
        both = holds + elsewhere.holds, fails + elsewhere.fails
        plain = weighed.bits >= _CLEAR or elsewhere.holds
        return both[0] > 0 and both[0] >= (both[1] if plain else 2 * both[1])
    if trust == Trust.UNNAMED:
        return fails == 1 and holds > _ENOUGH and is_borne_out(weighed)
    return holds >= _ENOUGH * fails and is_borne_out(weighed)


def is_borne_out(weighed: Weighed) -> bool:
    """Tell whether a reading that fails nowhere says anything of a table."""
    match weighed.reading.trust:
        case Trust.PROMISED:
            return True
        case Trust.LIKELY:
            return weighed.holds > 0
        case Trust.POSSIBLE:
            return weighed.holds >= _ENOUGH and weighed.bits >= _SURE
        case _:
            return weighed.holds >= _ENOUGH and weighed.bits >= _SURER


def best_of(weighed: Sequence[Weighed], elsewhere: Mapping[str, Elsewhere]) -> Weighed | None:
    """Return the reading that fits the table best: that fails least and holds most.

    One that holds nowhere, but fails nowhere either, is taken where no other holds.
    """
    some = any(each.holds for each in weighed)

    def rank(at: int) -> tuple[bool, int, bool, int, int, int]:
        each = weighed[at]
        beyond = elsewhere.get(each.reading.style, Elsewhere())
        return (
            bool(each.holds) or not some,
            each.holds - 2 * each.fails,
            bool(each.verdicts),
            beyond.holds - 2 * beyond.fails,
            each.reading.trust,
            -at,
        )

    return weighed[max(range(len(weighed)), key=rank)] if weighed else None


def _gap(relation: Relation) -> Decimal:
    return (relation.result.number.amount or Decimal(0)) - (relation.computed({}) or Decimal(0))


def _speaks(relation: Relation) -> bool:
    result = relation.result.number.amount
    if isinstance(relation, Linear):
        filled = sum(bool(term.number.amount) for term in (*relation.plus, *relation.minus))
        clear = abs(result or Decimal(0)) >= 10 * relation.slack
        return (filled > 1 or relation.kind == "running") and bool(result) and clear
    amounts = [term.number.amount for term in relation.terms[:-1]]
    filled = len(amounts) > 2 or 0 not in amounts
    return bool(result) and len(set(amounts)) > 1 and filled


def _bits(relation: Relation) -> float:
    """Return how many bits a number that agrees tells: 10 for one among a thousand."""
    number = relation.result.number
    size = abs(number.amount or Decimal(0)).scaleb(number.digits)
    if isinstance(relation, Linear) and relation.slack:
        size /= 2 * relation.slack.scaleb(number.digits) + 1
    return float(int(size).bit_length())
