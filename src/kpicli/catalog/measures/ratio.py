"""Kind `ratio`: a share of the rows, or of the persons, that a filter selects."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.conditions import Where, WhereField
from kpicli.catalog.declared import Names
from kpicli.catalog.kpis import Kpi, Sums
from kpicli.catalog.problems import not_identifying
from kpicli.catalog.sources import SourceTables
from kpicli.catalog.words import filter_words, joined_headers
from kpicli.model.measured import CountedRow, Measured, number_of_identities
from kpicli.values.numbers import percentage


class RatioKpi(Kpi):
    """Rows (or distinct values of `of`) that also fit `numerator`, over all that fit `where`."""

    sums = Sums.NONE
    sums_over_periods = False
    percentage = True

    measure: Literal["ratio"]
    numerator: WhereField
    of: Names = ()

    @classmethod
    def count(
        cls,
        rows: Collection[CountedRow],
        members: Collection[CountedRow] = (),
    ) -> Measured:
        """Return the percentage of those in the numerator among all; None over nothing."""
        over = number_of_identities([row for row in rows if row.numerator])
        under = number_of_identities(rows)
        return Measured(percentage(over, under), over, under)

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return the filters of denominator and numerator."""
        return (self.where, self.numerator)

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the columns whose values are counted; none where rows are."""
        return self.of

    def problems(self, tables: SourceTables) -> Iterator[str]:
        """Yield the columns of `of` that identify nothing."""
        yield from not_identifying(tables.source[self.source], self.of, f"kpi.{self.id}.of")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return the lines on numerator and denominator."""
        source = tables.source[self.source]
        top, of = filter_words(self.numerator, source, tables), joined_headers(source, self.of)
        unit = Text("行数", "rows")
        if self.of:
            unit = Text(f"{of.ja} の重複を除いた数", f"distinct {of.en}")
        return Text(
            f"数え方: 比率({unit.ja})。分子は {top.ja}、分母は対象の行すべて",
            f"Measure: ratio of {unit.en}; numerator: {top.en}; denominator: all selected rows",
        )
