"""A value with its status, where it comes from, and by how much it differs from another."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from kpicli.model.measured import Measured, ShownDates, unrounded_of
from kpicli.values.numbers import decimals_of, exact_difference, shortened


class Status(StrEnum):
    """How far a figure can be relied on; the worst that applies is named."""

    OK = "ok"
    PARTIAL = "partial"
    """The exports cover only some months of the period, or rows of it are not yet due."""
    PROVISIONAL = "provisional"
    """要確認: faulty rows could belong to it."""
    UNDEFINED = "undefined"
    """A ratio or mean over nothing."""
    NO_DATA = "no_data"
    """The exports do not cover the period, or lack a column that the KPI needs."""


class Value(Struct, frozen=True):
    """A measured value. For a ratio `number` is the percentage, rounded half up to one decimal.

    `number` is None when the status is `undefined` or `no_data`, and where no row counts but some
    are in doubt. Counts are `int`, sums, means and
    percentages `Decimal`.
    """

    number: int | Decimal | None
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    status: Status
    faulty_rows: int
    """Undetermined rows: faulty, or blank where the value is needed."""
    unrounded: Fraction | None = None
    """What a mean or median is rounded from; None for all that is not, or where that is unknown."""
    dates: ShownDates | None = None
    """The dates that are shown in place of the number, where those are the value."""

    @property
    def in_doubt(self) -> bool:
        """Return whether rows are in doubt that it may have to count."""
        return bool(self.faulty_rows) or self.status is Status.PROVISIONAL

    @property
    def measured(self) -> Measured:
        """Return the number alone, without its status."""
        return Measured(self.number, self.numerator, self.denominator, self.unrounded, self.dates)


NOTHING = Value(None, None, None, Status.NO_DATA, 0)
"""The value where nothing is known."""


def change_between(now: Value | Measured, before: Value | Measured) -> int | Decimal | None:
    """Return how much a value changed, rounded once and last; None where there is a gap.

    Of two rounded values the difference can be off by a tenth: 10/27 after 10/26 is -1.42 points,
    not 37.0 less 38.5. Where one of the two is known as it was rounded alone (entered by hand, or
    frozen by an early version) the difference is that of the shown values: see `only_rounded`.
    Dates have no difference.
    """
    if now.number is None or before.number is None or now.dates or before.dates:
        return None
    own, other = unrounded(now), unrounded(before)
    if own is None or other is None:
        return exact_difference(now.number, before.number)
    return shortened(own - other, max(decimals_of(now.number), decimals_of(before.number)))


def unrounded(value: Value | Measured) -> Fraction | None:
    """Return what a share, mean or median is rounded from; None where it is not, or not known."""
    return unrounded_of(value.measured if isinstance(value, Value) else value)


def only_rounded(now: Value, before: Value) -> bool:
    """Tell whether one of two values is known as it was rounded alone, the other in full."""
    if now.number is None or before.number is None:
        return False
    return (unrounded(now) is None) is not (unrounded(before) is None)


def without_rows(whole: Value, nothing: Measured) -> Value:
    """Return the value of an item that counts no row, beside the whole value of its KPI.

    `nothing` is the KPI's measure over no rows: a zero, or no number for a ratio or a mean. It
    counts as such only where no row of the KPI is in doubt; that there is no date is known of what
    is covered in full alone.
    """
    unknown = whole.status is Status.PARTIAL and nothing.dates is not None
    if whole.status is Status.NO_DATA or (unknown and not whole.faulty_rows):
        return Value(None, None, None, Status.NO_DATA, 0)
    if whole.faulty_rows:
        return Value(None, None, None, Status.PROVISIONAL, whole.faulty_rows)
    status = Status.UNDEFINED if nothing.number is None else whole.status
    return Value(
        nothing.number, nothing.numerator, nothing.denominator, status, 0, dates=nothing.dates
    )


OriginKind = Literal["computed", "frozen", "entered"]


class Origin(Struct, frozen=True):
    """Where a value comes from: counted now, frozen when it was published, or entered by hand.

    `source` is the frozen record's file, or what an entered value was taken from; `on` the day of
    freezing or of entering. A frozen one may itself have been entered.
    """

    kind: OriginKind = "computed"
    source: str = ""
    on: date | None = None
    edition: int | None = None
    note: str = ""


COMPUTED = Origin()
