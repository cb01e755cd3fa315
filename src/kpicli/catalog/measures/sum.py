"""Kind `sum`: the sum of a number column."""

from collections.abc import Collection
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.amounts import AmountKpi
from kpicli.catalog.kpis.kpi import Sums
from kpicli.model.measured import CountedRow, Measured, sum_of_amounts


class SumKpi(AmountKpi):
    """The sum of the number column `of`; blank cells are undetermined."""

    sums = Sums.EXACT
    sums_over_periods = True
    result = Text("合計", "sum")

    measure: Literal["sum"]
    of: str

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the exact sum of the amounts."""
        return Measured(sum_of_amounts(rows))
