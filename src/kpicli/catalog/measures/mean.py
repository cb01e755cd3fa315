"""Kind `mean`: the mean of a number column."""

from collections.abc import Collection
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.amounts import AmountKpi
from kpicli.catalog.kpis import Sums
from kpicli.model.measured import CountedRow, Measured, rounded, sum_of_amounts
from kpicli.values.numbers import mean


class MeanKpi(AmountKpi):
    """The mean of the number column `of`, rounded half up to one decimal.

    Blank cells are undetermined.
    """

    sums = Sums.NONE
    sums_over_periods = False
    result = Text("平均", "mean")

    measure: Literal["mean"]
    of: str

    @classmethod
    def count(
        cls,
        rows: Collection[CountedRow],
        members: Collection[CountedRow] = (),
    ) -> Measured:
        """Return the mean of the amounts over their number; None over nothing."""
        return rounded(mean(sum_of_amounts(rows), len(rows)), len(rows))
