"""What a column of an unknown table holds, by its cells."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from heapq import nsmallest
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.intake.profiling.dates import Dates, dates_of
from kpicli.intake.profiling.disclosure import showable
from kpicli.intake.profiling.words import concepts, names_people
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import read_number
from kpicli.values.codes import is_ticked
from kpicli.values.dates import Order
from kpicli.values.folding import fold

Kind = Literal[
    "blank", "id", "date", "amount", "score", "tick", "several", "code", "person", "free_text"
]
"""What a column holds. An `id` tells rows apart, or refers to rows of another table; a `person` is
a name, or an id under a header that speaks of people."""

_SAMPLE = 400
_SHARE = 0.9
"""Of so many cells has to be true what is said of a column."""
_UNIQUE = 0.98
_MOST_CODES = 40
_LONGEST_CODE = 25
_BEST_SCORE = 100
_SCALE = 11
"""So many numbers, 0 to 10, are a scale on which people answer."""
_MARKS = 2_000
_NUMBERED = re.compile(r"[A-Za-z]{0,8}[-_ ]?[0-9][0-9A-Za-z-]*")
_NAME = re.compile(r"[㐀-鿿々]{1,4} ?[㐀-鿿々ぁ-んァ-ヶ]{1,4}|[ァ-ヶー]{2,8} ?[ァ-ヶー]{1,8}")
_IN_OWN_WORDS = re.compile("自由(?:記入|記述|回答|意見)|ご?(?:意見|要望|感想)[・、やと/]|お気づき")
"""What stands in headers of questions that people answer in words of their own."""
_PARTS = re.compile(r"[;・、,/\n]")
_NOT_PEOPLE = frozenset(
    (
        *("kind", "item", "product", "insurance", "shop", "team", "status", "result", "method"),
        *("scheme", "form", "theme", "qualification", "subject", "pass", "meeting", "sheet"),
        *("renew", "talk", "explain", "agree", "close", "confirm", "navi", "attempt", "inspect"),
    )
)
"""What headers speak of whose cells are no names, however short they are."""
_KINDS = frozenset(
    ("kind", "item", "product", "insurance", "status", "result", "method", "scheme", "form", "pass")
)
"""What headers speak of whose cells are kinds: words for people's and places' names are none."""

_AMOUNTS = frozenset(("premium", "score", "age"))
"""What headers speak of whose numbers are amounts, also where each stands there once."""


class Column(Struct, frozen=True):
    """A column: its place (from 0) and header, what it holds, and how sure that is.

    `orders` are the dates by each order of day and month, where they end in their year and nothing
    says which comes first (`4/1/2025`). `filled` cells have `distinct` values. `values` are those
    of a code, or of a scale of a few numbers, folded, with their numbers, the most frequent first;
    of people and free text none is kept. `showable` are those of them that anybody may see. `marks`
    are digests of ids, and of texts of which each row has its own, by which columns of several
    files can be compared.
    """

    place: int
    header: str
    kind: Kind
    rows: int
    filled: int
    distinct: int
    dates: Dates | None = None
    orders: Mapping[Order, Dates] = {}
    numbers: float = 0.0
    values: Mapping[str, int] = {}
    showable: frozenset[str] = frozenset()
    marks: frozenset[int] = frozenset()

    @property
    def shown_values(self) -> Mapping[str, int]:
        """Return the values that may be shown, with their rows, the most frequent first."""
        return {value: rows for value, rows in self.values.items() if value in self.showable}

    @property
    def unique(self) -> float:
        """Return the share of filled cells that are there once, roughly; 0 for a blank column."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def tells_rows_apart(self) -> bool:
        """Return whether every row has a value of its own, a few repeated rows aside."""
        repeated = self.filled - self.distinct
        return self.share >= _UNIQUE and repeated <= max(2, (1 - _UNIQUE) * self.filled)

    @property
    def share(self) -> float:
        """Return the share of rows that are filled."""
        return self.filled / self.rows if self.rows else 0.0


