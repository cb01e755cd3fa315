"""Rows as drawn numbers, and the bytes that spell them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.dates import DAYS, MINUTES, day, written_days, written_times
from benchmarks.words import (
    CATEGORY_WORDS,
    LINE_WORDS,
    LONG_TEXTS,
    SHORT_TEXTS,
    written_voices,
)

Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]

LINE_COUNT, CATEGORY_COUNT = len(LINE_WORDS), len(CATEGORY_WORDS)
TEXT_COUNT = len(SHORT_TEXTS) + LONG_TEXTS
COMPLAINTS = (2, 3)
"""Category words that mean 不満: half of those have led to an improvement."""

NEVER = -(10**6)
"""The number of a day that no row has."""

STEP, FIRST_MIX, SECOND_MIX = (
    np.uint64(constant) for constant in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Drawn rows. `words` joins line and category words: l·C + c.

    `improved` is 0 where nothing has come of it, else 1 + the day on which it was received.
    `latest_words` and `latest_improved` are what the last export that holds the row says.
    """

    number: Numbers
    day: Numbers
    style: Numbers
    minute: Numbers
    words: Numbers
    latest_words: Numbers
    text: Numbers
    improved: Numbers
    latest_improved: Numbers

    @property
    def improved_on(self) -> Numbers:
        """Return the day of the improvement by the last export; far below 0 where there is none."""
        return IMPROVED_ON[self.latest_improved]

    @property
    def reported_on(self) -> Numbers:
        """Return the day of the report to the insurer; far below 0 where there is none."""
        return REPORTED_ON[self.latest_improved]

    def revised(self, changed: npt.NDArray[np.bool_], order: Numbers, *, older: bool) -> "Rows":
        """Return the rows with some of them improved, or as they were before that if `older`.

        Every tenth of them, by `order`, had another category before.
        """
        latest = np.where(changed, 1 + self.day, self.improved)
        improved = np.where(changed, 0, self.improved) if older else latest
        revised = replace(self, improved=improved, latest_improved=latest)
        if not older:
            return revised
        category = self.words % CATEGORY_COUNT
        before = np.where(category == CATEGORY_COUNT - 1, 0, CATEGORY_COUNT - 1)
        moved = changed & (order % 10 == 0)
        words = np.where(moved, self.words - category + before, self.words)
        return replace(revised, words=words)


def draw(numbers: Numbers, total: int, seed: int, styles: int, long_share: float) -> Rows:
    """Return the rows with these numbers, of `total` that lie in order on the covered days."""
    bits = scrambled(numbers.astype(np.uint64) * np.uint64(2) + scrambled(np.uint64(seed)))
    more = scrambled(bits + STEP)
    line = _weighted(bits, 0, [weight for _, _, weight in LINE_WORDS])
    category = _weighted(bits, 16, [weight for _, _, weight in CATEGORY_WORDS])
    text = _below(bits, 32, len(SHORT_TEXTS))
    long = _below(bits, 48, 1 << 16) < round(long_share * (1 << 16))
    days = numbers * DAYS // total
    complaint = np.isin(category, COMPLAINTS) & (_below(more, 32, 2) == 1)
    words = line * CATEGORY_COUNT + category
    improved = np.where(complaint, 1 + days, 0)
    return Rows(
        number=numbers,
        day=days,
        style=_below(more, 0, styles),
        minute=_below(more, 16, MINUTES),
        words=words,
        latest_words=words,
        text=np.where(long, len(SHORT_TEXTS) + text % LONG_TEXTS, text),
        improved=improved,
        latest_improved=improved,
    )


def scrambled(value: Bits | np.uint64) -> Bits:
    """Return the values mixed as SplitMix64 does: neighbours have nothing in common."""
    with np.errstate(over="ignore"):
        mixed = np.atleast_1d(value) + STEP
        mixed = (mixed ^ (mixed >> np.uint64(30))) * FIRST_MIX
        mixed = (mixed ^ (mixed >> np.uint64(27))) * SECOND_MIX
    return mixed ^ (mixed >> np.uint64(31))


