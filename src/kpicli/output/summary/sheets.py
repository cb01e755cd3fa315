"""The row accounting of a summary as a sheet: its run, sources, files, KPIs, taken-over values."""

from collections.abc import Iterator

from kpicli.base.wording import Language
from kpicli.model.summary import Summary
from kpicli.output.data.records import Sheet, SheetRow
from kpicli.output.page import words
from kpicli.output.page.phrases import origin_phrase
from kpicli.output.page.row_tables import (
    Row,
    Table,
    counts,
    covered,
    files_of,
    joint_table,
    kpi_table,
    run_rows,
)
from kpicli.output.page.words import item_name


def accounting_sheet(summary: Summary, language: Language) -> Sheet:
    """Return where every row went, and where every value comes from that was not counted."""
    rows = [SheetRow(cells) for cells in run_rows(summary, language)]
    tables = [_source_table(summary, language), kpi_table(summary, language)]
    origins = _origin_table(summary, language)
    for table in (*tables, origins) if origins.rows else tables:
        rows += [SheetRow(()), *_rows_of(table, language)]
    return Sheet(words.ACCOUNTING_SHEET.in_language(language), tuple(rows))


def joint_sheet(summary: Summary, language: Language) -> Sheet:
    """Return the targets that any of several KPIs reaches, each with its KPIs below it."""
    table = joint_table(summary, language)
    return Sheet(words.TARGET.in_language(language), tuple(_rows_of(table, language)))


def _rows_of(table: Table, language: Language) -> Iterator[SheetRow]:
    yield SheetRow((table.title.in_language(language),), bold=True)
    yield SheetRow(tuple(column.in_language(language) for column in table.columns), bold=True)
    yield from (SheetRow(cells) for cells in table.rows)


def _source_table(summary: Summary, language: Language) -> Table:
    heading = (words.SOURCE, words.FILE, words.SHEET, words.ENCODING, *words.ACCOUNTING.values())
    columns = (*heading, words.COVERED, words.SHA256)
    return Table(words.ROWS, columns, tuple(_source_rows(summary, language)))


def _source_rows(summary: Summary, language: Language) -> Iterator[Row]:
    """Yield each source with its covered months, below it the files it was read from."""
    for source in summary.sources:
        title = source.title.in_language(language)
        yield (title, None, None, None, *counts(source.accounting), covered(source))
        for file in files_of(summary, source):
            named = (title, file.path, file.sheet, file.encoding)
            yield (*named, *counts(file.accounting), None, file.sha256)


def _origin_table(summary: Summary, language: Language) -> Table:
    rows = tuple(_origin_rows(summary, language))
    return Table(words.ORIGIN_SHEET_ROWS, words.ORIGIN_COLUMNS, rows)


def _origin_rows(summary: Summary, language: Language) -> Iterator[Row]:
    """Yield every value that was published or entered, with its source and date."""
    for figure in summary.figures:
        head = summary.kpis[figure.kpi]
        values = [(figure.period, figure.value, figure.origin)]
        values += [(c.period, c.value, c.origin) for c in figure.comparisons]
        for period, value, origin in values:
            if origin.kind != "computed":
                yield (
                    head.title.in_language(language),
                    item_name(figure, head, language),
                    period.name,
                    value.number,
                    origin_phrase(origin, language),
                    origin.source,
                    origin.on,
                )
