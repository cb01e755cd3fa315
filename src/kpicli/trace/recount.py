"""Rows behind a figure, and the figure counted again from nothing but what their cells say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import InternalError
from kpicli.base.faults import Place
from kpicli.base.wording import Text
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.model.figures import Figure, FigureKind
from kpicli.model.measured import CountedRow, Measured
from kpicli.model.value import Value

ELSEWHERE = "elsewhere"
"""The role of rows of another source that the measure needs."""
RELATED = ("looked_up", "behind")
"""The roles of rows from which values of the counted rows come."""
UNCOUNTED = ("in_doubt", "not_yet_due")
"""The roles of rows that a figure does not count."""


class EvidenceCell(Struct, frozen=True):
    """One cell that the KPI used: as the file has it, and as it was read ("" for blank).

    A `constant` stands in no file: it is as the settings have it.
    """

    column: str
    header: str
    raw: str
    read: str
    personal: bool
    constant: bool = False


class EvidenceRow(Struct, frozen=True):
    """One row behind a figure.

    `role` is counted, numerator (of a ratio, and so of its denominator too), denominator,
    elsewhere (in another source, where values of the numerator stand), looked_up or behind (cells
    of counted rows come from it), in_doubt or not_yet_due; `rule` the labelled rule that holds for
    it.
    """

    source: str
    place: Place
    role: str
    rule: str | None
    cells: tuple[EvidenceCell, ...]
    kpi: str | None = None
    """The KPI that counts it, where the figure is made of others."""


class Evidence(Struct, frozen=True):
    """A figure and the rows that make it, in file and row order."""

    kpi: Kpi | ComposedKpi
    figure: Figure
    rows: tuple[EvidenceRow, ...]
    labels: Mapping[str, Mapping[str, str]] = {}
    """The English of parts, rules, memos and groups, by the column that splits."""
    components: Mapping[str, Text] = {}
    """The titles of the KPIs whose rows these are, where the figure is made of others."""


def masked(evidence: Evidence) -> Evidence:
    """Return the evidence with every personal cell replaced by `*1`, `*2` …, blank ones aside.

    In one column equal values get the same number, so that one can see which rows make a person.
    """
    numbers: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}

    def mask(cell: EvidenceCell) -> EvidenceCell:
        if not cell.personal or not (cell.read or cell.raw):
            return cell
        key = (cell.column, cell.read or cell.raw)
        if key not in numbers:
            counts[cell.column] = numbers[key] = counts.get(cell.column, 0) + 1
        return replace(cell, raw=f"*{numbers[key]}", read=f"*{numbers[key]}")

    def masked_row(row: EvidenceRow) -> EvidenceRow:
        if not any(cell.personal for cell in row.cells):
            return row
        return replace(row, cells=tuple(map(mask, row.cells)))

    return replace(evidence, rows=tuple(map(masked_row, evidence.rows)))


def recount(kpi: Kpi, figure: FigureKind, rows: Sequence[EvidenceRow]) -> Measured:
    """Return the figure that the rows make, counted from what their cells say.

    This is another road than the calculation's: it knows rows and cells only.
    """
    counted = [row for row in rows if row.role not in (ELSEWHERE, *RELATED, *UNCOUNTED)]
    if figure == "memo":
        return kpi.shortening.of(Measured(len(counted)))
    members = [row for row in rows if row.role == ELSEWHERE]
    of = () if kpi.members is None else (kpi.members.who,)
    units = [_counted(row, kpi.identity, kpi.amount, kpi.weighed_by) for row in counted]
    if kpi.dated:
        units = [
            replace(unit, dated=_dated(row, kpi)) for row, unit in zip(counted, units, strict=True)
        ]
    return kpi.shortening.of(kpi.count(units, [_counted(row, of) for row in members]))


def _counted(
    row: EvidenceRow, identity: Sequence[str], amount: str | None = None, weight: str | None = None
) -> CountedRow:
    read = {cell.column: cell.read for cell in row.cells} if identity or amount or weight else {}
    return CountedRow(
        numerator=row.role == "numerator",
        identity=tuple(read[name] for name in identity) if identity else None,
        amount=None if amount is None else Decimal(read[amount]),
        weight=None if weight is None else Decimal(read[weight]),
    )


def _dated(row: EvidenceRow, kpi: Kpi) -> tuple[str, ...] | None:
    read = {cell.column: cell.read for cell in row.cells}
    return kpi.dated_by(kpi.date_shown_as, [read[name] for name in kpi.dated])


def assert_same(recounted: Measured, value: Value) -> None:
    """Raise `InternalError` unless both say the same number, numerator and denominator."""
    mine = (recounted.number, recounted.numerator, recounted.denominator)
    theirs = (value.number, value.numerator, value.denominator)
    if mine != theirs:
        made, said = (", ".join(map(str, each)) for each in (mine, theirs))
        raise InternalError(
            Text(
                f"行から数え直した値({made})が数値({said})と合いません",
                f"counted again the rows make ({made}), but the figure says ({said})",
            )
        )
