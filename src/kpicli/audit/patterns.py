"""What labels promise along one side of a table: which rows (or columns) make which other one."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kpicli.audit.labels import Meaning, meaning
from kpicli.audit.layout import Line
from kpicli.audit.relations import Kind

_WHOLE = 3
"""Totals of this rank and above are no subtotals."""


class Entry(Struct, frozen=True):
    """A line and what its label at the level in question says."""

    line: Line
    label: str
    says: Meaning


class Pattern(Struct, frozen=True):
    """`result` is made of `plus` less `minus`: a percentage of its numerator and denominator.

    With `signed` it is asserted only of cells that write a sign: 前期比 may also be a rate.
    """

    kind: Kind
    result: Line
    plus: tuple[Line, ...]
    minus: tuple[Line, ...] = ()
    signed: bool = False


def groups(lines: Sequence[Line]) -> Iterator[tuple[Entry, ...]]:
    """Yield the lines that differ in one level of their labels alone, for each level.

    So the halves of one shop stand together in a tidy table, and so do the shops of one half.
    """
    for level in range(max((len(line.path) for line in lines), default=0)):
        found: dict[tuple[str, ...], list[Entry]] = {}
        for line in lines:
            rest = (*line.path[:level], *line.path[level + 1 :])
            entry = Entry(line, line.path[level], meaning(line.path[level]))
            found.setdefault(rest, []).append(entry)
        yield from (tuple(entries) for entries in found.values() if len(entries) > 1)


def total_patterns(entries: Sequence[Entry]) -> Iterator[Pattern]:
    """Yield what each total is the sum of: the parts since the last total of its rank or above.

    A total that stands first is that of what follows. Lower totals stand for their own parts. Only
    subtotals may have a single part.
    """
    for place, entry in enumerate(entries):
        if entry.says.kind != "total":
            continue
        start = _start(entries, place)
        parts = _parts(entries, start, place)
        if not parts and start == 0 and not any(_counts(each) for each in entries[:place]):
            parts = _following(entries, place)
        if len(parts) > (0 if entry.says.rank < _WHOLE else 1):
            yield Pattern("total", entry.line, tuple(part.line for part in parts))


def short_total_patterns(lines: Sequence[Line]) -> Iterator[Pattern]:
    """Yield the sums of totals without inner labels (`合計 | `) over all lines, subtotals included.

    Nothing is said where periods are among the labels: a year beside its halves is no part.
    """
    short = [line for line in lines if _is_short(line)]
    if not short:
        return
    entries = [_innermost(line) for line in lines]
    if any(meaning(text).kind == "period" for line in lines for text in line.path):
        return
    wanted = {line.number for line in short}
    for pattern in total_patterns(entries):
        if pattern.result.number in wanted:
            yield pattern


def _is_short(line: Line) -> bool:
    filled = list(dict.fromkeys(filter(None, line.path)))
    return len(line.path) > 1 and len(filled) == 1 and meaning(filled[0]).kind == "total"


def _innermost(line: Line) -> Entry:
    label = next((text for text in reversed(line.path) if text), "")
    return Entry(line, label, meaning(label))


def _start(entries: Sequence[Entry], place: int) -> int:
    """Return where the parts of a total begin: after the last total of its rank or above."""
    rank = entries[place].says.rank
    for before in range(place - 1, -1, -1):
        says = entries[before].says
        if says.kind == "total" and says.rank >= rank:
            return before + 1
    return 0


def _parts(entries: Sequence[Entry], start: int, end: int) -> list[Entry]:
    """Return the parts between, what lower totals hold left out, in order."""
    found: list[Entry] = []
    place = end - 1
    while place >= start:
        entry = entries[place]
        if entry.says.kind == "total":
            found.append(entry)
            place = max(_start(entries, place), start) - 1
            continue
        if _counts(entry):
            found.append(entry)
        place -= 1
    return _of_one_length(found[::-1])


def _following(entries: Sequence[Entry], place: int) -> list[Entry]:
    rank, end = entries[place].says.rank, place + 1
    while end < len(entries) and not (
        entries[end].says.kind == "total" and entries[end].says.rank >= rank
    ):
        end += 1
    after = entries[place + 1 : end]
    heads = after and after[0].says.kind == "total"
    return [] if heads else _parts(entries, place + 1, end)


def _counts(entry: Entry) -> bool:
    return entry.says.kind in {"plain", "period"} and bool(entry.label)


def _of_one_length(parts: list[Entry]) -> list[Entry]:
    """Return the parts if all are periods of one length or none is; of several, the longest.

    The longest stand for the others where both cover the same time. Otherwise nothing is said.
    """
    periods = [part for part in parts if part.says.kind == "period"]
    if not periods:
        return parts
    if any(part.says.kind == "plain" for part in parts):
        return []
    covered: dict[int, int] = {}
    for part in periods:
        covered[part.says.months] = covered.get(part.says.months, 0) + part.says.months
    if len({part.says.rest for part in periods}) > 1 or len(set(covered.values())) > 1:
        return [] if len(covered) > 1 or len({part.says.rest for part in periods}) > 1 else parts
    longest = max(covered)
    return [p for p in parts if p.says.kind == "total" or p.says.months == longest]
