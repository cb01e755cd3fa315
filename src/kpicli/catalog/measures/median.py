"""Kind `median`: the median of a number column."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi, Sums
from kpicli.catalog.problems import not_number
from kpicli.catalog.sources import SourceTables
from kpicli.model.measured import CountedRow, Measured
from kpicli.values.numbers import median


class MedianKpi(Kpi):
    """The median of the number column `of`, rounded half up to one decimal.

    Of an even number of rows it is the mean of the two in the middle. Blank cells are undetermined.
    """

    sums = Sums.NONE
    sums_over_periods = False
    amounts = True

    measure: Literal["median"]
    of: str

    @classmethod
    def count(
        cls,
        rows: Collection[CountedRow],
        members: Collection[CountedRow] = (),
    ) -> Measured:
        """Return the median of the amounts over their number; None over nothing."""
        amounts = sorted(row.amount for row in rows if row.amount is not None)
        return Measured(median(amounts), denominator=len(rows))

    @property
    def amount(self) -> str:
        """Return the number column."""
        return self.of

    def problems(self, tables: SourceTables) -> Iterator[str]:
        """Yield `of` where it is no number column."""
        yield from not_number(tables.source[self.source], self.of, f"kpi.{self.id}.of")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return which column's numbers it is the median of."""
        header = tables.source[self.source].columns[self.of].headers[0]
        return Text(f"数え方: {header} の中央値", f"Measure: median of {header}")
