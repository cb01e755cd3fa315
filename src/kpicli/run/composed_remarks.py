"""What a reader of a composed figure must know: which component keeps it from being final."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kpicli.base.wording import Text
from kpicli.catalog.composed import Component
from kpicli.catalog.kpis.kpi import EnteredKpi
from kpicli.model.figures import ComponentValue, Figure
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.value import Status
from kpicli.run.composed import ComponentRun, ComposedRun
from kpicli.run.kpi_run import KpiRun
from kpicli.run.remarks import counted_remarks, ungroupable
from kpicli.run.warnings import not_exported, told_to_all

_NOT_FINAL: Mapping[Status, Text] = {
    Status.PARTIAL: Text("期間の一部だけ", "only part of the period"),
    Status.PROVISIONAL: Text("要確認の行がある", "rows in doubt"),
}


def remark_composed(
    composed: ComposedRun, figures: Sequence[Figure], asked: Collection[str]
) -> tuple[Text, ...]:
    """Return the remarks on a composed KPI.

    They say which component leaves it without a value or not final, and which cannot be grouped.
    What is remarked on a component itself is told where that is not among those `asked` for.
    """
    return tuple(dict.fromkeys(_remarks(composed, figures, asked)))


def _of(component: Component, text: Text) -> Text:
    """Return what is remarked on a component, with its title before it."""
    return Text(f"{component.words.ja}: {text.ja}", f"{component.words.en}: {text.en}")


def _remarks(
    composed: ComposedRun, figures: Sequence[Figure], asked: Collection[str]
) -> Iterator[Text]:
    run = composed.run
    for figure in figures:
        if figure.by is None:
            yield from _reasons(composed, figure)
    for by in run.request.dimensions:
        if not (is_span_kind(by) or composed.groupable(by)):
            yield ungroupable(by)
    for place, each in enumerate(composed.components):
        values = [figure.components[place] for figure in figures if figure.components]
        periods = [other.period for figure in figures for other in figure.comparisons]
        if each.component.kpi.id not in asked:
            told = _own(each, values, periods, asked)
            yield from (_of(each.component, text) for text in told)
    yield from run.published.remarks(composed.kpi, figures)


def _reasons(composed: ComposedRun, figure: Figure) -> Iterator[Text]:
    """Yield why a figure has no value, or is not final: which component it is, and how."""
    item = "" if figure.item is None else f"{figure.item}: "
    for each, value in zip(composed.components, figure.components, strict=False):
        words, status = each.component.words, value.value.status
        if value.value.number is None:
            reason = _lacking(status)
            yield Text(
                f"{item}{words.ja} {reason.ja}ので、値がありません",
                f"{item}no value, as {words.en} {reason.en}",
            )
        elif status in _NOT_FINAL:
            reason, rows = _NOT_FINAL[status], value.value.faulty_rows
            ja, en = (f" {rows} 行", f" ({rows})") if rows else ("", "")
            yield Text(
                f"{item}{words.ja} が確定していない({reason.ja}{ja})ので、確定していません",
                f"{item}not final, as {words.en} is not: {reason.en}{en}",
            )
    if figure.value.status is Status.UNDEFINED and all(map(_has_number, figure.components)):
        words = composed.components[-1].component.words
        yield Text(
            f"{item}{words.ja} が 0 なので、割れません", f"{item}no value, as {words.en} is zero"
        )


def _has_number(value: ComponentValue) -> bool:
    return value.value.number is not None


def _lacking(status: Status) -> Text:
    match status:
        case Status.NO_DATA:
            return Text("のデータがない", "has no data")
        case Status.PROVISIONAL:
            return Text("には要確認の行しかない", "has rows in doubt alone")
        case _:
            return Text("に値がない", "has no value")


def warnings_of_components(composed: ComposedRun, asked: Collection[str]) -> tuple[Text, ...]:
    """Return the warnings on the components that are not among those `asked` for."""
    return tuple(
        _of(each.component, text)
        for each in composed.components
        if isinstance(each.own, KpiRun) and each.own.kpi.id not in asked
        for text in (*not_exported(each.own.run, each.own.kpi), *told_to_all(each.own))
    )


def _own(
    each: ComponentRun,
    values: Sequence[ComponentValue],
    compared: Sequence[Period],
    asked: Collection[str],
) -> Iterator[Text]:
    """Yield what is remarked on a component itself, and what was published of it otherwise.

    `values` are those of it that figures are made of, `compared` the other periods.
    """
    kpi, published = each.component.kpi, each.own.run.published
    if isinstance(each.own, KpiRun):
        yield from counted_remarks(each.own)
    if isinstance(each.own, ComposedRun):
        yield from _remarks(each.own, each.own.figures(each.own.run.request.period), asked)
    for period in compared:
        if not isinstance(kpi, EnteredKpi):
            yield from published.version_remark(kpi, each.fixed or period)
    for value in values:
        if value.origin.kind == "entered":
            on, source = value.origin.on, value.origin.source
            yield Text(f"{on} に入力した値(出典: {source})", f"entered on {on}, from {source}")
