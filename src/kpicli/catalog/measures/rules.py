"""Kind `rules`: rows counted once, under the first labelled rule that holds."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kpicli.base.problems import Problem, invalid
from kpicli.base.wording import Text
from kpicli.catalog.conditions import Where, WhereField
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.catalog.kpis.rows import Datings
from kpicli.catalog.problems import not_dates
from kpicli.catalog.sources.source import Source
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.texts import TextField
from kpicli.catalog.words import dating_words, exclusion_words, filter_words
from kpicli.model.measured import CountedRow, Measured
from kpicli.values.moments import column_of


class Rule(Definition):
    """A labelled rule.

    It holds for rows that fit `where`, dated by the first filled column of `date`, in the period,
    less those that `exclude` names.
    """

    label: TextField
    date: Datings
    where: WhereField
    exclude: dict[str, Names] = {}
    until_as_of: bool = False
    """Count only dates up to the as-of date (inclusive)."""
    carried_in: bool = False
    """Count rows dated before the period instead of in it (memos only)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the rule uses."""
        return tuple(
            dict.fromkeys((*map(column_of, self.date), *self.exclude, *self.where.columns))
        )

    def words(self, source: Source, tables: SourceTables, *, memo: bool) -> Iterator[Text]:
        """Yield the lines that say what the rule counts, and when."""
        where, dates = filter_words(self.where, source, tables), dating_words(source, self.date)
        when = Text("期間内", "in the period")
        if self.until_as_of:
            when = Text("期間内で時点日まで", "in the period, up to the as-of date")
        if self.carried_in:
            when = Text("期間より前", "before the period")
        kind = Text("参考(合計に入れない)", "Memo (never added)") if memo else Text("規則", "Rule")
        yield Text(
            f"{kind.ja}「{self.label.ja}」: {where.ja}。日付は {dates.ja}({when.ja})",
            f"{kind.en} {self.label.en!r}: {where.en}; dated by {dates.en} ({when.en})",
        )
        yield from exclusion_words(self.exclude, source, tables)


class RulesKpi(Kpi):
    """The number of rows that any of the labelled rules holds for.

    A row counts once, under the first. A row that fits an earlier rule's filter, whatever its date,
    never reaches a later one. Memos are counted beside, by the same way, and never added.
    """

    sums = Sums.EXACT  # every row has one date, and the as-of date is the period's throughout
    sums_over_periods = False  # a period asked for alone has an as-of date of its own

    measure: Literal["rules"]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    memos: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _rules_say_it(self) -> Self:
        if self.date or self.exclude:
            raise invalid(
                "date と exclude は規則ごとに書きます",
                "date and exclude belong into the rules, each has its own",
            )
        if any(rule.carried_in for rule in self.rules):
            raise invalid(
                "carried_in は memos だけに書けます。規則が数えるのは期間内の行です",
                "carried_in is for memos: what a rule counts lies in the period",
            )
        return self

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return the number of rows."""
        return Measured(len(rows))

    @property
    def wheres(self) -> tuple[Where, ...]:
        """Return the filters of the KPI, its rules and its memos."""
        return (self.where, *(rule.where for rule in (*self.rules, *self.memos)))

    def excluded_by(self, tables: SourceTables) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield nothing: each rule says itself what it excludes."""
        yield from ()

    @property
    def exclusions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the columns and values that rules and memos exclude by name."""
        return tuple(item for rule in (*self.rules, *self.memos) for item in rule.exclude.items())

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the KPI, its rules and its memos."""
        used = [column for rule in (*self.rules, *self.memos) for column in rule.columns]
        return tuple(dict.fromkeys((*super().columns, *used)))

    @property
    def dates(self) -> tuple[str, ...]:
        """Return the date columns of the rules, memos aside."""
        return tuple(dict.fromkeys(column_of(each) for rule in self.rules for each in rule.date))

    @property
    def uses_as_of(self) -> bool:
        """Return whether a filter or the end of a rule depends on the as-of date."""
        return super().uses_as_of or any(rule.until_as_of for rule in self.rules)

    def problems(self, tables: SourceTables) -> Iterator[Problem]:
        """Yield the dates of rules and memos that are none."""
        for rule in (*self.rules, *self.memos):
            yield from not_dates(
                tables.source[self.source], map(column_of, rule.date), f"kpi.{self.id}.date"
            )

    def measure_words(self, tables: SourceTables) -> Text:
        """Return how rules share out the rows."""
        return Text(
            "数え方: 次の規則の最初に当たるもので 1 行 1 回",
            "Measure: a row counts once, under the first rule that holds",
        )

    def date_words(self, source: Source) -> tuple[Text, ...]:
        """Return nothing: each rule says its own dates."""
        return ()

    def rule_words(self, tables: SourceTables) -> tuple[Text, ...]:
        """Return the lines of all rules, then of the memos."""
        source = tables.source[self.source]
        return (
            *(line for rule in self.rules for line in rule.words(source, tables, memo=False)),
            *(line for rule in self.memos for line in rule.words(source, tables, memo=True)),
        )

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Return the English of the labels of rules and memos."""
        kinds = {"rule": self.rules, "memo": self.memos}
        return {kind: {r.label.ja: r.label.en for r in rules} for kind, rules in kinds.items()}
