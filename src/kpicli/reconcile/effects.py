"""How far each cause moved a figure: its rows are changed cause by cause, measured each time."""

from collections.abc import Sequence

from msgspec import Struct

from kpicli.model.measured import AlikeRows, CountedRow, Measured
from kpicli.model.value import change_between
from kpicli.published.checking import Counting
from kpicli.reconcile.changes import Cause, Effect, exact_change, less
from kpicli.reconcile.row_changes import Changed, Key, Side, Sides


class Rows(Struct):
    """The rows of a figure while they are being changed: how many there are of each."""

    counting: Counting
    figure: Key
    own: dict[CountedRow, int]
    members: dict[CountedRow, int]

    def measure(self) -> Measured:
        """Return what the rows make just now."""
        return self.counting.count(self.figure[0], AlikeRows(self.own), AlikeRows(self.members))

    def apply(self, changed: Changed, *, member: bool) -> bool:
        """Change one row; tell whether the figure has anything to do with it."""
        rows = self.members if member else self.own
        before, after = (
            self._unit(side, member=member) for side in (changed.before, changed.after)
        )
        if before == after:
            return False
        if before is not None:
            rows[before] -= 1
            if not rows[before]:
                del rows[before]
        if after is not None:
            rows[after] = rows.get(after, 0) + 1
        return True

    def _unit(self, side: Side | None, *, member: bool) -> CountedRow | None:
        if side is None or not (member or self.figure in side.figures):
            return None
        return side.row


def effects(
    rows: Rows, changes: Sequence[Changed], members: Sequence[Changed]
) -> tuple[tuple[Effect, ...], Measured]:
    """Return the effect of every cause, in the order of the causes, and what the rows make now.

    The effects add up whatever the measure: each is what the figure is after the cause's rows have
    changed less what it was before. For a distinct count or a ratio an effect is therefore that of
    the cause after the ones told before it.
    """
    found: list[Effect] = []
    before = rows.measure()
    for cause in Cause:
        touched = sum(
            rows.apply(changed, member=member)
            for member, own in ((False, changes), (True, members))
            for changed in own
            if changed.change.cause is cause
        )
        after = rows.measure()
        if touched:
            found.append(_effect(cause, touched, before, after))
        before = after
    return tuple(found), before


def _effect(cause: Cause, rows: int, before: Measured, after: Measured) -> Effect:
    return Effect(
        cause,
        rows,
        change_between(after, before),
        less(after.numerator, before.numerator),
        less(after.denominator, before.denominator),
        exact_change(after, before),
    )


def starting_rows(counting: Counting, figure: Key, own: Sides, members: Sides | None) -> Rows:
    """Return the rows of a figure as they were frozen."""
    elsewhere = {} if members is None else dict(members.counted.every.times)
    return Rows(counting, figure, dict(own.of_figure(figure).times), elsewhere)
