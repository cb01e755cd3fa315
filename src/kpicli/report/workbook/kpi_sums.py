"""The sum of a KPI's months, as formulas, and how it differs from the figure of the period."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from kpicli.output.page.blocks import Cluster
from kpicli.report import workbook_words as own
from kpicli.report.workbook.canvas import LABEL, address
from kpicli.report.workbook.cell_numbers import number_format
from kpicli.report.workbook.kpi_rows import CHECK, FIRST, NUMBER, KpiRows
from kpicli.report.workbook.kpi_table import Key, values_of


def write_sums(rows: KpiRows, row: int, months: Sequence[Cluster], whole: Cluster) -> None:
    """Write the sums at `row`, which follows the months, and the check two rows below.

    The figures of the period, counted as a whole, stand between them. Only for figures that add up.
    """
    canvas = rows.canvas
    rows.blank(row, canvas.say(own.SUM_OF_MONTHS), LABEL)
    rows.blank(row + 2, canvas.say(own.MONTHS_CHECK))
    counted = values_of(whole)
    for column, field in enumerate(rows.fields, FIRST):
        value, known = counted.get(field.key), _numbers(months, field.key)
        if value is None or value.number is None or not known:
            continue
        look = replace(NUMBER, bold=True, format=number_format(value, rows.head))
        cells = f"{address(row - len(months), column)}:{address(row - 1, column)}"
        canvas.formula(row, column, f"SUM({cells})", added(known), look)
        check = f"{address(row, column)}-{address(row + 1, column)}"
        canvas.formula(row + 2, column, check, added(known) - value.number, CHECK)


def _numbers(months: Sequence[Cluster], key: Key) -> list[int | Decimal]:
    found = [values[key].number for values in map(values_of, months) if key in values]
    return [number for number in found if number is not None]


def added(numbers: Sequence[int | Decimal]) -> int | Decimal:
    """Return the sum, a whole number where all of them are."""
    total: int | Decimal = 0
    for number in numbers:
        total += number
    return total
