"""Keys as 64-bit numbers: rows with the same key have the same number, and hardly any others do.

What shares a number is looked at again, cell by cell, before two rows are taken for one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from kpicli.distinct_values import distinct_values
from kpicli.loaders.row_bytes import RowBytes

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Numbers of so many rows that stayed where they were made, under a name known there."""

    name: str
    rows: int

    def __len__(self) -> int:
        return self.rows


PieceKeys = Keys | Elsewhere
"""The numbers of a piece's rows, at hand or not."""

_PLAIN = bytes(range(0x30, 0x3A)) + bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)) + b"_./:-"
_EXPONENT = re.compile(rb"[Ee]-")
_LONGEST = 64
"""Longer values are digested one by one."""
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_BLANK = np.uint64(0x94D049BB133111EB)


def odd_rows(cells: RowBytes) -> list[int]:
    """Return the rows whose id may read otherwise than it is written, or not at all.

    All others are made of letters, digits and a few signs of ASCII, and of nothing that could be a
    number with an exponent: neither folding nor unwrapping changes them.
    """
    whole = cells.data.tobytes()
    places: list[int] = []
    if b"E-" in whole or b"e-" in whole:
        places += [match.start() for match in _EXPONENT.finditer(whole)]
    if whole.translate(None, _PLAIN):
        plain = np.zeros(256, np.bool_)
        plain[list(_PLAIN)] = True
        places += np.flatnonzero(~plain[cells.data]).tolist()
    rows = np.searchsorted(cells.offsets, places, side="right") - 1
    return sorted(set(rows.tolist()))


def digests(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> Keys:
    """Return a number per value, equal for equal values wherever it is computed.

    Value `i` is `data[offsets[i]:offsets[i + 1]]`.
    """
    lengths = np.diff(offsets)
    found = np.zeros(len(lengths), np.uint64)
    for length in distinct_values(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        if length > _LONGEST:
            texts = (data[offsets[row] : offsets[row + 1]].tobytes() for row in rows.tolist())
            found[rows] = [_digest(text) for text in texts]
        elif len(rows) == len(lengths):
            start = int(offsets[0])
            cells = data[start : start + length * len(rows)].reshape(len(rows), length)
            return _mixed(cells)
        else:
            found[rows] = _mixed(data[offsets[rows][:, None] + np.arange(length)])
    return found


def digests_of(texts: Sequence[str]) -> Keys:
    """Return a number per text, the same that `digests` gives to its UTF-8 bytes."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    return digests(np.frombuffer(b"".join(encoded), np.uint8), offsets)


def blanked(keys: Keys, blank: npt.NDArray[np.bool_]) -> Keys:
    """Return the numbers with that of "no value" where `blank` is marked."""
    return np.where(blank, _BLANK, keys)


def combined(columns: Sequence[Keys]) -> Keys:
    """Return one number per row for the key that the columns make together, in their order."""
    key = columns[0]
    for column in columns[1:]:
        key = _stirred(key * _FIRST + column)
    return key


def _mixed(cells: npt.NDArray[np.uint8]) -> Keys:
    """Digest values of one length, a row of bytes each."""
    count, length = cells.shape
    words = -(-length // 8)
    padded = np.zeros((count, 8 * words), np.uint8)
    padded[:, :length] = cells
    key = np.full(count, length, np.uint64)
    for word in padded.view(np.dtype("<u8")).T:
        key = _stirred(key * _FIRST + word)
    return key


def _stirred(key: Keys) -> Keys:
    key = (key ^ (key >> np.uint64(29))) * _SECOND
    return key ^ (key >> np.uint64(32))


def _digest(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")
