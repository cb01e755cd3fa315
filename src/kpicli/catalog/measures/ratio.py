"""Kind `ratio`: a share of the rows, or of the persons, that a filter selects."""

from collections.abc import Collection, Iterator
from typing import Literal, Self

from pydantic import model_validator

from kpicli.base.problems import Problem, invalid
from kpicli.base.wording import Text
from kpicli.catalog.conditions import Where, WhereField
from kpicli.catalog.declared import Names
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.catalog.kpis.rows import Datings, OtherRows
from kpicli.catalog.measures.distinct import DistinctKpi
from kpicli.catalog.problems import not_number
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.words import filter_words, joined_headers
from kpicli.model.measured import (
    CountedRow,
    Measured,
    identities_of,
    is_weighed,
    number_of_identities,
    sum_of_weights,
    those,
)
from kpicli.values.moments import column_of
from kpicli.values.numbers import percentage


class Elsewhere(OtherRows):
    """Rows of another source, in the period or in force: what stands in `by` there is counted.

    The column of that name in the KPI's own source is compared with it.
    """

    by: str
    exclude: dict[str, Names] = {}
    date: Datings = ()

    @property
    def who(self) -> str:
        """Return the column that stands in both sources."""
        return self.by

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the other source that are used."""
        named = (self.by, *map(column_of, self.date), *self.exclude, *self.where.columns)
        return tuple(dict.fromkeys(named))

    def as_count(self, kpi: Kpi) -> DistinctKpi:
        """Return the count of what stands there, as a KPI of its own in the same day or period."""
        # Its parts are valid: to build a validator for them takes longer than to count by it.
        return DistinctKpi.model_construct(
            id=kpi.id,
            title=kpi.title,
            source=self.source,
            date=self.date,
            where=self.where,
            exclude=self.exclude,
            at=kpi.at,
            measure="distinct",
            of=(self.by,),
        )


class RatioKpi(Kpi):
    """Rows that also fit `numerator`, over all that fit `where`.

    With `numerator_in` they are those whose `by` also stands in another source; then distinct
    values of `by` are counted. With `of` distinct values count instead of rows, with `weight` the
    sums of a number column; a weight that is blank or below 0 is undetermined.
    """

    sums = Sums.NONE
    sums_over_periods = False
    percentage = True

    measure: Literal["ratio"]
    numerator: WhereField = Where()
    numerator_in: Elsewhere | None = None
    of: Names = ()
    weight: str | None = None

    @model_validator(mode="after")
    def _one_way_of_counting(self) -> Self:
        if self.of and self.weight is not None:
            raise invalid(
                "of は重複を除いて数え、weight は数を足します。どちらか一つを書いてください",
                "`of` counts distinct values and `weight` adds numbers: write one",
            )
        return self

    @model_validator(mode="after")
    def _one_numerator(self) -> Self:
        written = self.numerator != Where()
        if written == (self.numerator_in is not None):
            raise invalid(
                "比率には numerator か numerator_in のどちらか一つを書いてください",
                "a ratio has either `numerator` or `numerator_in`",
            )
        if self.numerator_in is not None and self.of not in ((), (self.numerator_in.by,)):
            raise invalid(
                "numerator_in では、その by の値を重複を除いて数えます",
                "with `numerator_in` distinct values of its `by` are counted",
                "of",
            )
        return self

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the percentage of those in the numerator among all; None over nothing.

        `members` are the rows of another source whose values make the numerator.
        """
        elsewhere = identities_of(members)
        marked = those(rows, lambda row: row.numerator or row.identity in elsewhere)
        if is_weighed(rows):
            top, bottom = sum_of_weights(marked), sum_of_weights(rows)
            return Measured(percentage(top, bottom), top, bottom)
        over, under = number_of_identities(marked), number_of_identities(rows)
        return Measured(percentage(over, under), over, under)

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return the filters of denominator and numerator."""
        return (self.where, self.numerator)

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the columns whose values are counted; none where rows are."""
        return self.of if self.numerator_in is None else (self.numerator_in.by,)

    @property
    def members(self) -> Elsewhere | None:
        """Return the rows of another source that make the numerator, if any do."""
        return self.numerator_in

    @property
    def companions(self) -> tuple[tuple[str, Kpi], ...]:
        """Return the count of what makes the numerator, where that stands elsewhere."""
        if self.numerator_in is None:
            return ()
        return (("numerator_in", self.numerator_in.as_count(self)),)

    @property
    def weighed_by(self) -> str | None:
        """Return the number column whose sums are compared."""
        return self.weight

    def problems(self, tables: SourceTables) -> Iterator[Problem]:
        """Yield the weight where it is no number."""
        if self.weight is not None:
            source = tables.source[self.source]
            yield from not_number(source, self.weight, f"kpi.{self.id}.weight")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return the lines on numerator and denominator."""
        source = tables.source[self.source]
        of = joined_headers(source, self.identity)
        unit = Text("行数", "rows")
        if self.identity:
            unit = Text(f"{of.ja} の重複を除いた数", f"distinct {of.en}")
        if self.weight is not None:
            added = source.heading(self.weight)
            unit = Text(f"{added.ja} の合計", f"sums of {added.en}")
        top = filter_words(self.numerator, source, tables)
        if self.numerator_in is not None:
            other = tables.source[self.numerator_in.source]
            top = Text(f"{other.title.ja}にもあるもの", f"those that are in {other.title.en}, too")
            if self.numerator_in.where.tests:
                where = filter_words(self.numerator_in.where, other, tables)
                top = Text(f"{top.ja}({where.ja})", f"{top.en} ({where.en})")
        return Text(
            f"数え方: 比率({unit.ja})。分子は {top.ja}、分母は対象の行すべて",
            f"Measure: ratio of {unit.en}; numerator: {top.en}; denominator: all selected rows",
        )
