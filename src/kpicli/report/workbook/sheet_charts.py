"""Native charts of a KPI's sheet: parts stacked by month, one series, or percentages alone."""

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.text import Text as ChartText
from openpyxl.chart.title import Title
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)

from kpicli.model.bounds import SPANS
from kpicli.output.page.blocks import KpiBlock
from kpicli.output.page.safety import plain
from kpicli.output.workbook.canvas import Canvas, address
from kpicli.report import labels
from kpicli.report.workbook.kpi_table import FIRST
from kpicli.values.numbers import exact

if TYPE_CHECKING:
    from kpicli.report.workbook.kpi_rows import KpiRows


CHART_ROWS = 18
"""The rows of the sheet that a chart covers."""
WIDTH, HEIGHT = 25, 9
"""In centimetres; the height is a little less than that of its rows."""
_FEW = 5
COLORS = ("1F4E79", "ED7D31", "7F7F7F", "FFC000", "5B9BD5", "548235", "7030A0", "A5A5A5")
"""Dark and light alternate, so that neighbours differ in print too."""


def add_chart(canvas: Canvas, rows: "KpiRows", block: KpiBlock, heading: int, row: int) -> bool:
    """Draw, at `row`, the months that stand below the headings in row `heading`.

    Return False where there are no months to draw, or no number in them.
    """
    span = _Span(canvas, heading, heading + len(block.groups))
    columns = [column for column in _drawn(rows) if span.numbers(column)]
    if len(block.groups) < 2 or not columns:
        return False
    highest = max(number for column in columns for _, number in span.numbers(column))
    chart = _lines() if block.head.percentage else _bars(highest, stacked=bool(rows.added))
    for color, column in zip(COLORS * len(columns), columns, strict=False):
        chart.series.append(_series(span, column, color, block))
    _dress(chart, canvas, block, single=len(columns) == 1)
    canvas.sheet.add_chart(chart, address(row, 1))
    return True


def _drawn(rows: "KpiRows") -> tuple[int, ...]:
    """Return the columns to draw: what makes up the total, else every part, else the total."""
    if rows.added:
        return rows.added
    numbers = [(n, f) for n, f in enumerate(rows.fields, FIRST) if f.facet == "number"]
    for kind in ("part", "total"):
        of_kind = tuple(column for column, field in numbers if field.key[0] == kind)
        if of_kind:
            return of_kind
    return ()


class _Span(Struct, frozen=True):
    """The rows of the months, under their heading.

    References carry what they refer to, for programs that draw without calculating.
    """

    canvas: Canvas
    heading: int
    last: int

    def name(self, column: int) -> StrRef:
        """Refer to a column's heading."""
        return self._texts(column, self.heading, self.heading)

    def months(self) -> StrRef:
        """Refer to the names of the months."""
        return self._texts(1, self.heading + 1, self.last)

    def numbers(self, column: int) -> list[tuple[int, int | Decimal]]:
        """Return the months that have a number in a column, by their index, with the number."""
        numbers = []
        for index, row in enumerate(range(self.heading + 1, self.last + 1)):
            number = self.canvas.number(row, column)
            if number is not None:
                numbers.append((index, number))
        return numbers

    def values(self, column: int) -> NumRef:
        """Refer to the numbers of a column."""
        points = [NumVal(idx=index, v=exact(n)) for index, n in self.numbers(column)]
        cell = self.canvas.sheet.cell(self.heading + 1, column)
        data = NumData(formatCode=cell.number_format, ptCount=self.last - self.heading, pt=points)
        return NumRef(f=self._place(column, self.heading + 1, self.last), numCache=data)

    def _texts(self, column: int, first: int, last: int) -> StrRef:
        cells = [self.canvas.sheet.cell(row, column).value for row in range(first, last + 1)]
        points = [StrVal(idx=index, v=str(text)) for index, text in enumerate(cells)]
        data = StrData(ptCount=len(points), pt=points)
        return StrRef(f=self._place(column, first, last), strCache=data)

    def _place(self, column: int, first: int, last: int) -> str:
        sheet = self.canvas.sheet
        return str(Reference(sheet, min_col=column, max_col=column, min_row=first, max_row=last))


def _series(span: _Span, column: int, color: str, block: KpiBlock) -> Series:
    series = Series()
    series.val = NumDataSource(numRef=span.values(column))
    series.cat = AxDataSource(strRef=span.months())
    series.tx = SeriesLabel(strRef=span.name(column))
    series.graphicalProperties = GraphicalProperties()
    if block.head.percentage:
        series.graphicalProperties.line.solidFill = color
        series.graphicalProperties.line.width = 28575  # 2.25 pt
        filled = GraphicalProperties(solidFill=color)
        series.marker = Marker(symbol="circle", size=7, spPr=filled)
        series.smooth = False
    else:
        series.graphicalProperties.solidFill = color
        series.invertIfNegative = False
    return series


def _lines() -> LineChart:
    chart = LineChart()
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format, chart.y_axis.majorUnit = "0%", 0.2
    return chart


def _bars(highest: int | Decimal, *, stacked: bool) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping = "col", "stacked" if stacked else "clustered"
    chart.overlap = 100 if stacked else None
    chart.gapWidth = 60
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "#,##0"
    if highest <= _FEW:
        chart.y_axis.majorUnit = 1  # else the axis steps by halves, and says 1 twice
    return chart


def _title(text: str) -> Title:
    size = CharacterProperties(sz=1200, b=True)
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=size), r=[RegularTextRun(rPr=size, t=text)]
    )
    return Title(tx=ChartText(rich=RichText(p=[paragraph])), overlay=False)


def _thin(color: str) -> GraphicalProperties:
    shape = GraphicalProperties()
    shape.line.solidFill = color
    return shape


def _dress(chart: BarChart | LineChart, canvas: Canvas, block: KpiBlock, *, single: bool) -> None:
    unit = "%" if block.head.percentage else canvas.localized(block.head.unit)
    span, title = SPANS[block.groups[0].first.by or "month"], canvas.localized(block.head.title)
    named = labels.SPANS_CHART.filled(title=title, unit=unit, span=span.ja, en=span.en)
    chart.title = _title(plain(canvas.localized(named)))
    chart.width, chart.height = WIDTH, HEIGHT
    chart.display_blanks = "gap"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = ChartLines(spPr=_thin("D9D9D9"))
    if single:
        chart.legend = None
        chart.dataLabels = DataLabelList(
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            dLblPos="t" if block.head.percentage else "outEnd",
        )
    else:
        chart.legend = Legend()
        chart.legend.position = "b"
