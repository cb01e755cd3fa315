"""The whole catalogue: sources, code tables, KPIs and checks, checked against each other."""

from collections.abc import Iterable
from typing import Self

from pydantic import model_validator

from kpicli.base.problems import InvalidValue, Problem, misnamed, problem
from kpicli.catalog.checks import Check, CheckField, FilledCheck, OrderCheck, PresentCheck
from kpicli.catalog.composed import COMPOSED, ComposedField, ComposedKpi
from kpicli.catalog.composed.problems import (
    composed_problems,
    reference_problems,
    with_components,
)
from kpicli.catalog.conditions import Where, scope_references
from kpicli.catalog.derivations.relations import (
    gathering_problems,
    linked,
    look_up_problems,
    made_of_itself,
    made_otherwise,
    related,
)
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.catalog.measures import KpiField
from kpicli.catalog.problems import (
    calendar_missing,
    dating_problems,
    filter_problems,
    no_source,
    not_dates,
    not_identifying,
    not_number,
    register_problems,
    stock_problems,
    unknown_columns,
    unusable_columns,
    value_filter,
)
from kpicli.catalog.sources.source import Source
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.targets import JointTarget
from kpicli.catalog.validation.parts import part_problems
from kpicli.catalog.validation.targets import (
    composed_targets,
    entered_problems,
    joint_problems,
    target_problems,
)


