"""Setting figures beside the same figures of another period (前期, 前年同期)."""

from collections.abc import Sequence

from msgspec.structs import replace

from kpicli.catalog.kpis import Kpi
from kpicli.model.figures import COMPUTED, Comparison, Figure, Status, Value
from kpicli.model.periods import ComparisonKind, Period
from kpicli.published.lookup import NOTHING_PUBLISHED, Found, Published
from kpicli.run.series import NOTHING, Inputs, figures

Key = tuple[str, str | None, str | None, str | None]


def compare(
    inputs: Inputs,
    kpi: Kpi,
    own: Sequence[Figure],
    kinds: Sequence[ComparisonKind],
    published: Published = NOTHING_PUBLISHED,
) -> list[Figure]:
    """Return the figures with a comparison of each kind.

    What was published of the other period is what is compared; only what was not is counted, and
    only what no export covers is taken from what was entered.

    A group that is a month is compared with the month before it or a year before, as it stands
    among the months of its own period. Parts that are months have no comparison.
    """
    others = _Others(inputs, kpi) if inputs.readable(kpi) else None
    compared: list[Figure] = []
    for figure in own:
        results: list[Comparison] = []
        for kind in kinds if figure.part != "month" and figure.kind != "memo" else ():
            period = figure.period.compared_with(kind)
            known = published.frozen(kpi.id, kpi.version, figure, period)
            if known is None:
                known = _counted(inputs, kpi, figure, kind, others)
            if known.value.status is Status.NO_DATA and known.origin.kind == "computed":
                known = published.by_hand(kpi.id, figure, period) or known
            results.append(against(figure, kind, known))
        compared.append(replace(figure, comparisons=tuple(results)))
    return compared


def against(figure: Figure, kind: ComparisonKind, other: Found) -> Comparison:
    """Return the comparison of a figure with a value of the other period."""
    change = None
    if figure.value.number is not None and other.value.number is not None:
        change = figure.value.number - other.value.number
    return Comparison(kind, figure.period.compared_with(kind), other.value, change, other.origin)


def _counted(
    inputs: Inputs, kpi: Kpi, figure: Figure, kind: ComparisonKind, others: "_Others | None"
) -> Found:
    if others is None:
        return Found(NOTHING, COMPUTED)
    return Found(_value(inputs, kpi, figure, kind, others.values(figure, kind)), COMPUTED)


class _Others:
    """The figures of other periods, each found once."""

    def __init__(self, inputs: Inputs, kpi: Kpi) -> None:
        self._inputs, self._kpi = inputs, kpi
        self._found: dict[tuple[Period, str | None], dict[Key, Value]] = {}

    def values(self, figure: Figure, kind: ComparisonKind) -> dict[Key, Value]:
        """Return all values of the period that the figure is compared with."""
        period = figure.period.compared_with(kind)
        if figure.by == "month":
            self._read_months(period, kind)
        by = None if figure.by == "month" else figure.by
        if (period, by) not in self._found:
            other, _ = figures(self._inputs, self._kpi, period, by)
            self._found[period, by] = {_key(f): f.value for f in other}
        return self._found[period, by]

    def _read_months(self, period: Period, kind: ComparisonKind) -> None:
        """Find the month as a group of the run's own period, or of the one it is compared with.

        Labelled rules keep the as-of date of the period that is grouped.
        """
        own = self._inputs.period
        for whole in (own, own.compared_with(kind)):
            inside = whole.start <= period.start and period.end <= whole.end
            if inside and (whole, "month") not in self._found:
                grouped, _ = figures(self._inputs, self._kpi, whole, "month")
                self._found[whole, "month"] = {}
                for figure in grouped:
                    if figure.group is not None:
                        months = self._found.setdefault((figure.period, None), {})
                        months[_key(figure)] = figure.value


def _key(figure: Figure) -> Key:
    group = None if figure.by == "month" else figure.group
    return figure.kind, group, figure.part, figure.item


def _value(
    inputs: Inputs, kpi: Kpi, figure: Figure, kind: ComparisonKind, values: dict[Key, Value]
) -> Value:
    period = figure.period.compared_with(kind)
    value = values.get(_key(figure))
    if value is None and inputs.datasets[kpi.source].coverage.of(period) == "unknown":
        value = NOTHING
    return _absent(figure, next(iter(values.values()), NOTHING)) if value is None else value


def _absent(figure: Figure, whole: Value) -> Value:
    """Return the value of a group or item that has no row in the other period."""
    if whole.status is Status.NO_DATA:
        return NOTHING
    if figure.value.denominator is not None:
        return Value(None, 0, 0, Status.UNDEFINED, 0)
    return Value(0, None, None, whole.status, whole.faulty_rows)
