"""Checks that parts of the catalogue share: each yields problems, with the path of the key."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kpicli.base.wording import nearest
from kpicli.catalog.conditions import (
    DATE_OPERATORS,
    NUMBER_OPERATORS,
    Test,
    Where,
    base_of,
    references,
)
from kpicli.values.moments import Moment, column_of

if TYPE_CHECKING:
    from kpicli.catalog.kpis import Kpi, Parts
    from kpicli.catalog.sources import Source, SourceTables


def unknown_columns(source: "Source", columns: Iterable[str], path: str) -> Iterator[str]:
    """Yield the columns that a source does not declare, with the nearest that it does."""
    for column in columns:
        if column not in source.known:
            yield f"{path}: {source.id} has no column {column!r}{nearest(column, source.known)}"


def unusable_columns(source: "Source", columns: Iterable[str], path: str) -> Iterator[str]:
    """Yield the columns that no figure can use: free text is not read, a key is each row's own."""
    for name in columns:
        if source.known[name].type == "free_text":
            yield f"{path}: {name!r} is free text, which no figure can use"
        elif name == source.lone_key:
            yield f"{path}: {name!r} is the key of {source.id}, each row's own: count the rows"


def not_dates(source: "Source", columns: Iterable[str], path: str) -> Iterator[str]:
    """Yield the columns whose cells are no days."""
    for name in columns:
        column = source.known[name]
        if column.months_open:
            yield f"{path}: {name!r} knows no day, only the {column.type}: name a date column"
        elif not column.is_dating:
            yield f"{path}: {name!r} is no date column"


def dating_problems(
    tables: "SourceTables", source: "Source", datings: Sequence[str | Moment], path: str
) -> Iterator[str]:
    """Yield what is wrong with the columns and shifts by which rows are dated."""
    columns = {column_of(dating): source.known[column_of(dating)] for dating in datings}
    undated = [name for name, column in columns.items() if not column.is_dating]
    yield from (f"{path}: {name!r} is no date column" for name in undated)
    if not undated and len({column.type for column in columns.values()}) > 1:
        listed = ", ".join(f"{name!r} has a {column.type}" for name, column in columns.items())
        yield f"{path}: one column stands for the other only where both know the same: {listed}"
    for dating in datings:
        if isinstance(dating, Moment):
            yield from _shift_problems(tables, source, dating, path)


def _shift_problems(
    tables: "SourceTables", source: "Source", moment: Moment, path: str
) -> Iterator[str]:
    yield from calendar_problems(tables, moment, path)
    column = source.known.get(column_of(moment).removeprefix("@"))
    if column is not None and column.months_open and moment.unit not in ("months", "years"):
        yield f"{path}: {moment.base} knows no day: shift it by months or years"


def not_number(source: "Source", column: str, path: str) -> Iterator[str]:
    """Yield the column where it is no number column."""
    if source.known[column].type != "number":
        yield f"{path}: {column!r} is no number column"


def not_identifying(source: "Source", columns: Iterable[str], path: str) -> Iterator[str]:
    """Yield the columns whose values do not tell persons or things apart."""
    for name in columns:
        column = source.known[name]
        if column.is_dating or column.type == "free_text":
            yield f"{path}: {name!r} does not identify anything"
        elif column.type == "number":
            yield (
                f"{path}: {name!r} is a number column, and equal amounts are not one thing; name "
                'an id, text or code column, or take `of` out to count rows (measure = "sum" and '
                '"mean" add the amounts; a ratio of amounts is written with `weight`)'
            )


def value_filter(column: str, values: Sequence[str]) -> Where:
    """Return the filter that a column holds one of some values."""
    return Where(((Test(column, "in", tuple(values)),),))


def filter_problems(
    tables: "SourceTables", source: "Source", where: Where, path: str
) -> Iterator[str]:
    """Yield the problems of a filter on declared columns: types, dates, code values."""
    for test in where.tests:
        column = source.known[test.column]
        if test.operator in DATE_OPERATORS:
            yield from _date_problems(tables, source, test, path)
        elif test.operator in NUMBER_OPERATORS:
            yield from _comparison_problems(source, test, path)
        elif test.operator in ("in", "not_in"):
            if column.is_dating:
                yield f"{path}.{test.column}: a date column is not compared with values"
            if column.type == "number":
                yield from _number_problems(test, path)
            yield from _value_problems(tables, source, test, path)


def _date_problems(
    tables: "SourceTables", source: "Source", test: Test, path: str
) -> Iterator[str]:
    operand = test.operands[0]
    if not source.known[test.column].is_dating:
        yield f"{path}.{test.column}: no date column, it cannot be {test.operator!r} a date"
    for other in references(test):
        if not source.known[other].is_dating:
            yield f"{path}.{test.column}: @{other} is no date column"
    base = base_of(operand)
    if isinstance(base, date) and not 1868 <= base.year <= 2200:
        yield f"{path}.{test.column}: {base} is no plausible date"
    if isinstance(operand, Moment):
        yield from _shift_problems(tables, source, operand, f"{path}.{test.column}")


