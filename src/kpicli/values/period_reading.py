"""From the words for a period to its days; what could mean two things is refused, by name."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, cast

from kpicli.base.errors import PeriodError
from kpicli.base.wording import Text
from kpicli.values.dates import YEARS, UnreadableDate, parse_date
from kpicli.values.fiscal import (
    HALVES,
    ONE_DAY,
    FiscalYear,
    Span,
    SpanKind,
    last_day_of,
    range_between,
)
from kpicli.values.folding import fold
from kpicli.values.period_words import SpanWord, read_span_word
from kpicli.values.wareki import OutsideEra

_RELATIVE = re.compile(r"(last|this)[ _-](month|quarter|half|year)", re.IGNORECASE | re.ASCII)
_IN_JAPANESE: Final = {
    **dict.fromkeys(("先月", "前月"), "last month"),
    **dict.fromkeys(("今月", "当月"), "this month"),
    **dict.fromkeys(("前四半期", "先四半期"), "last quarter"),
    **dict.fromkeys(("今四半期", "当四半期"), "this quarter"),
    **dict.fromkeys(("前の半期", "直前の半期"), "last half"),
    **dict.fromkeys(("今半期", "当半期"), "this half"),
    **dict.fromkeys(("昨年度", "前年度"), "last year"),
    **dict.fromkeys(("今年度", "当年度", "本年度"), "this year"),
}
"""Words that mean one span alone: 前期, 今期 and 前半期 could be a year or a half, and are none."""
_TO = re.compile(r" ?(?:\.\.|~) ?")
_JANUARY: Final = FiscalYear(starts=1)
_YEARS_AHEAD: Final = 10
"""How far after today a year of two digits, or of an era that still runs, is believed."""
_HEISEI_0, _REIWA_0 = 1988, 2018

_FORMS: Final = Text(
    "2025H1、2025年度上期、2025Q2、2025-09、2025 (年度)、2025-04..2025-06、"
    "2025-04-01..2025-06-15、last-half、先月 などと書いてください",
    "write 2025H1, 2025Q2, 2025-09, 2025 (fiscal year), 2025-04..2025-06, "
    "2025-04-01..2025-06-15, last-half or the like",
)


@lru_cache(maxsize=1 << 8)  # a file of entered values names few periods again and again
def read_period(text: str, fiscal: FiscalYear, today: date) -> Span:
    """Return the span that `text` names.

    `today` settles relative words (`last-half`) and how far ahead a year is believed. Raises
    `PeriodError` for a word that could mean two spans, with both in its hint, for a range that is
    reversed, for a year outside its era, and for anything that is no period.
    """
    folded = fold(text)
    relative = _RELATIVE.fullmatch(_IN_JAPANESE.get(folded, folded))
    if relative is not None:
        kind = cast(SpanKind, relative[2].lower())
        span = fiscal.span(kind, today)
        if relative[1].lower() == "this":
            return span
        return fiscal.span(kind, span.start - ONE_DAY)
    ends = _TO.split(folded)
    if len(ends) == 2:
        return _range(ends[0], ends[1], folded, today)
    word = _word(_usual(folded, fiscal), folded)
    if word is None:
        raise _unreadable(folded)
    return _resolve(word, folded, fiscal, today)


def _usual(folded: str, fiscal: FiscalYear) -> str:
    """Return the words with the usual name of a half for the one that the settings give it."""
    for own, usual in zip(fiscal.halves, HALVES, strict=True):
        if folded.endswith(fold(own)):
            return folded.removesuffix(fold(own)) + usual
    return folded


def _word(part: str, quoted: str) -> SpanWord | None:
    try:
        return read_span_word(part)
    except OutsideEra:
        raise _outside_era(quoted) from None


def _resolve(word: SpanWord, quoted: str, fiscal: FiscalYear, today: date) -> Span:
    if word.year is None:
        raise _unclear(quoted, _yearless(word, fiscal, today))
    if word.year not in YEARS or (word.kind == "month" and word.number not in range(1, 13)):
        raise _unreadable(quoted)
    if word.short and not _is_short_year_plain(word.year, today):
        raise _unclear(quoted, _centuries(word, word.year, fiscal, today))
    span = _fiscal_span(word, word.year, fiscal)
    if not word.clear:
        calendar = _fiscal_span(word, word.year, _JANUARY)
        if (calendar.start, calendar.end) != (span.start, span.end):
            raise _unclear(quoted, [span, range_between(calendar.start, calendar.end)])
    if word.era is not None:
        # The whole fiscal year counts: 平成31年度下期 was called so, with no day left in 平成.
        named = span if word.kind == "month" else fiscal.numbered("year", word.year, 1)
        running_too_far = word.era.last is None and word.year > today.year + _YEARS_AHEAD
        if running_too_far or not word.era.overlaps(named.start, named.end):
            raise _outside_era(quoted)
    return span


def _fiscal_span(word: SpanWord, year: int, fiscal: FiscalYear) -> Span:
    if word.kind == "month":
        return fiscal.span("month", date(year, word.number, 1))
    return fiscal.numbered(word.kind, year, word.number)


def _is_short_year_plain(year: int, today: date) -> bool:
    """Return whether `25` is 2025 alone: near enough to today, and not reached by 令和."""
    return today.year + 1 < _REIWA_0 + year - 2000 and year <= today.year + _YEARS_AHEAD


def _centuries(word: SpanWord, year: int, fiscal: FiscalYear, today: date) -> list[Span]:
    """Return the spans that two digits can stand for: of this century, of 令和, of 平成."""
    two = year - 2000
    years = [
        year,
        *([_REIWA_0 + two] if two else []),
        *([_HEISEI_0 + two] if 1 <= two <= 31 else []),
    ]
    years = [candidate for candidate in years if candidate <= today.year + _YEARS_AHEAD]
    return [_fiscal_span(word, candidate, fiscal) for candidate in years]


def _yearless(word: SpanWord, fiscal: FiscalYear, today: date) -> list[Span]:
    """Return the two latest spans that have begun and bear the number of the word."""
    if word.kind == "month" and word.number not in range(1, 13):
        return []
    latest = today.year if word.kind == "month" else fiscal.year_of(today)
    spans = [_fiscal_span(word, year, fiscal) for year in range(latest, latest - 3, -1)]
    return [span for span in spans if span.start <= today][:2]


def _range(first: str, last: str, quoted: str, today: date) -> Span:
    start, is_month = _range_end(first, quoted, today)
    end, end_is_month = _range_end(last, quoted, today)
    if is_month != end_is_month:
        raise _unreadable(quoted)
    low, high = min(start, end), max(start, end)
    span = range_between(low, last_day_of(high) if is_month else high)
    if end < start:
        raise _reversed(quoted, span)
    return span


def _range_end(part: str, quoted: str, today: date) -> tuple[date, bool]:
    """Return the day, or the first day of the month, and whether it was a month."""
    word = _word(part, quoted)
    if word is not None and word.kind == "month" and word.year is not None:
        return _resolve(word, quoted, _JANUARY, today).start, True
    try:
        # A time of day would promise a precision that whole days do not have.
        return parse_date(part, None), False
    except UnreadableDate:
        raise _unreadable(quoted) from None


def _unreadable(quoted: str) -> PeriodError:
    said = Text("期間「{word}」は読み取れません", "the period {word!r} is not understood")
    return PeriodError(said.filled(word=_printable(quoted)), _FORMS)


def _outside_era(quoted: str) -> PeriodError:
    said = Text(
        "期間「{word}」の元号に、その年や月はありません",
        "the period {word!r} lies outside its era",
    )
    return PeriodError(said.filled(word=_printable(quoted)), _FORMS)


def _unclear(quoted: str, candidates: Sequence[Span]) -> PeriodError:
    if not candidates:
        return _unreadable(quoted)
    said = Text("期間「{word}」は一つに決まりません", "the period {word!r} is not clear")
    named = [str(span) for span in candidates]
    hint = Text(" か ".join(named) + " と書いてください", "write " + " or ".join(named))
    return PeriodError(said.filled(word=_printable(quoted)), hint)


def _reversed(quoted: str, turned: Span) -> PeriodError:
    said = Text(
        "期間「{word}」は終わりが始まりより前です", "the period {word!r} ends before it starts"
    )
    hint = Text("{span} と書いてください", "write {span}")
    return PeriodError(said.filled(word=_printable(quoted)), hint.filled(span=turned))


def _printable(word: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in word[:40])
