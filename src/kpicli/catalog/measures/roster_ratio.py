"""Kind `roster_ratio`: the share of a roster's members who have a row in a log."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi, Members, Sums
from kpicli.catalog.problems import members_problems, not_identifying
from kpicli.catalog.sources import SourceTables
from kpicli.catalog.words import filter_words
from kpicli.model.measured import CountedRow, Measured
from kpicli.values.numbers import percentage


class RosterRatioKpi(Kpi):
    """Distinct members of a roster who have a row in the log, over the members of the roster."""

    sums = Sums.NONE
    sums_over_periods = False
    percentage = True
    splits_by_time = False  # who is a member is asked anew at the end of each month
    splits_by_column = False  # the denominator has no such column

    measure: Literal["roster_ratio"]
    role_of_members = "roster"

    of: str
    roster: Members

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the percentage of the members who have a row; None without members."""
        people = {member.identity for member in members}
        over = len({row.identity for row in rows} & people)
        return Measured(percentage(over, len(people)), over, len(people))

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the column that identifies people in the log."""
        return (self.of,)

    @property
    def members(self) -> Members:
        """Return the members of the roster, the denominator."""
        return self.roster

    def problems(self, tables: SourceTables) -> Iterator[str]:
        """Yield the problems of `of` and of the roster."""
        path = f"kpi.{self.id}"
        yield from not_identifying(tables.source[self.source], (self.of,), f"{path}.of")
        yield from members_problems(tables, self.roster, path)

    def measure_words(self, tables: SourceTables) -> Text:
        """Return the line on the members and those of them who are counted."""
        roster = tables.source[self.roster.source]
        members = filter_words(self.roster.where, roster, tables)
        return Text(
            f"数え方: 比率。分母は{roster.title.ja}で {members.ja}、期間末に在籍の人。"
            "分子はそのうち記録のある人",
            f"Measure: ratio; denominator: people in {roster.title.en} with {members.en}, in "
            "service at the period's end; numerator: those of them with a row",
        )
