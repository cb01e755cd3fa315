"""The trend: the figures of a KPI in several periods beside each other."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.model.figures import Figure, in_order
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.summary import Series
from kpicli.model.value import NOTHING, Value
from kpicli.published.entered import digits_of
from kpicli.published.lookup import Found
from kpicli.run.shares import share

if TYPE_CHECKING:
    from kpicli.catalog.kpis.kpi import EnteredKpi
    from kpicli.run.composed import DefinedRun
    from kpicli.run.kpi_run import FigureRun, Run


def trend(kpi_run: "DefinedRun", figures: Sequence[Figure]) -> tuple[Series, ...]:
    """Return a series for each figure in the periods of the request; none where it has no trend.

    In the run's own period those are the `figures` themselves. In any other, what was published
    stands; only what was not is counted, and only what no export covers was entered. What only
    another period has follows among its kind. Parts and groups that are months have no series.
    """
    run, kpi = kpi_run.run, kpi_run.kpi
    request, published = run.request, run.published
    if not request.trend:
        return ()
    definition = kpi_run.definition
    by = None if is_span_kind(request.by) else request.by
    figures = [figure for figure in figures if not is_span_kind(figure.by)]

    def known(period: Period) -> Sequence[Figure]:
        own = _published(run, kpi.id, period, None if kpi.parts is None else kpi.parts.by)
        if by is None and published.figures(kpi.id, period):
            return own
        return (*own, *kpi_run.figures(period, by))

    def value(figure: Figure, period: Period) -> Found:
        def counted(own: "FigureRun") -> Value:
            others = figures if period == request.period else own.figures(period, by)
            values = {other.key: other.value for other in others}
            return own.counterpart(figure, period, values)

        if period == request.period:
            return Found(counted(kpi_run), definition=definition)
        return kpi_run.standing(figure, period, counted)

    own = [
        replace(figure, definition=definition) if figure.origin.kind == "computed" else figure
        for figure in figures
    ]
    series = _series(run, own, known, value)
    periods = [
        share(kpi_run, figures) for figures in zip(*(s.figures for s in series), strict=True)
    ]
    return tuple(Series(figures) for figures in zip(*periods, strict=True))


def entered_trend(run: "Run", kpi: "EnteredKpi", figures: Sequence[Figure]) -> tuple[Series, ...]:
    """Return what `trend` does of a KPI that no export holds."""

    def value(figure: Figure, period: Period) -> Found:
        if period == run.request.period:
            return Found(NOTHING)
        return run.published.standing(kpi.id, figure, period, lambda: Found(NOTHING))

    if not run.request.trend:
        return ()
    return _series(run, figures, lambda period: _published(run, kpi.id, period, "item"), value)


def trend_remarks(run: "Run", kpi_id: str, series: Sequence[Series]) -> Iterator[Text]:
    """Yield where the definition changed, and where what was published or entered says otherwise.

    Each remark once, in the order of the periods.
    """
    said: dict[Text, None] = {}
    for each in series:
        said.update(dict.fromkeys(_break(old, new) for old, new in each.breaks))
    for each in series:
        for figure in each.figures:
            if figure is not each.own:
                contradiction = run.published.contradiction
                said.update(contradiction(kpi_id, figure, figure.period, figure.value))
        frozen = run.published.frozen(kpi_id, each.own, each.own.period)
        if frozen is not None and frozen.value.number != each.own.value.number:
            said[_published_otherwise(each.own, frozen)] = None
    yield from said


def _published(run: "Run", kpi_id: str, period: Period, part: str | None) -> tuple[Figure, ...]:
    """Return the figures of a KPI that were published of a period or, else, entered.

    `part` is what its items are parts by.
    """
    frozen = run.published.figures(kpi_id, period)
    if frozen:
        return frozen
    total = Figure(kpi_id, "total", period, None, None, None, None, NOTHING)
    return tuple(
        total if entry.item is None else replace(total, kind="part", part=part, item=entry.item)
        for entry in run.published.items(kpi_id, period)
    )


def _series(
    run: "Run",
    own: Sequence[Figure],
    known: Callable[[Period], Sequence[Figure]],
    value: Callable[[Figure, Period], Found],
) -> tuple[Series, ...]:
    """Return a series for every figure that is `known` in any of the periods."""
    periods = run.request.trend
    here = {figure.key: figure for figure in own}
    rows = {key: figure for key, figure in here.items() if figure.part != "month"}
    for period in periods[:-1]:
        for figure in known(period):
            if figure.part != "month":
                rows.setdefault(figure.key, figure)
    ordered = in_order(rows.values())

    def at(row: Figure, period: Period) -> Figure:
        if period == run.request.period and row.key in here:
            return here[row.key]
        found = value(row, period)
        bare = replace(row, period=period, comparisons=(), targets=(), share=None, components=())
        definition = found.definition if found.origin.kind != "entered" else None
        return replace(bare, value=found.value, origin=found.origin, definition=definition)

    return tuple(Series(tuple(at(row, period) for period in periods)) for row in ordered)


def _break(old: Figure, new: Figure) -> Text:
    before, after = old.definition, new.definition
    ja, en = "", ""
    if before is not None and after is not None and before.version != after.version:
        ja = f"(第{before.version}版から第{after.version}版へ)"
        en = f" (from version {before.version} to {after.version})"
    return Text(
        f"{old.period.name} と {new.period.name} のあいだで定義が変わった{ja}ので、"
        "その前後の値は比べられません",
        f"the definition changed between {old.period.name} and {new.period.name}{en}: "
        "values before and after it cannot be compared",
    )


def _published_otherwise(own: Figure, frozen: Found) -> Text:
    item = "" if own.item is None else f" {own.item}"
    then, now = (digits_of(value) or "-" for value in (frozen.value, own.value))
    return Text(
        f"{own.period.name}{item} は {then} と公表しましたが、"
        f"今の出力から数えると {now} です(違いは kpicli diff で見られます)",
        f"{own.period.name}{item} was published as {then}, the exports now make "
        f"{now} (kpicli diff tells why)",
    )
