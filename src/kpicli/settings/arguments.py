"""Parse what is asked for, in words of the command line or values of Python, into typed values.

A word that names nothing raises `UsageError`, a value of another type `TypeError`: nothing is taken
for something else. Light, so that a slip is refused before the libraries that read are loaded.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING

from kpicli.base.errors import PeriodError, UsageError
from kpicli.base.wording import Text
from kpicli.model.periods import ComparisonKind, FiscalYear, Period

if TYPE_CHECKING:
    from datetime import tzinfo

COMMA = re.compile("[,，、]")
"""What may stand between several names or periods."""

COMPARISONS: Mapping[str, ComparisonKind] = MappingProxyType(
    {
        "previous": "previous",
        "year-ago": "year_ago",
        "year_ago": "year_ago",
        "last-year": "year_ago",
    }
)
"""The names of comparisons, in the order in which compared values stand beside a figure."""


def check_type(argument: str, value: object, expected: type | UnionType, words: str) -> None:
    """Raise `TypeError` where an argument is not of the type expected, which `words` describe."""
    if not isinstance(value, expected):
        raise TypeError(f"{argument} must be {words}, not {type(value).__name__}")


def parse_period(period: str | Period, fiscal: FiscalYear, today: date) -> Period:
    """Return the period that a word names, or a `Period` itself, under the fiscal year in force.

    Raises `PeriodError` for a word that is no period or could mean two, and for a `Period` whose
    name stands for other days under `fiscal`.
    """
    if isinstance(period, str):
        if COMMA.search(period):
            raise PeriodError(
                Text("期間は一つだけ書いてください", "one period is wanted, not several"),
                Text(
                    "期間をいくつも並べるのは summarize・chart・report です"
                    "(site と mail では --trend N)",
                    "summarize, chart and report set several beside each other; "
                    "site and mail take --trend N",
                ),
            )
        return Period.parse(period, fiscal=fiscal, today=today)
    check_type("period", period, Period, "a str such as '2025H1' or a kpicli.Period")
    own = Period.parse(period.name, fiscal=fiscal, today=today)
    if own.dates != period.dates:
        raise PeriodError(
            Text(
                f"期間 {period.name} は {period.dates} ですが、設定の年度では {own.dates} です",
                f"{period.name} is {period.dates}, but {own.dates} by the fiscal year in force",
            ),
            Text(
                f"期間を {period.dates} と書くか、設定の fiscal_year に合わせてください",
                f"write the period as {period.dates}, or follow fiscal_year of the settings",
            ),
        )
    return own


def parse_day(day: str | date | None, argument: str, zone: "tzinfo") -> date | None:
    """Return a day, written as any date in the exports may be; None where none is given.

    Raises `UsageError` for a text that is no date, and `TypeError` for a time of day, whose day
    depends on a time zone.
    """
    if isinstance(day, str):
        from kpicli.values.dates import UnreadableDate, parse_date

        try:
            return parse_date(day, zone)
        except UnreadableDate:
            raise UsageError(
                Text(f"{argument} が日付として読めません", f"{argument} is no date"),
                Text("2025-09-30 の形で書いてください", "write it as 2025-09-30"),
            ) from None
    words = "a day (a datetime.date, or a str such as '2025-09-30')"
    check_type(argument, day, date | None, words)
    if isinstance(day, datetime):
        raise TypeError(f"{argument} must be {words}, not a time: {argument}.date() is its day")
    return day


def parse_comparisons(
    values: str | Iterable[str] | None, argument: str
) -> tuple[ComparisonKind, ...]:
    """Return the comparisons that are named, each once, previous before year_ago."""
    names = parse_names(values, argument)
    for name in names:
        if name not in COMPARISONS:
            known = ", ".join(dict.fromkeys(kind.replace("_", "-") for kind in COMPARISONS))
            raise UsageError(
                Text(f"{argument} に「{name}」はありません", f"{argument} knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    kinds = (kind for name, kind in COMPARISONS.items() if name in names)
    return tuple(dict.fromkeys(kinds))


def parse_names(values: str | Iterable[str] | None, argument: str) -> tuple[str, ...]:
    """Return the names in texts that may each hold several, joined by commas; each once, in order.

    There are none where no text is given. Raises `UsageError` for a text without a name, as a
    variable of a shell that is not set leaves it.
    """
    check_type(argument, values, Iterable | None, "a name or several names (str)")
    texts = (values,) if isinstance(values, str) else () if values is None else values
    names: dict[str, None] = {}
    for text in texts:
        check_type(argument, text, str, "a name or several names (str)")
        own = [name.strip() for name in COMMA.split(text) if name.strip()]
        if not own:
            raise UsageError(
                Text(f"{argument} に空の名前があります", f"{argument} holds a blank name"),
                Text(f"名前を書くか、{argument} を省いてください", f"name one, or omit {argument}"),
            )
        names |= dict.fromkeys(own)
    return tuple(names)
