"""Whether a record agrees with itself: every figure must be what its own rows make."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.catalog.composed import COMPOSED
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.model.figures import FigureKind
from kpicli.model.measured import AlikeRows, CountedRow, Measured, Shortening
from kpicli.model.value import Status
from kpicli.published.frozen_values import FrozenComposition, FrozenFigure
from kpicli.published.kinds import KINDS_OF_RECORDS
from kpicli.published.record import FrozenKpi, Record
from kpicli.published.rows.columns import FigureRows, Texts
from kpicli.published.rows.digests import Codes
from kpicli.values.distinct_values import alike
from kpicli.values.numbers import one_decimal

Rows = npt.NDArray[np.int64]


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


class RowsThatCount(Struct, frozen=True, dict=True):
    """What figures need of the rows of a KPI: of row `i` that is `distinct[codes[i]]`.

    Rows that a figure cannot tell apart are one value: of millions of rows there are few.
    """

    rows: FigureRows
    codes: Codes
    distinct: Sequence[CountedRow]

    @property
    def every(self) -> AlikeRows:
        """Return all rows."""
        counts = np.bincount(self.codes, minlength=len(self.distinct)).tolist()
        return _alike_rows(zip(self.distinct, counts, strict=True))

    def of_figure(self, place: int) -> AlikeRows:
        """Return the rows of a figure, by its place."""
        firsts, times = self._kinds
        held = [place in places for places in self.rows.memberships]
        kinds = zip(firsts.tolist(), times.tolist(), strict=True)
        return _alike_rows(
            (self.distinct[self.codes[row]], number)
            for row, number in kinds
            if held[self.rows.figures[row]]
        )

    @cached_property
    def _kinds(self) -> tuple[Rows, Rows]:
        """Return a row of every kind that figures can tell apart, and how many there are of it."""
        figures = (self.rows.figures, len(self.rows.memberships))
        firsts, groups = alike([figures, (self.codes, len(self.distinct))], len(self.codes))
        return firsts, np.bincount(groups, minlength=len(firsts))


def _alike_rows(rows: Iterable[tuple[CountedRow, int]]) -> AlikeRows:
    """Return rows and how many there are of each; equal ones may come several times."""
    times: dict[CountedRow, int] = {}
    for row, number in rows:
        times[row] = times.get(row, 0) + number
    return AlikeRows(times)


def counted_rows(kpi: FrozenKpi, columns: Sequence[str], rows: FigureRows) -> RowsThatCount:
    """Return what a figure needs of each frozen row; `ValueError` for an amount that is no number.

    `columns` name the values of the rows, which are the KPI's own or those of its other source.
    """
    if len(rows) and not {*kpi.dated} <= {*columns}:
        raise ValueError(f"kpis.{kpi.id}.columns: lack {', '.join(kpi.dated)}")
    values = dict(zip(columns, rows.values, strict=True))
    needed = [values[name] for name in (kpi.amount, kpi.weight, *kpi.dated) if name in values]
    told_apart: list[tuple[npt.NDArray[np.signedinteger], int]] = [
        (rows.numerator.astype(np.int8), 2),
        (rows.who.codes, len(rows.who.distinct)),
        *((column.codes, len(column.distinct)) for column in needed),
    ]
    firsts, codes = alike(told_apart, len(rows))
    dated = [values[name] for name in kpi.dated if name in values]
    distinct = [
        CountedRow(
            bool(rows.numerator[row]),
            rows.who.hex(row),
            _number(kpi, kpi.amount, values, row),
            _number(kpi, kpi.weight, values, row),
            _dated(kpi, [column.text(row) or "" for column in dated]),
        )
        for row in firsts.tolist()
    ]
    return RowsThatCount(rows, codes, distinct)


def members_of(rows: FigureRows) -> AlikeRows:
    """Return the rows of another source, by whom or what stands in them."""
    counts = np.bincount(rows.who.codes + 1, minlength=len(rows.who.distinct) + 1).tolist()
    names = (None, *rows.who.distinct.hexes())
    counted = zip(names, counts, strict=True)
    return AlikeRows({CountedRow(identity=name): n for name, n in counted if n})


def _dated(kpi: FrozenKpi, cells: Sequence[str]) -> tuple[str, ...] | None:
    return KINDS_OF_RECORDS[kpi.measure].dated_by(kpi.shown_as, cells) if cells else None


def _number(
    kpi: FrozenKpi, column: str | None, values: Mapping[str, Texts], row: int
) -> Decimal | None:
    if column is None or column not in values:
        return None
    try:
        return Decimal(values[column].text(row) or "")
    except InvalidOperation:
        raise ValueError(f"kpis.{kpi.id}.rows: no number in {column}") from None


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
    members = () if kpi.roster is None else members_of(kpi.roster.rows)
    counted = counted_rows(kpi, kpi.columns, kpi.rows)
    for place, figure in enumerate(kpi.figures):
        made = counting.count(figure.kind, counted.of_figure(place), members)
        if not _agrees(figure, made):
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
