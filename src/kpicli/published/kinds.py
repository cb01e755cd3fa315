"""The kinds of measure that records name: those of today, and one that nothing declares now."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Literal

from kpicli.catalog.composed import COMPOSED
from kpicli.catalog.kpis.kpi import ENTERED, ENTERED_RATIO, Kpi, Sums
from kpicli.catalog.measures import KINDS
from kpicli.model.measured import CountedRow, Measured, ShownAs, identities_of
from kpicli.values.numbers import percentage

ROSTER_RATIO = "roster_ratio"


class RosterRatio(Kpi):
    """People of a list who have a row in a log: today a ratio on a register, by `numerator_in`."""

    sums = Sums.NONE
    sums_over_periods = False
    percentage = True

    measure: Literal["roster_ratio"]

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the percentage of the members who have a row; None without members."""
        people = identities_of(members)
        over = len(identities_of(rows) & people)
        return Measured(percentage(over, len(people)), over, len(people))


KINDS_OF_RECORDS: Mapping[str, type[Kpi]] = MappingProxyType({**KINDS, ROSTER_RATIO: RosterRatio})
"""Every kind that a record may name, but for entered figures and those made of other KPIs."""


def is_percentage(measure: str) -> bool:
    """Return whether figures of a kind, entered and composed ones too, are percentages.

    Raises `KeyError` for a name that is no kind.
    """
    if measure in (ENTERED, ENTERED_RATIO):
        return measure == ENTERED_RATIO
    return measure not in COMPOSED and KINDS_OF_RECORDS[measure].percentage


def over_nothing(measure: str, shown_as: ShownAs | None = None) -> Measured:
    """Return what a kind, of entered figures too, measures over no rows: a zero, or no number.

    `shown_as` says how it shows dates, where those are its value. What is made of other KPIs has no
    number where nothing is known of those. Raises `KeyError` for a name that is no kind.
    """
    if measure in COMPOSED:
        return Measured(None)
    if measure in (ENTERED, ENTERED_RATIO):
        return Measured(None, 0, 0) if is_percentage(measure) else Measured(0)
    return KINDS_OF_RECORDS[measure].over_nothing(shown_as)
