"""The sheets around the figures: contents, definitions, row accounting, files."""

from collections.abc import Mapping, Sequence

from kpicli.base.wording import Text
from kpicli.model.figures import KpiHead
from kpicli.model.summary import Summary
from kpicli.output.data.front import Front
from kpicli.output.page import words
from kpicli.output.page.row_tables import Row, Table, counts, covered, files_of, kpi_table, run_rows
from kpicli.output.workbook.canvas import BOXED, PROSE, QUIET, TITLE, Canvas, CellStyle, text_width
from kpicli.output.workbook.front_sheet import write_table
from kpicli.report import labels
from kpicli.report.model import Report

HEADING_ROW = 3
_BOXED_LINK = CellStyle(boxed=True, wrapped=True)
_COUNT = CellStyle(boxed=True, format="#,##0")


def write_contents(
    canvas: Canvas,
    summary: Summary,
    sheets: Mapping[str, str],
    others: Sequence[str],
    *,
    ids: bool,
) -> None:
    """Write a line with a link for every other sheet; `others` come before and after the KPIs."""
    _head(canvas, labels.CONTENTS)
    texts = (
        labels.NUMBER,
        words.ITEM,
        labels.PRINCIPLES,
        labels.UNIT,
        labels.ADDITIVE,
        *((labels.KPI_ID,) if ids else ()),
    )
    canvas.widths([7, 56, 12, 9, 9, 32][: len(texts)])
    canvas.write_headings(HEADING_ROW, [canvas.localized(text) for text in texts])
    row = HEADING_ROW + 1
    for name in others:
        for column in range(1, len(texts) + 1):
            canvas.write(row, column, None, BOXED)
        canvas.write_link(row, 2, name, name, _BOXED_LINK)
        row += 1
    for number, head in enumerate(summary.kpis.values(), 1):
        facts: Row = (number, None, *_facts(canvas, head))
        for column, content in enumerate(facts[: len(texts)], 1):
            canvas.write(row, column, content, BOXED)
        canvas.write_link(row, 2, canvas.localized(head.title), sheets[head.id], _BOXED_LINK)
        canvas.raise_row(row, canvas.lines_of(2, canvas.localized(head.title)))
        row += 1
    canvas.sheet.freeze_panes = f"A{HEADING_ROW + 1}"


def _facts(canvas: Canvas, head: KpiHead) -> tuple[str, str, str, str]:
    added = canvas.localized(labels.YES if head.additive else labels.NO)
    return ", ".join(head.principles), canvas.localized(head.unit), added, head.id


def write_definitions(canvas: Canvas, report: Report, contents: str) -> None:
    """Write every KPI's definition and the version it has."""
    _head(canvas, labels.DEFINITIONS, contents)
    texts = (
        words.ITEM,
        labels.PRINCIPLES,
        labels.UNIT,
        labels.ADDITIVE,
        labels.VERSION,
        labels.DEFINITION,
    )
    canvas.widths([36, 11, 8, 9, 9, 90])
    canvas.write_headings(HEADING_ROW, [canvas.localized(text) for text in texts])
    for row, head in enumerate(report.summary.kpis.values(), HEADING_ROW + 1):
        principles, unit, added, _ = _facts(canvas, head)
        facts: Row = (canvas.localized(head.title), principles, unit, added, head.version)
        for column, content in enumerate(facts, 1):
            canvas.write(row, column, content, BOXED)
        lines = [canvas.localized(line) for line in report.definitions.get(head.id, ())]
        canvas.write_lines(row, (6, 6), lines, PROSE)
        canvas.raise_row(row, canvas.lines_of(1, canvas.localized(head.title)))
    canvas.sheet.freeze_panes = f"B{HEADING_ROW + 1}"


def write_accounting(canvas: Canvas, summary: Summary, contents: str) -> None:
    """Write where every row read went, source by source, then KPI by KPI."""
    _head(canvas, words.ACCOUNTING_SHEET, contents)
    kpis = kpi_table(summary, canvas.language)
    canvas.widths([50, 20, *([14] * len(words.KPI_ACCOUNTING)), 34])
    row = _table(canvas, HEADING_ROW, _source_table(canvas, summary))
    _table(canvas, row + 1, kpis)


def write_files(canvas: Canvas, summary: Summary, contents: str) -> None:
    """Write every file that was read, with its SHA-256, and what the run is known by."""
    _head(canvas, labels.FILES_SHEET, contents)
    table = _file_table(canvas, summary)
    names = [str(row[1]) for row in table.rows]
    canvas.widths([20, text_width(names, 20, 46), 10, 12, *([11] * len(words.ACCOUNTING)), 70])
    row = _table(canvas, HEADING_ROW, table)
    for cells in run_rows(summary, canvas.language):
        row += 1
        canvas.write(row, 1, cells[0], QUIET)
        canvas.write(row, 2, cells[1], QUIET)


def write_trend(canvas: Canvas, trend: Front, contents: str) -> None:
    """Write the figures with a column a period; what their values need said stands at the end."""
    _head(canvas, words.TREND_SHEET, contents)
    write_table(canvas, trend, HEADING_ROW)


def _head(canvas: Canvas, title: Text, contents: str | None = None) -> None:
    canvas.write(1, 1, canvas.localized(title), TITLE)
    canvas.raise_row(1, 2)
    if contents is not None:
        canvas.write_link(2, 1, canvas.localized(labels.TO_CONTENTS), contents)


def _table(canvas: Canvas, row: int, table: Table) -> int:
    """Write a table with its title above it; return the row after it."""
    canvas.write(row, 1, canvas.localized(table.title), QUIET)
    canvas.write_headings(row + 1, [canvas.localized(column) for column in table.columns])
    for number, cells in enumerate(table.rows, row + 2):
        for column, content in enumerate(cells, 1):
            canvas.write(number, column, content, _COUNT if isinstance(content, int) else BOXED)
            if isinstance(content, str):
                canvas.raise_row(number, canvas.lines_of(column, content))
    return row + 2 + len(table.rows)


def _source_table(canvas: Canvas, summary: Summary) -> Table:
    columns = (words.SOURCE, words.COVERED, *words.ACCOUNTING.values())
    rows = tuple(
        (canvas.localized(s.title), covered(s) or None, *counts(s.accounting))
        for s in summary.sources
    )
    return Table(words.ROWS, columns, rows)


def _file_table(canvas: Canvas, summary: Summary) -> Table:
    names = (words.SOURCE, words.FILE, words.SHEET, words.ENCODING)
    columns = (*names, *words.ACCOUNTING.values(), words.SHA256)
    rows: list[Row] = []
    for source in summary.sources:
        for file in files_of(summary, source):
            named = (canvas.localized(source.title), file.path, file.sheet, file.encoding)
            rows.append((*named, *counts(file.accounting), file.sha256))
    return Table(labels.FILES_SHEET, columns, tuple(rows))
