"""Composed KPIs checked against the catalogue, and their components looked up."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.catalog.targets import days_of_range

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.composed import ComposedKpi

Span = tuple[date, date]

AT = "@"
"""Stands between a component and the fixed period whose value is meant."""


def reference_problems(catalog: "Catalog") -> Iterator[Problem]:
    """Yield the figures of composed KPIs that are none, too few, twice the same or in a circle."""
    known = catalog.ids
    for name, kpi in catalog.composed.items():
        path = f"kpi.{name}.figures"
        if len(kpi.figures) < 2:
            yield problem(
                path,
                '指標を二つ以上書いてください(例: figures = ["complaints", "in_force"])',
                'two KPIs or more, such as figures = ["complaints", "in_force"]',
            )
        for figure in kpi.figures:
            other, at, period = figure.partition(AT)
            if other not in known:
                ja, en = f"「{other}」という指標はありません", f"no KPI {other!r}"
                yield misnamed(path, ja, en, other, known)
            elif at and _span_of(period) is None:
                such = f"{other}@2017-02, {other}@2016-04..2017-03"
                yield problem(
                    path,
                    f"「{period}」は決まった期間ではありません。{AT} の後は月か、"
                    f"月または日の範囲です(例: {such})",
                    f"{period!r} is no fixed period: after {AT} stands a month, or a range of "
                    f"months or days, such as {such}",
                )
        for figure in sorted({each for each in kpi.figures if kpi.figures.count(each) > 1}):
            yield problem(path, f"「{figure}」が二度あります", f"{figure!r} stands there twice")
        circle = " -> ".join(_circle(catalog, name))
        if circle:
            ja, en = f"自分自身から作られています: {circle}", f"it is made of itself: {circle}"
            yield problem(path, ja, en)


def _circle(catalog: "Catalog", name: str) -> tuple[str, ...]:
    """Return the way by which a composed KPI leads back to itself; empty where none does."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen = {name}
    while ways:
        way = ways.pop()
        for figure in catalog.composed[way[-1]].figures:
            other = figure.partition(AT)[0]
            if other == name:
                return (*way, other)
            if other in catalog.composed and other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _span_of(period: str) -> Span | None:
    """Return the days of a month or range that is written with its year; None for another word."""
    return days_of_range(period) or days_of_range(f"{period}..{period}")


def with_components(catalog: "Catalog") -> "Mapping[str, ComposedKpi]":
    """Return the composed KPIs, each with its components; all of these exist, in no circle."""
    resolved: dict[str, ComposedKpi] = {}

    def component(figure: str) -> "tuple[Kpi | ComposedKpi | EnteredKpi, Span | None]":
        name, _, period = figure.partition(AT)
        span = _span_of(period) if period else None
        if name in catalog.composed:
            resolve(name)
            return resolved[name], span
        return catalog.any_kpi(name), span

    def resolve(name: str) -> None:
        if name not in resolved:
            kpi = catalog.composed[name]
            resolved[name] = kpi.with_components([component(figure) for figure in kpi.figures])

    for name in catalog.composed:
        resolve(name)
    return {name: resolved[name] for name in catalog.composed}


def composed_problems(kpi: "ComposedKpi") -> Iterator[Problem]:
    """Yield the problems with a composed KPI whose components are known."""
    path = f"kpi.{kpi.id}"
    problems = list(kpi.problems())
    yield from problems
    if problems:
        return
    if "unit" not in kpi.model_fields_set and kpi.usual_unit is None:
        yield problem(
            f"{path}.unit",
            '単位を書いてください(例: unit = "件")。figures からは決まりません',
            'write the unit, such as unit = "件", it does not follow from `figures`',
        )
    split = kpi.parts
    for each in kpi.components:
        if isinstance(each.kpi, Kpi) and each.kpi.dated:
            yield problem(
                f"{path}.figures",
                f"{each.kpi.id} の値は日付で、計算できません。行を数える指標を書いてください",
                f"the value of {each.kpi.id} is dates, which cannot be calculated with: name a KPI "
                "that counts the rows",
            )
        if split is None and not _has_total(each.kpi):
            yield problem(
                f"{path}.figures",
                f"{each.kpi.id} には合計がなく、内訳はすべての figures に共通ではありません",
                f"{each.kpi.id} has no total, only parts, and not all figures have the same parts",
            )
    whole = kpi.exact and not any(each.amounts for each in kpi.counted) and not kpi.entered
    if kpi.decimals is not None and whole and kpi.scale is None:
        yield problem(
            f"{path}.decimals",
            "数えるものに小数はありません(scale があるときを除く)",
            "what is counted has no decimals, unless it has a `scale`",
        )


def _has_total(kpi: "Kpi | ComposedKpi | EnteredKpi") -> bool:
    return isinstance(kpi, EnteredKpi) or kpi.parts is None or kpi.parts.total
