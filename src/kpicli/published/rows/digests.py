"""Digests of one size as bytes beside each other, and which of them are the same."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
_WORD = 8
"""Bytes that are compared at once."""
_AT_ONCE = 1 << 20
"""So many digests are sorted together; more are parted by how they begin."""
_BEGINNING = 0x1F
"""The bits of the first byte that part them: into 32."""


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
        joined, size = self.raw.tobytes().hex(), 2 * self.raw.shape[1] or 1
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


def nobody(rows: int) -> CodedDigests:
    """Return that rows have no digest; it takes no room, however many they are."""
    none = Digests(np.empty((0, 0), np.uint8))
    return CodedDigests(np.broadcast_to(np.int32(-1), rows), none)


def numbered(*lists: Digests) -> tuple[list[Codes], int]:
    """Return a number for each digest of each list, from 0 on, and how many there are.

    The same digests have the same number, in whichever list; two are the same only if all their
    bytes are.
    """
    numbers, count = [np.empty(len(each), np.int32) for each in lists], 0
    for places in _parted(lists):
        raw = [each.raw[own] for each, own in zip(lists, places, strict=True)]
        made, different = _numbers(np.concatenate(raw))
        borders = np.cumsum([len(own) for own in places])[:-1]
        for each, own, some in zip(numbers, places, np.split(made, borders), strict=True):
            each[own] = some + count
        count += different
    return numbers, count


def _parted(lists: Sequence[Digests]) -> Iterator[list[Numbers]]:
    """Yield the places of digests that begin alike, so that few are sorted at the same time."""
    if sum(map(len, lists)) <= _AT_ONCE:
        yield [np.arange(len(each)) for each in lists]
        return
    beginnings = [each.raw[:, 0] & _BEGINNING for each in lists]
    for beginning in range(_BEGINNING + 1):
        yield [np.flatnonzero(own == beginning) for own in beginnings]


def _numbers(raw: npt.NDArray[np.uint8]) -> tuple[Numbers, int]:
    """Return a number for each digest, and how many there are, by sorting them."""
    words = _words(raw)
    order = np.argsort(words[0], kind="stable")
    starts = _starts([words[0][order]])
    if any(_differ_within(word[order], starts) for word in words[1:]):
        order = np.lexsort(words[::-1])  # digests whose first bytes are the same, and not the rest
        starts = _starts([word[order] for word in words])
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(starts) - 1
    return numbers, int(np.count_nonzero(starts))


def _words(raw: npt.NDArray[np.uint8]) -> list[npt.NDArray[np.uint64]]:
    """Return the bytes as whole numbers: the first eight of every digest, the next, and so on."""
    rows, size = raw.shape
    words = []
    for start in range(0, size, _WORD):
        filled = np.zeros((rows, _WORD), np.uint8)
        part = raw[:, start : start + _WORD]
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
