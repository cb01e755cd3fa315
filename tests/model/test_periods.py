"""Periods: what they are called, which days they hold, and what lies before them."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.periods import FiscalYear, Period, SpanKind
from support.periods import days, fiscals, parse

DAY = timedelta(days=1)

kinds = st.sampled_from(["month", "quarter", "half", "year"])


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (
            "2025H1",
            "2025年度上期 (2025-04-01..2025-09-30)",
            "FY2025H1 (2025-04-01..2025-09-30)",
        ),
        (
            "2025H2",
            "2025年度下期 (2025-10-01..2026-03-31)",
            "FY2025H2 (2025-10-01..2026-03-31)",
        ),
        (
            "2025Q4",
            "2025年度第4四半期 (2026-01-01..2026-03-31)",
            "FY2025Q4 (2026-01-01..2026-03-31)",
        ),
        ("2025", "2025年度 (2025-04-01..2026-03-31)", "FY2025 (2025-04-01..2026-03-31)"),
        ("2025-09", "2025年9月 (2025-09-01..2025-09-30)", "2025-09 (2025-09-01..2025-09-30)"),
        (
            "2025-04..2025-06",
            "2025-04..2025-06 (2025-04-01..2025-06-30)",
            "2025-04..2025-06 (2025-04-01..2025-06-30)",
        ),
        ("2025-04-01..2025-06-15", "2025-04-01..2025-06-15", "2025-04-01..2025-06-15"),
    ],
)
def test_a_label_is_shown_with_its_dates(text: str, ja: str, en: str) -> None:
    """Whatever a period is called, its first and last day stand beside."""
    assert parse(text).described("ja") == ja
    assert parse(text).described("en") == en


@pytest.mark.parametrize(
    ("text", "previous", "year_ago"),
    [
        ("2025H1", "2024H2", "2024H1"),
        ("2025Q1", "2024Q4", "2024Q1"),
        ("2025-01", "2024-12", "2024-01"),
        ("2025-02", "2025-01", "2024-02"),
        ("2025", "2024", "2024"),
        ("2025-04..2025-06", "2025-01..2025-03", "2024-04..2024-06"),
        ("2025-02..2025-02", "2025-01..2025-01", "2024-02..2024-02"),
        ("2025-04-01..2025-06-15", "2025-01-15..2025-03-31", "2024-04-01..2024-06-15"),
        ("2024-02-29..2024-03-10", "2024-02-18..2024-02-28", "2023-02-28..2023-03-10"),
        ("2024-02-10..2024-02-29", "2024-01-21..2024-02-09", "2023-02-10..2023-02-28"),
        ("2025-02-10..2025-02-28", "2025-01-22..2025-02-09", "2024-02-10..2024-02-28"),
    ],
)
def test_the_period_before_and_the_year_before(text: str, previous: str, year_ago: str) -> None:
    """前期 is the span just before of equal kind, 前年同期 the same span one year earlier."""
    assert parse(text).previous().name == previous
    assert parse(text).year_ago().name == year_ago


def test_months_and_whole_spans_of_a_period() -> None:
    """Months are all those touched; other spans only those that lie entirely inside."""
    period = parse("2025-02-15..2026-03-31")
    assert [m.name for m in period.months()][:2] == ["2025-02", "2025-03"]
    assert len(period.months()) == 14
    assert period.spans("month")[0].name == "2025-03"
    assert [q.name for q in period.spans("quarter")] == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert [h.name for h in period.spans("half")] == ["2025H1", "2025H2"]
    assert [y.name for y in period.spans("year")] == ["2025"]
    assert parse("2025-09").spans("half") == ()


def test_both_ends_belong_to_the_period() -> None:
    """The first and the last day are in, their neighbours out."""
    period = parse("2025H1")
    assert period.contains(date(2025, 4, 1))
    assert period.contains(date(2025, 9, 30))
    assert not period.contains(date(2025, 3, 31))
    assert not period.contains(date(2025, 10, 1))


@given(first=days, length=st.integers(1, 900), kind=kinds, fiscal=fiscals)
def test_a_period_is_split_without_gap(
    first: date, length: int, kind: SpanKind, fiscal: FiscalYear
) -> None:
    """The months, quarters, halves or years of a period are its days, each once, in order."""
    period = Period.between(first, first + length * DAY, fiscal)
    parts = period.split(kind)
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(b.start == a.end + DAY for a, b in pairwise(parts))
    for part in parts:
        assert Period.of(kind, part.start, fiscal) == Period.of(kind, part.end, fiscal)
    assert all(part.kind == kind for part in parts[1:-1])


def test_whole_months_are_told_apart() -> None:
    """A period is made of whole months if both its ends are ends of months."""
    assert parse("2024-02-01..2024-02-29").is_whole_months
    assert not parse("2024-02-01..2024-02-28").is_whole_months


def test_a_range_cannot_be_reversed() -> None:
    """No period ends before it starts."""
    with pytest.raises(ValueError, match="before it starts"):
        Period.between(date(2025, 4, 2), date(2025, 4, 1))


@given(kinds, days, fiscals)
def test_a_name_reads_back(kind: SpanKind, day: date, fiscal: FiscalYear) -> None:
    """The canonical name of a span is read as the very same span."""
    period = Period.of(kind, day, fiscal)
    assert parse(period.name, fiscal) == period
    assert parse(period.described().split(" ")[0], fiscal) == period


@given(days, days, fiscals)
def test_the_name_of_a_range_reads_back(one: date, other: date, fiscal: FiscalYear) -> None:
    """The canonical name of a range is read as the very same range."""
    period = Period.between(min(one, other), max(one, other), fiscal)
    assert parse(period.name, fiscal) == period


@given(kinds, days, fiscals)
def test_spans_follow_one_another(kind: SpanKind, day: date, fiscal: FiscalYear) -> None:
    """The previous span ends on the eve; a year ago is as many spans back as a year has."""
    period = Period.of(kind, day, fiscal)
    assert period.previous().end + DAY == period.start
    assert period.previous().kind == kind
    back = period
    for _ in range({"month": 12, "quarter": 4, "half": 2, "year": 1}[kind]):
        back = back.previous()
    assert back == period.year_ago()


@given(days, days)
def test_the_range_before_ends_on_the_eve(one: date, other: date) -> None:
    """Before a range lies one of as many whole months, or else of as many days."""
    period = Period.between(min(one, other), max(one, other))
    before = period.previous()
    assert before.end + DAY == period.start
    if period.is_whole_months:
        assert len(before.months()) == len(period.months())
    else:
        assert before.end - before.start == period.end - period.start


def test_periods_are_light() -> None:
    """Importing periods loads no library of tables."""
    code = (
        "import sys, kpicli.model.periods; "
        "print([m for m in ('pandas','numpy','pyarrow','pydantic') if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert shown.stdout.strip() == "[]"


def test_the_period_compared_with() -> None:
    """A comparison names the period before, or the same one a year earlier."""
    half = parse("2025H1")
    assert half.compared_with("previous") == half.previous() == parse("2024H2")
    assert half.compared_with("year_ago") == half.year_ago() == parse("2024H1")
