"""The distinct values of an array and how often they occur, at the least cost."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

_Number = TypeVar("_Number", bound=np.generic)


def distinct_values(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return each value once, in ascending order.

    `numpy.unique` loads numpy's masked arrays to do so, which takes longer than a small run.
    """
    ordered = np.sort(values)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def tally(codes: npt.NDArray[np.int8], size: int) -> list[int]:
    """Return how often each code from 0 up to, not including, `size` occurs.

    `numpy.bincount` would first make numbers of 64 bits of them.
    """
    return [int(np.count_nonzero(codes == code)) for code in range(size)]
