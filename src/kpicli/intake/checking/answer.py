"""The answer of `check FILE`: what each table holds, column by column, and what is wrong."""

from collections.abc import Iterator

from kpicli.base.wording import Language, Text, quantity
from kpicli.checks.findings import LEVELS, fault_records, outcome_words, outlines
from kpicli.intake.checking.check import FileCheck
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.phrases import KIND_WORDS, written
from kpicli.intake.profiling.tables import Table
from kpicli.output.data.json_parts import faults_object
from kpicli.output.data.records import Sheet, SheetRow
from kpicli.output.interface import Answer, Json, Options
from kpicli.output.page import document as page

_COLUMN = Text("列", "Column")
_KIND = Text("中身", "Holds")
_FILLED = Text("値のある行", "Filled rows")
_DISTINCT = Text("種類", "Distinct")
_MONTHS = Text("日付の範囲(月)", "Months")
_SHEET = Text("列の一覧", "Columns")


def file_check_answer(checked: FileCheck) -> Answer:
    """Return the check of files as an answer; no cell stands in it but with `show_values`."""
    return Answer(
        title=Text("点検", "Check"),
        records=lambda options: fault_records(checked.faults, options),
        document=lambda options: _document(checked, options),
        content=lambda options: _content(checked, options),
        sheets=lambda options: [_sheet(checked, options.language)],
    )


def _document(checked: FileCheck, options: Options) -> page.Document:
    language = options.language
    files, tables = len(checked.files), len(checked.tables)
    read = Text(
        f"{files} ファイル、{tables} つの表、{checked.rows:,} 行を、設定なしで調べました。",
        f"Checked without settings: {quantity(files, 'file')}, {quantity(tables, 'table')}, "
        f"{quantity(checked.rows, 'row')}.",
    )
    opening = (read.in_language(language), outcome_words(checked.faults).in_language(language))
    blocks: list[page.Block] = [_listing(table, language) for table in checked.tables]
    blocks += outlines(checked.faults, {}, options)
    return page.Document(tuple(map(page.Entry, opening)), tuple(blocks), titled=False)


def _listing(table: Table, language: Language) -> page.Listing:
    heading = f"{table.label}: {', '.join(written(table, language))}"
    columns = (
        page.Column("kind", _KIND.in_language(language)),
        page.Column("filled", _FILLED.in_language(language), right=True),
        page.Column("distinct", _DISTINCT.in_language(language), right=True),
        page.Column("months", _MONTHS.in_language(language)),
    )
    lines = tuple(
        page.Line(0, column.header, (kind, f"{column.filled:,}", f"{column.distinct:,}", months))
        for column in table.columns
        for kind, months in [(KIND_WORDS[column.kind].in_language(language), _months(column))]
    )
    return page.Listing(_COLUMN.in_language(language), columns, (page.Section(heading, lines),))


def _months(column: Column) -> str:
    """Return the first and the last month of a column's dates; "" where it has none."""
    if column.dates is None or not column.dates.months:
        return ""
    first, last = min(column.dates.months), max(column.dates.months)
    return f"{first[0]}-{first[1]:02}..{last[0]}-{last[1]:02}"


def _sheet(checked: FileCheck, language: Language) -> Sheet:
    """Return the columns of all tables as a sheet of a workbook."""
    return Sheet(_SHEET.in_language(language), tuple(_sheet_rows(checked, language)))


def _sheet_rows(checked: FileCheck, language: Language) -> Iterator[SheetRow]:
    heads = (_COLUMN, _KIND, _FILLED, _DISTINCT, _MONTHS)
    for table in checked.tables:
        yield SheetRow((f"{table.label}: {', '.join(written(table, language))}",), bold=True)
        yield SheetRow(tuple(head.in_language(language) for head in heads), bold=True)
        for column in table.columns:
            kind = KIND_WORDS[column.kind].in_language(language)
            counts = (column.filled, column.distinct)
            yield SheetRow((column.header, kind, *counts, _months(column)))


def _content(checked: FileCheck, options: Options) -> dict[str, Json]:
    """Return everything that was read and found; the findings as in the json of `check`."""
    counts: dict[str, Json] = {
        level: sum(f.level == level for f in checked.faults) for level in LEVELS
    }
    return {
        "kpicli_version": checked.version,
        "counts": counts,
        "files": [{"path": name, "read": name not in checked.unread} for name in checked.files],
        "tables": [_table(table) for table in checked.tables],
        **faults_object(checked.faults, options),
    }


def _table(table: Table) -> Json:
    return {
        "path": table.file,
        "sha256": table.digest,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "rows": table.rows,
        "columns": [
            {
                "header": column.header,
                "place": column.place + 1,
                "kind": column.kind,
                "filled": column.filled,
                "distinct": column.distinct,
                "months": _months(column) or None,
                "unreadable_dates": None if column.dates is None else column.dates.unreadable,
            }
            for column in table.columns
        ],
    }