def calendar_problems(tables: "SourceTables", moment: Moment, path: str) -> Iterator[str]:
    """Yield what lacks where business days are counted and no calendar says which those are."""
    if moment.unit == "business days" and tables.calendar is None:
        yield calendar_missing(path)


def calendar_missing(path: str) -> str:
    """Return what to write where business days have no calendar."""
    return f'{path}: business days need a calendar: write `closed = ["土", "日"]` under [calendar]'


def _comparison_problems(source: "Source", test: Test, path: str) -> Iterator[str]:
    for name in (test.column, *references(test)):
        if source.known[name].type != "number":
            yield f"{path}.{test.column}: {name!r} is no number column, {test.operator!r} needs one"


def _number_problems(test: Test, path: str) -> Iterator[str]:
    for value in test.operands:
        try:
            Decimal(str(value))
        except InvalidOperation:
            yield f"{path}.{test.column}: {value!r} is no number"


def _value_problems(
    tables: "SourceTables", source: "Source", test: Test, path: str
) -> Iterator[str]:
    table = tables.codes_of(source, test.column)
    if table is None or table.open:
        return
    for value in test.operands:
        if str(value) not in table.values:
            known = nearest(str(value), table.values)
            yield f"{path}.{test.column}: no value {value!r} in {table.id}{known}"


def register_problems(tables: "SourceTables", name: str, by: str, path: str) -> Iterator[str]:
    """Yield the problems of the register `name` whose column `by` names people."""
    source = tables.source.get(name)
    if source is None:
        yield f"{path}.source: no source {name!r}{nearest(name, tables.source)}"
    elif source.rhythm != "register":
        yield f"{path}.source: {name!r} is no register, it does not say who is in service"
    elif by not in source.known:
        yield from unknown_columns(source, (by,), f"{path}.by")
    else:
        yield from not_identifying(source, (by,), f"{path}.by")


def part_problems(tables: "SourceTables", source: "Source", kpi: "Kpi", path: str) -> Iterator[str]:
    """Yield the problems of a KPI's parts, whose columns exist."""
    parts, path = kpi.parts, f"{path}.parts"
    if parts is None:
        return
    if parts.share and not (kpi.has_shares and parts.total):
        yield f"{path}.share: only parts of a total that is counted or added are shares of it"
    yield from _label_problems(tables, source, parts, f"{path}.labels")
    if parts.by == "month":
        if kpi.is_stock(tables):
            yield f"{path}.by: a stock has no months: take --by month, each at its own end"
        if parts.within is not None:
            yield f"{path}: months have no parts of their own: split by the column, ask --by month"
        return
    if parts.by is not None:
        yield from _split_problems(tables, source, parts, path)
    elif parts.values or parts.within is not None or not parts.total:
        yield f"{path}.by: name the code column that splits the rows"
    elif not parts.labels:
        yield f"{path}: name a code column by `by`, or filters by `labels`"
    if parts.within is not None:
        yield from _second_problems(tables, source, kpi, parts, f"{path}.1")


def _split_problems(
    tables: "SourceTables", source: "Source", parts: "Parts", path: str
) -> Iterator[str]:
    table = None if parts.by is None else tables.codes_of(source, parts.by)
    if table is None:
        yield f"{path}.by: {parts.by!r} is no code column"
        return
    for value in parts.values:
        if value not in table.values:
            yield f"{path}.values: no value {value!r}{nearest(value, table.values)}"


def _second_problems(
    tables: "SourceTables", source: "Source", kpi: "Kpi", parts: "Parts", path: str
) -> Iterator[str]:
    """Yield the problems of the second level."""
    second = parts.within
    if second is None:
        return
    if second.within is not None:
        yield f"{path}: parts have two levels at most; for a third ask --by, or declare another KPI"
    if second.labels or second.en:
        yield f"{path}.labels: they are parts of the total: write them into the first table"
    if not second.total:
        yield f"{path}.total: the parts of the first level stand above those of the second"
    if second.share and not kpi.has_shares:
        yield f"{path}.share: only parts of what is counted or added are shares of it"
    if second.by is None:
        yield f"{path}.by: name the code column that splits the parts"
    elif second.by == "month":
        yield f"{path}.by: months are no parts of parts: ask --by month"
    elif second.by == parts.by:
        yield f"{path}.by: {second.by!r} splits the first level already"
    else:
        yield from _split_problems(tables, source, second, path)


def _label_problems(
    tables: "SourceTables", source: "Source", parts: "Parts", path: str
) -> Iterator[str]:
    """Yield the problems of parts of which."""
    table = next((tables.codes_of(source, name) for name in parts.columns), None)
    for name, where in parts.labels.items():
        if not name.strip():
            yield f"{path}: a name is blank"
        elif table is not None and name in table.values:
            yield f"{path}: {name!r} is a part already, by {parts.by!r}: take another name"
        if not where.tests:
            yield f"{path}.{name}: every row fits, write what its rows have"
        yield from filter_problems(tables, source, where, f"{path}.{name}")
    for name in parts.en:
        if name not in parts.labels:
            yield f"{path[: -len('.labels')]}.en: no label {name!r}{nearest(name, parts.labels)}"
