"""Kind `median`: the median of a number column."""

from collections.abc import Collection
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.amounts import AmountKpi
from kpicli.catalog.kpis.kpi import Sums
from kpicli.model.measured import CountedRow, Measured, ordered_amounts, rounded
from kpicli.values.numbers import median


class MedianKpi(AmountKpi):
    """The median of the number column `of`, rounded half up to one decimal.

    Of an even number of rows it is the mean of the two in the middle. Blank cells are undetermined.
    """

    sums = Sums.NONE
    sums_over_periods = False
    result = Text("中央値", "median")

    measure: Literal["median"]
    of: str

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the median of the amounts over their number; None over nothing."""
        return rounded(median(ordered_amounts(rows)), len(rows))
