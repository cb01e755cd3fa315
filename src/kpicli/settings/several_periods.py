"""Several periods beside each other: a number of them up to one, or each by its name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from kpicli.base.errors import PeriodError, UsageError
from kpicli.base.wording import Text
from kpicli.model.periods import FiscalYear, Period
from kpicli.settings.arguments import COMMA, check_type, parse_period
from kpicli.values.folding import fold

MOST = 60
"""How many periods may stand beside each other: five years of months."""

_DIGITS = re.compile("[0-9]{1,9}")


def split_words(texts: str | Sequence[str]) -> str | tuple[str, ...]:
    """Return the words that commas part, as in `2023,2024,2025`; one text without any is itself.

    Several texts, as an option gives that is written more than once, are parted one by one.
    """
    texts = (texts,) if isinstance(texts, str) else texts
    words = tuple(word.strip() for text in texts for word in COMMA.split(text))
    return texts[0] if len(words) == 1 else words


def parse_periods(
    period: str | Period | Iterable[str | Period],
    trend: int | str | None,
    argument: str,
    fiscal: FiscalYear,
    today: date,
) -> tuple[Period, tuple[Period, ...]]:
    """Return the period asked for, the last one of several, and those that stand beside it.

    Those are the `trend` periods of its kind up to and including it, or all that are named, the
    oldest first; there are none where neither is asked for. Raises `PeriodError` for a word that is
    no period and for periods that overlap or differ in length, `UsageError` for a number of periods
    that cannot be and for both ways at once, and `TypeError` for another type.
    """
    if not isinstance(period, str | Period):
        check_type("period", period, Iterable, "a period, or several (str or kpicli.Period)")
        if trend is not None:
            raise _both(argument)
        periods = _named(period, fiscal, today)
        return periods[-1], periods
    own = parse_period(period, fiscal, today)
    return own, () if trend is None else _leading_up(own, trend, argument)


def _leading_up(own: Period, trend: int | str, argument: str) -> tuple[Period, ...]:
    number = trend
    if isinstance(trend, str):
        written = fold(trend)
        number = int(written) if _DIGITS.fullmatch(written) else 0
    elif isinstance(trend, bool):
        raise TypeError(f"{argument} must be a number of periods (int), not bool")
    check_type(argument, number, int, "a number of periods (int)")
    if not isinstance(number, int) or number < 1:
        raise UsageError(
            Text(f"{argument} は 1 以上の整数です", f"{argument} is a whole number from 1"),
            Text(
                f"並べる期間の数を書いてください(例: {argument} 5 は、その期間までの 5 期)",
                f"write how many periods: {argument} 5 is that period and the four before it",
            ),
        )
    _check_number(number)
    try:
        return own.last(number)
    except (ValueError, OverflowError):
        raise UsageError(
            Text(
                f"{own.name} までに {number} 期はありません",
                f"there are no {number} periods up to {own.name}",
            ),
            Text("期間の数を減らしてください", "take fewer periods"),
        ) from None


def _check_number(number: int) -> None:
    if number > MOST:
        raise UsageError(
            Text(f"並べられる期間は {MOST} までです: {number}", f"{number} periods are too many"),
            Text(
                "期間を減らすか、もっと長い期間(月なら四半期、四半期なら半期)にしてください",
                f"at most {MOST} stand beside each other: take fewer, or longer ones",
            ),
        )


def _named(words: Iterable[str | Period], fiscal: FiscalYear, today: date) -> tuple[Period, ...]:
    periods = sorted(_each(words, fiscal, today), key=lambda period: period.start)
    if not periods:
        raise PeriodError(
            Text("期間が一つもありません", "there is no period"),
            Text("2023,2024,2025 のように書いてください", "write them as 2023,2024,2025"),
        )
    _check_number(len(periods))
    for before, after in pairwise(periods):
        if not before.is_as_long_as(after):
            raise _unequal(before, after)
        if after.start <= before.end:
            raise _overlapping(before, after)
    return tuple(periods)


def _each(words: Iterable[str | Period], fiscal: FiscalYear, today: date) -> Iterator[Period]:
    for word in words:
        if isinstance(word, str) and not word.strip():
            raise PeriodError(
                Text("期間の並びに空の名前があります", "a period has no name"),
                Text(
                    "コンマを一つずつにしてください(例: 2023,2024,2025)",
                    "write one comma between two periods, as in 2023,2024,2025",
                ),
            )
        yield parse_period(word, fiscal, today)


def _both(argument: str) -> UsageError:
    return UsageError(
        Text(
            f"期間をいくつも書いたときは {argument} を付けられません",
            f"{argument} goes with one period, not with several",
        ),
        Text(
            f"最後の期間だけを書いて {argument} を使うか、{argument} を省いてください",
            f"write the last period alone, or leave {argument} out",
        ),
    )


def _unequal(one: Period, other: Period) -> PeriodError:
    return PeriodError(
        Text(
            f"長さの違う期間は並べられません: {_dated(one)} と {_dated(other)}",
            f"periods of different length: {_dated(one)} and {_dated(other)}",
        ),
        Text(
            "年度なら年度、半期なら半期、月なら月だけを並べてください",
            "set years beside years, halves beside halves, months beside months",
        ),
    )


def _overlapping(one: Period, other: Period) -> PeriodError:
    if one.dates == other.dates:
        return PeriodError(
            Text(f"同じ期間が二度あります: {one.name}", f"{one.name} is named twice"),
            Text("一度だけ書いてください", "write it once"),
        )
    return PeriodError(
        Text(
            f"期間が重なっています: {_dated(one)} と {_dated(other)}",
            f"periods overlap: {_dated(one)} and {_dated(other)}",
        ),
        Text("重ならない期間を並べてください", "set periods beside each other that do not overlap"),
    )


def _dated(period: Period) -> str:
    return period.name if period.name == period.dates else f"{period.name} ({period.dates})"
