"""The rows of a KPI's table: months, the period, and what it is compared with."""

from decimal import Decimal

from openpyxl.workbook import Workbook

from kpicli.model.summary import Summary
from kpicli.report.workbook.kpi_rows import added
from support.reported import cells, sheets


def test_every_figure_and_comparison_stands_on_its_sheet(book: Workbook, sample: Summary) -> None:
    """A KPI's sheet holds the figure of every month, part and compared period."""
    held_by = {
        kpi: {value for row in sheet.iter_rows(values_only=True) for value in row}
        for kpi, sheet in zip(sample.kpis, sheets(book)[2:], strict=False)
    }
    for figure in sample.figures:
        held = held_by[figure.kpi]
        for value in (figure.value, *(c.value for c in figure.comparisons if figure.by is None)):
            ratio = sample.kpis[figure.kpi].percentage
            shown = None if value.number is None else float(value.number)
            expected = shown if shown is None or not ratio else round(shown / 100, 3)
            assert {expected, value.numerator, value.denominator} <= held, figure


def test_a_month_without_denominator_is_undefined_not_zero(book: Workbook) -> None:
    """A ratio over nothing leaves its cell empty and is marked."""
    sheet = book["ロープレ1回目合格"]
    assert [cell.value for cell in sheet[6]][3:7] == [0, 0, None, "算出不可"]


def test_what_does_not_add_up_is_not_added(formulas: Workbook) -> None:
    """Distinct customers and ratios have no sum, and say so."""
    for sheet in formulas.worksheets:
        if "合算: 不可" in str(sheet["A3"].value):
            sums = [value for value in cells(sheet).values() if "SUM(" in str(value)]
            assert sums == []
            assert any("合算不可: " in str(value) for value in cells(sheet).values())


def test_whole_numbers_stay_whole() -> None:
    """Counts add up to a count; an amount among them makes the sum exact to its last digit."""
    assert repr(added([2, 3])) == "5"
    assert repr(added([2, Decimal("0.10"), Decimal("0.20")])) == "Decimal('2.30')"
    assert repr(added([])) == "0"
