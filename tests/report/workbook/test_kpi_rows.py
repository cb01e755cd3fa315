"""The rows of a KPI's table: months, the period, and what it is compared with."""

from openpyxl.workbook import Workbook

from kpicli.model.figures import Summary
from support.reported import sheets


def test_every_figure_and_comparison_stands_on_its_sheet(book: Workbook, summary: Summary) -> None:
    """A KPI's sheet holds the figure of every month, part and compared period."""
    held_by = {
        kpi: {value for row in sheet.iter_rows(values_only=True) for value in row}
        for kpi, sheet in zip(summary.kpis, sheets(book)[2:], strict=False)
    }
    for figure in summary.figures:
        held = held_by[figure.kpi]
        for value in (figure.value, *(c.value for c in figure.comparisons if figure.by is None)):
            ratio = value.denominator is not None
            shown = None if value.number is None else float(value.number)
            expected = shown if shown is None or not ratio else round(shown / 100, 3)
            assert {expected, value.numerator, value.denominator} <= held, figure


def test_a_month_without_denominator_is_undefined_not_zero(book: Workbook) -> None:
    """A ratio over nothing leaves its cell empty and is marked."""
    sheet = book["ロープレ1回目合格"]
    assert [cell.value for cell in sheet[6]][3:7] == [0, 0, None, "算出不可"]
