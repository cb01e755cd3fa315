"""An audit for machines: records for csv and tsv, and json; every cell by its spreadsheet name."""

import json
from collections.abc import Iterator
from decimal import Decimal

from kpicli.audit.audit import Audit, SheetAudit
from kpicli.audit.table import Spot
from kpicli.output.data.records import Field, Records

COLUMNS = (
    "sheet",
    "verdict",
    "kind",
    "cell",
    "row",
    "column",
    "part",
    "label",
    "written",
    "computed",
    "difference",
    "terms",
    "count",
)
"""`count` is how many relations of a kind were checked, or how many wrong ones a cell stands in."""


def records_of(audit: Audit) -> Records:
    """Return a row for each kind checked, each finding, suspect cell and correction."""
    return Records(COLUMNS, tuple(row for sheet in audit.sheets for row in _rows(sheet)))


def render_json(audit: Audit) -> str:
    """Return the whole audit; numbers are strings in plain digits."""
    sheets = [_sheet(sheet) for sheet in audit.sheets]
    head = {"schema_version": 1, "file": audit.file}
    counts = {"checked": audit.checked, "wrong": audit.wrong}
    return json.dumps({**head, **counts, "sheets": sheets}, ensure_ascii=False, indent=2) + "\n"


def _rows(sheet: SheetAudit) -> Iterator[tuple[Field, ...]]:
    name = sheet.table.sheet or ""
    for kind, count in sheet.checked.items():
        yield (name, "checked", kind, *[None] * (len(COLUMNS) - 4), count)
    for finding in sheet.findings:
        relation, spot = finding.relation, finding.relation.result.spot
        computed, written = relation.computed({}), relation.result.number.amount
        off = None if computed is None or written is None else _field(written - computed)
        value = None if computed is None else f"{computed:f}"
        terms = " ".join(term.spot.cell for term in relation.terms[:-1])
        found = (*_place(sheet, spot), value, off, terms, None)
        yield (name, finding.verdict, relation.kind, *found)
    for spot in sheet.named():
        yield (name, "suspect", None, *_place(sheet, spot), None, None, None, sheet.times(spot))
    for each in sheet.corrections:
        place = _place(sheet, each.spot)
        yield (name, "correction", None, *place, f"{each.amount:f}", None, None, None)


def _field(number: Decimal) -> Field:
    return int(number) if number == number.to_integral_value() else f"{number:f}"


def _place(sheet: SheetAudit, spot: Spot) -> tuple[Field, ...]:
    letters = spot.cell.rstrip("0123456789")
    text = sheet.table.text(spot.row, spot.column).strip()
    return (spot.cell, spot.row, letters, spot.part, sheet.label(spot), text)


def _sheet(sheet: SheetAudit) -> dict[str, object]:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(sheet) if row[1] != "checked"]
    picked: dict[str, list[dict[str, Field]]] = {"findings": [], "suspects": [], "corrections": []}
    lists = {"suspect": "suspects", "correction": "corrections"}
    for row in rows:
        del row["sheet"]
        picked[lists.get(str(row["verdict"]), "findings")].append(row)
    return {"sheet": sheet.table.sheet, "checked": dict(sheet.checked), **picked}
