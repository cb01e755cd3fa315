"""The answer of `diff`: what moved since figures were frozen."""

from collections.abc import Iterator, Sequence

from kpicli.base.wording import Language, Text
from kpicli.model.value import Value
from kpicli.output.data.json_parts import json_cell, period_object
from kpicli.output.data.records import Cell, Records, columns, fitting
from kpicli.output.interface import Answer, Json
from kpicli.output.page.words import item_name
from kpicli.reconcile.changes import KpiDiff, Move, PeriodDiff, RowChange
from kpicli.reconcile.document import CAUSES, diff_document

COLUMNS = columns(
    period="text",
    edition="integer",
    kpi="text",
    title="text",
    kind="text",
    item="text",
    record="text",
    before="number",
    after="number",
    difference="number",
    cause="text",
    rows="integer",
    numerator="integer",
    denominator="integer",
    row_id="text",
    source="text",
    file="text",
    row="integer",
    changes="text",
)
"""`before` and `after` are a figure then and now; of a `definition`, its versions."""
RECORDS = {
    "definition": Text("定義", "definition"),
    "figure": Text("数値", "figure"),
    "effect": Text("変化の原因", "cause"),
    "row": Text("行", "row"),
}
"""What a record is of."""


def diff_answer(diffs: Sequence[PeriodDiff]) -> Answer:
    """Return what moved in some periods as an answer."""
    return Answer(
        title=Text("凍結後の変化", "Changes"),
        records=lambda options: diff_records(diffs, options.language),
        document=lambda options: diff_document(diffs, options.language),
        content=lambda options: {"periods": [_object(diff, options.language) for diff in diffs]},
        day=max((diff.frozen_on for diff in diffs), default=None),
        table=lambda options: diff_table(diffs, options.language),
    )


def diff_table(diffs: Sequence[PeriodDiff], language: Language) -> Records:
    """Return the records for a workbook: what each is of, and causes, in words."""
    causes = {cause.value: words.in_language(language) for cause, words in CAUSES.items()}
    kinds = {name: words.in_language(language) for name, words in RECORDS.items()}
    return diff_records(diffs, language).in_words({"record": kinds, "cause": causes})


def diff_records(diffs: Sequence[PeriodDiff], language: Language) -> Records:
    """Return a record a figure that moved (`figure`), one a cause of it (`effect`), one a row.

    A KPI whose definition has another version has one of its own (`definition`).
    """
    rows = [row for diff in diffs for kpi in diff.kpis for row in _records(diff, kpi, language)]
    return Records(fitting(COLUMNS, rows), tuple(rows))


def _records(diff: PeriodDiff, kpi: KpiDiff, language: Language) -> Iterator[tuple[Cell, ...]]:
    head: dict[str, Cell] = {
        "period": diff.period.name,
        "edition": diff.edition,
        "kpi": kpi.id,
        "title": kpi.title.in_language(language),
    }

    def record(what: str, **fields: Cell) -> tuple[Cell, ...]:
        known = {**head, "record": what, **fields}
        return tuple(known.get(column.name) for column in COLUMNS)

    if kpi.versions[0] != kpi.versions[1] or kpi.redefined:
        then, now = kpi.versions
        yield record("definition", before=then, after=now, cause="definition")
    for move in kpi.moves:
        name: dict[str, Cell] = {"kind": move.kind, "item": item_name(move, kpi, language)}
        change = move.difference
        yield record(
            "figure",
            **name,
            before=move.before.number,
            after=move.after.number,
            difference=change,
            numerator=_fraction(move, "numerator"),
            denominator=_fraction(move, "denominator"),
        )
        for effect in move.effects:
            yield record(
                "effect",
                **name,
                difference=effect.number,
                cause=effect.cause.value,
                rows=effect.rows,
                numerator=effect.numerator,
                denominator=effect.denominator,
            )
    for row in kpi.rows:
        yield record("row", **_row_fields(row))


def _row_fields(row: RowChange) -> dict[str, Cell]:
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
        "title": kpi.title.in_language(language),
        "version": {"then": kpi.versions[0], "now": kpi.versions[1]},
        "definition_changed": kpi.redefined,
        "compared": kpi.compared,
        "notes": [note.in_language(language) for note in kpi.notes],
        "moves": [_move_object(move, kpi, language) for move in kpi.moves],
        "rows": [_row_object(row) for row in kpi.rows],
    }


def _move_object(move: Move, kpi: KpiDiff, language: Language) -> Json:
    return {
        "kind": move.kind,
        "part": move.part,
        "item": item_name(move, kpi, language),
        "before": _value_object(move.before),
        "after": _value_object(move.after),
        "difference": json_cell(move.difference),
        "why": None if move.why is None else move.why.in_language(language),
        "effects": [
            {
                "cause": effect.cause.value,
                "rows": effect.rows,
                "number": json_cell(effect.number),
                "numerator": json_cell(effect.numerator),
                "denominator": json_cell(effect.denominator),
            }
            for effect in move.effects
        ],
    }


def _value_object(value: Value) -> Json:
    return {
        "value": json_cell(value.number),
        "numerator": json_cell(value.numerator),
        "denominator": json_cell(value.denominator),
        "status": value.status.value,
    }


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
