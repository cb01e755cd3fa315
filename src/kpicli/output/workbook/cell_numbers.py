"""Figures as numbers in cells: what is stored, how it is shown, and the formula that checks it.

A ratio is stored as the printed percentage divided by 100 (70.6% is 0.706), so that `0.0%` shows
exactly the percentage that every other output prints. Its formula rounds thousandths half up (or
down, and as many digits as the figure has): 1000 times the numerator is exact and so is a tie after
the division, hence `ROUND` meets ties as they are, where rounding the quotient itself would meet a
binary fraction near them.
"""

from decimal import Decimal

from kpicli.base.wording import Language
from kpicli.model.figures import KpiHead
from kpicli.model.value import Value
from kpicli.output.page.safety import plain
from kpicli.values.numbers import decimals_of


def stored(value: Value, head: KpiHead) -> int | Decimal | None:
    """Return the number that a cell holds; None where there is none."""
    if isinstance(value.number, Decimal) and head.percentage:
        return value.number.scaleb(-2)
    return value.number


def number_format(value: Value, head: KpiHead) -> str:
    """Return the format that shows the stored number as it is printed elsewhere."""
    if head.percentage:
        return "0.0%" if value.number is None else f"0{_decimals(value.number)}%"
    return f"#,##0{_decimals(value.number)}"


def unit_format(head: KpiHead, language: Language, count: int | Decimal | None = None) -> str:
    """Return the format of a ratio's numerator and denominator, which are followed by the unit."""
    unit = plain(head.unit.in_language(language)).replace('"', "")
    gap = "" if language == "ja" else " "
    shown = f"#,##0{_decimals(count)}"
    return f'{shown}"{gap}{unit}"' if unit else shown


def change_format(change: int | Decimal | None, head: KpiHead) -> str:
    """Return the format of a change, with its sign; of a ratio it is in points."""
    if head.percentage:
        places = _decimals(change) if change is not None else ".0"
        return f'+#,##0{places}"pt";-#,##0{places}"pt";0{places}"pt"'
    shown = f"#,##0{_decimals(change)}"
    return f"+{shown};-{shown};0"


def percentage_formula(numerator: str, denominator: str, value: Value, head: KpiHead) -> str:
    """Return the formula of a stored ratio, of two cells, with the digits that the value has."""
    places = 1 if value.number is None else decimals_of(value.number)
    function, units = "ROUND" if head.rounding == "half_up" else "ROUNDDOWN", 10 ** (places + 2)
    return f"{function}({units}*{numerator}/{denominator},0)/{units}"


def _decimals(number: int | Decimal | None) -> str:
    places = 0 if number is None else decimals_of(number)
    return f".{'0' * places}" if places else ""
