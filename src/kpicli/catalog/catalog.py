"""The whole catalogue: sources, code tables and KPIs, checked against each other."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self

from pydantic import model_validator

from kpicli.base.suggestions import nearest
from kpicli.catalog.checks import Check, CheckField, FilledCheck, OrderCheck, PresentCheck
from kpicli.catalog.conditions import DATE_OPERATORS, SCOPE_REFERENCES, Test, Where, references
from kpicli.catalog.kpis import (
    BaseKpi,
    DistinctKpi,
    EnteredKpi,
    Kpi,
    KpiField,
    MeanKpi,
    RatioKpi,
    Roster,
    RosterRatioKpi,
    Rule,
    RulesKpi,
    SumKpi,
)
from kpicli.catalog.sources import CodeTable, Definition, Source
from kpicli.values.folding import fold


class Catalog(Definition):
    """Everything that is known of exports and figures, as data; ids are the tables' names."""

    source: dict[str, Source]
    codes: dict[str, CodeTable] = {}
    kpi: dict[str, KpiField]
    check: dict[str, CheckField] = {}
    entered: dict[str, EnteredKpi] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = [p for source in self.source.values() for p in _source_problems(self, source)]
        if not problems:  # what follows looks code tables up
            problems = [
                *(p for kpi in self.kpi.values() for p in _kpi_problems(self, kpi)),
                *(p for check in self.check.values() for p in _check_problems(self, check)),
                *(
                    f"entered.{name}: a KPI has that id"
                    for name in self.entered
                    if name in self.kpi
                ),
            ]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def codes_of(self, source: Source, column: str) -> CodeTable | None:
        """Return the code table of a source's column; None where it is no code column."""
        name = source.columns[column].codes
        return None if name is None else self.codes[name]


def canonical(table: CodeTable, value: str) -> str | None:
    """Return the value of the table that `value` is or is a synonym of; None if it is neither."""
    folded = fold(value)
    for name, synonyms in table.values.items():
        if folded in (fold(name), *(fold(synonym) for synonym in synonyms)):
            return name
    return None


def _source_problems(catalog: Catalog, source: Source) -> Iterable[str]:
    for name, column in source.columns.items():
        if column.codes is not None and column.codes not in catalog.codes:
            known = nearest(column.codes, catalog.codes)
            yield f"source.{source.id}.columns.{name}.codes: no table {column.codes!r}{known}"


def _kpi_problems(catalog: Catalog, kpi: Kpi) -> Iterable[str]:
    path = f"kpi.{kpi.id}"
    source = catalog.source.get(kpi.source)
    if source is None:
        yield f"{path}.source: no source {kpi.source!r}{nearest(kpi.source, catalog.source)}"
        return
    unknown = [column for column in kpi.columns if column not in source.columns]
    for column in unknown:
        yield f"{path}: {source.id} has no column {column!r}{nearest(column, source.columns)}"
    if unknown:
        return
    yield from _unread_problems(source, kpi.columns, path)
    for where in kpi.wheres:
        yield from _where_problems(catalog, source, where, f"{path}.where")
    for column, values in _excludes(kpi):
        where = Where(((Test(column, "in", values),),))
        yield from _where_problems(catalog, source, where, f"{path}.exclude")
    yield from _type_problems(source, kpi, path)
    yield from _part_problems(catalog, source, kpi, path)
    if isinstance(kpi, RosterRatioKpi):
        yield from _roster_problems(catalog, kpi.roster, path)


def _unread_problems(source: Source, columns: Iterable[str], path: str) -> Iterable[str]:
    """Find the columns that no figure can use: free text is not read, a key is each row's own."""
    for name in columns:
        if source.columns[name].type == "free_text":
            yield f"{path}: {name!r} is free text, which no figure can use"
        elif name == source.lone_key:
            yield f"{path}: {name!r} is the key of {source.id}, each row's own: count the rows"


def _excludes(kpi: BaseKpi) -> list[tuple[str, tuple[str, ...]]]:
    rules = kpi.rules if isinstance(kpi, RulesKpi) else ()
    holders: list[BaseKpi | Rule] = [kpi, *rules]
    return [item for holder in holders for item in holder.exclude.items()]


def _type_problems(source: Source, kpi: Kpi, path: str) -> Iterable[str]:
    dates = [*kpi.date]
    if isinstance(kpi, RulesKpi):
        dates += [name for rule in (*kpi.rules, *kpi.memos) for name in rule.date]
    for name in dates:
        if source.columns[name].type != "date":
            yield f"{path}.date: {name!r} is no date column"
    if source.base_date is None and not dates:
        yield f"{path}.date: the roster {source.id} has no base date, name a date column"
    if isinstance(kpi, SumKpi | MeanKpi) and source.columns[kpi.of].type != "number":
        yield f"{path}.of: {kpi.of!r} is no number column"
    if isinstance(kpi, DistinctKpi | RatioKpi | RosterRatioKpi):
        for name in (kpi.of,) if isinstance(kpi.of, str) else kpi.of:
            if source.columns[name].type in ("date", "free_text"):
                yield f"{path}.of: {name!r} does not identify anything"


