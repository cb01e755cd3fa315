"""Numbers as people print them: `1,054`, `+412件`, `▲3`, `178/252件 70.6%`, full width, `-`."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from kpicli.values.folding import fold

Part = Literal["value", "numerator", "denominator", "percent"]
"""What a number is within its cell."""

_ENGLISH = {
    "cases": "件",
    "case": "件",
    "people": "名",
    "person": "名",
    "times": "回",
    "time": "回",
    "subjects": "科目",
    "subject": "科目",
    "points": "ポイント",
    "point": "ポイント",
    "yen": "円",
}
"""English units, as kpicli's own English pages write them, by the Japanese ones that rules name."""
_UNITS = (
    "件|名|人|回|%|パーセント|ポイント|pt|点|科目|店舗|店|社|枚|冊|台|組|世帯|時間|分|本|口|種|"
    "拠点|か所|カ所|ヶ所|箇所|円|千円|万円|百万円|億円|千人|万人|戸|校|倍|" + "|".join(_ENGLISH)
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?"
_SIGN = r"[+\-▲△▼]?"
_PLAIN = re.compile(rf"'?({_SIGN}) ?({_DIGITS}) ?({_UNITS})?(増|減)?")
_FRACTION = rf"({_DIGITS}) ?(?:{_UNITS})? ?/ ?({_DIGITS}) ?({_UNITS})?"
_PERCENT = rf"({_DIGITS}) ?(?:%|パーセント)"
_RATIO = re.compile(rf"{_FRACTION}(?: ?[(、,=]? ?{_PERCENT}\)?)?")
_TURNED = re.compile(rf"{_PERCENT} ?\( ?{_FRACTION} ?\)")
_NOTED = re.compile(rf"({_DIGITS}) ?({_UNITS})? ?\( ?[+\-▲△▼]? ?{_DIGITS} ?(?:{_UNITS})? ?\)")
_SHARED = re.compile(rf"({_DIGITS}) ?({_UNITS})? ?\( ?{_PERCENT} ?\)")
_LONGEST = 60
_NONE = re.compile("[-ー]+")
_WITHHELD = re.compile(r"[xχ]|\.{2,3}|‥|\*{2,3}|n\.?a\.?|秘", re.I)
"""Signs for what is not known, not published or not comparable: `x`, `…`, `***`."""
_BRACKETED = re.compile(rf"[(\[]{_SIGN} ?{_DIGITS} ?(?:{_UNITS})?[)\]]")
"""A number in brackets may be a part of another, a share, or below 0: `(12)`, `(60.0%)`."""
_MARKED = re.compile(
    r"^(?:[rpe#*※†‡] ?|注\d*\)? ?)(?=[\d▲△+-])"
    r"|(?<=[\d%件人名円])(?: ?(?:[rpe#*※†‡]+|[(]?注 ?\d*[)]?)| \d[)])$"
    r"|[(\u207d]?[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+[)\u207e]?$"
)
"""Marks of figures that are revised, preliminary or explained: `r 1,204`, `98※`, `12 1)`."""
_MONEY = re.compile(r"[\u00a5\\$](?=\d)")
_SAME = {"人": "名", "パーセント": "%", **_ENGLISH}


class Number(Struct, frozen=True):
    """A printed number: its amount, digits after the point, unit, and whether a sign was written.

    `amount` is None for a cell that says nothing: a blank, or text.
    """

    amount: Decimal | None
    digits: int = 0
    unit: str | None = None
    signed: bool = False


NOTHING: Mapping[Part, Number] = {}


def read_cell(text: str) -> Mapping[Part, Number]:
    """Return the numbers that a cell writes, by what they are; none for a blank and for text.

    A dash alone is 0, as official statistics use it; marks of footnotes and of revised figures are
    left out. A change in brackets (`575件(+412)`) does not say against what: the count alone is
    read. Dates, years (`2025年度`) and codes are text.
    """
    folded = fold(text).replace("±", "")
    if len(folded) > _LONGEST:
        return NOTHING
    folded = _MARKED.sub("", _MONEY.sub("", folded))
    if _NONE.fullmatch(folded):
        return {"value": Number(Decimal(0))}
    if found := _PLAIN.fullmatch(folded):
        return _plain(*found.groups())
    if found := _RATIO.fullmatch(folded):
        numerator, denominator, unit, percent = found.groups()
        return _ratio(numerator, denominator, unit, percent)
    if found := _TURNED.fullmatch(folded):
        percent, numerator, denominator, unit = found.groups()
        return _ratio(numerator, denominator, unit, percent)
    if found := _SHARED.fullmatch(folded):
        return {"value": _number("", found[1], found[2]), "percent": _number("", found[3], "%")}
    if found := _NOTED.fullmatch(folded):
        return {"value": _number("", found[1], found[2])}
    return NOTHING


def is_withheld(text: str) -> bool:
    """Tell whether a cell stands for a number that cannot be told: `x`, `…`, `(12)`."""
    if len(text) > _LONGEST:
        return False
    folded = fold(text)
    return bool(_WITHHELD.fullmatch(folded) or _BRACKETED.fullmatch(folded))


def is_dash(text: str) -> bool:
    """Tell whether a cell is a dash, which is a number but no evidence of one."""
    return _NONE.fullmatch(fold(text)) is not None


def percent_of(fraction: Decimal, decimals: int) -> str:
    """Return a stored fraction as its percentage format shows it."""
    return f"{half_up(fraction * 100, decimals):f}%"


def half_up(number: Decimal, digits: int) -> Decimal:
    """Return a number with so many digits after the point, halves away from zero."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def shown(number: Decimal) -> str:
    """Return a number in plain digits with thousands apart."""
    return f"{number:,f}"


def _plain(sign: str, digits: str, unit: str | None, turn: str | None) -> Mapping[Part, Number]:
    number = _number("-" if turn == "減" else sign or ("+" if turn else ""), digits, unit)
    return {"percent" if number.unit == "%" else "value": number}


def _ratio(
    numerator: str, denominator: str, unit: str | None, percent: str | None
) -> Mapping[Part, Number]:
    found: dict[Part, Number] = {
        "numerator": _number("", numerator, unit),
        "denominator": _number("", denominator, unit),
    }
    if percent is not None:
        found["percent"] = _number("", percent, "%")
    return found


def _number(sign: str, digits: str, unit: str | None) -> Number:
    amount = Decimal(digits.replace(",", ""))
    after = len(digits.partition(".")[2])
    unit = None if unit is None else _SAME.get(unit, unit)
    return Number(-amount if sign in {"-", "▲", "△", "▼"} else amount, after, unit, bool(sign))
