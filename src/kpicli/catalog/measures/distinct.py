"""Kind `distinct`: the number of distinct values, such as the persons who took part."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from kpicli.base.wording import Text
from kpicli.catalog.declared import Names
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.words import joined_headers
from kpicli.model.measured import CountedRow, Measured, number_of_identities


class DistinctKpi(Kpi):
    """The number of distinct values of `of`.

    With `at_first_date` a value counts only at the first date it has anywhere in the exports (a
    session of several days counts once).
    """

    sums = Sums.OVERLAPPING
    sums_over_periods = False

    measure: Literal["distinct"]
    of: Annotated[Names, Field(min_length=1)]
    at_first_date: bool = False

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the number of different identities."""
        return Measured(number_of_identities(rows))

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the columns whose values are counted."""
        return self.of

    def measure_words(self, tables: SourceTables) -> Text:
        """Return the line on the columns whose distinct values are counted."""
        of, first = joined_headers(tables.source[self.source], self.of), self.at_first_date
        return Text(
            f"数え方: {of.ja} の重複を除いた数{'(初日で 1 回)' if first else ''}",
            f"Measure: distinct {of.en}{', each at its first date' if first else ''}",
        )
