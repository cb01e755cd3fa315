"""Months are summed where they add up, and nowhere else."""

from decimal import Decimal

from openpyxl.workbook import Workbook

from kpicli.report.workbook.kpi_sums import added
from support.reported import cells


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
