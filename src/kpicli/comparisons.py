"""Setting figures beside the same figures of another period (前期, 前年同期)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from kpicli.catalog.kpis import Kpi
from kpicli.figures import Comparison, Figure, Status, Value
from kpicli.periods import Period
from kpicli.series import NOTHING, Inputs, figures

ComparisonKind = Literal["previous", "year_ago"]
Key = tuple[str, str | None, str | None, str | None]


def compare(
    inputs: Inputs, kpi: Kpi, own: Sequence[Figure], kinds: Sequence[ComparisonKind]
) -> list[Figure]:
    """Return the figures with a comparison of each kind.

    A month is compared with the month before it or a year before; parts that are months have no
    comparison.
    """
    if not kinds or not inputs.readable(kpi):
        return [replace(f, comparisons=tuple(_nothing(f, kind) for kind in kinds)) for f in own]
    found: dict[tuple[Period, str | None], dict[Key, Value]] = {}
    compared: list[Figure] = []
    for figure in own:
        results: list[Comparison] = []
        for kind in kinds if figure.part != "month" and figure.kind != "memo" else ():
            period = other_period(figure.period, kind)
            by = None if figure.by == "month" else figure.by
            if (period, by) not in found:
                other, _ = figures(inputs, kpi, period, by)
                found[period, by] = {_key(f): f.value for f in other}
            results.append(_comparison(figure, kind, period, found[period, by]))
        compared.append(replace(figure, comparisons=tuple(results)))
    return compared


def other_period(period: Period, kind: ComparisonKind) -> Period:
    """Return the period before, or the same one a year earlier."""
    return period.previous() if kind == "previous" else period.year_ago()


def _key(figure: Figure) -> Key:
    group = None if figure.by == "month" else figure.group
    return figure.kind, group, figure.part, figure.item


def _nothing(figure: Figure, kind: ComparisonKind) -> Comparison:
    return Comparison(kind, other_period(figure.period, kind), NOTHING, None)


def _comparison(
    figure: Figure, kind: ComparisonKind, period: Period, values: dict[Key, Value]
) -> Comparison:
    value = values.get(_key(figure))
    if value is None:
        value = _absent(figure, next(iter(values.values()), NOTHING))
    change = None
    if figure.value.number is not None and value.number is not None:
        change = figure.value.number - value.number
    return Comparison(kind, period, value, change)


def _absent(figure: Figure, whole: Value) -> Value:
    """Return the value of a group or item that has no row in the other period."""
    if whole.status is Status.NO_DATA:
        return NOTHING
    if figure.value.denominator is not None:
        return Value(None, 0, 0, Status.UNDEFINED, 0)
    return Value(0, None, None, whole.status, whole.faulty_rows)
