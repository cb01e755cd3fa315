"""Words for people, in the two languages the tool speaks."""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

Language = Literal["ja", "en"]


class Text(Struct, frozen=True):
    """One statement in Japanese and in English; what is shown is chosen at the very edge."""

    ja: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the wording in `language`."""
        return self.ja if language == "ja" else self.en

    def __format__(self, spec: str) -> str:
        """Raise `TypeError`: a text is put into another one in one of its languages."""
        raise TypeError(f"{self!r} stands in no language here")

    def filled(self, **values: object) -> "Text":
        """Return the text with its named `{places}` filled with `values`."""
        return Text(self.ja.format(**values), self.en.format(**values))

    def without(self, beginning: str) -> "Text":
        """Return the text without what both wordings begin with, where they do."""
        return Text(self.ja.removeprefix(beginning), self.en.removeprefix(beginning))


def listed(texts: Sequence[Text], ja: str = ", ", en: str = ", ") -> Text:
    """Return some texts as one, joined in each language by its own separator."""
    return Text(ja.join(text.ja for text in texts), en.join(text.en for text in texts))


class Unit(Text, frozen=True):
    """The unit of a count; `one` is its English singular, empty where that is no other word."""

    one: str = ""

    def after(self, number: str, language: Language) -> str:
        """Return a number with its unit: `841件`, `841 cases`, `1 case`; alone without a unit."""
        if language == "ja":
            return f"{number}{self.ja}"
        return f"{number} {self.one if self.one and number == '1' else self.en}".rstrip()


def quantity(number: int, noun: str) -> str:
    """Return a number with its English noun: `1 row`, `2 rows`, `1,500 rows`, `0 rows`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


ROWS = Unit(" 行", "rows", "row")
"""What rows are counted in: `1 行`, `1 row`, `2 rows`."""

_STEM, _STEM_OF_KANJI = 4, 2
"""So many letters of a name may stand for the whole (`elderly` for `elderly_cases`)."""


def suggestion(name: str, names: Iterable[str]) -> Text:
    """Return the likeliest of `names` as a question, or what there is."""
    names = list(names)
    near = nearest_of(name, names)
    if near is not None:
        return Text(f"「{near}」のことですか", f"did you mean {near!r}?")
    listed = ", ".join(names)
    return Text(f"使えるもの: {listed}", f"there are: {listed}")


def nearest_of(name: str, names: Sequence[str]) -> str | None:
    """Return the one of `names` that is near enough to be a slip of `name`; None where none is.

    Near are one slip in three letters, and one at least: `mode` is no `mean`, nor is `max`. So is
    a name of which one is the beginning of the other.
    """
    slips = max(1, len(name) // 3)
    distances = [(_distance(name, other, slips), other) for other in names]
    near = min((own for own in distances if own[0] <= slips), default=None, key=lambda own: own[0])
    if near is not None:
        return near[1]
    return min((own for own in names if _is_begun(name, own)), key=len, default=None)


def _is_begun(name: str, other: str) -> bool:
    stem = min(name, other, key=len)
    long = len(stem) >= (_STEM if stem.isascii() else _STEM_OF_KANJI)
    return long and (name.startswith(other) or other.startswith(name))


def _distance(name: str, other: str, most: int) -> int:
    """Return how many letters have to be added, taken out, replaced or swapped with the next.

    Beyond `most` the number is only known to be higher.
    """
    if abs(len(name) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(name, 1):
        current = [row]
        for column, its in enumerate(other, 1):
            steps = [above[column] + 1, current[-1] + 1, above[column - 1] + (letter != its)]
            swapped = row > 1 and column > 1 and (letter, name[row - 2]) == (other[column - 2], its)
            current.append(min(*steps, before[column - 2] + 1) if swapped else min(steps))
        before, above = above, current
    return above[-1]
