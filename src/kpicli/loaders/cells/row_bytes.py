"""Texts kept as bytes, decoded when they are asked for: of every row its own, or many ids."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

import numpy as np
import numpy.typing as npt

from kpicli.values.distinct_values import distinct_values


@dataclass(frozen=True, slots=True)  # no Struct can be a Sequence of the standard library
class RowBytes(Sequence[str]):
    """Row `i` holds `data[offsets[i]:offsets[i + 1]]`, in `codec`; the first offset is 0."""

    data: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]
    codec: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> "RowBytes":
        """Return texts as UTF-8; a lone surrogate as its three bytes, which nothing else has."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        offsets = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(text) for text in encoded], out=offsets[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), offsets, "utf-8")

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        start, stop = self.offsets[index], self.offsets[index + 1]
        return str(self.data[start:stop].tobytes(), self.codec)

    def __iter__(self) -> Iterator[str]:
        data, borders = self.data.tobytes(), self.offsets.tolist()
        if data.isascii():  # then the places of bytes are those of signs
            whole = data.decode("ascii")
            yield from (whole[start:stop] for start, stop in pairwise(borders))
            return
        for start, stop in pairwise(borders):
            yield str(data[start:stop], self.codec)

    def rows_of(self, word: bytes) -> list[int]:
        """Return the rows whose text is this word; none for the empty one."""
        rows = np.flatnonzero(np.diff(self.offsets) == len(word))
        if not len(word) or not len(rows):
            return []
        texts = self.data[self.offsets[rows][:, None] + np.arange(len(word))]
        equal = (texts == np.frombuffer(word, np.uint8)).all(axis=1)
        return rows[equal].tolist()  # type: ignore[no-any-return] # numpy's lists are untyped

    def holding(self, characters: str) -> list[int]:
        """Return the rows that may hold one of the characters; no other row has any.

        In cp932 the bytes of a character may also be the end of one and the start of the next.
        """
        data = self.data.tobytes()
        places: list[int] = []
        for character in characters:
            sought = character.encode(self.codec, "ignore")  # cp932 has no U+FFFD: no row holds it
            if sought and sought in data:  # one word is found far sooner than a pattern
                places += [match.start() for match in re.finditer(re.escape(sought), data)]
        # Offsets [0, 4, 4, 9] and the byte at 4: row 1 is empty, and "right" gives row 2.
        rows = np.searchsorted(self.offsets, sorted(places), side="right") - 1
        return distinct_values(rows).tolist()  # type: ignore[no-any-return] # numpy's are untyped


class DistinctBytes(RowBytes):
    """Texts of which none stands there twice, such as the many distinct cells of an id column."""

    __slots__ = ()

    def are_made_of(self, signs: bytes) -> bool:
        """Return whether all texts are made of some signs of ASCII, and none is empty."""
        filled = bool((np.diff(self.offsets) > 0).all())
        return filled and not self.data.tobytes().translate(None, signs)

    def beginning(self, signs: str) -> Iterator[tuple[int, str]]:
        """Yield those that begin with one of some signs of ASCII, each with its place.

        All texts are of ASCII, and none is empty.
        """
        firsts = np.isin(self.data[self.offsets[:-1]], [*signs.encode("ascii", "ignore")])
        for place in np.flatnonzero(firsts).tolist():
            yield place, self[place]