def _part_problems(catalog: Catalog, source: Source, kpi: Kpi, path: str) -> Iterable[str]:
    if kpi.parts is None or kpi.parts.by == "month":
        return
    table = catalog.codes_of(source, kpi.parts.by)
    if table is None:
        yield f"{path}.parts.by: {kpi.parts.by!r} is no code column"
        return
    for value in kpi.parts.values:
        if value not in table.values:
            yield f"{path}.parts.values: no value {value!r}{nearest(value, table.values)}"


def _roster_problems(catalog: Catalog, roster: Roster, path: str) -> Iterable[str]:
    source = catalog.source.get(roster.source)
    if source is None:
        known = nearest(roster.source, catalog.source)
        yield f"{path}.roster.source: no source {roster.source!r}{known}"
        return
    unknown = [column for column in roster.columns if column not in source.columns]
    for column in unknown:
        known = nearest(column, source.columns)
        yield f"{path}.roster: {source.id} has no column {column!r}{known}"
    if unknown:
        return
    for column in (roster.joined, roster.left):
        if source.columns[column].type != "date":
            yield f"{path}.roster: {column!r} is no date column"
    if source.columns[roster.of].type in ("date", "free_text"):
        yield f"{path}.roster.of: {roster.of!r} does not identify anything"
    yield from _unread_problems(source, roster.columns, f"{path}.roster")
    yield from _where_problems(catalog, source, roster.where, f"{path}.roster.where")


def _check_problems(catalog: Catalog, check: Check) -> Iterable[str]:
    path = f"check.{check.id}"
    source = catalog.source.get(check.source)
    if source is None:
        yield f"{path}.source: no source {check.source!r}{nearest(check.source, catalog.source)}"
        return
    unknown = [column for column in check.used if column not in source.columns]
    for column in unknown:
        yield f"{path}: {source.id} has no column {column!r}{nearest(column, source.columns)}"
    if unknown:
        return
    yield from _unread_problems(source, check.used, path)
    if isinstance(check, OrderCheck):
        for column in check.used:
            if source.columns[column].type != "date":
                yield f"{path}: {column!r} is no date column"
    if isinstance(check, FilledCheck):
        yield from _where_problems(catalog, source, check.where, f"{path}.where")
        if any(operand in SCOPE_REFERENCES for t in check.where.tests for operand in t.operands):
            yield f"{path}.where: a check has no period, so no @as_of, @start or @end"
    if isinstance(check, PresentCheck):
        if source.base_date is None:
            yield f"{path}.source: the roster {source.id} has no base date"
        if check.roster is not None:
            yield from _roster_problems(catalog, check.roster, path)


def _where_problems(catalog: Catalog, source: Source, where: Where, path: str) -> Iterable[str]:
    for test in where.tests:
        column = source.columns[test.column]
        if test.operator in DATE_OPERATORS:
            yield from _date_problems(source, test, path)
        elif test.operator in ("in", "not_in"):
            if column.type == "date":
                yield f"{path}.{test.column}: a date column is not compared with values"
            if column.type == "number":
                yield from _number_problems(test, path)
            yield from _value_problems(catalog, source, test, path)


def _date_problems(source: Source, test: Test, path: str) -> Iterable[str]:
    operand = test.operands[0]
    if source.columns[test.column].type != "date":
        yield f"{path}.{test.column}: no date column, it cannot be {test.operator!r} a date"
    others = references(test) if operand not in SCOPE_REFERENCES else []
    for other in others:
        if source.columns[other].type != "date":
            yield f"{path}.{test.column}: @{other} is no date column"
    if isinstance(operand, date) and not 1868 <= operand.year <= 2200:
        yield f"{path}.{test.column}: {operand} is no plausible date"


def _number_problems(test: Test, path: str) -> Iterable[str]:
    for value in test.operands:
        try:
            Decimal(str(value))
        except InvalidOperation:
            yield f"{path}.{test.column}: {value!r} is no number"


def _value_problems(catalog: Catalog, source: Source, test: Test, path: str) -> Iterable[str]:
    table = catalog.codes_of(source, test.column)
    if table is None or table.open:
        return
    for value in test.operands:
        if str(value) not in table.values:
            known = nearest(str(value), table.values)
            yield f"{path}.{test.column}: no value {value!r} in {table.id}{known}"
