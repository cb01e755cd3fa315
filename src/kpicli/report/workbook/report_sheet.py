"""The first sheet: the report by principle, its texts and figures one below the other."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.output.page.blocks import KpiBlock, kpi_blocks
from kpicli.output.page.legend import legend
from kpicli.output.page.phrases import dates_phrase
from kpicli.output.page.row_tables import joint_rows
from kpicli.output.workbook.canvas import BOXED, LABEL, PROSE, QUIET, SECTION, TITLE, Canvas
from kpicli.report import labels
from kpicli.report.model import Report
from kpicli.report.narrative.html import as_text
from kpicli.report.narrative.model import Block, Pair, Passage, Section
from kpicli.report.placing import RELATED
from kpicli.report.workbook.figure_rows import FIRST_COMPARED, TONES, VALUE, Columns, FigureRows
from kpicli.report.workbook.prose import pieces, plain_lines

HEADING_ROW = 3


def write_report(canvas: Canvas, report: Report, sheets: dict[str, str], contents: str) -> None:
    """Write the report; `sheets` names the sheet of each KPI, `contents` that of the contents."""
    columns = Columns(report.summary.compared)
    widths = [12.0] * columns.last
    widths[0], widths[2] = 52, 7
    for number in range(len(report.summary.compared)):
        widths[FIRST_COMPARED - 1 + 2 * number] = 15
    widths[columns.target - 1], widths[columns.status - 1], widths[columns.last - 1] = 20, 20, 7
    canvas.widths(widths)
    _head(canvas, report, contents)
    canvas.write_headings(HEADING_ROW, columns.headings(report.summary, canvas.language))
    canvas.sheet.freeze_panes = f"B{HEADING_ROW + 1}"
    writer = _Writer(canvas, columns, FigureRows(canvas, columns, sheets))
    blocks = {block.head.id: block for block in kpi_blocks(report.summary)}
    row = writer.blocks(HEADING_ROW + 1, report.introduction, blocks)
    for section in report.sections:
        row = writer.section(row, section, blocks)
    row = writer.others(row, blocks)
    row = writer.joint(row, report.summary)
    writer.notes(row, report, tuple(blocks.values()))


def _head(canvas: Canvas, report: Report, contents: str) -> None:
    summary = report.summary
    canvas.write(1, 1, as_text(report.title), TITLE)
    canvas.raise_row(1, 2)
    as_of = canvas.localized(words.AS_OF.filled(day=summary.as_of.isoformat()))
    dates = dates_phrase(summary.period, canvas.language)
    canvas.write_link(2, 1, canvas.localized(labels.TO_CONTENTS), contents)
    period = f"{summary.period.label(canvas.language)}  {dates} ({as_of})"
    canvas.write(2, 2, period, QUIET)


class _Writer:
    """Writes from a row on and hands back the row after what it wrote."""

    def __init__(self, canvas: Canvas, columns: Columns, figures: FigureRows) -> None:
        self.canvas, self.columns, self.figures = canvas, columns, figures
        self.written: set[str] = set()

    def section(self, row: int, section: Section, blocks: Mapping[str, KpiBlock]) -> int:
        row = self.band(row, as_text(section.heading.text))
        for item in section.items:
            if item.heading.text:
                row = self.part(row, as_text(item.heading.text))
            for content in item.contents:
                if isinstance(content, Pair):
                    for heading, column in (
                        (content.planned_heading, content.planned),
                        (content.review_heading, content.review),
                    ):
                        row = self.part(row, as_text(heading.text))
                        row = self.blocks(row, column, blocks)
                else:
                    row = self.blocks(row, [content], blocks)
        return row

    def blocks(self, row: int, written: Iterable[Block], blocks: Mapping[str, KpiBlock]) -> int:
        """Write texts and, once each, the KPIs that directives name."""
        for block in written:
            if isinstance(block, Passage):
                row = self.text(row, block.text)
                continue
            for name in block.names if block.kind != RELATED else ():
                if name in blocks and name not in self.written:
                    self.written.add(name)
                    row = self.figures.write(row, blocks[name])
        return row

    def part(self, row: int, text: str) -> int:
        self.canvas.write_lines(row, (1, self.columns.last), [text], LABEL)
        return row + 1

    def others(self, row: int, blocks: Mapping[str, KpiBlock]) -> int:
        """Write the KPIs that stand in no section, so that none is missing."""
        left = [block for name, block in blocks.items() if name not in self.written]
        if left:
            row = self.band(row, self.canvas.localized(labels.OTHER_FIGURES))
        for block in left:
            row = self.figures.write(row, block)
        return row

    def joint(self, row: int, summary: Summary) -> int:
        """Write the targets that any of several KPIs reaches, each with its KPIs below it."""
        rows = tuple(joint_rows(summary, self.canvas.language))
        if rows:
            row = self.band(row, self.canvas.localized(words.ANY_OF_THEM))
        for each in rows:
            stands = self.canvas.localized(words.TARGET_STATUSES[each.status])
            target = " ".join(filter(None, (each.bound, stands)))
            for column in range(2, self.columns.last + 1):
                self.canvas.write(row, column, None, BOXED)
            self.canvas.write(row, 1, each.name, replace(BOXED, indent=2 * each.depth))
            self.canvas.write(row, VALUE, each.value or None, BOXED)
            tone = replace(BOXED, color=TONES[each.status])
            self.canvas.write(row, self.columns.target, target, tone)
            self.canvas.raise_row(row, self.canvas.lines_of(self.columns.target, target))
            row += 1
        return row

    def notes(self, row: int, report: Report, blocks: tuple[KpiBlock, ...]) -> None:
        row = self.band(row, self.canvas.localized(words.NOTES))
        for note in self._notes(report, blocks):
            self.canvas.write_lines(row, (1, self.columns.last), [note])
            row += 1

    def _notes(self, report: Report, blocks: tuple[KpiBlock, ...]) -> Iterator[str]:
        for head in report.summary.kpis.values():
            for remark in head.remarks:
                note = words.BY_NAME.filled(
                    name=self.canvas.localized(head.title), words=self.canvas.localized(remark)
                )
                yield " ".join(plain_lines(self.canvas.localized(note)))
        yield from legend(blocks, self.canvas.language)
        yield self.canvas.localized(labels.CHECK_NOTE)

    def band(self, row: int, text: str) -> int:
        self.canvas.write_band(row, self.columns.last, text, SECTION)
        return row + 1

    def text(self, row: int, markdown: str) -> int:
        """Write a text across the sheet."""
        columns = (1, self.columns.last)
        for piece in pieces(plain_lines(markdown), self.canvas.cells_across(columns)):
            self.canvas.write_lines(row, columns, piece, PROSE)
            row += 1
        return row
