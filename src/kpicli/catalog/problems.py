"""Checks that parts of the catalogue share: each yields problems, with the path of the key."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kpicli.base.problems import Problem, misnamed, problem
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
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.catalog.sources.source import Source
    from kpicli.catalog.sources.tables import SourceTables


def unknown_columns(source: "Source", columns: Iterable[str], path: str) -> Iterator[Problem]:
    """Yield the columns that a source does not declare, with the nearest that it does."""
    for column in columns:
        if column not in source.known:
            yield no_column(path, source.id, column, source.known)


def no_column(path: str, source: str, column: object, known: Iterable[str]) -> Problem:
    """Return the problem of a column that a source does not have."""
    ja, en = f"{source} に「{column}」という列はありません", f"{source} has no column {column!r}"
    return misnamed(path, ja, en, column, known)


def no_source(path: str, source: object, known: Iterable[str]) -> Problem:
    """Return the problem of a source that does not exist."""
    ja, en = f"「{source}」という出力はありません", f"no source {source!r}"
    return misnamed(path, ja, en, source, known)


def no_value(path: str, value: object, known: Iterable[str], table: str = "") -> Problem:
    """Return the problem of a value that a code table, named or clear, does not have."""
    ja, en = f"「{value}」という値はありません", f"no value {value!r}"
    if table:
        ja, en = f"コード表 {table} に{ja}", f"{en} in {table}"
    return misnamed(path, ja, en, value, known)


def unusable_columns(source: "Source", columns: Iterable[str], path: str) -> Iterator[Problem]:
    """Yield the columns that no figure can use: free text is not read, a key is each row's own."""
    for name in columns:
        if source.known[name].type == "free_text":
            yield problem(
                path,
                f"「{name}」は自由記述で、数値には使えません",
                f"{name!r} is free text, which no figure can use",
            )
        elif name == source.lone_key:
            yield problem(
                path,
                f"「{name}」は {source.id} の行ごとに違うキーです。行数を数えてください",
                f"{name!r} is the key of {source.id}, each row's own: count the rows",
            )


def not_dates(source: "Source", columns: Iterable[str], path: str) -> Iterator[Problem]:
    """Yield the columns whose cells are no days."""
    for name in columns:
        column = source.known[name]
        if column.months_open:
            yield problem(
                path,
                f"「{name}」は {column.type} だけで日がありません。日付の列を書いてください",
                f"{name!r} knows no day, only the {column.type}: name a date column",
            )
        elif not column.is_dating:
            yield no_date(path, name)


def no_date(path: str, name: str) -> Problem:
    """Return the problem of a column whose cells say no day, month or year."""
    return problem(path, f"「{name}」は日付の列ではありません", f"{name!r} is no date column")


def dating_problems(
    tables: "SourceTables", source: "Source", datings: Sequence[str | Moment], path: str
) -> Iterator[Problem]:
    """Yield what is wrong with the columns and shifts by which rows are dated."""
    columns = {column_of(dating): source.known[column_of(dating)] for dating in datings}
    undated = [name for name, column in columns.items() if not column.is_dating]
    yield from (no_date(path, name) for name in undated)
    if not undated and len({column.type for column in columns.values()}) > 1:
        ja = "、".join(f"「{name}」は {column.type}" for name, column in columns.items())
        en = ", ".join(f"{name!r} has a {column.type}" for name, column in columns.items())
        yield problem(
            path,
            f"代わりになるのは、同じ細かさの列だけです: {ja}",
            f"one column stands for the other only where both know the same: {en}",
        )
    for dating in datings:
        if isinstance(dating, Moment):
            yield from _shift_problems(tables, source, dating, path)


def _shift_problems(
    tables: "SourceTables", source: "Source", moment: Moment, path: str
) -> Iterator[Problem]:
    yield from calendar_problems(tables, moment, path)
    column = source.known.get(column_of(moment).removeprefix("@"))
    if column is not None and column.months_open and moment.unit not in ("months", "years"):
        yield problem(
            path,
            f"{moment.base} に日はありません。months か years でずらしてください",
            f"{moment.base} knows no day: shift it by months or years",
        )


def not_number(source: "Source", column: str, path: str) -> Iterator[Problem]:
    """Yield the column where it is no number column."""
    if source.known[column].type != "number":
        yield problem(
            path, f"「{column}」は数の列ではありません", f"{column!r} is no number column"
        )


def not_identifying(source: "Source", columns: Iterable[str], path: str) -> Iterator[Problem]:
    """Yield the columns whose values do not tell persons or things apart."""
    for name in columns:
        column = source.known[name]
        if column.is_dating or column.type == "free_text":
            yield problem(
                path, f"「{name}」では何も区別できません", f"{name!r} does not identify anything"
            )
        elif column.type == "number":
            yield problem(
                path,
                f"「{name}」は数の列で、同じ数でも同じものとは限りません。"
                "id・text・code の列を書くか、of を消して行数を数えてください"
                '(金額を足すなら measure = "sum" や "mean"、金額の比率なら weight)',
                f"{name!r} is a number column, and equal amounts are not one thing; name "
                'an id, text or code column, or take `of` out to count rows (measure = "sum" and '
                '"mean" add the amounts; a ratio of amounts is written with `weight`)',
            )


def value_filter(column: str, values: Sequence[str]) -> Where:
    """Return the filter that a column holds one of some values."""
    return Where(((Test(column, "in", tuple(values)),),))


