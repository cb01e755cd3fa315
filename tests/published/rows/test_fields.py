"""Fields that hold rows: each error names its row, and rows are written as lists or as numbers."""

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from kpicli.published.rows.fields import APART, RowsOfFigures, RowsOfSource, States


class Held(BaseModel):
    """What a record says of rows."""

    columns: tuple[str, ...]
    rows: RowsOfFigures
    states: States


RAW = {
    "columns": ["line"],
    "rows": [[0, [0, 1], ["生保"], True, "ab" * 12], [2, [], [None], False, None]],
    "states": "cnc",
}


def test_rows_are_written_as_they_are_read() -> None:
    """As lists; in a record whose rows stand apart, as numbers: of rows, and of each letter."""
    held = Held.model_validate(RAW)
    assert held.model_dump(mode="json") == RAW
    apart = {**RAW, "rows": 2, "states": {"c": 2, "n": 1}}
    assert held.model_dump(mode="json", context=APART) == apart
    assert Held.model_validate({**RAW, "rows": held.rows}).rows is held.rows


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ([0, [0], ["生保", "x"], True, None], ("rows",)),
        ([-1, [0], ["生保"], True, None], ("rows", 0, 0)),
        ([0, [0], ["生保"], True, "ab"], ("rows", 0, 4)),
        ([0, [-1], ["生保"], True, None], ("rows", 0, 1, 0)),
    ],
)
def test_a_row_that_cannot_be(row: list[Any], place: tuple[object, ...]) -> None:
    """Its place in the list is told, and which of its fields is wrong."""
    with pytest.raises(ValidationError) as error:
        Held.model_validate({**RAW, "rows": [row]})
    assert error.value.errors()[0]["loc"] == place


def test_digests_of_another_size() -> None:
    """The key of a row has 24 letters, its cells have 12."""
    fields: TypeAdapter[Any] = TypeAdapter(RowsOfSource)
    assert len(fields.validate_python([("ab" * 12, 0, "cd" * 6)])) == 1
    with pytest.raises(ValidationError):
        fields.validate_python([("ab" * 11, 0, "cd" * 6)])
