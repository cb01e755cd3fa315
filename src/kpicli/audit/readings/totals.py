"""What a total is the sum of: the parts before it or after it, in every way that layouts have."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kpicli.audit.layout.labels import bare, measure
from kpicli.audit.layout.lines import Line
from kpicli.audit.readings.bounds import Bounds
from kpicli.audit.readings.entries import Claim, Entry, Reading, Trust

_WHOLE = 3
"""Totals of this rank and above are no subtotals."""
_SEXES = ["女", "男"]
_NEAR = 40
"""How many lines on each side of a total are looked at for a sum that no label speaks of."""
_STEMS = 40
"""Tables with more different labels of totals have no groups by what their labels share."""
_TIERS = (
    "stem",
    "sexes",
    "siblings",
    "heading",
    "outermost",
    "measure",
    "all",
    "section",
    "totals",
)


class _Run(Struct, frozen=True):
    """The lines on one side of a total that its sum may be of, in order."""

    side: str
    parts: Sequence[Entry]
    stem: Sequence[Entry]


def total_claims(entries: Sequence[Entry]) -> Iterator[Claim]:
    """Yield how each total may be read.

    Its parts are the lines since the last total of its rank or above, or those up to the next one
    where the total stands first; lower totals stand for their own parts. Of those lines: all; the
    outermost by indent or numbering; those below the same heading; those that share what the label
    says besides (`出生総数` of `出生男`); those of one measure (人, 件). Only subtotals may have a
    single part.
    """
    bounds, stems = Bounds(entries), _stems(entries)
    for place, entry in enumerate(entries):
        if entry.says.kind != "total":
            continue
        own, at = stems.get(entry.says.rest, (None, {}))
        runs = [
            _Run(
                "before",
                _parts(entry, bounds.before(place)),
                _parts(entry, own.before(at[place])) if own else (),
            ),
            _Run(
                "after",
                _parts(entry, bounds.after(place)),
                _parts(entry, own.after(at[place])) if own else (),
            ),
        ]
        readings = list(_readings(entry, runs, bounds.same_rank_before(place)))
        before = entries[max(place - _NEAR, 0) : place][::-1]
        after = entries[place + 1 : place + 1 + _NEAR]
        near = _near(entry, before), _near(entry, after)
        yield Claim(entry.line, entry.level, tuple(readings), *near)


def _stems(entries: Sequence[Entry]) -> dict[str, tuple[Bounds, dict[int, int]]]:
    """Return, for what totals say besides, the lines that share it, and where they stand."""
    rests = {entry.says.rest for entry in entries if entry.says.kind == "total"} - {""}
    found: dict[str, tuple[Bounds, dict[int, int]]] = {}
    for rest in rests if len(rests) <= _STEMS else ():
        places = [
            place
            for place, entry in enumerate(entries)
            if (entry.says.kind == "total" and entry.says.rest == rest) or _shares(entry, rest)
        ]
        if sum(entries[place].says.kind != "total" for place in places) > 1:
            at = {place: number for number, place in enumerate(places)}
            found[rest] = Bounds([entries[place] for place in places]), at
    return found


def _shares(entry: Entry, rest: str) -> bool:
    text = bare(entry.label)
    return text != rest and (text.startswith(rest) or text.endswith(rest))


def _parts(whole: Entry, entries: Sequence[Entry]) -> list[Entry]:
    return [each for each in entries if each.is_part(whole.line)]


def _near(whole: Entry, entries: Sequence[Entry]) -> tuple[Line, ...]:
    return tuple(each.line for each in entries if each.is_part(whole.line))


def _readings(entry: Entry, runs: Sequence[_Run], earlier: Sequence[Entry]) -> Iterator[Reading]:
    tiers = [(name, run.side, parts) for run in runs for name, parts in _narrowed(entry, run)]
    if not any(run.parts for run in runs):
        tiers.append(("totals", "before", list(earlier)))
    tiers.sort(key=lambda tier: _TIERS.index(tier[0]))
    fewest = 1 if entry.says.rank < _WHOLE else 2
    seen: set[tuple[int, ...]] = set()
    promised = ""
    for name, side, parts in tiers:
        for lines, sure in _of_one_length(parts):
            numbers = tuple(each.line.number for each in lines)
            if len(lines) < fewest or numbers in seen:
                continue
            seen.add(numbers)
            promised = promised or (name if sure else "")
            first = sure and name == promised
            certain = entry.says.sure and len(lines) > 1
            trust = Trust.PROMISED if certain else Trust.LIKELY
            yield Reading(
                "total",
                entry.line,
                tuple(each.line for each in lines),
                trust=trust if first else Trust.POSSIBLE,
                style=f"{name} {side}",
            )


def _narrowed(whole: Entry, run: _Run) -> Iterator[tuple[str, Sequence[Entry]]]:
    """Yield the ways to choose among the lines of a run, by what makes the choice."""
    yield "stem", _outermost(run.stem)
    yield "sexes", _sexes(run)
    section = [each for each in run.parts if each.line.section == whole.line.section]
    if len(section) < len(run.parts):
        yield "heading" if whole.says.rank <= _WHOLE else "section", _outermost(section)
    if whole.says.rank <= _WHOLE:
        yield "siblings", _siblings(run)
    yield "outermost", _outermost(run.parts)
    yield "measure", _of_one_measure(whole, run)
    yield "all", run.parts


def _sexes(run: _Run) -> Sequence[Entry]:
    near = run.parts[:2] if run.side == "after" else run.parts[-2:]
    labels = sorted(bare(each.label).strip("()性子") for each in near)
    return near if labels == _SEXES and len(run.parts) > 2 else ()


def _siblings(run: _Run) -> list[Entry]:
    """Return the lines next to the total that are as deep as the nearest one."""
    near = run.parts[::-1] if run.side == "before" else run.parts
    found: list[Entry] = []
    for each in near:
        if each.line.depth < near[0].line.depth:
            break
        if each.line.depth == near[0].line.depth:
            found.append(each)
    return found[::-1] if run.side == "before" else found


def _outermost(entries: Sequence[Entry]) -> list[Entry]:
    depth = min((e.line.depth for e in entries if e.says.kind != "total"), default=0)
    return [e for e in entries if e.says.kind == "total" or e.line.depth == depth]


def _of_one_measure(whole: Entry, run: _Run) -> list[Entry]:
    near = run.parts[-1:] if run.side == "before" else run.parts[:1]
    unit = _measure(whole) or next(map(_measure, near), "")
    return [each for each in run.parts if _measure(each) in {"", unit}]


def _measure(entry: Entry) -> str:
    return entry.line.unit or measure(entry.label)


def _of_one_length(parts: Sequence[Entry]) -> Iterator[tuple[list[Entry], bool]]:
    """Yield the parts if none is a period; of periods, those of each length.

    Lengths that cover as much time as any are sure, if nothing else is among the parts.
    """
    lengths = [part.says.period.months for part in parts if part.says.period]
    if not lengths:
        yield list(parts), True
        return
    others = any(part.says.kind == "plain" for part in parts)
    covered = {months: months * lengths.count(months) for months in set(lengths)}
    for months in sorted(covered, reverse=True):
        own = [
            part
            for part in parts
            if part.says.kind == "total" or (part.says.period and part.says.period.months == months)
        ]
        yield own, covered[months] == max(covered.values()) and not others
    if others:
        yield list(parts), False
