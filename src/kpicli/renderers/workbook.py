"""xlsx: one sheet of tidy rows with real numbers and dates, one sheet with the accounting."""

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.figures import Summary
from kpicli.renderers import words
from kpicli.renderers.interface import Options
from kpicli.renderers.row_tables import Row, Table, counts, covered, files_of, kpi_table, run_rows
from kpicli.renderers.spreadsheet import append, saved, stamp, widen
from kpicli.renderers.tidy import COLUMNS, tidy_rows
from kpicli.wording import Language


def render(summary: Summary, options: Options) -> bytes:
    """Return a workbook: the tidy rows, numbers and dates as such, then where every row went.

    A string stays a string even if it begins with `=`. Equal summaries give equal bytes; the
    workbook's own dates are the summary's as-of date.
    """
    book = Workbook()
    figures, accounting = book.worksheets[0], book.create_sheet()
    figures.title = words.FIGURES_SHEET.in_language(options.language)
    accounting.title = words.ACCOUNTING_SHEET.in_language(options.language)
    _write_figures(figures, summary)
    _write_accounting(accounting, summary, options.language)
    stamp(book, summary)
    return saved(book)


def _write_figures(sheet: Worksheet, summary: Summary) -> None:
    append(sheet, COLUMNS, bold=True)
    for row in tidy_rows(summary):
        append(sheet, (row[column] for column in COLUMNS))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    widen(sheet)


def _write_accounting(sheet: Worksheet, summary: Summary, language: Language) -> None:
    for cells in run_rows(summary, language):
        append(sheet, cells)
    for table in (_source_table(summary), kpi_table(summary, language)):
        append(sheet, [])
        append(sheet, [table.title.in_language(language)], bold=True)
        append(sheet, [column.in_language(language) for column in table.columns], bold=True)
        for row in table.rows:
            append(sheet, row)
    widen(sheet)


def _source_table(summary: Summary) -> Table:
    heading = (words.SOURCE, words.FILE, words.SHEET, words.ENCODING, *words.ACCOUNTING.values())
    columns = (*heading, words.COVERED, words.SHA256)
    return Table(words.ROWS, columns, tuple(_source_rows(summary)))


def _source_rows(summary: Summary) -> Iterator[Row]:
    """Yield each source with its covered months, below it the files it was read from."""
    for source in summary.sources:
        yield (source.title, None, None, None, *counts(source.accounting), covered(source))
        for file in files_of(summary, source):
            named = (source.title, file.path, file.sheet, file.encoding)
            yield (*named, *counts(file.accounting), None, file.sha256)