def filter_problems(
    tables: "SourceTables", source: "Source", where: Where, path: str
) -> Iterator[Problem]:
    """Yield the problems of a filter on declared columns: types, dates, code values."""
    for test in where.tests:
        column = source.known[test.column]
        if test.operator in DATE_OPERATORS:
            yield from _date_problems(tables, source, test, path)
        elif test.operator in NUMBER_OPERATORS:
            yield from _comparison_problems(source, test, path)
        elif test.operator in ("in", "not_in"):
            if column.is_dating:
                yield problem(
                    f"{path}.{test.column}",
                    "日付の列は値と比べられません(before や on_or_after を使います)",
                    "a date column is not compared with values",
                )
            if column.type == "number":
                yield from _number_problems(test, path)
            yield from _value_problems(tables, source, test, path)


def _date_problems(
    tables: "SourceTables", source: "Source", test: Test, path: str
) -> Iterator[Problem]:
    operand, kind = test.operands[0], source.known[test.column].type
    ja = "(数は above、at_least、below、at_most で比べます)" if kind == "number" else ""
    en = " (numbers compare by above, at_least, below, at_most)" if kind == "number" else ""
    if not source.known[test.column].is_dating:
        yield problem(
            f"{path}.{test.column}",
            f"日付の列ではないので、{test.operator} は使えません{ja}",
            f"no date column, it cannot be {test.operator!r} a date{en}",
        )
    for other in references(test):
        if not source.known[other].is_dating:
            yield problem(
                f"{path}.{test.column}",
                f"@{other} は日付の列ではありません",
                f"@{other} is no date column",
            )
    base = base_of(operand)
    if isinstance(base, date) and not 1868 <= base.year <= 2200:
        yield problem(
            f"{path}.{test.column}",
            f"{base} はありそうもない日付です",
            f"{base} is no plausible date",
        )
    if isinstance(operand, Moment):
        yield from _shift_problems(tables, source, operand, f"{path}.{test.column}")


def stock_problems(source: "Source", kpi: "Kpi", path: str) -> Iterator[Problem]:
    """Yield the problem of a filter that asks for what is left at the end, of rows that happened.

    What has no end, or one after the period's end (`[{ ended_on = { missing = true } },
    { ended_on = { after = "@end" } }]`), is in force then; of a log such a KPI counts only what
    also began in the period. Where that is meant `date` says so.
    """
    if source.is_state or kpi.dates:
        return
    tests = [test for alternative in kpi.where.alternatives for test in alternative]
    unended = {test.column for test in tests if test.operator == "missing" and test.operands[0]}
    later = {
        test.column
        for test in tests
        if test.operator in ("after", "on_or_after") and test.operands[0] in ("@end", "@as_of")
    }
    both = [name for name in unended & later if name != source.base_date]
    if len(kpi.where.alternatives) > 1 and both:
        base, name = source.base_date, both[0]
        yield problem(
            f"{path}.where",
            f"「{name}」が空欄か期末より後、という条件は、期末に残っているものを指しますが、"
            f"この出力では「{base}」が期間内の行しか数えません。期末に有効なものを数えるなら"
            f'出力に rhythm = "register"、in_force = ["{base}", "{name}"]、until を、'
            f'期間内に始まって期末に残るものなら指標に date = "{base}" を書いてください',
            f"{name!r} blank or after the end means what is left at the end, but of this source "
            f"only rows whose {base!r} lies in the period are counted: for what is in force at the "
            f'end give the source rhythm = "register", in_force = ["{base}", "{name}"] and until; '
            f'for what began in the period and is left, give the KPI date = "{base}"',
        )


def calendar_problems(tables: "SourceTables", moment: Moment, path: str) -> Iterator[Problem]:
    """Yield what lacks where business days are counted and no calendar says which those are."""
    if moment.unit == "business days" and tables.calendar is None:
        yield calendar_missing(path)


def calendar_missing(path: str) -> Problem:
    """Return what to write where business days have no calendar."""
    return problem(
        path,
        '営業日には暦が要ります。[calendar] に closed = ["土", "日"] と書いてください',
        'business days need a calendar: write `closed = ["土", "日"]` under [calendar]',
    )


def _comparison_problems(source: "Source", test: Test, path: str) -> Iterator[Problem]:
    for name in (test.column, *references(test)):
        if source.known[name].type != "number":
            yield problem(
                f"{path}.{test.column}",
                f"「{name}」は数の列ではないので、{test.operator} は使えません",
                f"{name!r} is no number column, {test.operator!r} needs one",
            )


def _number_problems(test: Test, path: str) -> Iterator[Problem]:
    for value in test.operands:
        try:
            Decimal(str(value))
        except InvalidOperation:
            yield problem(
                f"{path}.{test.column}", f"{value!r} は数ではありません", f"{value!r} is no number"
            )


def _value_problems(
    tables: "SourceTables", source: "Source", test: Test, path: str
) -> Iterator[Problem]:
    table = tables.codes_of(source, test.column)
    if table is None or table.open:
        return
    for value in test.operands:
        if str(value) not in table.values:
            yield no_value(f"{path}.{test.column}", value, table.values, table.id)


def register_problems(tables: "SourceTables", name: str, by: str, path: str) -> Iterator[Problem]:
    """Yield the problems of the register `name` whose column `by` names people."""
    source = tables.source.get(name)
    if source is None:
        yield no_source(f"{path}.source", name, tables.source)
    elif source.rhythm != "register":
        yield problem(
            f"{path}.source",
            f"「{name}」は台帳ではないので、だれが在籍しているか分かりません",
            f"{name!r} is no register, it does not say who is in service",
        )
    elif by not in source.known:
        yield from unknown_columns(source, (by,), f"{path}.by")
    else:
        yield from not_identifying(source, (by,), f"{path}.by")
