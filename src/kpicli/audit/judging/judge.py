"""Choosing among the readings of each line, and asserting the one that the table bears out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kpicli.audit.judging.excuses import Across, fits_otherwise, is_excused
from kpicli.audit.judging.runs import run_readings
from kpicli.audit.judging.side import Side
from kpicli.audit.judging.weighing import (
    Elsewhere,
    Weighed,
    best_of,
    is_accepted,
    is_borne_out,
    screened,
    weigh,
)
from kpicli.audit.readings.entries import Claim, Reading, Trust
from kpicli.audit.relations import Linear, Relation

_EXTENDED = 100
"""Lines for which runs are looked for; a table with more of them is not understood anyway."""


class Choice(Struct, frozen=True):
    """The reading of a line that its table bears out, and the others."""

    best: Weighed
    others: tuple[Weighed, ...]
    elsewhere: Elsewhere


def choose(side: Side, claims: Sequence[Claim]) -> list[Choice]:
    """Return for each line the reading that fits, where there is one that may be asserted."""
    weighed = [[weigh(side, reading) for reading in screened(side, claim)] for claim in claims]
    extended = 0
    for claim, own in zip(claims, weighed, strict=True):
        near = claim.before or claim.after
        perfect = any(each.holds and not each.fails for each in own)
        if near and not perfect and extended < _EXTENDED:
            extended += 1
            places = max((each.decided for each in own), default=len(side.across))
            own += [weigh(side, reading) for reading in run_readings(side, claim, places)]
    styles = _styles(weighed)
    found: list[Choice] = []
    for own in weighed:
        beyond = {w.reading.style: _without(styles, w, own) for w in own}
        best = best_of(own, beyond)
        if best is not None and _is_chosen(best, beyond, own):
            others = tuple(each for each in own if each is not best)
            found.append(Choice(best, others, beyond[best.reading.style]))
    return found


def _is_chosen(best: Weighed, beyond: Mapping[str, Elsewhere], own: Sequence[Weighed]) -> bool:
    """Tell whether the best reading may be asserted.

    At its only place no reading that labels promise may fail elsewhere.
    """
    if not best.fails:
        return is_borne_out(best)
    if best.decided == 1:
        promised = [each for each in own if each.reading.trust == Trust.PROMISED and each.decided]
        if not all(is_accepted(each, beyond[each.reading.style]) for each in promised):
            return False
    return is_accepted(best, beyond[best.reading.style])


def _styles(weighed: Sequence[Sequence[Weighed]]) -> Mapping[str, Elsewhere]:
    found: dict[str, Elsewhere] = {}
    for own in weighed:
        for each in own:
            before = found.get(each.reading.style, Elsewhere())
            found[each.reading.style] = Elsewhere(
                before.holds + each.holds, before.fails + each.fails
            )
    return found


def _without(
    styles: Mapping[str, Elsewhere], weighed: Weighed, own: Sequence[Weighed]
) -> Elsewhere:
    """Return what readings of a style come to for all lines but one."""
    everywhere = styles[weighed.reading.style]
    alike = [each for each in own if each.reading.style == weighed.reading.style]
    holds = everywhere.holds - sum(each.holds for each in alike)
    return Elsewhere(holds, everywhere.fails - sum(each.fails for each in alike))


def sums(choices: Sequence[Choice]) -> set[frozenset[int]]:
    """Return the sets of lines, by number, of which one is known to be made of the others."""
    readings = [choice.best.reading for choice in choices]
    return {
        frozenset(line.number for line in (reading.result, *reading.plus, *reading.minus))
        for reading in readings
        if isinstance(reading, Reading)
    }


def added(choices: Sequence[Choice]) -> set[int]:
    """Return the numbers of the lines that are added up to another by a reading that holds."""
    found: set[int] = set()
    for choice in choices:
        reading = choice.best.reading
        if isinstance(reading, Reading) and choice.best.holds:
            found |= {line.number for line in (reading.result, *reading.plus, *reading.minus)}
    return found


def never_adding(choices: Sequence[Choice]) -> set[int]:
    """Return the lines across, by number, along which two sums or more fail and none holds."""
    holds: Counter[int] = Counter()
    fails: Counter[int] = Counter()
    for choice in choices:
        for (number, _, _), verdict in choice.best.verdicts.items():
            holds[number] += verdict in {"agrees", "rounding"}
            fails[number] += verdict == "wrong"
    return {number for number, times in fails.items() if times > 1 and not holds[number]}


def asserted(choice: Choice, side: Side, across: Across) -> Iterator[Relation]:
    """Yield what a reading asserts, without the places where it may not be what is meant."""
    best = choice.best
    lines = {(line.number, line.shift): line for line in side.across}
    exclusive = best.is_exclusive
    for place, relation in best.relations.items():
        verdict = best.verdicts[place]
        if verdict == "overlap" and exclusive and isinstance(relation, Linear):
            relation, verdict = replace(relation, overlapping=False), "wrong"
        if verdict == "open" and best.reading.trust != Trust.PROMISED:
            continue
        if verdict == "wrong" and (
            any(fits_otherwise(other, place, best) for other in choice.others)
            or is_excused(relation, best, choice.elsewhere, side, lines[place[:2]], across)
        ):
            continue
        yield relation
