"""A KPI is split by a table, or by two, of which the second splits the parts."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from kpicli.catalog.kpis.parts import Parts, PartsField


class Declared(BaseModel):
    """A table that has a split."""

    parts: PartsField = None


def made(raw: object) -> Parts | None:
    """Return the split that a value of the settings declares."""
    return Declared.model_validate({"parts": raw}).parts


def test_the_second_table_splits_the_parts() -> None:
    """A list of one is that table; the columns stand level by level, and a month is none."""
    two = made([{"by": "line"}, {"by": "category", "values": ["不満"]}])
    assert two == Parts(by="line", within=Parts(by="category", values=("不満",)))
    assert two is not None
    assert two.columns == ("line", "category")
    assert made([{"by": "line"}]) == made({"by": "line"}) == Parts(by="line")
    assert Parts(by="month", within=Parts(by="line")).columns == ("line",)
    assert Parts(labels={}).columns == ()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "write one table or two"),
        ([{"by": "line"}] * 3, "write one table or two"),
        (["line", "category"], "write one table or two"),
        ({"by": "age", "bins": [0, 65]}, r'from = \{ bins = "age", edges = \[…\] \}'),
    ],
)
def test_what_is_no_split_is_refused(raw: Any, said: str) -> None:  # noqa: ANN401 - any TOML value
    """With the form that is meant."""
    with pytest.raises(ValidationError, match=said):
        made(raw)
