"""Kind `sum`: the sum of a number column."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi, Sums
from kpicli.catalog.problems import not_number
from kpicli.catalog.sources import SourceTables
from kpicli.model.measured import CountedRow, Measured, sum_of_amounts


class SumKpi(Kpi):
    """The sum of the number column `of`; blank cells are undetermined."""

    sums = Sums.EXACT
    sums_over_periods = True
    amounts = True

    measure: Literal["sum"]
    of: str

    @classmethod
    def count(
        cls,
        rows: Collection[CountedRow],
        members: Collection[CountedRow] = (),
    ) -> Measured:
        """Return the exact sum of the amounts."""
        return Measured(sum_of_amounts(rows))

    @property
    def amount(self) -> str:
        """Return the number column."""
        return self.of

    def problems(self, tables: SourceTables) -> Iterator[str]:
        """Yield `of` where it is no number column."""
        yield from not_number(tables.source[self.source], self.of, f"kpi.{self.id}.of")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return which column's numbers are added."""
        header = tables.source[self.source].columns[self.of].headers[0]
        return Text(f"数え方: {header} の合計", f"Measure: sum of {header}")
