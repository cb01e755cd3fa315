"""What moved since a period was frozen, as plain frozen values."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from kpicli.base.errors import InternalError
from kpicli.base.faults import Place
from kpicli.base.wording import Text, Unit
from kpicli.model.figures import FigureKind
from kpicli.model.measured import Measured
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value, change_between, unrounded
from kpicli.values.numbers import exact_difference


class Cause(StrEnum):
    """Why a row counts otherwise than when the figures were frozen, in the order of the telling."""

    REMOVED = "removed"
    """No row of the exports has its key any more."""
    FAULTY = "faulty"
    """It has become faulty: unreadable, or in conflict with another row."""
    IN_DOUBT = "in_doubt"
    """A value that is needed is missing now."""
    REDATED = "redated"
    RECATEGORISED = "recategorised"
    """A value moved it between parts, or in or out of the filter."""
    REASSIGNED = "reassigned"
    """It speaks of another person or thing, which a distinct count notices."""
    AMOUNT = "amount"
    RESOLVED = "resolved"
    """It was in doubt and no longer is."""
    ADDED = "added"
    """No row of the exports had its key."""
    DEFINITION = "definition"
    """The row is the same, the KPI's definition is not."""
    CATALOGUE = "catalogue"
    """The row is the same, the way of reading it is not: codes, columns, settings of exports."""
    AS_OF = "as_of"
    """The row is the same, the as-of date is not."""
    PROGRAM = "program"
    """The row is the same, kpicli is not."""
    RELATED = "related"
    """The row is the same; other rows decide: an earlier date of the same session, say."""


class RowChange(Struct, frozen=True):
    """A row that counts otherwise than it did. `file` is where it was; `place` where it is now.

    `changes` has column, value then and value now of what is not personal. `superseded` says that
    a row of another export has taken its place while the old one is still read.
    """

    id: str
    cause: Cause
    source: str
    figures: tuple[str, ...]
    file: str | None
    place: Place | None
    changes: tuple[tuple[str, str | None, str | None], ...] = ()
    superseded: bool = False


class Effect(Struct, frozen=True):
    """How far the rows of one cause moved a figure; for a ratio, its numerator and denominator.

    `number` is rounded from `unrounded`; None where a measure over nothing lies between.
    """

    cause: Cause
    rows: int
    number: int | Decimal | None
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    unrounded: Fraction | None


WHOLE = Text("全体", "total")
"""What the figure that is no part is called."""


class Move(Struct, frozen=True):
    """A figure then and now. Its effects add up to the difference exactly; `InternalError` if not.

    `why` says why there are none: another definition, rows that cannot be matched, no data.
    """

    kind: FigureKind
    part: str | None
    item: str | None
    before: Value
    after: Value
    effects: tuple[Effect, ...] = ()
    why: Text | None = None

    @property
    def difference(self) -> int | Decimal | None:
        """Return the value now less the one then, of the unrounded values; points for a ratio."""
        return change_between(self.after, self.before)

    def __post_init__(self) -> None:
        if self.why is None:
            for name in ("numerator", "denominator"):
                whole = less(getattr(self.after, name), getattr(self.before, name))
                self._add_up(name, whole, [getattr(effect, name) for effect in self.effects])
            exact = [effect.unrounded for effect in self.effects]
            self._add_up("number", exact_change(self.after, self.before), exact)

    def _add_up(
        self,
        name: str,
        whole: int | Decimal | Fraction | None,
        steps: Sequence[int | Decimal | Fraction | None],
    ) -> None:
        known = [Fraction(step) for step in steps if step is not None]
        if whole is not None and len(known) == len(steps) and sum(known) != whole:
            raise InternalError(
                Text(
                    f"{self.item or self.kind}: 理由ごとの動きの和 {sum(known)} が、"
                    f"{name} の差 {whole} と合いません",
                    f"{self.item or self.kind}: the causes add up to {sum(known)}, "
                    f"but {name} moved by {whole}",
                )
            )


def less(after: int | Decimal | None, before: int | Decimal | None) -> int | Decimal | None:
    """Return `after - before`; None where either is missing."""
    return None if after is None or before is None else exact_difference(after, before)


def exact_change(after: Value | Measured, before: Value | Measured) -> Fraction | None:
    """Return how far a value has moved, not rounded; None where there is none on a side."""
    if after.number is None or before.number is None:
        return None
    own, other = unrounded(after), unrounded(before)
    if own is None or other is None:
        return Fraction(after.number) - Fraction(before.number)
    return own - other


def moved(before: Value, after: Value) -> bool:
    """Tell whether a figure is not what it was: its number, fraction or dates, or whether final.

    The number of rows in doubt alone moves nothing.
    """
    then = (before.number, before.numerator, before.denominator, before.status, before.dates)
    now = (after.number, after.numerator, after.denominator, after.status, after.dates)
    return then != now


def valued(made: Measured, status: Status) -> Value:
    """Return what rows make as a value."""
    return Value(made.number, made.numerator, made.denominator, status, 0, made.unrounded)


class KpiDiff(Struct, frozen=True):
    """What moved in one KPI. `versions` are those of the definition, then and now.

    `compared` is False where the versions differ and that was not allowed for.
    """

    id: str
    title: Text
    unit: Unit
    percentage: bool
    versions: tuple[int, int]
    redefined: bool
    moves: tuple[Move, ...]
    rows: tuple[RowChange, ...]
    compared: bool = True
    notes: tuple[Text, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = {}
    """The English of items, by the column that splits."""

    @property
    def changed(self) -> bool:
        """Return whether there is anything to tell that changes what was published.

        Rows that cancel out are: the figure is as it was, but no longer of the same rows.
        """
        return bool(self.moves or self.rows or self.redefined) or len(set(self.versions)) > 1


class PeriodDiff(Struct, frozen=True):
    """A frozen period beside the same period now. `kpis` are those that have something to tell."""

    period: Period
    file: str
    edition: int
    frozen_on: date
    note: str
    final: bool
    as_of: tuple[date, date]
    figures: int
    """How many figures were compared."""
    kpis: tuple[KpiDiff, ...]
    notes: tuple[Text, ...]

    @property
    def moves(self) -> Sequence[Move]:
        """Return every figure that moved."""
        return [move for kpi in self.kpis for move in kpi.moves]

    @property
    def changed(self) -> bool:
        """Return whether any figure, row behind one, or definition is not as it was published."""
        return any(kpi.changed for kpi in self.kpis)
