"""The distinct values of an array, at no cost but that of sorting it."""

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
