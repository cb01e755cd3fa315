"""The figures of a KPI then and now, side by side."""

from collections.abc import Iterator, Mapping, Sequence

from kpicli.base.wording import Text
from kpicli.model.figures import Figure
from kpicli.model.measured import AlikeRows
from kpicli.model.value import Status, Value
from kpicli.published.checking import Counting, counting_of, members_of
from kpicli.published.record import FrozenKpi
from kpicli.published.rows.columns import NO_ROWS
from kpicli.reconcile.changes import Move, moved, valued
from kpicli.reconcile.row_changes import Key
from kpicli.reconcile.rows.row_trace import KpiTrace

NOTHING = Value(None, None, None, Status.NO_DATA, 0)


def plain_moves(
    frozen: FrozenKpi, figures: Sequence[Figure], trace: KpiTrace | None, why: Text
) -> tuple[Move, ...]:
    """Return the figures that moved, without their causes; `why` says why there are none."""
    return tuple(
        Move(*key, before, after, why=why)
        for key, before, after, _ in pairs(frozen, figures, trace)
        if moved(before, after)
    )


def pairs(
    frozen: FrozenKpi, figures: Sequence[Figure], trace: KpiTrace | None
) -> Iterator[tuple[Key, Value, Value, bool]]:
    """Yield every figure then and now, and whether one of the two was entered by hand.

    An item that stands on one side only had, or has, no rows on the other.
    """
    then = {figure.key: figure for figure in frozen.figures}
    now: dict[Key, Figure] = {(f.kind, f.part, f.item): f for f in figures}
    members = members_of(NO_ROWS if frozen.roster is None else frozen.roster.rows)
    people = members_of(NO_ROWS if trace is None else trace.others)
    before = {key: figure.measured for key, figure in then.items()}
    after = {key: figure.value for key, figure in now.items()}
    counting = counting_of(frozen)
    for key in dict.fromkeys((*then, *now)):
        origins = [side[key].origin.kind for side in (then, now) if key in side]
        yield (
            key,
            before[key] if key in before else _no_rows(counting, members, before),
            after[key] if key in after else _no_rows(counting, people, after),
            "entered" in origins,
        )


def _no_rows(counting: Counting, members: AlikeRows, side: Mapping[Key, Value]) -> Value:
    """Return what a figure is that counts no row, beside the KPI's other figures."""
    statuses = {value.status for value in side.values()}
    if statuses <= {Status.NO_DATA}:
        return NOTHING
    made = counting.count("part", (), members)
    status = Status.PARTIAL if Status.PARTIAL in statuses else Status.OK
    return valued(made, Status.UNDEFINED if made.number is None else status)
