"""Keys as 64-bit numbers: rows with the same key have the same number, and hardly any others do.

What shares a number is looked at again, cell by cell, before two rows are taken for one.

Of ids that end in digits, such as V2500001234, the last eight digits are the low 27 bits and a hash
of what stands before them (V25) the high ones: where ids are given out in order their numbers are
in order too, and what cannot be repeated need not be sorted.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.row_bytes import DistinctBytes, RowBytes
from kpicli.values.distinct_values import distinct_values

Keys = npt.NDArray[np.uint64]


class RemoteKeys(Struct, frozen=True):
    """Keys of so many rows that stayed on the worker that made them, under a name known there."""

    name: str
    rows: int

    def __len__(self) -> int:
        return self.rows


PieceKeys = Keys | RemoteKeys
"""The numbers of a piece's rows, at hand or not."""

_PLAIN = bytes(range(0x30, 0x3A)) + bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)) + b"_./:-"
_EXPONENT = re.compile(rb"[Ee]-")
_TOTALS = (b"otal", b"OTAL")
_MONTHS = np.frombuffer(b"Jan\0Feb\0Mar\0Apr\0May\0Jun\0Jul\0Aug\0Sep\0Oct\0Nov\0Dec\0", "<u4")
_LONGEST = 64
"""Longer values are digested one by one."""
_MOST_DIGITS = 8
"""So many make one word; digits before them belong to what stands before."""
_WORD = 8
# One byte eight times. The digits 0 to 9 are the bytes 0x30 to 0x39, and no others: a byte is a
# digit where its high half is 3 (`^ 0x30` leaves no high bits) and its low half + 6 stays below 16.
_ZEROS, _HIGH, _SIX = (np.uint64(int.from_bytes(bytes([b] * 8))) for b in (0x30, 0xF0, 0x06))
# Eight digits become a number in three steps, each of which joins neighbours in all places at once.
# "12345678" with its first digit in the lowest byte: 1 * 10 + 2 in a byte of its own, then
# 12 * 100 + 34 in two bytes, then 1234 * 10,000 + 5678 in four. The multiplication adds the lower
# neighbour, shifted up and times 10 (100, 10,000), to the upper one, and the shift drops the rest.
_JOINING = tuple(
    (np.uint64(mask), np.uint64(factor), np.uint64(shift))
    for mask, factor, shift in (
        (0x0F0F0F0F0F0F0F0F, (10 << 8) + 1, 8),
        (0x00FF00FF00FF00FF, (100 << 16) + 1, 16),
        (0x0000FFFF0000FFFF, (10_000 << 32) + 1, 32),
    )
)
# Bits that so many digits take: 4 for one, 27 for eight.
_BITS = [np.uint64((10**digits - 1).bit_length()) for digits in range(_MOST_DIGITS + 1)]
# Odd constants whose bits are well spread (the golden ratio and two of splitmix64).
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_BLANK = np.uint64(0x94D049BB133111EB)


_DIGITS_ALIKE = np.arange(256, dtype=np.uint8)
_DIGITS_ALIKE[0x30:0x3A] = 0x30


def common_shape(cells: RowBytes) -> bytes | None:
    """Return the one shape that all values have, their digits being 0; None where they differ.

    Two values of one shape, such as `V00-000`, have the same digits in the same places or are two:
    neither zeros nor signs nor letters tell them apart.
    """
    rows = len(cells)
    length = int(cells.offsets[1]) if rows else 0
    if not 0 < length <= _LONGEST or (np.diff(cells.offsets) != length).any():
        return None
    shapes = _DIGITS_ALIKE[cells.data[: rows * length]].reshape(rows, length)
    return shapes[0].tobytes() if (shapes == shapes[0]).all() else None


