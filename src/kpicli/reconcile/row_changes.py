"""Every row of a KPI that counts otherwise than when it was frozen, each with one cause."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.model.figures import FigureKind
from kpicli.model.measured import AlikeRows, CountedRow
from kpicli.published.checking import RowsThatCount
from kpicli.published.rows.digests import Codes
from kpicli.reconcile.changes import Cause, RowChange
from kpicli.reconcile.matching import SHORT, Matched

Rows = npt.NDArray[np.int64]
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


class Sides(Struct, frozen=True):
    """The rows of a KPI, or of its other source, at one time.

    `columns` name their values, `figures` are those that the rows name by their places.
    """

    counted: RowsThatCount
    columns: Sequence[str]
    figures: Sequence[Key]

    @property
    def numbers(self) -> Rows:
        """Return the rows' numbers in the source."""
        return self.counted.rows.numbers

    def side(self, place: int) -> Side:
        """Return one of the rows."""
        rows = self.counted.rows
        return Side(
            self.counted.distinct[self.counted.codes[place]],
            self._keys(rows.memberships[rows.figures[place]]),
            {n: column.text(place) for n, column in zip(self.columns, rows.values, strict=True)},
        )

    def of_figure(self, key: Key) -> AlikeRows:
        """Return the rows of a figure."""
        if key not in self.figures:
            return AlikeRows({})
        return self.counted.of_figure(self.figures.index(key))

    def numbered(
        self, figures: dict[frozenset[Key], int], counted: dict[CountedRow, int]
    ) -> tuple[Codes, Codes]:
        """Return, per row, a number for the figures it is in, and one for what they need of it.

        `figures` and `counted` hold the numbers that there are; new ones are added to them.
        """
        rows = self.counted.rows
        keys = [figures.setdefault(self._keys(own), len(figures)) for own in rows.memberships]
        needed = [counted.setdefault(row, len(counted)) for row in self.counted.distinct]
        of_row = np.array(needed, np.int32)[self.counted.codes]
        return np.array(keys, np.int32)[rows.figures], of_row

    def _keys(self, places: Sequence[int]) -> frozenset[Key]:
        return frozenset(self.figures[place] for place in places)


class Comparing(Struct, frozen=True):
    """The rows of one source for one KPI, then and now.

    `states` are the KPI's letters per row, then and now; another source has none ("" means that a
    row that does not count was out of the filter or the time).
    """

    matched: Matched
    circumstances: Circumstances
    then: Sides
    now: Sides
    states: tuple[str, str]

    def changes(self) -> Iterator[Changed]:
        """Yield every row that counts otherwise: those that counted, then others."""
        matched = self.matched
        place_of = np.full(len(matched.groups_now) + 1, -1, np.int32)  # the last: no row
        place_of[self.now.numbers] = np.arange(len(self.now.numbers))
        groups = matched.groups_then[self.then.numbers]
        now = matched.now_of[groups]
        places = place_of[now]
        for place in np.flatnonzero(~self._same(places)).tolist():
            after = None if places[place] < 0 else self.now.side(int(places[place]))
            row, then = int(now[place]), int(self.then.numbers[place])
            yield self._changed(then, None if row < 0 else row, self.then.side(place), after)
        counted = np.zeros(matched.groups, np.bool_)
        counted[groups] = True
        others = matched.groups_now[self.now.numbers]
        for place in np.flatnonzero(~counted[others]).tolist():
            row, then = int(self.now.numbers[place]), int(matched.then_of[others[place]])
            yield self._changed(None if then < 0 else then, row, None, self.now.side(place))

    def _same(self, places: Codes) -> npt.NDArray[np.bool_]:
        """Mark the rows as frozen that count now as they did; `places` are theirs now, or -1."""
        figures: dict[frozenset[Key], int] = {}
        counted: dict[CountedRow, int] = {}
        then = self.then.numbered(figures, counted)
        now = self.now.numbered(figures, counted)
        same = places >= 0
        for before, after in zip(then, now, strict=True):
            same[same] = before[same] == after[places[same]]
        return same

    def _changed(
        self, then: int | None, now: int | None, before: Side | None, after: Side | None
    ) -> Changed:
        matched = self.matched
        ids, row = (self.matched.frozen.rows.ids, then)
        if row is None:
            ids, row = (self.matched.now.rows.ids, now or 0)
        cause = self._cause(then, now, before, after)
        figures = (before.figures if before else frozenset()) ^ (
            after.figures if after else frozenset()
        )
        touched = figures or (after.figures if after else frozenset())
        change = RowChange(
            id=ids.hex(row)[:SHORT],
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
