"""Words for periods taken apart: which kind of span, which number, of which year.

What a word means in days depends on the fiscal year: see `kpicli.values.period_reading`.
"""

import re

from msgspec import Struct

from kpicli.values.fiscal import SpanKind
from kpicli.values.folding import LOOSELY, fold
from kpicli.values.wareki import ERA_YEAR, Era, era_of, era_year, western_year


class SpanWord(Struct, frozen=True):
    """One word for a span.

    `number` counts halves, quarters or months (1 for a year). `year` is the western year that was
    written, None where none was; `era` is the era that it was written in. `clear` is False where
    the calendar year can be meant as well as the fiscal one; `short` tells of a year of two digits.
    """

    kind: SpanKind
    number: int
    year: int | None
    era: Era | None = None
    clear: bool = True
    short: bool = False


_YEAR = rf"(?:(?P<fy>FY ?)?(?P<year>[0-9]{{4}})|{ERA_YEAR})"
_FISCAL = r" ?(?P<counter>年度|年)?"
_HALF = r"(?P<half>H[12]|[上下](?P<long>半)?期|[上下])"
_QUARTER = r"(?P<quarter>Q[1-4]|(?<![0-9])[1-4]Q|(?P<spelt>(?:第|(?<![0-9]))[1-4一二三四]四半期))"
_MONTH = r"(?: ?年 ?(?P<month>[0-9]{1,2}) ?月|[-/](?P<bare_month>[0-9]{1,2}))"

_PLAIN_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
"""As nearly every range has its ends, which need no search through all forms."""
# What other words have is compiled when one of them comes; `re` keeps it.
_DATED = (
    rf"{_YEAR}{_FISCAL}[ -]?{_HALF}",
    rf"{_YEAR}{_FISCAL}[ -]?{_QUARTER}",
    rf"{_YEAR}{_MONTH}",
    rf"{_YEAR}{_FISCAL}",
)
_SHORT = r"(?P<short>[0-9]{2}) ?(?P<half>[上下]期?)"
_UNDATED = rf"(?:第?[0-9]{{1,3}}期 ?(?:の ?)?)?(?:{_HALF}|{_QUARTER}|(?P<month>[0-9]{{1,2}}) ?月)"
_FIRST_TO_FOURTH = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}


def read_span_word(text: str) -> SpanWord | None:
    """Return what `text` says about a half, quarter, month or year; None if it is no such word.

    Raises `OutsideEra` for a year that its era does not have. A word without a year (上期, 9月), or
    with a company's own count of years (38期上), comes back with `year` None.
    """
    folded = fold(text)
    plain = _PLAIN_MONTH.fullmatch(folded)
    if plain is not None:
        return SpanWord("month", int(plain[2]), int(plain[1]))
    undated = _match(_UNDATED, folded)  # first, or H1 would be taken for a year of 平成
    if undated is not None:
        return SpanWord(*_span(undated.groupdict()), None)
    short = _match(_SHORT, folded)
    if short is not None:
        return SpanWord(*_span(short.groupdict()), 2000 + int(short["short"]), short=True)
    dated = next(filter(None, (_match(form, folded) for form in _DATED)), None)
    return None if dated is None else _dated(dated)


def _match(form: str, folded: str) -> re.Match[str] | None:
    return re.fullmatch(form, folded, LOOSELY)


def _dated(match: re.Match[str]) -> SpanWord | None:
    parts = match.groupdict()
    kind, number = _span(parts)
    if kind == "month" and parts["fy"]:
        return None  # a fiscal year has no month of its own: FY2025-02 could be either February
    era = None if parts["era"] is None else era_of(parts["era"])
    if era is None:
        year = int(parts["year"])
    else:
        year = western_year(era.name, era_year(parts["era_year"]))
    return SpanWord(kind, number, year, era, clear=_is_clear(kind, parts))


def _is_clear(kind: SpanKind, parts: dict[str, str | None]) -> bool:
    if kind == "month" or parts["fy"] or parts["counter"] == "年度":
        return True
    if parts["counter"] == "年" or parts.get("long") or parts.get("spelt"):
        return False
    return kind != "year" or parts["era"] is None


def _span(parts: dict[str, str | None]) -> tuple[SpanKind, int]:
    half, quarter = parts.get("half"), parts.get("quarter")
    if half:
        return "half", 1 if half[0] == "上" or half[1:] == "1" else 2
    if quarter:
        return "quarter", next(
            _FIRST_TO_FOURTH[sign] for sign in quarter if sign in _FIRST_TO_FOURTH
        )
    month = parts.get("month") or parts.get("bare_month")
    return ("month", int(month)) if month else ("year", 1)