def irregular_rows(cells: RowBytes, blanks: Sequence[str] = ()) -> list[int]:
    """Return the rows whose id may read otherwise than it is written, or not at all.

    All others are made of letters, digits and a few signs of ASCII, are none of the `blanks`, and
    hold nothing that could be a number with an exponent, a day or a total: folding changes none of
    them. `１２`, `="00123"`, `V 1`, `1E-5`, `2-Jan`, `Total` and `-` are irregular, `V-2025/001` is
    not.
    """
    data = cells.data.tobytes()
    places: list[int] = []
    for word in _TOTALS:
        if word in data:  # one word is found far sooner than a pattern
            places += [match.start() for match in re.finditer(word, data)]
    if b"-" in data:  # one byte is found far sooner
        places += _beside_months(cells.data)
        if b"E-" in data or b"e-" in data:
            places += [match.start() for match in _EXPONENT.finditer(data)]
    if data.translate(None, _PLAIN):
        plain = np.zeros(256, np.bool_)
        plain[list(_PLAIN)] = True
        places += np.flatnonzero(~plain[cells.data]).tolist()
    # Offsets [0, 4, 4, 9] and the byte at 4: row 1 is empty, and "right" gives row 2, which has it.
    rows = np.searchsorted(cells.offsets, places, side="right") - 1
    named = (
        row
        for word in ("-", "--", *blanks)
        for row in cells.rows_of(word.encode("ascii", "ignore"))
    )
    return sorted({*rows.tolist(), *named})


def _beside_months(data: npt.NDArray[np.uint8]) -> list[int]:
    """Return the places of the dashes with the name of a month before or behind them."""
    if int(data.max(initial=0)) < ord("a"):  # so are most ids: not a single small letter
        return []
    dash, small = data == ord("-"), data >= ord("a")
    # What has no small letter where `Apr-` or `-Jan` has one is not worth a closer look.
    likely = dash.copy()
    likely[1:] &= small[:-1]
    likely[:-2] |= dash[:-2] & small[2:]
    dashes = np.flatnonzero(likely)
    padded = np.pad(data, 3) if len(dashes) else data  # three bytes on either side of every dash
    beside = np.zeros(len(dashes), np.bool_)
    for first in (dashes, dashes + 4):
        word = sum(padded[first + n].astype(np.uint32) << np.uint32(8 * n) for n in range(3))
        beside |= np.isin(word, _MONTHS)
    return dashes[beside].tolist()  # type: ignore[no-any-return] # numpy's lists are untyped


