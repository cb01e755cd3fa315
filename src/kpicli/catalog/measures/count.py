"""Kind `count`: the number of rows."""

from collections.abc import Collection
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.catalog.sources.tables import SourceTables
from kpicli.model.measured import CountedRow, Measured


class CountKpi(Kpi):
    """The number of rows."""

    sums = Sums.EXACT
    sums_over_periods = True

    measure: Literal["count"]

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the number of rows."""
        return Measured(len(rows))

    def measure_words(self, tables: SourceTables) -> Text:
        """Return that rows are counted."""
        return Text("数え方: 行数", "Measure: number of rows")
