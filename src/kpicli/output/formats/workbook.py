"""xlsx: one sheet of tidy rows with real numbers and dates, one sheet with the accounting."""

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, Summary
from kpicli.output.data.spreadsheet import append, saved, stamp, widen
from kpicli.output.interface import Options
from kpicli.output.page import words
from kpicli.output.page.phrases import origin_phrase
from kpicli.output.page.row_tables import Row, Table, counts, covered, files_of, kpi_table, run_rows
from kpicli.output.page.tidy import COLUMNS, tidy_rows


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
    for figure, row in zip(summary.figures, tidy_rows(summary), strict=True):
        append(sheet, (row[column] for column in COLUMNS))
        for column in _uncounted(figure):
            sheet.cell(sheet.max_row, COLUMNS.index(column) + 1).font = Font(italic=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    widen(sheet)


def _uncounted(figure: Figure) -> Iterator[str]:
    """Yield the columns whose value was published or entered, not counted in this run."""
    if figure.origin.kind != "computed":
        yield "value"
    for comparison in figure.comparisons:
        if comparison.origin.kind != "computed":
            yield comparison.kind


def _write_accounting(sheet: Worksheet, summary: Summary, language: Language) -> None:
    for cells in run_rows(summary, language):
        append(sheet, cells)
    tables = [_source_table(summary), kpi_table(summary, language)]
    origins = _origin_table(summary, language)
    for table in (*tables, origins) if origins.rows else tables:
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


def _origin_table(summary: Summary, language: Language) -> Table:
    rows = tuple(_origin_rows(summary, language))
    return Table(words.ORIGIN_SHEET_ROWS, words.ORIGIN_COLUMNS, rows)


def _origin_rows(summary: Summary, language: Language) -> Iterator[Row]:
    """Yield every value that was published or entered, with its source and date."""
    for figure in summary.figures:
        values = [(figure.period, figure.value, figure.origin)]
        values += [(c.period, c.value, c.origin) for c in figure.comparisons]
        for period, value, origin in values:
            if origin.kind != "computed":
                yield (
                    summary.kpis[figure.kpi].title,
                    figure.item,
                    period.name,
                    value.number,
                    origin_phrase(origin, language),
                    origin.source,
                    origin.on,
                )