class Catalog(SourceTables):
    """Everything that is known of exports and figures, as data; ids are the tables' names.

    Of the tables under `[kpi]` those that are made of others are `composed`.
    """

    kpi: dict[str, KpiField] = {}
    check: dict[str, CheckField] = {}
    entered: dict[str, EnteredKpi] = {}
    target: dict[str, JointTarget] = {}
    composed: dict[str, ComposedField] = {}

    @model_validator(mode="before")
    @classmethod
    def _composed_apart(cls, raw: object) -> object:
        tables = raw.get("kpi") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or not isinstance(tables, dict):
            return raw
        apart = {name: t for name, t in tables.items() if _measure_of(t) in COMPOSED}
        rest = {name: table for name, table in tables.items() if name not in apart}
        return {**raw, "kpi": rest, "composed": apart}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        joins = [pair for kpi in self.kpi.values() for pair in kpi.joins]
        self.source.update(linked(self, joins))
        problems = [p for source in self.source.values() for p in _source_problems(self, source)]
        if not problems:
            problems = [p for each in self.source.values() for p in _derived_problems(self, each)]
        if not problems:  # what follows looks code tables up
            problems = [
                *(p for kpi in self.kpi.values() for p in _kpi_problems(self, kpi)),
                *(p for check in self.check.values() for p in _check_problems(self, check)),
                *(
                    problem(
                        f"entered.{name}",
                        "その id の指標がすでにあります",
                        "a KPI has that id",
                    )
                    for name in self.entered
                    if name in self.kpi or name in self.composed
                ),
                *(p for each in self.entered.values() for p in entered_problems(each)),
                *(p for target in self.target.values() for p in joint_problems(self, target)),
                *reference_problems(self),
            ]
        if problems:
            raise InvalidValue(*problems)
        for name, kpi in self.kpi.items():
            keys = [(of, key) for of in kpi.sources for key in self.source[of].per]
            dating = [(of, day) for of in kpi.sources for day in self.source[of].in_force]
            self.kpi[name] = kpi.linked((*related(self, [*kpi.used, *keys]), *dating), self)
        self.composed.update(with_components(self))
        problems = [
            p
            for each in self.composed.values()
            for p in (*composed_problems(each), *composed_targets(self, each))
        ]
        if problems:
            raise InvalidValue(*problems)
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all KPIs: those with rows, those made of others, the entered ones."""
        return (*self.kpi, *self.composed, *self.entered)

    def any_kpi(self, name: str) -> Kpi | ComposedKpi | EnteredKpi:
        """Return the KPI of an id, whatever it is made of; `KeyError` where there is none."""
        return self.kpi.get(name) or self.composed.get(name) or self.entered[name]

    def counted(self, name: str) -> tuple[Kpi, ...]:
        """Return the KPIs with rows behind an id: its own, or all that it is made of."""
        if name in self.composed:
            return self.composed[name].counted
        return (self.kpi[name],) if name in self.kpi else ()


def _measure_of(table: object) -> object:
    measure = table.get("measure") if isinstance(table, dict) else None
    return measure if isinstance(measure, str) else None


def _source_problems(catalog: Catalog, source: Source) -> Iterable[Problem]:
    for name, column in source.known.items():
        if column.codes is not None and column.codes not in catalog.codes:
            yield misnamed(
                f"source.{source.id}.columns.{name}.codes",
                f"「{column.codes}」というコード表はありません",
                f"no table {column.codes!r}",
                column.codes,
                catalog.codes,
            )
            continue
        table = catalog.codes_of(source, name)
        if table is not None:
            path = f"source.{source.id}.columns.{name}.blanks"
            yield from (
                problem(
                    path,
                    f"{word!r} はコード表 {table.id} の値です",
                    f"{word!r} is a value of the code table {table.id!r}",
                )
                for word in column.blanks
                if table.canonical(word) is not None
            )


def _derived_problems(catalog: Catalog, source: Source) -> Iterable[Problem]:
    """Yield what is wrong with columns made of others; their code tables exist."""
    for name, column in source.derived.items():
        path, made = f"source.{source.id}.columns.{name}.from", column.derivation
        unknown = list(unknown_columns(source, made.columns, path))
        yield from unknown
        if unknown:
            continue
        if name in source.with_bases(made.columns):
            yield made_of_itself(path)
            continue
        yield from unusable_columns(source, made.columns, path)
        if made.looks_in is not None:
            yield from look_up_problems(catalog, source, name, column)
            continue
        if made.gathers is not None:
            yield from gathering_problems(catalog, source, name, column)
            continue
        takes, gives = made.takes or column.type, made.gives or column.type
        for base in made.columns:
            if source.known[base].type != takes:
                yield problem(
                    path,
                    f"「{base}」は型が {takes} の列ではありません",
                    f"{base!r} is no column of type {takes!r}",
                )
        if column.type != gives:
            yield made_otherwise(f"source.{source.id}.columns.{name}", gives, None)
            continue
        table = catalog.codes_of(source, name)
        values = () if table is None else tuple(table.values)
        yield from (each.below(path) for each in made.problems(values))
        if made.needs_calendar and catalog.calendar is None:
            yield calendar_missing(path)


def _kpi_problems(catalog: Catalog, kpi: Kpi, companion_at: str = "") -> Iterable[Problem]:
    """Yield what is wrong with a KPI, or with a count that another one has at a key of its own."""
    path, of = companion_at or f"kpi.{kpi.id}", "by" if companion_at else "of"
    source = catalog.source.get(kpi.source)
    if source is None:
        yield no_source(f"{path}.source", kpi.source, catalog.source)
        return
    filters = [(where, f"{path}.{_key_of(kpi, where)}") for where in kpi.wheres]
    filtered = [name for where, _ in filters for name in where.columns]
    unknown = [*unknown_columns(source, (n for n in kpi.columns if n not in filtered), path)]
    for where, own in filters:
        unknown += unknown_columns(source, dict.fromkeys(where.columns), own)
    yield from unknown
    if unknown:
        return
    yield from unusable_columns(source, kpi.columns, path)
    for where, own in filters:
        yield from filter_problems(catalog, source, where, own)
    for column, values in kpi.exclusions:
        yield from filter_problems(catalog, source, value_filter(column, values), f"{path}.exclude")
    yield from not_identifying(source, kpi.identity, f"{path}.{of}")
    for name in kpi.identity:
        table = catalog.codes_of(source, name)
        if table is not None and table.each:
            yield problem(
                f"{path}.{of}",
                f"「{name}」には値がいくつも入り、それぞれ数えます。parts を使ってください",
                f"{name!r} may hold several values, of which each counts: take parts",
            )
    yield from dating_problems(catalog, source, kpi.date, f"{path}.date")
    yield from stock_problems(source, kpi, path)
    if kpi.at == "start" and not kpi.is_stock(catalog) and not companion_at:
        yield problem(
            f"{path}.at",
            "ある日の数を数えるのは、date のない台帳か時点の出力だけです",
            "only a register or snapshot without `date` is counted at a day",
        )
    yield from _scale_problems(kpi, path)
    if kpi.top is not None:
        yield from not_number(source, kpi.top.by, f"{path}.top.by")
    yield from kpi.problems(catalog)
    for key, other in kpi.companions:
        yield from _kpi_problems(catalog, other, f"{path}.{key}")
    yield from part_problems(catalog, source, kpi, path)
    yield from target_problems(catalog, source, kpi, path)


def _scale_problems(kpi: Kpi, path: str) -> Iterable[Problem]:
    """Yield what says how numbers are shown, where the kind of KPI has none such."""
    if kpi.percentage and kpi.scale is not None:
        yield problem(
            f"{path}.scale",
            "比率は % なので scale は書けません",
            "a ratio is a percentage and has no scale",
        )
    if kpi.decimals is not None and not (kpi.percentage or kpi.amounts or kpi.scale):
        yield problem(
            f"{path}.decimals",
            "数えた数に小数はありません(scale があるときだけ書けます)",
            "what is counted has no decimals, unless it has a `scale`",
        )


def _key_of(kpi: Kpi, where: Where) -> str:
    """Return the key under which a filter of the KPI stands: `where`, or `numerator`."""
    keys = (key for key in type(kpi).model_fields if getattr(kpi, key) is where)
    return next(keys, "where")


def _check_problems(catalog: Catalog, check: Check) -> Iterable[Problem]:
    path = f"check.{check.id}"
    source = catalog.source.get(check.source)
    if source is None:
        yield no_source(f"{path}.source", check.source, catalog.source)
        return
    unknown = list(unknown_columns(source, check.used, path))
    yield from unknown
    if unknown:
        return
    yield from unusable_columns(source, check.used, path)
    if isinstance(check, OrderCheck):
        yield from not_dates(source, check.used, path)
    if isinstance(check, FilledCheck):
        yield from filter_problems(catalog, source, check.where, f"{path}.where")
        if any(scope_references(test) for test in check.where.tests):
            yield problem(
                f"{path}.where",
                "検査に期間はないので、@as_of・@start・@end は使えません",
                "a check has no period, so no @as_of, @start or @end",
            )
    if isinstance(check, PresentCheck):
        if source.base_date is None:
            yield problem(
                f"{path}.source",
                f"台帳 {source.id} には基準日がありません",
                f"the register {source.id} has no base date",
            )
        if check.enrolled is not None:
            own = check.enrolled
            yield from register_problems(catalog, own.source, own.by, f"{path}.register")
