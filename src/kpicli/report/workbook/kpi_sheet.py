"""The sheet of one KPI: its table by month, a chart, its definition and its rows."""

from collections.abc import Sequence

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.output.page.blocks import KpiBlock
from kpicli.output.page.phrases import dates_phrase
from kpicli.output.page.row_tables import kpi_table
from kpicli.output.workbook.canvas import BAND, BOXED, PROSE, QUIET, TITLE, Canvas, text_width
from kpicli.report import labels
from kpicli.report.model import Report
from kpicli.report.workbook.kpi_rows import KpiRows
from kpicli.report.workbook.kpi_table import FIRST
from kpicli.report.workbook.prose import plain_lines
from kpicli.report.workbook.sheet_charts import CHART_ROWS, add_chart

HEADING_ROW = 4
LEAST_COLUMNS = 9
"""As many as the table of rows has."""


class BackLinks(Struct, frozen=True):
    """The sheets that a KPI's sheet leads back to."""

    report: str
    contents: str


def write_kpi(canvas: Canvas, block: KpiBlock, report: Report, back: BackLinks) -> None:
    """Write the sheet of a KPI."""
    summary, definition = report.summary, report.definitions.get(block.head.id, ())
    rows = KpiRows.of(canvas, block)
    headings = rows.headings
    _widths(canvas, rows)
    _head(canvas, block, report, back)
    canvas.write_headings(HEADING_ROW, headings)
    canvas.sheet.freeze_panes = f"B{HEADING_ROW + 1}"
    row = _table(rows, block, HEADING_ROW + 1)
    if block.split and not block.head.additive:
        note = canvas.localized(words.LEGEND["not_additive"])
        canvas.write(row, 1, note, QUIET)
        row += 1
    if add_chart(canvas, rows, block, HEADING_ROW, row + 1):
        row += CHART_ROWS + 1
    row = _lines(
        canvas, row + 1, labels.DEFINITION, [canvas.localized(line) for line in definition]
    )
    remarks = [" ".join(plain_lines(canvas.localized(remark))) for remark in block.head.remarks]
    row = _lines(canvas, row, words.NOTES, remarks)
    _rows(canvas, row, summary, block.head.id)


def _widths(canvas: Canvas, rows: KpiRows) -> None:
    """Set widths; at least `LEAST_COLUMNS` are wide enough for the tables below."""
    numbers = rows.headings[FIRST - 1 : rows.status - 1]
    widths = [28.0, 12, 12, *(text_width([heading], 11, 18) for heading in numbers), 18]
    widths += [22] if rows.targeted else []
    canvas.widths([*widths, *([12] * (LEAST_COLUMNS - len(widths)))])


def _head(canvas: Canvas, block: KpiBlock, report: Report, back: BackLinks) -> None:
    head, summary = block.head, report.summary
    canvas.write(1, 1, canvas.localized(head.title), TITLE)
    canvas.raise_row(1, 2)
    canvas.write_link(2, 1, canvas.localized(labels.TO_REPORT), back.report)
    canvas.write_link(2, 2, canvas.localized(labels.TO_CONTENTS), back.contents)
    as_of = canvas.localized(words.AS_OF.filled(day=summary.as_of.isoformat()))
    dates = dates_phrase(summary.period, canvas.language)
    period = summary.period.label(canvas.language)
    canvas.write(2, 4, f"{period}  {dates} ({as_of})", QUIET)
    facts = (
        (labels.PRINCIPLES, ", ".join(head.principles) or "-"),
        (labels.UNIT, canvas.localized(head.unit)),
        (labels.ADDITIVE, canvas.localized(labels.YES if head.additive else labels.NO)),
        *(((labels.KPI_ID, head.id),) if report.edition == "internal" else ()),
    )
    named = [labels.NAMED.filled(name=canvas.localized(name), value=value) for name, value in facts]
    canvas.write(3, 1, "  /  ".join(canvas.localized(text) for text in named), QUIET)


def _table(rows: KpiRows, block: KpiBlock, row: int) -> int:
    """Write months, their sum, the period and the comparisons; return the row after them."""
    for month in block.groups:
        rows.cluster(row, month)
        row += 1
    if block.whole is None:
        return row
    added = block.head.additive and len(block.groups) > 1
    if added:
        rows.sums(row, block.groups, block.whole)
        row += 1
    whole = row
    rows.cluster(whole, block.whole, bold=True)
    row += 2 if added else 1
    for kind in ("previous", "year_ago"):
        row = rows.compared(row, block.whole, kind, whole)
    return row


def _lines(canvas: Canvas, row: int, title: Text, lines: Sequence[str]) -> int:
    """Write lines under a title; nothing where there are none."""
    if not lines:
        return row
    last = max(LEAST_COLUMNS, canvas.sheet.max_column)
    canvas.write_band(row, last, canvas.localized(title), BAND)
    for line in lines:
        row += 1
        canvas.write_lines(row, (1, last), [line], PROSE)
    return row + 2


def _rows(canvas: Canvas, row: int, summary: Summary, kpi: str) -> None:
    """Write where every candidate row of the KPI went."""
    table = kpi_table(summary, canvas.language, kpi)
    if not table.rows:
        return
    canvas.write(row, 1, canvas.localized(table.title), QUIET)
    canvas.write_headings(row + 1, [canvas.localized(column) for column in table.columns[1:]])
    for number, cells in enumerate(table.rows, row + 2):
        for column, content in enumerate(cells[1:], 1):
            canvas.write(number, column, content, BOXED)
            if isinstance(content, str):
                canvas.raise_row(number, canvas.lines_of(column, content))