def column_of(
    place: int, header: str, cells: Sequence[Cell], vocabulary: frozenset[str] = frozenset()
) -> Column:
    """Return what a column holds. Words of the `vocabulary`, folded, are nobody's name."""
    counts = Counter(cells)
    texts: Counter[str] = Counter()
    for cell, number in counts.items():
        if text := fold(text_of(cell)):
            texts[text] += number
    filled = texts.total()
    column = Column(place, header, "blank", len(cells), filled, len(texts))
    if not filled:
        return column
    some = list(texts)[:_SAMPLE]
    numbers = sum(read_number(text).fault is None for text in some) / len(some)
    dates, orders = dates_of(counts, numbers, of_days="day" in concepts(header))
    if dates is not None:
        return _with(column, "date", dates=dates, orders=orders)
    words = sum(text in vocabulary for text in some) >= len(some) / 2
    known = words and not _are_ticks(some) and not names_people(header)
    kind = "code" if known else _kind(column, some, numbers)
    if kind in ("code", "tick", "several") or (kind == "score" and len(texts) <= _SCALE):
        values = dict(texts.most_common())
        kinds = not concepts(header).isdisjoint(_KINDS)
        shown = (
            showable(values, vocabulary, of_kinds=kinds)
            if kind in ("code", "several")
            else frozenset(values)
        )
        return _with(column, kind, numbers=numbers, values=values, showable=shown)
    if kind in ("id", "person"):
        marks = frozenset(map(_mark, list(texts)[:_MARKS]))
        return _with(column, kind, numbers=numbers, marks=marks)
    if kind == "free_text" and column.tells_rows_apart:
        marks = frozenset(nsmallest(_MARKS, map(_mark, texts)))
        return _with(column, kind, numbers=numbers, marks=marks)
    return _with(column, kind, numbers=numbers)


def _with(column: Column, kind: Kind, **known: object) -> Column:
    return replace(column, kind=kind, **known)


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


def _kind(column: Column, some: Sequence[str], numbers: float) -> Kind:
    people = names_people(column.header)
    about = concepts(column.header)
    longest = sum(map(len, some)) / len(some)
    amounts = numbers >= _SHARE and not about.isdisjoint(_AMOUNTS)
    if column.filled > 1 and column.unique >= _UNIQUE and looks_numbered(some) and not amounts:
        return "id" if not people or column.distinct == column.rows else "person"
    if _are_ticks(some) and not people:
        return "tick"
    if numbers >= _SHARE:
        if "number" in about and column.distinct > 1:
            return "person" if people else "id"
        values = [float(str(read_number(text).value or 0)) for text in some]
        whole = all(value == int(value) for value in values)
        small = whole and min(values) >= 0 and max(values) <= _BEST_SCORE
        return "score" if small and column.distinct <= _BEST_SCORE + 1 else "amount"
    if looks_numbered(some):
        return "person" if people else "id"
    few = column.distinct <= max(_MOST_CODES, column.filled // 50)
    if _are_names(column, some, about) or (people and few):
        return "person"
    if longest > _LONGEST_CODE or "content" in about or _IN_OWN_WORDS.search(column.header):
        return "free_text"
    parts = {part.strip() for text in some for part in _PARTS.split(text)}
    listed = {text for text in some if _PARTS.search(text)}
    if listed and (len(parts) < len(some) or _are_lists(listed, set(some) - listed)):
        return "several"
    if few or column.unique < 0.5:
        return "code"
    return "free_text"


def _are_lists(listed: Iterable[str], alone: Collection[str]) -> bool:
    """Return whether half of what separators set apart also stands alone in other cells."""
    parts = {part.strip() for text in listed for part in _PARTS.split(text)}
    return len(parts) > 1 and 2 * len(parts.intersection(alone)) >= len(parts)


def _are_ticks(some: Sequence[str]) -> bool:
    return all(is_ticked(text) is not None for text in some)


def looks_numbered(some: Sequence[str]) -> bool:
    """Return whether nearly all of some folded texts are made as ids are: letters, then digits."""
    return sum(_NUMBERED.fullmatch(text) is not None for text in some) >= _SHARE * len(some)


def _are_names(column: Column, some: Sequence[str], about: frozenset[str]) -> bool:
    """Return whether cells may be people's names: rather too often than too rarely."""
    if names_people(column.header):
        return True
    if not about.isdisjoint(_NOT_PEOPLE):
        return False
    names = sum(_NAME.fullmatch(text) is not None for text in some)
    return column.distinct > 2 and names >= _SHARE * len(some)
