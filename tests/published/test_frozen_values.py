"""A value that is written down reads back to the last digit, and nothing else is a number."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kpicli.model.value import Status, Value
from kpicli.published.frozen_values import FrozenComponent, FrozenValue

whole = st.integers(0, 10**30)
exact = st.decimals(0, 10**20, places=6)
numbers = st.none() | whole | exact
fractions = st.none() | st.fractions(0, 10**9, max_denominator=10**6)


@given(numbers, numbers, numbers, st.sampled_from(Status), st.integers(0, 10**6), fractions)
def test_a_value_reads_back_as_it_was(
    number: int | Decimal | None,
    numerator: int | Decimal | None,
    denominator: int | Decimal | None,
    status: Status,
    faulty: int,
    unrounded: Fraction | None,
) -> None:
    """Through JSON, where decimals and fractions are text: equal, and of the same type."""
    value = Value(number, numerator, denominator, status, faulty, unrounded)
    written = FrozenValue.model_validate(FrozenValue.written(value)).model_dump_json()
    again = FrozenValue.model_validate_json(written).measured
    assert again == value
    for name in ("number", "numerator", "denominator"):
        assert type(getattr(again, name)) is type(getattr(value, name))


@pytest.mark.parametrize(
    "raw",
    [
        {"value": 1.5},
        {"value": "1e3"},
        {"value": True},
        {"value": "NaN"},
        {"value": 1, "unrounded": "1/0"},
        {"value": 1, "unrounded": 1},
        {"value": 1, "denominator": -1},
        {"value": 1, "faulty_rows": -1},
        {"value": 1, "colour": "red"},
    ],
)
def test_what_is_no_value_is_refused(raw: dict[str, object]) -> None:
    """Floats have lost digits, and a count of rows is never negative."""
    with pytest.raises(ValidationError):
        FrozenValue.model_validate({"status": "ok", **raw})


def test_a_component_is_known_before_it_was_rounded_and_scaled() -> None:
    """From its fraction, from what it was rounded from, else as it was shown."""

    def component(**fields: object) -> FrozenComponent:
        period = {"name": "2025H1", "start": "2025-04-01", "end": "2025-09-30"}
        of = {"kpi": "voices", "period": period, "status": "ok", "origin": {"kind": "computed"}}
        return FrozenComponent.model_validate({**of, **fields})

    assert component(value="37.0", numerator=10, denominator=27).exact == Fraction(1000, 27)
    assert component(value="4.3", unrounded="108/25").exact == Fraction(108, 25)
    assert component(value=12, scale=4).exact == 120_000
    assert component(value=None).exact is None
