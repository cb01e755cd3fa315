"""xlsx: one sheet of tidy rows with real numbers and dates, one sheet with the accounting."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from rich.cells import cell_len

from kpicli.figures import Figure, KpiAccounting, SourceAccounting, Summary
from kpicli.renderers import words
from kpicli.renderers.interface import Options
from kpicli.renderers.phrases import dates_phrase, origin_phrase, period_phrase
from kpicli.renderers.safety import inert, plain
from kpicli.renderers.tidy import COLUMNS, tidy_rows
from kpicli.renderers.tidy import Cell as Content
from kpicli.wording import Language, Text

WIDEST = 60
"""A column wider than this many cells pushes the figures out of sight."""


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
    stamp = datetime.combine(summary.as_of, time())
    book.properties.creator = f"kpicli {plain(summary.version)}"
    book.properties.created = book.properties.modified = stamp
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    """Return the workbook as bytes that do not depend on the clock.

    `Workbook.save` would stamp both the properties and every member with the present moment.
    """
    written, settled = BytesIO(), BytesIO()
    with ZipFile(written, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with ZipFile(written) as archive, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for name in archive.namelist():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, archive.read(name))
    return settled.getvalue()


def _write_figures(sheet: Worksheet, summary: Summary) -> None:
    _append(sheet, COLUMNS, bold=True)
    for figure, row in zip(summary.figures, tidy_rows(summary), strict=True):
        _append(sheet, (row[column] for column in COLUMNS))
        for column in _uncounted(figure):
            sheet.cell(sheet.max_row, COLUMNS.index(column) + 1).font = Font(italic=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _widen(sheet)


def _uncounted(figure: Figure) -> Iterator[str]:
    """Yield the columns whose value was published or entered, not counted in this run."""
    if figure.origin.kind != "computed":
        yield "value"
    for comparison in figure.comparisons:
        if comparison.origin.kind != "computed":
            yield comparison.kind


def _append(sheet: Worksheet, contents: Iterable[Content], *, bold: bool = False) -> None:
    sheet.append([_cell(sheet, content, bold=bold) for content in contents])


def _cell(sheet: Worksheet, content: Content, *, bold: bool) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    if isinstance(content, str):
        shown = plain(content)
        cell.value = shown
        cell.data_type = "s"  # else openpyxl takes a leading "=" for a formula
        cell.quotePrefix = inert(shown) != shown
    else:
        cell.value = content
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widen(sheet: Worksheet) -> None:
    """Make each column as wide as its cells; headings that stand alone may run over."""
    widths: dict[int, int] = {}
    for row in sheet.iter_rows(values_only=True):
        filled = {index: str(value) for index, value in enumerate(row, 1) if value is not None}
        for index, shown in filled.items() if len(filled) > 1 else ():
            widths[index] = max(widths.get(index, 0), cell_len(shown))
    for index, width in widths.items():
        sheet.column_dimensions[get_column_letter(index)].width = min(width, WIDEST) + 2


def _write_accounting(sheet: Worksheet, summary: Summary, language: Language) -> None:
    for cells in _head(summary, language):
        _append(sheet, cells)
    heading = (words.SOURCE, words.FILE, words.SHEET, words.ENCODING, *words.ACCOUNTING.values())
    named = (*heading, words.COVERED, words.SHA256)
    for block, columns, rows in (
        (words.ROWS, named, _source_rows(summary)),
        (words.KPI_ROWS, _kpi_heading(), _kpi_rows(summary, language)),
    ):
        _append(sheet, [])
        _append_block(sheet, block, columns, rows, language)
    origins = list(_origin_rows(summary, language))
    if origins:
        _append(sheet, [])
        _append_block(sheet, words.ORIGIN_SHEET_ROWS, words.ORIGIN_COLUMNS, origins, language)
    _widen(sheet)


def _append_block(
    sheet: Worksheet,
    title: Text,
    columns: Iterable[Text],
    rows: Iterable[tuple[Content, ...]],
    language: Language,
) -> None:
    _append(sheet, [title.in_language(language)], bold=True)
    _append(sheet, [column.in_language(language) for column in columns], bold=True)
    for row in rows:
        _append(sheet, row)


def _head(summary: Summary, language: Language) -> Iterator[tuple[Content, ...]]:
    dates = dates_phrase(summary.period, language)
    as_of = words.AS_OF.filled(day=summary.as_of.isoformat()).in_language(language)
    yield (period_phrase(summary.period, language), f"{dates} ({as_of})")
    yield ("kpicli", summary.version)
    yield (words.CATALOGUE.in_language(language), summary.catalogue_hash)


def _counts(accounting: SourceAccounting) -> tuple[int, ...]:
    return tuple(getattr(accounting, name) for name in words.ACCOUNTING)


def _source_rows(summary: Summary) -> Iterator[tuple[Content, ...]]:
    """Yield each source with its covered months, below it the files it was read from."""
    for source in summary.sources:
        months = " ".join(month.name for month in source.covered)
        yield (source.title, None, None, None, *_counts(source.accounting), months)
        for file in summary.files:
            if file.source == source.id:
                counts = _counts(file.accounting)
                yield (
                    source.title,
                    file.path,
                    file.sheet,
                    file.encoding,
                    *counts,
                    None,
                    file.sha256,
                )


def _origin_rows(summary: Summary, language: Language) -> Iterator[tuple[Content, ...]]:
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


def _kpi_heading() -> tuple[Text, ...]:
    return (words.ITEM, words.SOURCE, *words.KPI_ACCOUNTING.values(), words.EXCLUDED)


def _kpi_rows(summary: Summary, language: Language) -> Iterator[tuple[Content, ...]]:
    titles = {source.id: source.title for source in summary.sources}
    for each in summary.accounting:
        counts = (getattr(each, name) for name in words.KPI_ACCOUNTING)
        source = titles.get(each.source, each.source)
        yield (summary.kpis[each.kpi].title, source, *counts, _excluded(each, language))


def _excluded(accounting: KpiAccounting, language: Language) -> str | None:
    named = (
        words.RULE_ROWS.filled(rule=rule, rows=rows).in_language(language)
        for rule, rows in accounting.excluded
    )
    return ", ".join(named) or None
