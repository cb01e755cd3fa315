"""Figures as numbers in cells: what is stored, how it is shown, and the formula that checks it.

A ratio is stored as the printed percentage divided by 100 (70.6% is 0.706), so that `0.0%` shows
exactly the percentage that every other output prints. Its formula rounds thousandths half up:
1000 times the numerator is exact and so is a tie after the division, hence `ROUND` meets ties as
they are, where rounding the quotient itself would meet a binary fraction near them.
"""

from decimal import Decimal

from kpicli.base.wording import Language
from kpicli.model.figures import KpiHead, Value
from kpicli.output.page.safety import plain


def stored(value: Value, head: KpiHead) -> int | Decimal | None:
    """Return the number that a cell holds; None where there is none."""
    if isinstance(value.number, Decimal) and head.percentage:
        return value.number.scaleb(-2)
    return value.number


def number_format(value: Value, head: KpiHead) -> str:
    """Return the format that shows the stored number as it is printed elsewhere."""
    return "0.0%" if head.percentage else f"#,##0{_decimals(value.number)}"


def unit_format(head: KpiHead, language: Language) -> str:
    """Return the format of a ratio's numerator and denominator, which are followed by the unit."""
    unit = plain(head.unit.in_language(language)).replace('"', "")
    gap = "" if language == "ja" else " "
    return f'#,##0"{gap}{unit}"' if unit else "#,##0"


def change_format(change: int | Decimal | None, head: KpiHead) -> str:
    """Return the format of a change, with its sign; of a ratio it is in points."""
    if head.percentage:
        return '+#,##0.0"pt";-#,##0.0"pt";0.0"pt"'
    shown = f"#,##0{_decimals(change)}"
    return f"+{shown};-{shown};0"


def percentage_formula(numerator: str, denominator: str) -> str:
    """Return the formula of a stored ratio, of two cells."""
    return f"ROUND(1000*{numerator}/{denominator},0)/1000"


def _decimals(number: int | Decimal | None) -> str:
    if not isinstance(number, Decimal):
        return ""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return f".{'0' * places}" if places > 0 else ""
