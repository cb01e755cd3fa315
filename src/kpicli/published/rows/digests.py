"""Digests of one size as bytes beside each other, and which of them are the same."""

from collections.abc import Iterable
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
_WORD = 8
"""Bytes that are compared at once."""


class Digests(Struct, frozen=True, eq=False):
    """Digests: row `i` of `raw` has the bytes of digest `i`."""

    raw: npt.NDArray[np.uint8]

    @classmethod
    def of_bytes(cls, joined: bytes, size: int) -> Self:
        """Return digests of so many bytes each that stand one after the other."""
        return cls(np.frombuffer(joined, np.uint8).reshape(-1, size))

    @classmethod
    def of_hex(cls, digests: Iterable[str], size: int) -> Self:
        """Return digests of so many bytes each that are written in hex."""
        return cls.of_bytes(bytes.fromhex("".join(digests)), size)

    def __len__(self) -> int:
        return len(self.raw)

    def hex(self, place: int) -> str:
        """Return a digest in hex."""
        digest: bytes = self.raw[place].tobytes()
        return digest.hex()

    def hexes(self) -> list[str]:
        """Return all digests in hex."""
        joined, size = self.raw.tobytes().hex(), 2 * self.raw.shape[1]
        return [joined[start : start + size] for start in range(0, len(joined), size)]

    def take(self, places: Numbers | Codes) -> "Digests":
        """Return the digests at some places."""
        return Digests(self.raw[places])


class CodedDigests(Struct, frozen=True, eq=False):
    """Digests of which many are the same: row `i` has `distinct[codes[i]]`, or none (-1)."""

    codes: Codes
    distinct: Digests

    @classmethod
    def of_hex(cls, digests: Iterable[str | None], size: int) -> Self:
        """Return digests of so many bytes each that are written in hex."""
        known: dict[str, int] = {}
        codes = [-1 if each is None else known.setdefault(each, len(known)) for each in digests]
        return cls(np.array(codes, np.int32), Digests.of_hex(known, size))

    def __len__(self) -> int:
        return len(self.codes)

    def hex(self, row: int) -> str | None:
        """Return a row's digest in hex, None where it has none."""
        code = int(self.codes[row])
        return None if code < 0 else self.distinct.hex(code)

    def hexes(self) -> list[str | None]:
        """Return every row's digest in hex, None where it has none."""
        distinct = [*self.distinct.hexes(), None]
        return [distinct[code] for code in self.codes.tolist()]


def numbered(digests: Digests) -> tuple[Numbers, int]:
    """Return a number for each digest, from 0 on, the same for those that are the same; how many.

    Two digests are the same only if all their bytes are.
    """
    words = _words(digests)
    order = np.argsort(words[0], kind="stable")
    starts = _starts([word[order] for word in words[:1]])
    if any(_differ_within(word[order], starts) for word in words[1:]):
        order = np.lexsort(words[::-1])  # digests whose first bytes are the same, and not the rest
        starts = _starts([word[order] for word in words])
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(starts) - 1
    return numbers, int(np.count_nonzero(starts))


def _words(digests: Digests) -> list[npt.NDArray[np.uint64]]:
    """Return the bytes as whole numbers: the first eight of every digest, the next, and so on."""
    rows, size = digests.raw.shape
    words = []
    for start in range(0, size, _WORD):
        filled = np.zeros((rows, _WORD), np.uint8)
        part = digests.raw[:, start : start + _WORD]
        filled[:, : part.shape[1]] = part
        words.append(filled.view(np.uint64)[:, 0])
    return words


def _starts(words: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.bool_]:
    """Mark, in words that are in order, each that is not as the one before."""
    starts = np.zeros(len(words[0]), np.bool_)
    starts[:1] = True
    for word in words:
        starts[1:] |= word[1:] != word[:-1]
    return starts


def _differ_within(word: npt.NDArray[np.uint64], starts: npt.NDArray[np.bool_]) -> bool:
    """Tell whether words differ between two starts."""
    return bool((~starts[1:] & (word[1:] != word[:-1])).any())
