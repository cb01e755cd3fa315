"""Kind `mean`: the mean of a number column."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi, Sums
from kpicli.catalog.problems import not_number
from kpicli.catalog.sources import SourceTables
from kpicli.model.measured import CountedRow, Measured, sum_of_amounts
from kpicli.values.numbers import mean


class MeanKpi(Kpi):
    """The mean of the number column `of`, rounded half up to one decimal.

    Blank cells are undetermined.
    """

    sums = Sums.NONE
    sums_over_periods = False
    amounts = True

    measure: Literal["mean"]
    of: str

    @classmethod
    def count(
        cls,
        rows: Collection[CountedRow],
        members: Collection[CountedRow] = (),
    ) -> Measured:
        """Return the mean of the amounts over their number; None over nothing."""
        return Measured(mean(sum_of_amounts(rows), len(rows)), denominator=len(rows))

    @property
    def amount(self) -> str:
        """Return the number column."""
        return self.of

    def problems(self, tables: SourceTables) -> Iterator[str]:
        """Yield `of` where it is no number column."""
        yield from not_number(tables.source[self.source], self.of, f"kpi.{self.id}.of")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return which column's numbers are averaged."""
        header = tables.source[self.source].columns[self.of].headers[0]
        return Text(f"数え方: {header} の平均", f"Measure: mean of {header}")
