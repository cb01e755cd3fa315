"""Every row of a KPI that counts otherwise than when it was frozen, each with one cause."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kpicli.model.figures import FigureKind
from kpicli.model.measured import CountedRow
from kpicli.published.checking import counted_rows
from kpicli.published.record import FigureRow, FrozenKpi
from kpicli.reconcile.changes import Cause, RowChange
from kpicli.reconcile.matching import SHORT, Matched

Key = tuple[FigureKind, str | None, str | None]
"""What tells a figure of a KPI from the others: kind, part, item."""


class Side(Struct, frozen=True):
    """A row at one time: what a figure needs of it, the figures it is in, its values by column."""

    row: CountedRow
    figures: frozenset[Key]
    values: Mapping[str, str | None]


class Changed(Struct, frozen=True):
    """A row then and now (None: it did not count), and why."""

    change: RowChange
    before: Side | None
    after: Side | None


class Circumstances(Struct, frozen=True):
    """What, besides rows, is not as it was: the first that holds explains an unchanged row."""

    definition: bool
    catalogue: bool
    as_of: bool
    program: bool

    @property
    def cause(self) -> Cause:
        """Return why a row that is the same counts otherwise."""
        for holds, cause in (
            (self.definition, Cause.DEFINITION),
            (self.catalogue, Cause.CATALOGUE),
            (self.as_of, Cause.AS_OF),
            (self.program, Cause.PROGRAM),
        ):
            if holds:
                return cause
        return Cause.RELATED


def sides(
    kpi: FrozenKpi, rows: Sequence[FigureRow], columns: Sequence[str], figures: Sequence[Key]
) -> dict[int, Side]:
    """Return the rows of a KPI (or of its other source) by their number in the source.

    `columns` name their values, `figures` are those that they name by place. Rows that are the
    same share what they have: of millions of rows there are few.
    """
    keys: dict[tuple[int, ...], frozenset[Key]] = {}
    values: dict[tuple[str | None, ...], Mapping[str, str | None]] = {}
    found: dict[int, Side] = {}
    for row, counted in zip(rows, counted_rows(kpi, rows), strict=True):
        number, places, cells, *_ = row
        if places not in keys:
            keys[places] = frozenset(figures[place] for place in places)
        if cells not in values:
            values[cells] = dict(zip(columns, cells, strict=True))
        found[number] = Side(counted, keys[places], values[cells])
    return found


class Comparing(Struct, frozen=True):
    """The rows of one source for one KPI, then and now.

    `states` are the KPI's letters per row, then and now; another source has none ("" means that a
    row that does not count was out of the filter or the time).
    """

    matched: Matched
    circumstances: Circumstances
    then: Mapping[int, Side]
    now: Mapping[int, Side]
    states: tuple[str, str]

    def changes(self) -> Iterator[tuple[str, Changed]]:
        """Yield every row that counts otherwise, by its digest: those that counted, then others."""
        ids = self.matched.frozen.rows
        seen: set[str] = set()
        for number, before in self.then.items():
            name = ids[number][0]
            seen.add(name)
            place = self.matched.now_by_id.get(name)
            after = None if place is None else self.now.get(place)
            if after is None or not _same(before, after):
                yield name, self._changed(name, number, place, before, after)
        for place, after in self.now.items():
            name = self.matched.now.ids[place]
            if name not in seen:
                then = self.matched.then_by_id.get(name)
                yield name, self._changed(name, then, place, None, after)

    def _changed(
        self, name: str, then: int | None, now: int | None, before: Side | None, after: Side | None
    ) -> Changed:
        matched = self.matched
        cause = self._cause(then, now, before, after)
        figures = (before.figures if before else frozenset()) ^ (
            after.figures if after else frozenset()
        )
        touched = figures or (after.figures if after else frozenset())
        change = RowChange(
            id=name[:SHORT],
            cause=cause,
            source=matched.frozen.id,
            figures=tuple(sorted(item or "" for _, _, item in touched)),
            file=None if then is None else matched.file_then(then).path,
            place=None if now is None else matched.place(now),
            changes=_differences(before, after),
            superseded=then is not None and now is not None and matched.superseded(then, now),
        )
        return Changed(change, before, after)

    def _cause(
        self, then: int | None, now: int | None, before: Side | None, after: Side | None
    ) -> Cause:
        if then is None:
            return Cause.ADDED
        if now is None:
            return Cause.REMOVED
        if self.matched.dataset.faulty[now] and after is None:
            return Cause.FAULTY
        states = self._state(0, then, before), self._state(1, now, after)
        if self.matched.unchanged(then, now):
            later = "l" in states  # its day has come, or lies after the as-of date of now
            return replace(self.circumstances, as_of=self.circumstances.as_of or later).cause
        if states[1] == "u":
            return Cause.IN_DOUBT
        if states[0] == "u":
            return Cause.RESOLVED
        if before is None or after is None:
            return Cause.REDATED if {"o", "d", "l"} & set(states) else Cause.RECATEGORISED
        return self._moved(before, after)

    def _state(self, side: int, row: int, counted: Side | None) -> str:
        if self.states[side]:
            return self.states[side][row]
        return "n" if counted is None else "c"

    def _moved(self, before: Side, after: Side) -> Cause:
        columns = self.matched.dataset.source.known
        differing = [name for name, _, _ in _differences(before, after) if name in columns]
        then, now = before.row, after.row
        same_place = (before.figures, then.numerator) == (after.figures, now.numerator)
        if same_place and then.dated == now.dated:
            return Cause.REASSIGNED if before.row.identity != after.row.identity else Cause.AMOUNT
        dates = [columns[name].is_dating for name in differing]
        return Cause.REDATED if dates and all(dates) else Cause.RECATEGORISED


def _same(before: Side, after: Side) -> bool:
    return (before.figures, before.row) == (after.figures, after.row)


def _differences(
    before: Side | None, after: Side | None
) -> tuple[tuple[str, str | None, str | None], ...]:
    if before is None or after is None:
        return ()
    return tuple(
        (name, value, after.values[name])
        for name, value in before.values.items()
        if name in after.values and after.values[name] != value
    )
