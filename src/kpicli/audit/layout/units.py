"""Units as labels, columns and captions name them, and whether numbers in them are rounded."""

import re
from decimal import Decimal

from kpicli.values.folding import fold

_SCALE = r"(?:十|百|千|万|億|兆)*"
_THING = (
    r"(?:円|人|名|件|回|店舗?|社|世帯|戸|台|枚|冊|本|個|点|日|時間|分|口|種|棟|校|所|ドル|トン|t|kg|kl|"
    r"ha|k?m[2\u00b2]?|%|パーセント|‰|ポイント|pt|倍|歳|科目)"
)
_UNIT = re.compile(rf"{_SCALE}{_THING}|{_SCALE}(?<=[千万億兆])")
_NAMED = re.compile(rf"[(\[【〔<]?(?:単位[:： ]?)? ?({_UNIT.pattern}) ?[)\]】〕>]?", re.I)
_BRACKETED = re.compile(
    rf"[(\[【〔<](?:単位[:： ]?)? ?({_UNIT.pattern})[^)\]】〕>]{{0,6}}[)\]】〕>]"
)
_CAPTION = re.compile(
    r"[(\[【〔<]?単位 ?[:：]? ?([^)\]】〕>]{1,40})|[(\[【〔<]([^()]{1,20})[)\]】〕>]"
)
_POWERS = {
    sign: Decimal(10) ** power for sign, power in zip("十百千万億", (1, 2, 3, 4, 8), strict=True)
}
_ROUNDED = re.compile(r"[千万億兆]")
_NOT_ADDED = re.compile(r"[%‰]|倍|歳|点|pt|ポイント")
_MEASURED = re.compile(r"k?m[2\u00b2]|ha|トン|\bt\b|kg|kl|%|‰")


def unit_named(text: str) -> str | None:
    """Return the unit of a cell that says nothing else (`千円`, `(単位:件)`); None for others."""
    if len(text) > 20:
        return None
    found = _NAMED.fullmatch(fold(text))
    return found[1] if found else None


def unit_in(label: str) -> str:
    """Return the unit that a label has in brackets (`金額(千円)`); empty where it has none."""
    found = _BRACKETED.search(fold(label[:80]))
    return found[1] if found else ""


def is_added(unit: str) -> bool:
    """Tell whether numbers of a unit add up: not shares, scores, ages or multiples."""
    return bool(unit) and not _NOT_ADDED.search(unit)


def is_rounded(unit: str) -> bool:
    """Tell whether numbers of a unit are rounded: thousands and more, areas, weights, shares."""
    return _ROUNDED.search(unit) is not None or _MEASURED.search(unit) is not None


def caption_units(text: str) -> list[str]:
    """Return the units that a caption names: `(単位:千円、%)` has two."""
    found: list[str] = []
    for words in _CAPTION.finditer(fold(text[:200])):
        parts = re.split(r"[、,・/ ]+", words[1] or words[2])
        found += [part for part in parts if _UNIT.fullmatch(part)]
    return found


def scale_of(unit: str) -> Decimal:
    """Return how many of the plain unit one of `unit` is: 1,000 for 千円, 1 for 円."""
    found = Decimal(1)
    for sign in unit:
        if sign not in _POWERS:
            break
        found *= _POWERS[sign]
    return found
