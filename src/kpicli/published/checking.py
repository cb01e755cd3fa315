"""Whether a record agrees with itself: every figure must be what its own rows make."""

from decimal import Decimal, InvalidOperation

from kpicli.calculators.interface import Measured
from kpicli.calculators.units import Counting, Unit, measured
from kpicli.model.figures import Status
from kpicli.published.record import FigureRow, FrozenFigure, FrozenKpi, Record


def counting_of(kpi: FrozenKpi) -> Counting:
    """Return how the KPI's rows were counted."""
    return Counting(kpi.measure, kpi.amount is None or kpi.amount in kpi.columns)


def unit_of(kpi: FrozenKpi, row: FigureRow) -> Unit:
    """Return what a figure needs to know of a row. `ValueError` for an amount that is no number."""
    _, _, values, numerator, who = row
    amount = None
    if kpi.amount is not None and kpi.amount in kpi.columns:
        try:
            amount = Decimal(values[kpi.columns.index(kpi.amount)] or "")
        except InvalidOperation:
            raise ValueError(f"kpis.{kpi.id}.rows: no number in {kpi.amount}") from None
    return Unit(numerator, who, amount)


def problem_of(record: Record) -> str | None:
    """Return which key of a record contradicts the others; None where all agree."""
    for kpi in record.kpis:
        try:
            place = _wrong_figure(kpi)
        except ValueError as error:
            return str(error)
        if place is not None:
            return f"kpis.{kpi.id}.figures.{place}: the rows make another number"
    return None


def _wrong_figure(kpi: FrozenKpi) -> int | None:
    counting = counting_of(kpi)
    if kpi.source is None or not counting.by_rows:
        return None
    members = [Unit(who=row[4]) for row in (() if kpi.roster is None else kpi.roster.rows)]
    units: list[list[Unit]] = [[] for _ in kpi.figures]
    for row in kpi.rows:
        unit = unit_of(kpi, row)
        for place in row[1]:
            units[place].append(unit)
    for place, figure in enumerate(kpi.figures):
        if not _agrees(figure, measured(counting, figure.kind, units[place], members)):
            return place
    return None


def _agrees(figure: FrozenFigure, made: Measured) -> bool:
    if figure.origin.kind == "entered" or figure.status is Status.NO_DATA:
        return True
    return (figure.value, figure.numerator, figure.denominator) == (
        made.number,
        made.numerator,
        made.denominator,
    )
