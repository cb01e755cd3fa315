"""Settings for a table that no pack has a source for: one of its own, whose rows are counted."""

from collections.abc import Iterator, Sequence

from kpicli.base.toml_values import array, quoted
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.tables import Table
from kpicli.values.folding import header_key

_FULL = 0.5
"""A date in so many rows may be when they happened."""


def own_settings(tables: Sequence[Table]) -> Iterator[str]:
    """Yield settings that count the rows of a table by a date, the table with most rows first.

    A row is told apart by its first column of ids, else each line is one. Tables in which a line is
    not a row, and those without a date, are left out. No name of a person is a part.
    """
    for table in sorted(tables, key=lambda own: -own.rows):
        columns = _alone(table.columns)
        day = next((own for own in columns if _says_when(own)), None)
        if day is not None and not table.has_record_lines and table.months is None:
            yield "\n".join(_lines(table, columns, day))


def _alone(columns: Sequence[Column]) -> list[Column]:
    """Return the columns whose header no other one has."""
    keys = [header_key(column.header) for column in columns]
    return [own for own, key in zip(columns, keys, strict=True) if keys.count(key) == 1]


def _says_when(column: Column) -> bool:
    return column.dates is not None and not column.orders and column.share >= _FULL


def _lines(table: Table, columns: Sequence[Column], day: Column) -> Iterator[str]:
    id_ = next((own for own in columns if own.kind == "id" and own.tells_rows_apart), None)
    kind = next((own for own in columns if own.kind == "code" and own.shown_values), None)
    title = table.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    yield "[[exports.own]]"
    yield f"files = {array([table.file])}"
    if len(table.sheets) > 1 and table.sheet is not None:
        yield f"sheet = {quoted(table.sheet)}"
    yield "[source.own]"
    yield f"title = {quoted(title)}"
    yield 'rhythm = "continuous"'
    yield 'key = "row"' if id_ is None else 'key = ["id"]'
    yield "[source.own.columns]"
    if id_ is not None:
        yield f'id = {{ headers = {array([id_.header])}, type = "id", required = true }}'
    order = "" if day.dates is None or day.dates.order is None else day.dates.order
    said = f", order = {quoted(order)}" if order else ""
    yield f'day = {{ headers = {array([day.header])}, type = "date", required = true{said} }}'
    if kind is not None:
        yield f'kind = {{ headers = {array([kind.header])}, type = "code", codes = "own_kind" }}'
        yield "[codes.own_kind]"
        yield "open = true"
    yield "[kpi.own]"
    yield f"title = {quoted(title)}"
    yield 'source = "own"'
    yield 'measure = "count"'
    if kind is not None:
        yield 'parts = { by = "kind" }'
