"""What moved since figures were frozen, for programs: as records and as an object."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpicli.base.wording import Language
from kpicli.model.figures import Value
from kpicli.output.data.json_parts import Json, dumped, period_object
from kpicli.output.data.records import Field, Records
from kpicli.output.page.tidy import exact
from kpicli.reconcile.changes import KpiDiff, Move, PeriodDiff, RowChange

COLUMNS = (
    "period", "edition", "kpi", "title", "kind", "item", "record", "before", "after", "difference",
    "cause", "rows", "numerator", "denominator", "row_id", "source", "file", "row", "changes",
)  # fmt: skip


def records_of(diffs: Sequence[PeriodDiff]) -> Records:
    """Return a record a figure that moved (`figure`), one a cause of it (`effect`), one a row.

    A KPI whose definition has another version has one of its own (`definition`).
    """
    rows = [row for diff in diffs for kpi in diff.kpis for row in _records(diff, kpi)]
    return Records(COLUMNS, tuple(rows))


def _records(diff: PeriodDiff, kpi: KpiDiff) -> Iterator[tuple[Field, ...]]:
    head: dict[str, Field] = {
        "period": diff.period.name,
        "edition": diff.edition,
        "kpi": kpi.id,
        "title": kpi.title,
    }

    def record(what: str, **fields: Field) -> tuple[Field, ...]:
        known = {**head, "record": what, **fields}
        return tuple(known.get(column) for column in COLUMNS)

    if kpi.versions[0] != kpi.versions[1] or kpi.redefined:
        then, now = kpi.versions
        yield record("definition", before=f"v{then}", after=f"v{now}", cause="definition")
    for move in kpi.moves:
        name: dict[str, Field] = {"kind": move.kind, "item": move.item}
        change = move.difference
        yield record(
            "figure",
            **name,
            before=_plain(move.before.number),
            after=_plain(move.after.number),
            difference=_plain(change),
            numerator=_plain(_fraction(move, "numerator")),
            denominator=_plain(_fraction(move, "denominator")),
        )
        for effect in move.effects:
            yield record(
                "effect",
                **name,
                difference=_plain(effect.number),
                cause=effect.cause.value,
                rows=effect.rows,
                numerator=effect.numerator,
                denominator=effect.denominator,
            )
    for row in kpi.rows:
        yield record("row", **_row_fields(row))


def _row_fields(row: RowChange) -> dict[str, Field]:
    place = row.place
    return {
        "cause": row.cause.value,
        "row_id": row.id,
        "source": row.source,
        "file": row.file if place is None else place.file,
        "row": None if place is None else place.row,
        "changes": "; ".join(f"{c}: {_cell(then)} => {_cell(now)}" for c, then, now in row.changes),
    }


def _fraction(move: Move, name: str) -> int | None:
    then, now = getattr(move.before, name), getattr(move.after, name)
    return None if then is None or now is None else now - then


def _plain(number: int | Decimal | None) -> Field:
    return exact(number) if isinstance(number, Decimal) else number


def render_json(diffs: Sequence[PeriodDiff], language: Language) -> str:
    """Return all of it as an object with a `schema_version`."""
    return dumped({"schema_version": 1, "periods": [_object(diff, language) for diff in diffs]})


def _object(diff: PeriodDiff, language: Language) -> Json:
    return {
        "period": period_object(diff.period, language),
        "file": diff.file,
        "edition": diff.edition,
        "frozen_on": diff.frozen_on.isoformat(),
        "note": diff.note,
        "final": diff.final,
        "as_of": {"then": str(diff.as_of[0]), "now": str(diff.as_of[1])},
        "figures": diff.figures,
        "moved": len(diff.moves),
        "notes": [note.in_language(language) for note in diff.notes],
        "kpis": [_kpi_object(kpi, language) for kpi in diff.kpis],
    }


def _kpi_object(kpi: KpiDiff, language: Language) -> Json:
    return {
        "id": kpi.id,
        "title": kpi.title,
        "version": {"then": kpi.versions[0], "now": kpi.versions[1]},
        "definition_changed": kpi.redefined,
        "compared": kpi.compared,
        "notes": [note.in_language(language) for note in kpi.notes],
        "moves": [_move_object(move, language) for move in kpi.moves],
        "rows": [_row_object(row) for row in kpi.rows],
    }


def _move_object(move: Move, language: Language) -> Json:
    return {
        "kind": move.kind,
        "part": move.part,
        "item": move.item,
        "before": _value_object(move.before),
        "after": _value_object(move.after),
        "difference": _number(move.difference),
        "why": None if move.why is None else move.why.in_language(language),
        "effects": [
            {
                "cause": effect.cause.value,
                "rows": effect.rows,
                "number": _number(effect.number),
                "numerator": effect.numerator,
                "denominator": effect.denominator,
            }
            for effect in move.effects
        ],
    }


def _value_object(value: Value) -> Json:
    return {
        "value": _number(value.number),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "status": value.status.value,
    }


def _number(number: int | Decimal | None) -> str | int | None:
    return exact(number) if isinstance(number, Decimal) else number


def _row_object(row: RowChange) -> Json:
    place = row.place
    return {
        "id": row.id,
        "cause": row.cause.value,
        "source": row.source,
        "was_in": row.file,
        "file": None if place is None else place.file,
        "sheet": None if place is None else place.sheet,
        "row": None if place is None else place.row,
        "superseded": row.superseded,
        "changes": [{"column": c, "then": then, "now": now} for c, then, now in row.changes],
    }


def _cell(value: str | None) -> str:
    return "-" if value is None else value
