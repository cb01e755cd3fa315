from decimal import Decimal

import pytest

from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import KpiHead
from kpicli.model.value import Status, Value
from kpicli.output.workbook.cell_numbers import change_format, number_format, stored, unit_format
from kpicli.values.numbers import percentage
from support.reported import calculated

RATIO = KpiHead(
    "talks", parse_text("対話"), ("2",), parse_unit("件"), "ratio", 1, False, percentage=True
)
MEAN = KpiHead("days", parse_text("日数"), ("2",), parse_unit('"日"'), "mean", 1, False)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(1, 16, "6.3"), (178, 252, "70.6"), (1, 2000, "0.1"), (201, 400, "50.3"), (24, 26, "92.3")],
)
def test_a_ratio_is_stored_as_it_is_printed(numerator: int, denominator: int, percent: str) -> None:
    """Ties are rounded half up, by the stored value and by the formula alike."""
    value = Value(percentage(numerator, denominator), numerator, denominator, Status.OK, 0)
    assert value.number == Decimal(percent)
    assert stored(value, RATIO) == Decimal(percent) / 100
    formula = f"ROUND(1000*{numerator}/{denominator},0)/1000"
    assert calculated(formula, {}) == float(Decimal(percent) / 100)


def test_formats() -> None:
    """Counts have thousands, ratios one decimal, means their own; changes show their sign."""
    mean = Value(Decimal("3.5"), None, None, Status.OK, 0)
    assert number_format(mean, MEAN) == "#,##0.0"
    assert number_format(mean, RATIO) == "0.0%"
    assert change_format(Decimal("-0.5"), MEAN) == "+#,##0.0;-#,##0.0;0"
    assert change_format(3, MEAN) == "+#,##0;-#,##0;0"
    assert change_format(Decimal("1.8"), RATIO) == '+#,##0.0"pt";-#,##0.0"pt";0.0"pt"'
    assert (unit_format(RATIO, "ja"), unit_format(MEAN, "ja")) == ('#,##0"件"', '#,##0"日"')
    assert unit_format(RATIO, "en") == '#,##0" cases"'
