"""Records as a data frame whose columns have their types, whatever they hold."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpicli.output.data.records import CellType, Records

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Mapping[CellType, str] = MappingProxyType(
    {"text": "str", "date": "datetime64[s]", "integer": "Int64", "number": "float64"}
)
"""The types of pandas that hold the cells of each type, and a blank."""


def records_frame(records: Records) -> "pd.DataFrame":
    """Return records as a data frame. A blank is NA (NaT for a date).

    A number is the float nearest to it.
    """
    import pandas as pd  # takes longer to load than small exports take to read

    return pd.DataFrame(
        {
            column.name: pd.Series([row[place] for row in records.rows], dtype=_DTYPES[column.type])
            for place, column in enumerate(records.columns)
        }
    )
