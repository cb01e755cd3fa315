"""Coded columns as a pandas data frame, for those who go on with pandas."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.signedinteger]


def frame_of(
    columns: Mapping[str, tuple[Codes, Sequence[object], str]],
    files: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64],
) -> pd.DataFrame:
    """Return columns, given as codes, values and type, as categories, with `@file` and `@row`."""
    frame: dict[str, object] = {
        name: _categorical(codes, values, kind) for name, (codes, values, kind) in columns.items()
    }
    return pd.DataFrame({**frame, "@file": files, "@row": rows})


def _categorical(codes: Codes, values: Sequence[object], kind: str) -> pd.Categorical:
    categories: pd.Index
    if kind == "date":
        days = np.array(list(values), dtype="datetime64[D]")
        categories = pd.DatetimeIndex(days.astype("M8[s]"))
    else:
        categories = pd.Index(list(values), dtype=object if kind == "number" else "str")
    return pd.Categorical.from_codes(codes, categories=categories)
