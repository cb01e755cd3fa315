"""Targets: one bound, over spans that begin and end."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from kpicli.catalog.targets import Target


@pytest.mark.parametrize("direction", ["at_least", "at_most", "equal"])
def test_a_target_is_one_bound(direction: str) -> None:
    """Its direction and its bound, zero too; two bounds or none are refused."""
    raw: dict[str, Any] = {direction: 0, "per": "half"}
    target = Target(**raw)
    assert (target.direction, target.bound) == (direction, Decimal(0))
    for wrong in ({"per": "half"}, {"at_least": 1, "equal": 1, "per": "half"}):
        with pytest.raises(ValidationError, match="exactly one of"):
            Target.model_validate(wrong)
