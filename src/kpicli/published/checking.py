"""Whether a record agrees with itself: every figure must be what its own rows make."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from msgspec import Struct

from kpicli.catalog.composed import COMPOSED
from kpicli.catalog.kpis import Kpi
from kpicli.model.figures import FigureKind, Status
from kpicli.model.measured import CountedRow, Measured, Shortening
from kpicli.published.kinds import KINDS_OF_RECORDS
from kpicli.published.record import FigureRow, FrozenComposition, FrozenFigure, FrozenKpi, Record
from kpicli.values.numbers import one_decimal


class Counting(Struct, frozen=True):
    """How a KPI's rows are counted from a record.

    `kind` is None for a figure that was entered. `by_rows` tells whether the rows alone make the
    figure: those of a personal number column do not, as the record does not hold its numbers.
    """

    kind: type[Kpi] | None
    by_rows: bool
    shortening: Shortening

    def count(
        self,
        figure: FigureKind,
        rows: Collection[CountedRow],
        members: Collection[CountedRow] = (),
    ) -> Measured:
        """Return what the rows make; a memo is a number of rows, whatever the KPI measures."""
        made = Measured(len(rows))
        if self.kind is not None and figure != "memo":
            made = self.kind.count(rows, members)
        return self.shortening.of(made)


def counting_of(kpi: FrozenKpi) -> Counting:
    """Return how the KPI's rows were counted."""
    needed = {name for name in (kpi.amount, kpi.weight) if name is not None}
    known = kpi.source is not None and needed <= {*kpi.columns}
    return Counting(KINDS_OF_RECORDS.get(kpi.measure), known, kpi.shortening)


def counted_rows(kpi: FrozenKpi, rows: Sequence[FigureRow]) -> Iterator[CountedRow]:
    """Yield what a figure needs of each frozen row; `ValueError` for an amount that is no number.

    Rows that a figure cannot tell apart are one value: of millions of rows there are few.
    """
    if rows and not {*kpi.dated} <= {*kpi.columns}:
        raise ValueError(f"kpis.{kpi.id}.columns: lack {', '.join(kpi.dated)}")
    amount, weight = (_place(kpi, name) for name in (kpi.amount, kpi.weight))
    dated = [place for name in kpi.dated if (place := _place(kpi, name)) is not None]
    needed = [place for place in (amount, weight, *dated) if place is not None]
    known: dict[object, CountedRow] = {}
    for _, _, values, numerator, identity in rows:
        key = (numerator, identity, *[values[place] for place in needed])
        if key not in known:
            known[key] = CountedRow(
                numerator,
                identity,
                _number(kpi, values, amount),
                _number(kpi, values, weight),
                _dated(kpi, [values[place] or "" for place in dated]),
            )
        yield known[key]


def _place(kpi: FrozenKpi, column: str | None) -> int | None:
    """Return where the values of a column stand in a row; None where the record has none."""
    return kpi.columns.index(column) if column in kpi.columns else None


def _dated(kpi: FrozenKpi, cells: Sequence[str]) -> tuple[str, ...] | None:
    return KINDS_OF_RECORDS[kpi.measure].dated_by(kpi.shown_as, cells) if cells else None


def _number(kpi: FrozenKpi, values: Sequence[str | None], place: int | None) -> Decimal | None:
    if place is None:
        return None
    try:
        return Decimal(values[place] or "")
    except InvalidOperation:
        raise ValueError(f"kpis.{kpi.id}.rows: no number in {kpi.columns[place]}") from None


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
    if kpi.composition is not None:
        return _wrong_combination(kpi, kpi.composition)
    counting = counting_of(kpi)
    if not counting.by_rows:
        return None if kpi.source is not None else _counted_from_nothing(kpi)
    listed = () if kpi.roster is None else kpi.roster.rows
    members = [CountedRow(identity=row[4]) for row in listed]
    rows: list[list[CountedRow]] = [[] for _ in kpi.figures]
    for row, counted in zip(kpi.rows, counted_rows(kpi, kpi.rows), strict=True):
        for place in row[1]:
            rows[place].append(counted)
    for place, figure in enumerate(kpi.figures):
        if not _agrees(figure, counting.count(figure.kind, rows[place], members)):
            return place
    return None


def _counted_from_nothing(kpi: FrozenKpi) -> int | None:
    """Return the place of a figure that says it was counted, where the KPI has no source."""
    for place, figure in enumerate(kpi.figures):
        if figure.origin.kind != "entered" and figure.status is not Status.NO_DATA:
            return place
    return None


def _wrong_combination(kpi: FrozenKpi, composition: FrozenComposition) -> int | None:
    """Return the place of a figure that its components do not make; one without any was entered."""
    kind, times = COMPOSED[kpi.measure], Fraction(composition.times or 0)
    for place, figure in enumerate(kpi.figures):
        exact = [each.exact for each in composition.figures[place]]
        known = [number for number in exact if number is not None]
        if figure.origin.kind == "entered":
            continue
        if len(known) < len(exact) or not exact:
            if figure.value is not None or not exact:
                return place
            continue
        made = kind.combined(known)
        if (made is None) != (figure.value is None):
            return place
        if made is not None and not _is_shown(made * times, figure, kpi.shortening):
            return place
    return None


def _is_shown(made: Fraction, figure: FrozenFigure, shortening: Shortening) -> bool:
    """Return whether a figure shows a number: as it is, or as it is rounded and scaled."""
    if figure.unrounded is None:
        return figure.value == made
    shown = shortening.of(Measured(one_decimal(made), unrounded=made))
    return (figure.value, figure.unrounded) == (shown.number, shown.unrounded)


def _agrees(figure: FrozenFigure, made: Measured) -> bool:
    if figure.origin.kind == "entered":
        return True
    if figure.status is Status.NO_DATA:
        return figure.value is None
    if figure.status is Status.PROVISIONAL and figure.value is None:
        return not (made.number or made.numerator)  # no row counts, and some were in doubt
    known = figure.unrounded is None or figure.unrounded == made.unrounded
    return known and (figure.value, figure.numerator, figure.denominator) == (
        made.number,
        made.numerator,
        made.denominator,
    )
