"""Kind `mean`: the mean of a number column."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.problems import Problem
from kpicli.base.wording import Text
from kpicli.catalog.amounts import AmountKpi
from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.problems import not_number
from kpicli.catalog.sources.tables import SourceTables
from kpicli.model.measured import CountedRow, Measured, rounded, sum_of_amounts, sum_of_weights
from kpicli.values.numbers import mean


class MeanKpi(AmountKpi):
    """The mean of the number column `of`, rounded half up to one decimal.

    With `weight` each number counts as often as its row weighs. A blank number is undetermined, and
    so is a weight that is blank or below 0.
    """

    sums = Sums.NONE
    sums_over_periods = False
    result = Text("平均", "mean")

    measure: Literal["mean"]
    of: str
    weight: str | None = None

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the mean of the amounts over their number or weight; None over nothing."""
        over = sum_of_weights(rows)
        return rounded(mean(sum_of_amounts(rows), over), over)

    @property
    def weighed_by(self) -> str | None:
        """Return the number column by which rows weigh."""
        return self.weight

    def problems(self, tables: SourceTables) -> Iterator[Problem]:
        """Yield `of` and `weight` where they are no number columns."""
        yield from super().problems(tables)
        if self.weight is not None:
            source = tables.source[self.source]
            yield from not_number(source, self.weight, f"kpi.{self.id}.weight")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return the number column, and by what it is weighted."""
        words = super().measure_words(tables)
        if self.weight is None:
            return words
        by = tables.source[self.source].heading(self.weight)
        return Text(f"{words.ja}({by.ja} で加重)", f"{words.en}, weighted by {by.en}")
