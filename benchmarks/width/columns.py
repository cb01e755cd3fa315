"""Kinds of columns of generated tables: numbers are drawn by row, and spelled as exports do.

A row's numbers are a function of the seed, the table, the column and the row's number.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from benchmarks.dates import DATE_STYLES, MIXED
from benchmarks.rows import NEVER, Bits, Numbers, scrambled

EPOCH = date(2020, 4, 1)
"""Day 0; no cell has an earlier one."""
SPAN = 4_000
"""Days that can be spelled."""

MONTH_ENDS = tuple(
    (date(y, m, 1) - timedelta(days=1) - EPOCH).days
    for y, m in ((2024 + (4 + n) // 12, (4 + n) % 12 + 1) for n in range(18))
)
"""The ends of the months from April 2024 to September 2025."""


def number_of(day: date) -> int:
    """Return a day as it is drawn."""
    return (day - EPOCH).days


@dataclass(slots=True)
class Drawn:
    """Rows of a table: their numbers, and what was drawn for the columns so far, by header.

    `large` is how many rows the large tables have.
    """

    table: str
    seed: int
    large: int
    rows: Numbers
    columns: dict[str, Numbers] = field(default_factory=dict)

    def bits(self, header: str, rows: Numbers | None = None) -> Bits:
        """Return 64 bits for each row, or for each of other numbers."""
        salt = zlib.crc32(f"{self.seed}/{self.table}/{header}".encode())
        numbers = self.rows if rows is None else rows
        return scrambled(numbers.astype(np.uint64) * np.uint64(2) + scrambled(np.uint64(salt)))


@dataclass(frozen=True)
class Column:
    """A column: `draw` gives the numbers, `spell` their cells in cp932 with what follows each."""

    header: str

    def draw(self, drawn: Drawn) -> Numbers:
        """Return a number for each row."""
        raise NotImplementedError

    def spell(self, numbers: Numbers, end: str) -> pa.BinaryArray:
        """Return the cells of these numbers, each followed by `end`."""
        raise NotImplementedError

    def cells(self, drawn: Drawn, end: str) -> pa.BinaryArray:
        """Return the cells of the rows."""
        return self.spell(drawn.columns[self.header], end)


@dataclass(frozen=True)
class Step(Column):
    """Ids that go up by one every `every` rows, and begin again after `most` of them."""

    prefix: str = ""
    every: int = 1
    most: int = 10**8

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the ids' numbers."""
        return drawn.rows // self.every % self.most

    def spell(self, numbers: Numbers, end: str) -> pa.BinaryArray:
        """Return the prefix and eight digits, from 1."""
        return _with_digits(self.prefix, numbers + 1, end)


@dataclass(frozen=True)
class Reference(Column):
    """Ids of something else, of which there are so many for each row of the large tables."""

    prefix: str
    share: float

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the ids' numbers."""
        return _below(drawn.bits(self.header), max(1, int(drawn.large * self.share)))

    def spell(self, numbers: Numbers, end: str) -> pa.BinaryArray:
        """Return the prefix and eight digits, from 1."""
        return _with_digits(self.prefix, numbers + 1, end)


@dataclass(frozen=True)
class Pick(Column):
    """Words, each with its weight in a hundred or so; a word may be blank. In turn if `turn`."""

    words: Mapping[str, int]
    turn: int = 0

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the places of words."""
        if self.turn:
            return drawn.rows // self.turn % len(self.words)
        places = np.repeat(np.arange(len(self.words)), list(self.words.values()))
        return places[_below(drawn.bits(self.header), len(places))]

    def spell(self, numbers: Numbers, end: str) -> pa.BinaryArray:
        """Return the words."""
        return _pieces(list(self.words), end).take(pa.array(numbers))


@dataclass(frozen=True)
class Whole(Column):
    """Whole numbers from `first` on, `count` of them, `step` apart."""

    first: int
    count: int
    step: int = 1

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the numbers themselves."""
        return self.first + self.step * _below(drawn.bits(self.header), self.count)

    def spell(self, numbers: Numbers, end: str) -> pa.BinaryArray:
        """Return the digits."""
        words = [str(self.first + self.step * place) for place in range(self.count)]
        return _pieces(words, end).take(pa.array((numbers - self.first) // self.step))


@dataclass(frozen=True)
class Day(Column):
    """Days in mixed styles: `days` of them from `first`, by row or `by` another column's number."""

    first: date
    days: int
    by: str = ""

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the days."""
        rows = drawn.columns[self.by] if self.by else None
        return number_of(self.first) + _below(drawn.bits(self.header, rows), self.days)

    def cells(self, drawn: Drawn, end: str) -> pa.BinaryArray:
        """Return the days, each row in a style of its own; none is a blank cell."""
        numbers = drawn.columns[self.header]
        style = _below(drawn.bits(f"{self.header} style"), len(MIXED))
        return _days(end).take(pa.array(np.where(numbers == NEVER, 0, 1 + style * SPAN + numbers)))


@dataclass(frozen=True)
class After(Day):
    """Days up to `days` after the day of another column, blank in `blank` rows of a hundred."""

    first: date = EPOCH
    days: int = 30
    by: str = ""
    blank: int = 0

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the days, none where the other column has none."""
        bits = drawn.bits(self.header)
        other = drawn.columns[self.by]
        none = (other == NEVER) | (_below(scrambled(bits), 100) < self.blank)
        return np.where(none, NEVER, other + _below(bits, self.days + 1))


@dataclass(frozen=True)
class InTurn(Day):
    """Days from a list, one every `every` rows."""

    first: date = EPOCH
    days: int = 0
    numbers: Sequence[int] = MONTH_ENDS
    every: int = 1

    def draw(self, drawn: Drawn) -> Numbers:
        """Return the days."""
        return np.array(self.numbers)[drawn.rows // self.every % len(self.numbers)]


def _below(bits: Bits, bound: int) -> Numbers:
    """Return 32 of the bits as numbers below `bound`."""
    high = bits >> np.uint64(32)
    return ((high * np.uint64(bound)) >> np.uint64(32)).astype(np.int64)


_spelled: dict[str, pa.BinaryArray] = {}


def _days(end: str) -> pa.BinaryArray:
    """Return a blank cell, then every day in every style."""
    if end not in _spelled:
        days = [EPOCH + timedelta(days=number) for number in range(SPAN)]
        _spelled[end] = _pieces(["", *(DATE_STYLES[s](d) for s in MIXED for d in days)], end)
    return _spelled[end]


def _pieces(texts: Sequence[str], end: str) -> pa.BinaryArray:
    return pa.array([f"{text}{end}".encode("cp932") for text in texts], pa.binary())


def _with_digits(prefix: str, numbers: Numbers, end: str) -> pa.BinaryArray:
    head, tail = prefix.encode("ascii"), end.encode("ascii")
    width = len(head) + 8 + len(tail)
    text = np.zeros((len(numbers), width), np.uint8)
    text[:, : len(head)] = np.frombuffer(head, np.uint8)
    text[:, len(head) + 8 :] = np.frombuffer(tail, np.uint8)
    for place in range(len(head) + 7, len(head) - 1, -1):
        text[:, place] = ord("0") + numbers % 10
        numbers = numbers // 10
    offsets = np.arange(0, (len(text) + 1) * width, width, dtype=np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    return pa.BinaryArray.from_buffers(pa.binary(), len(text), buffers)
