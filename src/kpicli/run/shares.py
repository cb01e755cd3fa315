"""Parts as shares of their total."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.model.figures import Figure
from kpicli.model.value import Value, unrounded
from kpicli.values.numbers import shortened

if TYPE_CHECKING:
    from kpicli.run.composed import DefinedRun


def share(kpi_run: "DefinedRun", figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, parts with their percentage of what they are parts of, if asked for.

    That is the total of their group, of a part of the second level the part above it.
    It is of the exact values, rounded half up to one decimal; there is none where one of the two
    has no number, or the total is 0.
    """
    parts = kpi_run.kpi.parts
    kinds = () if parts is None or not parts.share else ("part", "of_which")
    if parts is not None and parts.within is not None and parts.within.share:
        kinds = (*kinds, "subpart")
    if not kinds:
        return list(figures)
    wholes = {(f.by, f.group, f.item): f.value for f in figures if f.kind in ("total", "part")}
    return [
        replace(
            figure, share=_share(figure.value, wholes.get((figure.by, figure.group, figure.under)))
        )
        if figure.kind in kinds
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
