"""The answer of `audit`: what was checked, what cannot be right, and what would mend it."""

from collections.abc import Iterator
from decimal import Decimal

from kpicli.audit.audit import Audit, SheetAudit
from kpicli.audit.document import audit_document
from kpicli.audit.table import Spot, column_name
from kpicli.base.wording import Text
from kpicli.output.data.json_parts import json_cell
from kpicli.output.data.records import Cell, Records, columns
from kpicli.output.interface import Answer, Json

COLUMNS = columns(
    sheet="text",
    verdict="text",
    kind="text",
    cell="text",
    row="integer",
    column="text",
    part="text",
    label="text",
    written="text",
    computed="number",
    difference="number",
    terms="text",
    count="integer",
)
"""`count` is how many relations of a kind were checked, how many wrong ones a cell stands in, or
how many cells beside whole rows and columns were not checked."""


def audit_answer(audit: Audit) -> Answer:
    """Return what does not add up and how it could be mended, or the clean bill, as an answer."""
    return Answer(
        title=Text("監査", "Audit"),
        records=lambda _: audit_records(audit),
        document=lambda options: audit_document(audit, options.language),
        content=lambda _: _content(audit),
    )


def audit_records(audit: Audit) -> Records:
    """Return what was checked and what not, findings, suspect cells and corrections, a row each."""
    return Records(COLUMNS, tuple(row for sheet in audit.sheets for row in _rows(sheet)))


def _rows(sheet: SheetAudit) -> Iterator[tuple[Cell, ...]]:
    name = sheet.table.sheet or ""
    for kind, count in sheet.checked.items():
        yield (name, "checked", kind, *[None] * (len(COLUMNS) - 4), count)
    yield from _unchecked(sheet, name)
    for finding in sheet.findings:
        relation, spot = finding.relation, finding.relation.result.spot
        computed, written = relation.computed({}), relation.result.number.amount
        off = None if computed is None or written is None else _whole(written - computed)
        terms = " ".join(term.spot.cell for term in relation.terms[:-1])
        said = (*_place(sheet, spot), computed, off, terms, None)
        yield (name, finding.verdict, relation.kind, *said)
    for spot in sheet.named():
        yield (name, "suspect", None, *_place(sheet, spot), None, None, None, sheet.times(spot))
    for each in sheet.corrections:
        place = _place(sheet, each.spot)
        yield (name, "correction", None, *place, each.amount, None, None, None)


def _unchecked(sheet: SheetAudit, name: str) -> Iterator[tuple[Cell, ...]]:
    """Yield rows and columns of which no number was checked, and how many cells besides."""
    blank = [None] * (len(COLUMNS) - 8)
    for row, label in sheet.unchecked.rows:
        yield (name, "unchecked", None, None, row, None, None, label, *blank)
    for column, label in sheet.unchecked.columns:
        yield (name, "unchecked", None, None, None, column_name(column), None, label, *blank)
    if sheet.unchecked.cells:
        yield (name, "unchecked", *[None] * (len(COLUMNS) - 3), sheet.unchecked.cells)


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _place(sheet: SheetAudit, spot: Spot) -> tuple[Cell, ...]:
    letters = spot.cell.rstrip("0123456789")
    text = sheet.table.text(spot.row, spot.column).strip()
    return (spot.cell, spot.row, letters, spot.part, sheet.label(spot), text)


def _content(audit: Audit) -> dict[str, Json]:
    """Return the whole audit; numbers are strings in plain digits."""
    return {
        "file": audit.file,
        "checked": audit.checked,
        "wrong": audit.wrong,
        "sheets": [_sheet(sheet) for sheet in audit.sheets],
    }


def _sheet(sheet: SheetAudit) -> Json:
    lists: dict[str, list[Json]] = {
        name: [] for name in ("unchecked", "findings", "suspects", "corrections")
    }
    names = {"suspect": "suspects", "correction": "corrections", "unchecked": "unchecked"}
    for row in _rows(sheet):
        told = {c.name: json_cell(cell) for c, cell in zip(COLUMNS[1:], row[1:], strict=True)}
        if told["verdict"] != "checked":
            lists[names.get(str(told["verdict"]), "findings")].append({**told})
    checked: dict[str, Json] = dict(sheet.checked.items())
    return {"sheet": sheet.table.sheet, "checked": checked, **lists}
