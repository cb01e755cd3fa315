"""Periods as labels write them: `上期`, `2025H1`, `第1四半期`, `4~6月`, `令和7年度`, `通期`."""

import re

from msgspec import Struct


class Period(Struct, frozen=True):
    """A period: its length in months, its `number` within the year (0 for the year itself).

    `year` is empty where the label names none. `rest` is what the label says besides (`件数`).
    """

    months: int
    number: int = 0
    year: str = ""
    rest: str = ""


_YEAR = (
    r"((?:FY)?\d{4}(?:年度?)?|\d{2}(?:年度?)?|(?:令和|平成|R|H)(?:元|\d{1,2})(?:年度?|\.)?"
    r"|今年度|当年度|本年度)?[-/]?"
)
_ENDING = re.compile(r"(?:計|合計|実績|分)")
_HALVES = (
    re.compile(rf"{_YEAR}(?:上半期|上期|前半期?|第1半期|1H|H1|firsthalf)|^{_YEAR}上$", re.I),
    re.compile(rf"{_YEAR}(?:下半期|下期|後半期?|第2半期|2H|H2|secondhalf)|^{_YEAR}下$", re.I),
)
"""A bare 上 or 下 is a half only alone or after a year: `25下`, never `70歳以上` or `売上`."""
_QUARTER = re.compile(rf"{_YEAR}(?:第?([1-4])四半期|([1-4])Q(?!\d)|Q([1-4])(?!\d))", re.I)
_MONTH = r"(1[0-2]|0?[1-9])"
_RANGE = re.compile(rf"(?<!\d){_MONTH}月?[~-]{_MONTH}月期?")
"""`4~6月`, `10月-12月期`."""
_MONTHS = re.compile(rf"(?:(\d{{4}})[年/-])?(?<!\d){_MONTH}(?:月(?!末|日|\d)分?|$)")
_WHOLE = re.compile(
    rf"{_YEAR}(?:通期|通年|年間|年度計|年度合計|年計|年合計|fullyear)"
    r"|((?:FY)?\d{4}年度|(?:令和|R|平成|H)(?:元|\d{1,2})年度|^年度$|^年$"
    r"|^(?:\d{4}|(?:令和|R|平成|H)(?:元|\d{1,2}))年$|今年度|当年度|本年度|^FY\d{4}|^year$)",
    re.I,
)


def read_period(text: str) -> Period | None:
    """Return the period that a label without spaces names; None for any other label."""
    for number, pattern in enumerate(_HALVES, 1):
        if found := pattern.search(text):
            return _period(text, found, 6, number, found[1] or found[2])
    if found := _QUARTER.search(text):
        number = next(int(group) for group in found.groups()[1:] if group)
        return _period(text, found, 3, number, found[1])
    if found := _RANGE.search(text):
        return _period_of_range(text, found)
    if found := _MONTHS.search(text):
        if "月" in found[0] or found[1]:
            return _period(text, found, 1, int(found[2]), found[1])
        return None
    if found := _WHOLE.search(text):
        return _period(text, found, 12, 0, found[1] or found[2])
    return None


def _period_of_range(text: str, found: re.Match[str]) -> Period:
    first, last = int(found[1]), int(found[2])
    months = (last - first) % 12 + 1
    after_april = (first - 4) % 12
    number = after_april // months + 1 if months in (3, 6) and not after_april % months else first
    return _period(text, found, months, 0 if months == 12 else number, None)


def _period(text: str, found: re.Match[str], months: int, number: int, year: str | None) -> Period:
    rest = text[: found.start()] + text[found.end() :]
    return Period(months, number, _digits(year or ""), "" if _ENDING.fullmatch(rest) else rest)


def _digits(year: str) -> str:
    """Return a year so that `2025`, `FY2025` and `2025年度` are one; an era keeps its letter."""
    return re.sub(r"FY|年度?|\.", "", year, flags=re.I).replace("令和", "R").replace("平成", "H")
