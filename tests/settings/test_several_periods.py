"""Several periods beside each other: which they are, and what is refused."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import KpicliError, PeriodError, UsageError
from kpicli.model.periods import APRIL, Period
from kpicli.settings.several_periods import MOST, parse_periods, split_words

TODAY = date(2025, 11, 1)


def parsed(period: str, trend: int | str | None = None) -> tuple[str, list[str]]:
    """Return the names of the own period and of those that stand beside each other."""
    own, periods = parse_periods(split_words(period), trend, "--trend", APRIL, TODAY)
    return own.name, [each.name for each in periods]


@pytest.mark.parametrize(
    ("period", "trend", "names"),
    [
        ("2025H1", 5, ["2023H1", "2023H2", "2024H1", "2024H2", "2025H1"]),
        ("2025H1", "５", ["2023H1", "2023H2", "2024H1", "2024H2", "2025H1"]),
        ("2025-02", 3, ["2024-12", "2025-01", "2025-02"]),
        ("2025", 1, ["2025"]),
        ("2025-04..2025-06", 2, ["2025-01..2025-03", "2025-04..2025-06"]),
        ("2023,2024,2025", None, ["2023", "2024", "2025"]),
        ("令和7年度、2023，FY2024", None, ["2023", "2024", "2025"]),
        ("2025H1,2023H1", None, ["2023H1", "2025H1"]),
        ("2025-01,2025-02", None, ["2025-01", "2025-02"]),
        ("2025-01-01..2025-01-10,2025-02-01..2025-02-10", None, None),
        ("2025H1", None, []),
    ],
)
def test_the_periods(period: str, trend: int | str | None, names: list[str] | None) -> None:
    """They come oldest first, in whatever spelling and order; the last one is the own period."""
    own, found = parsed(period, trend)
    assert found == (period.split(",") if names is None else names)
    assert own == (found[-1] if found else period)


@pytest.mark.parametrize(
    ("period", "trend", "error", "ja", "en"),
    [
        ("2025H1", 0, UsageError, "--trend は 1 以上の整数です", "a whole number from 1"),
        ("2025H1", -3, UsageError, "--trend は 1 以上の整数です", "a whole number from 1"),
        ("2025H1", "five", UsageError, "--trend は 1 以上の整数です", "a whole number from 1"),
        ("2025H1", MOST + 1, UsageError, "並べられる期間は 60 まで", "61 periods are too many"),
        ("2023,2024", 2, UsageError, "--trend を付けられません", "--trend goes with one period"),
        ("2024,2025H1", None, PeriodError, "長さの違う期間", "periods of different length: 2024"),
        ("2025-01..2025-02,2025-03", None, PeriodError, "長さの違う期間", "different length"),
        ("2025,令和7年度", None, PeriodError, "同じ期間が二度", "2025 is named twice"),
        ("2025-01..2025-02,2025-02..2025-03", None, PeriodError, "重なって", "periods overlap"),
        ("2024,,2025", None, PeriodError, "空の名前", "a period has no name"),
        ("2024,next", None, PeriodError, "「next」", "'next' is not understood"),
    ],
)
def test_what_is_refused(
    period: str, trend: int | str | None, error: type[KpicliError], ja: str, en: str
) -> None:
    """Each refusal says in both languages what is wrong, and what to write."""
    with pytest.raises(error) as raised:
        parsed(period, trend)
    assert ja in raised.value.message.ja
    assert en in raised.value.message.en
    assert raised.value.hint is not None


def test_numbers_of_other_types() -> None:
    """A number is an int, periods are texts or periods."""
    with pytest.raises(TypeError, match="not bool"):
        parse_periods("2025H1", True, "trend", APRIL, TODAY)
    with pytest.raises(TypeError, match="not float"):
        parse_periods("2025H1", 2.0, "trend", APRIL, TODAY)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="period must be"):
        parse_periods(2025, None, "trend", APRIL, TODAY)  # type: ignore[arg-type]


@given(
    kind=st.sampled_from(["month", "quarter", "half", "year"]),
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    number=st.integers(1, MOST),
)
def test_a_trend_goes_back_without_gap(kind: str, day: date, number: int) -> None:
    """As many periods of one kind as asked for, each ending on the eve of the next."""
    own = Period.of(kind, day)  # type: ignore[arg-type]
    periods = parse_periods(own, number, "--trend", APRIL, TODAY)[1]
    assert len(periods) == number
    assert periods[-1] == own
    assert [p.kind for p in periods] == [kind] * number
    for before, after in pairwise(periods):
        assert before == after.previous()
        assert before.is_as_long_as(after)
