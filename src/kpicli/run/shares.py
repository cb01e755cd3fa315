"""Parts as shares of their total."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.model.figures import Figure, Value, unrounded
from kpicli.values.numbers import shortened

if TYPE_CHECKING:
    from kpicli.run.kpi_run import KpiRun


def share(kpi_run: "KpiRun", figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, parts with their percentage of the total of their group, if asked for.

    It is of the exact values, rounded half up to one decimal; there is none where one of the two
    has no number, or the total is 0.
    """
    parts = kpi_run.kpi.parts
    if parts is None or not parts.share:
        return list(figures)
    totals = {(f.by, f.group): f.value for f in figures if f.kind == "total"}
    return [
        replace(figure, share=_share(figure.value, totals.get((figure.by, figure.group))))
        if figure.kind == "part"
        else figure
        for figure in figures
    ]


def _share(part: Value, total: Value | None) -> Decimal | None:
    if total is None or part.number is None or not total.number:
        return None
    return shortened(100 * _exact(part) / _exact(total), 1)


def _exact(value: Value) -> Fraction:
    known = unrounded(value)
    return Fraction(value.number or 0) if known is None else known
