"""What a target asks for, in words."""

from datetime import date
from decimal import Decimal

import pytest

from kpicli.base.wording import Text
from kpicli.catalog.targets import Target
from kpicli.catalog.texts import parse_unit
from kpicli.model.bounds import bound_words


@pytest.mark.parametrize(
    ("target", "unit", "ja", "en"),
    [
        (
            Target(at_least=Decimal(2), per="half"),
            "回",
            "半期に2回以上",
            "at least 2 times a half-year",
        ),
        (Target(at_least=Decimal(1), per="month"), "回", "月に1回以上", "at least 1 time a month"),
        (
            Target(at_most=Decimal(1200), per="year"),
            "件",
            "年度に1,200件以下",
            "at most 1,200 cases a year",
        ),
        (Target(equal=Decimal(0), per="quarter"), "件", "四半期に0件", "exactly 0 cases a quarter"),
        (
            Target(at_least=Decimal("1E+2"), per="half"),
            "",
            "半期に100以上",
            "at least 100 a half-year",
        ),
    ],
)
def test_a_count_in_a_span(target: Target, unit: str, ja: str, en: str) -> None:
    """With its unit, one of them no plural, and thousands apart."""
    assert bound_words(target, parse_unit(unit), percentage=False) == Text(ja, en)


def test_a_rate_of_every_span() -> None:
    """In percent; the unit is that of its counts and does not belong to it."""
    target = Target(at_least=Decimal("99.5"), per="month", since=date(2025, 4, 1))
    words = bound_words(target, parse_unit("名"), percentage=True)
    assert words == Text("月ごとに99.5%以上", "at least 99.5% every month")
