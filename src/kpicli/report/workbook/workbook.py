"""The report as a workbook: the report, its contents, a sheet a KPI, definitions, rows, files."""

from openpyxl import Workbook

from kpicli.base.wording import Language, Text
from kpicli.output.data.spreadsheet import saved, stamp
from kpicli.output.page import words
from kpicli.output.page.blocks import kpi_blocks
from kpicli.output.page.safety import plain
from kpicli.output.summary.wide_sheets import trend_front
from kpicli.output.workbook.canvas import Canvas
from kpicli.output.workbook.printing import print_on_a4
from kpicli.report import labels
from kpicli.report.model import Report
from kpicli.report.narrative.html import as_text
from kpicli.report.workbook import appendix_sheets as appendix
from kpicli.report.workbook import kpi_sheet, report_sheet
from kpicli.report.workbook.sheet_names import sheet_names

_FIRST = (labels.REPORT_SHEET, labels.CONTENTS)
_LAST = (labels.DEFINITIONS, words.ACCOUNTING_SHEET, labels.FILES_SHEET)


def render_workbook(report: Report, language: Language = "ja") -> bytes:
    """Return the report as xlsx.

    Figures are numbers, ratios the printed percentages as values; sums, ratios of months and
    changes are formulas that carry their results, and a spreadsheet calculates them anew when it
    opens the file. Equal arguments give equal bytes.
    """
    return _Builder(report, language).built()


class _Builder:
    """A workbook being built sheet by sheet."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.summary, self.language = report, report.summary, language
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.canvases: list[Canvas] = []
        last = _LAST if report.edition == "internal" else ()
        trend = (words.TREND_SHEET,) if self.summary.trend else ()
        fixed = sheet_names(text.in_language(language) for text in (*_FIRST, *trend, *last))
        titles = (head.title.in_language(self.language) for head in self.summary.kpis.values())
        self.kpis = dict(zip(self.summary.kpis, sheet_names(titles, fixed), strict=True))
        self.report_sheet, self.contents = fixed[:2]
        self.others = fixed

    def built(self) -> bytes:
        report_sheet.write_report(
            self.canvas(labels.REPORT_SHEET), self.report, self.kpis, self.contents
        )
        others = [name for name in self.others if name != self.contents]
        contents = self.canvas(labels.CONTENTS)
        internal = self.report.edition == "internal"
        appendix.write_contents(contents, self.summary, self.kpis, others, ids=internal)
        if self.summary.trend:
            kinds = ("frozen", "entered") if internal else ("entered",)
            trend = trend_front(self.summary, self.language, kinds)
            appendix.write_trend(self.canvas(words.TREND_SHEET), trend, self.contents)
        self.write_kpis()
        if internal:
            self.write_appendix()
        self.prepare_print()
        stamp(self.book, self.summary.as_of, self.summary.version)
        if self.report.frame.organisation:
            self.book.properties.creator = plain(self.report.frame.organisation)
        self.book.properties.title = plain(as_text(self.report.title))
        return saved(self.book, {each.sheet.title: each.results for each in self.canvases})

    def write_appendix(self) -> None:
        where = self.canvas(labels.DEFINITIONS)
        appendix.write_definitions(where, self.report, self.contents)
        rows = self.canvas(words.ACCOUNTING_SHEET)
        appendix.write_accounting(rows, self.summary, self.contents)
        appendix.write_files(self.canvas(labels.FILES_SHEET), self.summary, self.contents)

    def canvas(self, title: Text | str) -> Canvas:
        """Return a new sheet."""
        name = title if isinstance(title, str) else title.in_language(self.language)
        canvas = Canvas(self.book.create_sheet(name), self.language)
        canvas.sheet.sheet_view.showGridLines = False
        self.canvases.append(canvas)
        return canvas

    def write_kpis(self) -> None:
        back = kpi_sheet.BackLinks(self.report_sheet, self.contents)
        for block in kpi_blocks(self.summary):
            kpi_sheet.write_kpi(self.canvas(self.kpis[block.head.id]), block, self.report, back)

    def prepare_print(self) -> None:
        kpis = set(self.kpis.values())
        heading = {
            self.report_sheet: report_sheet.HEADING_ROW,
            self.contents: appendix.HEADING_ROW,
            words.TREND_SHEET.in_language(self.language): appendix.HEADING_ROW,
            labels.DEFINITIONS.in_language(self.language): appendix.HEADING_ROW,
            labels.FILES_SHEET.in_language(self.language): appendix.HEADING_ROW + 1,
        }
        internal = self.report.edition == "internal"
        footer = f"kpicli {self.summary.version}" if internal else self.report.frame.organisation
        mark = f"{labels.INTERNAL.in_language(self.language)} " if internal else ""
        for canvas in self.canvases:
            name = canvas.sheet.title
            row = kpi_sheet.HEADING_ROW if name in kpis else heading.get(name)
            title = f"{mark}{as_text(self.report.title)}"
            print_on_a4(canvas.sheet, title, footer, row, one_page=name in kpis)
