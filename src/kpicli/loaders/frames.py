"""A dataset as a pandas data frame, for those who go on with pandas."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from kpicli.loaders.dataset import Coded, Dataset


def frame_of(dataset: "Dataset") -> pd.DataFrame:
    """Return the rows as a data frame: see `Dataset.frame`."""
    columns: dict[str, object] = {
        name: _categorical(coded, dataset.source.columns[name].type)
        for name, coded in dataset.columns.items()
    }
    columns["@file"] = dataset.file_numbers
    columns["@row"] = dataset.kept - dataset.firsts[dataset.file_numbers]
    return pd.DataFrame(columns)


def _categorical(coded: "Coded", kind: str) -> pd.Categorical:
    values = list(coded.values)
    categories: pd.Index
    if kind == "date":
        categories = pd.DatetimeIndex(np.array(values, dtype="datetime64[D]").astype("M8[s]"))
    else:
        categories = pd.Index(values, dtype=object if kind == "number" else "str")
    return pd.Categorical.from_codes(coded.codes, categories=categories)