def _below(bits: Bits, shift: int, bound: int) -> Numbers:
    """Return 16 of the bits as numbers below `bound`."""
    field = (bits >> np.uint64(shift)) & np.uint64(0xFFFF)
    return ((field * np.uint64(bound)) >> np.uint64(16)).astype(np.int64)


def _weighted(bits: Bits, shift: int, weights: Sequence[int]) -> Numbers:
    places = np.repeat(np.arange(len(weights)), weights)
    return places[_below(bits, shift, len(places))].astype(np.int64)


def id_digits(rows: Rows) -> Numbers:
    """Return the digits of ids as V2500000001: the year of reception, the number of the row."""
    return (25 - (rows.day < 275)) * 10**8 + rows.number + 1


def outcome(number: int) -> tuple[int, str, int | None]:
    """Return what came of a voice of this day: the day and the text, and when it was reported."""
    improvement = "案内文を改めた" if number % 2 else "研修で取り上げた"
    return number + 14, improvement, number + 20 if number % 3 == 0 else None


IMPROVED_ON = np.array([NEVER, *(outcome(number)[0] for number in range(DAYS))])
REPORTED_ON = np.array([NEVER, *(outcome(number)[2] or NEVER for number in range(DAYS))])
"""Both by `Rows.improved`, of which 0 is nothing."""


class Vocabulary:
    """Every piece of a row in one encoding, so that rows are joined from bytes."""

    def __init__(
        self, styles: Sequence[str], long_length: int, codec: str, cells: str = "usual"
    ) -> None:
        self.codec = codec
        self._quote = '"' if cells == "quoted" else ""
        self._days = self._pieces([f"{self._quote}{day}" for day in written_days(styles)])
        self._times = self._pieces([f"{time}{self._quote}," for time in written_times(styles)])
        self._voices = self._pieces(written_voices(long_length, cells))
        self._outcomes = self._pieces([self._last(""), *map(self._outcome, range(DAYS))])

    def encoded(self, rows: Rows) -> bytes:
        """Return the rows as the file has them."""
        voice = rows.words * TEXT_COUNT + rows.text
        pieces = [
            self._numbers(rows),
            self._days.take(pa.array(rows.style * DAYS + rows.day)),
            self._times.take(pa.array(rows.style * MINUTES + rows.minute)),
            self._voices.take(pa.array(voice)),
            self._outcomes.take(pa.array(rows.improved)),
            pa.scalar(b"", pa.binary()),
        ]
        joined = pc.binary_join_element_wise(*pieces)
        _, offsets, data = joined.buffers()
        end = int(np.frombuffer(offsets, np.int32)[len(joined)])
        return bytes(memoryview(data)[:end])

    def _numbers(self, rows: Rows) -> pa.BinaryArray:
        """Return the ids, a comma behind each."""
        digits = id_digits(rows)
        letter = len(self._quote)
        length = 12 + 2 * letter
        text = np.full((len(digits), length), ord(self._quote or ","), np.uint8)
        text[:, letter] = ord("V")
        text[:, -1] = ord(",")
        for place in range(letter + 10, letter, -1):
            text[:, place] = ord("0") + digits % 10
            digits //= 10
        width = length * (2 if self.codec == "utf-16-le" else 1)
        content = text.astype("<u2" if self.codec == "utf-16-le" else np.uint8)
        offsets = np.arange(0, (len(text) + 1) * width, width, dtype=np.int32)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(content)]
        return pa.BinaryArray.from_buffers(pa.binary(), len(text), buffers)

    def _outcome(self, number: int) -> str:
        improved, improvement, reported = outcome(number)
        report = "" if reported is None else f"{day(reported):%Y/%m/%d}"
        return self._last(f"{day(improved):%Y-%m-%d}", improvement, report)

    def _last(self, *cells: str) -> str:
        """Return the last four columns, blank where there is no cell for them, and the line end."""
        quoted = (f"{self._quote}{cell}{self._quote}" for cell in (*cells, "", "", "")[:4])
        return ",".join(quoted) + "\r\n"

    def _pieces(self, texts: Sequence[str]) -> pa.BinaryArray:
        return pa.array([text.encode(self.codec) for text in texts], pa.binary())
