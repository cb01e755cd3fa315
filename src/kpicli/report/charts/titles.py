"""What a chart shows, in a few words: a rise or a fall, the highest, or the range."""

from collections.abc import Sequence
from decimal import Decimal

from kpicli.base.wording import Language, Text
from kpicli.model.figures import KpiHead
from kpicli.model.value import Status, Value
from kpicli.output.sentences import counter
from kpicli.values.numbers import grouped

MOST_WORDS = 12
"""A longer English title gives way to the KPI's own."""

_ROSE = Text("{title}は{first}から{last}に増加", "{title} rose from {first} to {last}")
_FELL = Text("{title}は{first}から{last}に減少", "{title} fell from {first} to {last}")
_ROSE_SHARE = Text("{title}は{first}から{last}に上昇", _ROSE.en)
_FELL_SHARE = Text("{title}は{first}から{last}に低下", _FELL.en)
_STAYED = Text("{title}はどれも{first}", "{title}: {first} throughout")
_HIGHEST = Text("{title}は{category}が最多の{value}", "{title}: most in {category} ({value})")
_HIGHEST_SHARE = Text(
    "{title}は{category}が最高の{value}", "{title}: highest in {category} ({value})"
)
_RANGE = Text("{title}は{low}から{high}の間", "{title}: between {low} and {high}")


def is_final(value: Value) -> bool:
    """Return whether a value may be spoken of: it is there, whole, and no row of it is in doubt."""
    return value.status is Status.OK and value.number is not None and not value.faulty_rows


def title_of(
    head: KpiHead,
    points: Sequence[tuple[str, Value]],
    language: Language,
    *,
    in_order: bool,
    first_and_last: bool = False,
) -> str:
    """Return what the named values show, in at most twelve words; the KPI's title where unsure.

    Nothing is said of values that are not final. Those `in_order` of time that only rise or fall
    do so; for a trend it is enough that the `first_and_last` differ.
    """
    plain = head.title.in_language(language)
    numbers = [value.number for _, value in points if value.number is not None]
    if len(points) < 2 or not all(is_final(value) for _, value in points):
        return plain
    low, high = min(numbers), max(numbers)
    places = [category for category, value in points if value.number == high]
    said: dict[str, object] = {
        "title": plain,
        "first": _number(numbers[0], head, language),
        "last": _number(numbers[-1], head, language),
        "low": _number(low, head, language),
        "high": _number(high, head, language),
        "value": _number(high, head, language),
        "category": places[0],
    }
    steady = numbers == sorted(numbers) or numbers == sorted(numbers, reverse=True)
    if low == high:
        words = _STAYED
    elif in_order and numbers[0] != numbers[-1] and (steady or first_and_last):
        rose = numbers[-1] > numbers[0]
        if head.percentage:
            words = _ROSE_SHARE if rose else _FELL_SHARE
        else:
            words = _ROSE if rose else _FELL
    elif len(places) == 1:
        words = _HIGHEST_SHARE if head.percentage else _HIGHEST
    else:
        words = _RANGE
    title = words.filled(**said).in_language(language)
    return plain if len(title.split()) > MOST_WORDS else title


def _number(number: int | Decimal, head: KpiHead, language: Language) -> str:
    shown = grouped(number)
    return f"{shown}%" if head.percentage else f"{shown}{counter(head.unit, language)}"
