"""Months and years as cells of tables that know no days name them, read without guessing."""

import re
from datetime import date, tzinfo
from functools import lru_cache

from kpicli.values.dates import YEARS, DateProblem, UnreadableDate, parse_date
from kpicli.values.fiscal import FiscalYear, YearKind, end_of_months
from kpicli.values.folding import LOOSELY, fold
from kpicli.values.wareki import ERA_YEAR, OutsideEra, era_of, era_year, western_year

_YEAR = rf"(?:(?P<fy>FY ?)?(?P<year>[0-9]{{4}})|{ERA_YEAR})"
_OF_TABLES = r"(?:度分|分|度)?末?(?: ?(?:現在|時点))?"
# Few tables have months: `re` compiles the forms when the first comes, and keeps them.
_MONTHS = (
    rf"{_YEAR} ?年 ?(?P<month>[0-9]{{1,2}}) ?月{_OF_TABLES}",
    rf"{_YEAR} ?(?P<sign>[/.-]) ?(?P<month>[0-9]{{1,2}})",
    r"(?P<year>(?:18|19|2[0-2])[0-9]{2})(?P<month>[0-9]{2})",
)
_MONTH_ALONE = rf"[0-9]{{1,2}} ?月{_OF_TABLES}"
_YEAR_NAMED = rf"{_YEAR}(?: ?(?P<counter>年 ?度|年))?(?:分|末)?(?: ?(?:現在|時点))?"


def _match(form: str, folded: str) -> re.Match[str] | None:
    return re.fullmatch(form, folded, LOOSELY)


@lru_cache(maxsize=1 << 12)
def parse_month(text: str, zone: tzinfo) -> date:
    """Return the first day of the month that a cell names.

    Reads `2025年4月`, `2025/04`, `2025-4`, `202504`, `令和7年4月`, `R7.4`, also with 分, 度 or 末
    behind them, and every date of `parse_date`. Raises `UnreadableDate` for all else: a month
    without a year, a year of two digits, months outside their era, and `2025.1`, which a
    spreadsheet makes of `2025.10` too.
    """
    folded = fold(text)
    match = next(filter(None, (_match(form, folded) for form in _MONTHS)), None)
    if match is None:
        try:
            return parse_date(text, zone).replace(day=1)
        except UnreadableDate as error:
            raise UnreadableDate(_problem_of_month(error, folded), error.day) from None
    parts = match.groupdict()
    if parts.get("fy"):
        raise UnreadableDate("")  # FY2025-02 could be either February
    year, month = _western(parts), int(parts["month"])
    if not 1 <= month <= 12:
        raise UnreadableDate("no_such_month")
    if parts.get("sign") == "." and parts["year"] and parts["month"] == "1":
        raise UnreadableDate("october")
    return _in_era(parts, date(year, month, 1), 1)


def _problem_of_month(error: UnreadableDate, folded: str) -> DateProblem:
    """Return why a text is no month, where it is no date for the reason given."""
    if error.problem == "no_day":
        return "no_month"
    return "no_year" if _match(_MONTH_ALONE, folded) else error.problem


@lru_cache(maxsize=1 << 12)
def parse_year(text: str, fiscal: FiscalYear, bare: YearKind | None) -> date:
    """Return the first day of the year that a cell names.

    `2024年度`, `令和6年度` and `FY2024` are fiscal years, `2025年` and `令和7年` those from January
    on. `bare` says what a year with nothing behind it is. Raises `UnreadableDate` for a bare one
    where nothing does, for years outside their era, and for all else, days and months too.
    """
    match = _match(_YEAR_NAMED, fold(text))
    if match is None:
        raise UnreadableDate("no_whole_year")
    parts = match.groupdict()
    kind = bare
    if parts["fy"] or (parts["counter"] or "").endswith("度"):
        kind = "fiscal"
    elif parts["counter"]:
        kind = "calendar"
    if kind is None:
        raise UnreadableDate("which_year")
    year = _western(parts)
    first = fiscal.first_day(year) if kind == "fiscal" else date(year, 1, 1)
    return _in_era(parts, first, 12)


def _western(parts: dict[str, str | None]) -> int:
    if parts.get("era") is None:
        year = int(parts["year"] or "")
        if year not in YEARS:
            raise UnreadableDate("year")
        return year
    try:
        return western_year(parts["era"] or "", era_year(parts["era_year"] or ""))
    except OutsideEra:
        raise UnreadableDate("outside_era") from None


def _in_era(parts: dict[str, str | None], first: date, months: int) -> date:
    """Return the first day of a span of some months, which lies in its era at least in part."""
    mark = parts.get("era")
    if mark is not None and not era_of(mark).overlaps(first, end_of_months(first, months)):
        raise UnreadableDate("outside_era")
    return first