def digests(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> Keys:
    """Return a number per value, equal for equal values wherever it is computed.

    Value `i` is `data[offsets[i]:offsets[i + 1]]`.
    """
    # Values of one length are a matrix of bytes, hashed by columns for all rows at once.
    lengths = np.diff(offsets)
    keys = np.zeros(len(lengths), np.uint64)
    for length in distinct_values(lengths[lengths > 0]).tolist():
        rows = np.flatnonzero(lengths == length)
        if length > _LONGEST:
            texts = (data[offsets[row] : offsets[row + 1]].tobytes() for row in rows.tolist())
            keys[rows] = [_digest(text) for text in texts]
        elif len(rows) == len(lengths):
            start = int(offsets[0])
            cells = data[start : start + length * len(rows)].reshape(len(rows), length)
            return _numbered(cells)
        else:
            keys[rows] = _numbered(data[offsets[rows][:, None] + np.arange(length)])
    return keys


def digests_of(texts: Sequence[str]) -> Keys:
    """Return a number per text, the same that `digests` gives to its UTF-8 bytes."""
    encoded = texts if isinstance(texts, DistinctBytes) else RowBytes.of(texts)
    return digests(encoded.data, encoded.offsets)


def blanked(keys: Keys, blank: npt.NDArray[np.bool_]) -> Keys:
    """Return the numbers with that of "no value" where `blank` is marked."""
    return np.where(blank, _BLANK, keys)


def combined(columns: Sequence[Keys]) -> Keys:
    """Return one number per row for the key that the columns make together, in their order."""
    key = columns[0]
    # The product makes the order count: ("1", "2") and ("2", "1") are two keys.
    for column in columns[1:]:
        key = _stir(key * _FIRST + column)
    return key


def _numbered(cells: npt.NDArray[np.uint8]) -> Keys:
    """Return the numbers of values of one length, a row of bytes each."""
    keys = _in_series(cells)
    if keys is not None:
        return keys
    keys = np.zeros(len(cells), np.uint64)
    others = cells - np.uint8(ord("0")) > 9  # what is below the digits wraps to far above them
    # Digits at the end: of "A12B34" reversed, the first that is none stands at 2.
    digits = np.where(others.any(axis=1), np.argmax(others[:, ::-1], axis=1), cells.shape[1])
    for count in np.flatnonzero(np.bincount(digits)).tolist():
        rows = digits == count
        keys[rows] = _with_digits(cells[rows], min(count, _MOST_DIGITS))
    return keys


def _with_digits(cells: npt.NDArray[np.uint8], count: int) -> Keys:
    """Return the numbers of values that all end in so many digits; others may stand before."""
    before = cells.shape[1] - count
    if not count:
        return _hash_words(cells, 0)
    return _hash_words(cells[:, :before], count) << _BITS[count] | _integers(
        _word(cells[:, before:])
    )


def _in_series(cells: npt.NDArray[np.uint8]) -> Keys | None:
    """Return the numbers of values that differ only in the digits they end in; None for others.

    So are most ids of one export, and this takes a fraction of looking at each by itself.
    """
    first = cells[0].tobytes()
    count = min(len(first) - len(first.rstrip(b"0123456789")), _MOST_DIGITS)
    if not count or len(first) > 2 * _WORD:
        return None
    before = len(first) - count
    # V2500001234 (count is 8, but 10 digits end it): `last` is "00001234", all of it digits.
    # A123 (count is 3): `last` is 0 0 0 0 A 1 2 3, of which `digits` masks the highest 3 bytes.
    last = _word(cells[:, -_WORD:])
    digits = ~np.uint64(0) << np.uint64(8 * (_WORD - count))
    no_digits = (last ^ _ZEROS | (last & ~_HIGH) + _SIX) & _HIGH & digits
    # Outside the mask every row must be as the first: the letters are the same for all.
    if (no_digits | (last ^ last[0]) & ~digits).any():
        return None
    rest = _word(cells[:, : max(len(first) - _WORD, 0)])
    if (rest != rest[0]).any():
        return None
    return _hash_words(cells[:1, :before], count) << _BITS[count] | _integers(last & digits)


def _word(cells: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return values of up to eight bytes as words, the first byte lowest, zeros before it.

    "AB" is 0x4241 << 48: its last byte always stands in the highest place.
    """
    padded = np.zeros((len(cells), _WORD), np.uint8)
    padded[:, _WORD - cells.shape[1] :] = cells
    return padded.view(np.dtype("<u8"))[:, 0]


def _integers(word: npt.NDArray[np.uint64]) -> Keys:
    """Return what eight digits say: neighbours make numbers of two, of four, of eight of them."""
    for mask, factor, shift in _JOINING:
        word = (word & mask) * factor >> shift
    return word


def _hash_words(cells: npt.NDArray[np.uint8], kind: int) -> Keys:
    """Return a hash of each value of one length, a row of bytes each.

    `kind`, the number of digits cut off, goes into it: "A1" with one digit cut off and "A" differ.
    """
    count, length = cells.shape
    words = -(-length // 8)
    padded = np.zeros((count, 8 * words), np.uint8)
    padded[:, :length] = cells
    key = np.full(count, length + (kind << 32), np.uint64)
    for word in padded.view(np.dtype("<u8")).T:
        key = _stir(key * _FIRST + word)
    return key


def _stir(key: Keys) -> Keys:
    """Return the numbers with their high bits worked into the low ones; each step can be undone.

    So no two numbers become one here.
    """
    key = (key ^ (key >> np.uint64(29))) * _SECOND
    return key ^ (key >> np.uint64(32))


def _digest(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")
