"""The distinct values of arrays, the rows that have the same, and how often they occur."""

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

_MOST_GROUPS = 1 << 62
"""Numbers of groups that a whole number of 64 bits still holds."""
_TABLE = 1 << 16
"""Of so few possible groups a table is made, however few the rows are."""

_TOGETHER = 1 << 20
"""Up to so many rows are grouped at the same time; of more the numbers are parted"""
_RANGES = 16
"""into so many ranges."""
_AT_ONCE = 1 << 16
"""So many codes become numbers at the same time."""

_Rows = npt.NDArray[np.int64]
_Groups = npt.NDArray[np.int32]
_Number = TypeVar("_Number", bound=np.generic)

_DENSE = 8
"""Whole numbers of a range up to so many times their count are marked in it, not sorted."""


def distinct_values(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return each value once, in ascending order.

    `numpy.unique` loads numpy's masked arrays to do so, which takes longer than a small run. Codes
    and other whole numbers that lie close together are marked in one pass, a tenth of sorting them.
    """
    if values.dtype.kind == "i" and len(values):
        low = int(values.min())
        size = int(values.max()) - low + 1
        if size <= _DENSE * len(values):
            marks = np.zeros(size, np.bool_)
            marks[values.astype(np.int64, copy=False) - low] = True  # a small type might overflow
            return (np.flatnonzero(marks) + low).astype(values.dtype)
    ordered = np.sort(values)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def tally(codes: npt.NDArray[np.int8], size: int) -> list[int]:
    """Return how often each code from 0 up to, not including, `size` occurs.

    `numpy.bincount` would first make numbers of 64 bits of them.
    """
    return [int(np.count_nonzero(codes == code)) for code in range(size)]


def alike(
    columns: Sequence[tuple[npt.NDArray[np.signedinteger], int]], rows: int
) -> tuple[_Rows, _Groups]:
    """Return groups of rows that have the same codes: the first row of each, whose is whose.

    A column has codes from -1 up to, not including, its size. Rows are of one group only if all
    their codes are equal; without columns all rows are.
    """
    # whole numbers of 32 bits, wherever those hold all that there can be
    small = math.prod(own + 1 for _, own in columns) < 1 << 31
    kind: type[np.signedinteger] = np.int32 if small else np.int64
    numbers: npt.NDArray[np.signedinteger] = np.zeros(rows, kind)
    size = 1
    for codes, own in columns:
        if size * (own + 1) > _MOST_GROUPS:
            firsts, groups = _grouped(numbers, size)
            numbers, size = groups.astype(kind), len(firsts)
        # a digit of its own for each column: blank is 0, the values follow
        size *= own + 1
        numbers *= kind(own + 1)
        for start in range(0, rows, _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            numbers[some] += codes[some].astype(kind) + kind(1)
    return _grouped(numbers, size)


def _grouped(numbers: npt.NDArray[np.signedinteger], size: int) -> tuple[_Rows, _Groups]:
    """Return the first row of every number there is, in ascending order, and whose row is whose.

    Many are parted by ranges of the numbers: what sorting, or a table, takes beside them is a
    multiple of the rows that are looked at together.
    """
    if len(numbers) <= _TOGETHER:
        return _in_range(numbers, 0, size)
    groups, firsts, step = np.empty(len(numbers), np.int32), [], -(-size // _RANGES)
    count = 0
    for start in range(0, size, step):
        rows = np.flatnonzero((numbers >= start) & (numbers < start + step))
        own, codes = _in_range(numbers[rows], start, step)
        groups[rows] = codes + count
        firsts.append(rows[own])
        count += len(own)
    return np.concatenate(firsts), groups


def _in_range(
    numbers: npt.NDArray[np.signedinteger], start: int, size: int
) -> tuple[_Rows, _Groups]:
    """Return what `_grouped` does of numbers from `start` on, of which there may be `size`."""
    if size > max(_TABLE, 4 * len(numbers)):
        _, firsts, groups = np.unique(numbers, return_index=True, return_inverse=True)
        return firsts, groups.astype(np.int32)
    places = numbers.astype(np.int64) - start
    first_of, rows = np.full(size, -1, np.int32), np.arange(len(numbers), dtype=np.int32)
    first_of[places[::-1]] = rows[::-1]  # of several the last stays, so the first row
    there = first_of >= 0
    codes = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return first_of[there].astype(np.int64), codes[places]
