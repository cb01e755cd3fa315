"""What a code table declares: its values, and nothing that is not among them."""

from typing import Any

import pytest
from pydantic import ValidationError

from kpicli.catalog.sources.code_tables import CodeTable


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({}, "a closed code table needs values"),
        ({"values": {"a": []}, "excluded": ["b"]}, "'b' is not among the values"),
        (
            {"values": {"a": []}, "numerals": [{"meanings": {"①": "b"}}]},
            "'b' is not among the values",
        ),
    ],
)
def test_what_cannot_be_is_refused(raw: dict[str, Any], said: str) -> None:
    """A slip in a declaration is told when it is read, in words of the declaration."""
    with pytest.raises(ValidationError, match=said):
        CodeTable.model_validate(raw)


def test_an_open_table_needs_no_values() -> None:
    """It takes any value, and merges only the synonyms that are listed."""
    assert CodeTable(open=True).values == {}
