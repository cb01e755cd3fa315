"""What a column declares fits its type."""

from typing import Any

import pytest
from pydantic import ValidationError

from kpicli.catalog.sources.columns import Column


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"headers": ["x"], "type": "code"}, 'type "code" names its code table'),
        ({"headers": ["x"], "type": "text", "codes": "line"}, "others do not"),
        ({"headers": [], "type": "text"}, "at least 1 item"),
        ({"headers": ["x"], "type": "id", "order": "mdy"}, '"date" has an `order`'),
        ({"headers": ["x"], "type": "date", "order": "ymd"}, "'mdy' or 'dmy'"),
        ({"headers": ["x"], "type": "date", "blanks": 9}, "tuple"),
        ({"header": ["x"], "type": "text"}, "no key 'header' .did you mean 'headers'?"),
    ],
)
def test_what_cannot_be_is_refused(raw: dict[str, Any], said: str) -> None:
    """A slip in a declaration is told when it is read, in words of the declaration."""
    with pytest.raises(ValidationError, match=said):
        Column.model_validate(raw)
