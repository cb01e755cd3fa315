"""What the label of a row or column says of its numbers: a total, a half, a difference, a rate."""

import re
from typing import Literal

from msgspec import Struct

from kpicli.values.folding import fold

Kind = Literal[
    "plain",
    "total",
    "period",
    "previous",
    "difference",
    "rate",
    "numerator",
    "denominator",
    "within",
    "aside",
]
"""`within` is held in another part already (うち, 再掲); `aside` is none at all (平均, 目標)."""


class Meaning(Struct, frozen=True):
    """What a label says.

    `rank` orders totals (小計 1, 計 3, 合計 4, 総計 5). A period has its length in months, its
    `number` within the year (0 where it is the year itself) and the `year` if the label names one.
    `rest` is what the label says besides; only labels with the same rest belong together.
    `reference` is what a difference is taken from, where its label says so.
    """

    kind: Kind
    rank: int = 0
    months: int = 0
    number: int = 0
    year: str = ""
    rest: str = ""
    reference: str = ""


_COUNTS = r"(?:件数|人数|名数|回数|店数|数|額|金額)?"
_BRACKETS = re.compile(
    r"[(\[【〔<](?:単位[::]?)?(?:件|名|人|回|円|千円|万円|百万円|店|社)[)\]】〕>]$"
)
_TOTAL = re.compile(
    rf"(.*?)(総合計|総計|合計|小計|中計|計|総数|grandtotal|subtotal|total){_COUNTS}", re.I
)
_NO_TOTAL = re.compile(r"(?:累計|統計|設計|家計|会計|時計|余計|推計|集計|生計|早計|温度計)$")
_RANKS = {"小計": 1, "subtotal": 1, "中計": 2, "計": 3, "総数": 4, "合計": 4, "total": 4}
_WITHIN = re.compile(r"^[(※]*(?:うち|内(?:訳|、|,)|再掲|参考|of ?which|memo)", re.I)
_ASIDE = re.compile(
    r"平均|目標|計画|予算|累計|累積|順位|最大|最小|中央値|average|target|cumulative", re.I
)
_PREVIOUS = re.compile(
    r"(前年同期|前年同月|前年度|前年|前期|前回|前月|前半期|昨年度?|previous|year_ago|yearago)"
)
_DIFFERENCE = re.compile(
    r"(?:増減(?!率)|差異$|差額$|差$|差引|差\(|対前.*[比差]$|前.*[比差]$|^diff|^change$)"
)
_RATE = re.compile(r"(?:率|割合|構成比|シェア|比率|%|percent|ratio|rate)(?:\(%\))?$", re.I)
_NUMERATOR = re.compile(r"(?:分子|numerator)", re.I)
_DENOMINATOR = re.compile(r"(?:分母|denominator)", re.I)
_YEAR = (
    r"((?:FY)?\d{4}(?:年度?)?|\d{2}(?:年度?)?|(?:令和|平成|R|H)(?:元|\d{1,2})(?:年度?|\.)?"
    r"|今年度|当年度|本年度)?[-/]?"
)
_ENDING = rf"(?:累?計|合計|実績)?{_COUNTS}"
_PERIODS = (
    (6, 1, re.compile(rf"(?:{_YEAR})(?:上半期|上期|前半期|第1半期|1H|H1|上(?=$)|firsthalf)", re.I)),
    (
        6,
        2,
        re.compile(rf"(?:{_YEAR})(?:下半期|下期|後半期|第2半期|2H|H2|下(?=$)|secondhalf)", re.I),
    ),
    (3, 0, re.compile(rf"(?:{_YEAR})(?:第?([1-4])四半期|([1-4])Q(?!\d)|Q([1-4])(?!\d))", re.I)),
    (1, 0, re.compile(r"(?:(\d{4})[年/-])?(?<!\d)(1[0-2]|0?[1-9])(?:月(?!末|日|\d)|$)")),
    (
        12,
        0,
        re.compile(
            rf"(?:{_YEAR})(?:通期|通年|年間|年度計|年度合計|年計|年合計|fullyear)"
            r"|((?:FY)?\d{4}年度|(?:令和|R|平成|H)(?:元|\d{1,2})年度|^年度$|^年$"
            r"|今年度|当年度|本年度|^FY\d{4}|^year$)",
            re.I,
        ),
    ),
)
_STOCK = re.compile(
    r"残高|在籍|在職|現在|期末|月末|年末|末時点|保有|会員数|登録者数|職員数|社員数|従業員数"
)
_PEOPLE = re.compile(
    r"(?:名|人)\)?$|人数|受講者|受験者|参加者|対象者|顧客|お客様数|担当者|職員|社員|合格者"
)


def meaning(label: str) -> Meaning:
    """Return what a label says; anything that says nothing known is plain.

    A label with a month alone is a month only with 月 or a year (`4月`, `2025-04`).
    """
    text = _BRACKETS.sub("", fold(label).replace(" ", ""))
    if not text:
        return Meaning("plain")
    if _WITHIN.search(text):
        return Meaning("within")
    if _ASIDE.search(text):
        return Meaning("aside")
    previous = _PREVIOUS.search(text)
    if _DIFFERENCE.search(text):
        return Meaning("difference", reference=previous[1] if previous else "")
    if _RATE.search(text):
        return Meaning("rate")
    if previous:
        return Meaning("previous", reference=previous[1], rest=_PREVIOUS.sub("", text))
    if _NUMERATOR.search(text):
        return Meaning("numerator")
    if _DENOMINATOR.search(text):
        return Meaning("denominator")
    return _period(text) or _total(text) or Meaning("plain", rest=text)


def is_stock(label: str) -> bool:
    """Tell whether the label speaks of what is there at a day, which does not add up over time."""
    return _STOCK.search(fold(label)) is not None


def is_people(label: str) -> bool:
    """Tell whether the label counts people, who may be counted once in a total and in two parts."""
    return _PEOPLE.search(fold(label).replace(" ", "")) is not None


def _period(text: str) -> Meaning | None:
    for months, number, pattern in _PERIODS:
        found = pattern.search(text)
        if found is None:
            continue
        groups = found.groups()
        year = _digits(groups[0] or (groups[1] if months == 12 and len(groups) > 1 else "") or "")
        if months in (1, 3):
            number = int(next(group for group in groups[1:] if group))
            if months == 1 and "月" not in found[0] and not groups[0]:
                return None
        rest = text[: found.start()] + text[found.end() :]
        return Meaning("period", 0, months, number, year, re.sub(rf"^{_ENDING}$", "", rest))
    return None


def _digits(year: str) -> str:
    """Return a year so that `2025`, `FY2025` and `2025年度` are one; an era keeps its letter."""
    return re.sub(r"FY|年度?|\.", "", year, flags=re.I).replace("令和", "R").replace("平成", "H")


def _total(text: str) -> Meaning | None:
    found = _TOTAL.fullmatch(text)
    if found is None or _NO_TOTAL.search(text):
        return None
    word = found[2].lower()
    return Meaning("total", rank=_RANKS.get(word, 5) if not found[1] or word != "計" else 2)
