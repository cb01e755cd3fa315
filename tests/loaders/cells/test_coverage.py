from datetime import date

import pytest

from kpicli.loaders.cells.coverage import Coverage, merged, whole_months
from kpicli.model.periods import Period

HALF = Period.of("half", date(2025, 4, 1))


def span(start: str, end: str) -> tuple[date, date]:
    """Return two days of ISO form."""
    return date.fromisoformat(start), date.fromisoformat(end)


@pytest.mark.parametrize(
    ("spans", "covered"),
    [
        ([("2025-04-01", "2025-09-30")], "full"),
        ([("2020-01-01", "2030-12-31")], "full"),
        ([("2025-04-02", "2025-09-30")], "partial"),
        ([("2025-04-01", "2025-09-29")], "partial"),
        ([("2025-04-01", "2025-06-30"), ("2025-07-01", "2025-09-30")], "full"),
        ([("2025-04-01", "2025-06-30"), ("2025-07-02", "2025-09-30")], "partial"),
        ([("2025-09-30", "2025-12-31")], "partial"),
        ([("2025-10-01", "2025-12-31")], "none"),
        ([("2025-01-01", "2025-03-31")], "none"),
        ([], "none"),
    ],
)
def test_a_period_is_covered_to_the_day(spans: list[tuple[str, str]], covered: str) -> None:
    """Both ends of the period and of the spans are inclusive."""
    coverage = Coverage(merged(span(*each) for each in spans))
    assert coverage.of(HALF) == covered


def test_without_a_declaration_nothing_is_known_of_a_sparse_source() -> None:
    """Outside the declared spans of a sparse source the coverage is unknown, never none."""
    coverage = Coverage((span("2025-04-01", "2025-09-30"),), unknown=True)
    assert coverage.of(HALF) == "full"
    assert coverage.of(HALF.previous()) == "unknown"


def test_a_register_is_always_covered() -> None:
    """A register has no base date, and so no month that it lacks."""
    assert Coverage(always=True).of(HALF) == "always"
    assert Coverage(always=True).reaches_back(HALF, 6)


def test_spans_that_touch_or_overlap_are_one() -> None:
    """Merged spans are in order; a gap of a day keeps them apart."""
    spans = [
        span("2025-07-01", "2025-08-31"),
        span("2025-04-01", "2025-06-30"),
        span("2025-05-01", "2025-05-31"),
        span("2025-09-02", "2025-09-30"),
    ]
    assert merged(spans) == (span("2025-04-01", "2025-08-31"), span("2025-09-02", "2025-09-30"))


def test_undeclared_spans_are_whole_months() -> None:
    """From the first day of the first month to the last day of the last, in leap years too."""
    assert whole_months(date(2023, 12, 31), date(2024, 2, 1)) == span("2023-12-01", "2024-02-29")
    assert whole_months(date(2024, 4, 1), date(2025, 4, 1), 12) == span("2024-04-01", "2026-03-31")


@pytest.mark.parametrize(
    ("months", "begins", "start", "end", "answers"),
    [
        (0, (), "2025-04-02", "2025-04-03", True),
        (1, (4, 5), "2025-04-01", "2025-05-31", True),
        (1, (4, 5), "2025-04-01", "2025-05-30", False),
        (1, (4, 5), "2025-04-02", "2025-05-31", False),
        (12, (4,), "2025-04-01", "2026-03-31", True),
        (12, (4,), "2023-04-01", "2026-03-31", True),
        (12, (4,), "2025-04-01", "2025-09-30", False),
        (12, (4,), "2025-01-01", "2025-12-31", False),
        (12, (1, 4), "2025-04-01", "2026-03-31", False),
        (12, (), "2025-04-01", "2026-03-31", True),
    ],
)
def test_months_and_years_answer_for_whole_ones(
    months: int, begins: tuple[int, ...], start: str, end: str, answers: bool
) -> None:
    """A period that cuts one has no coverage, whatever days the exports hold."""
    coverage = Coverage(
        (span("2020-01-01", "2030-12-31"),), months_open=months, begins=frozenset(begins)
    )
    period = Period.between(*span(start, end))
    assert coverage.answers(period) is answers
    assert coverage.of(period) == ("full" if answers else "none")


def test_missing_months_are_those_not_covered_as_far_as_they_lie_in_the_period() -> None:
    """A month that the period holds in part needs to be covered in that part only."""
    coverage = Coverage((span("2025-04-15", "2025-08-15"),))
    assert [month.name for month in coverage.missing_months(HALF)] == [
        "2025-04",
        "2025-08",
        "2025-09",
    ]
    cut = Period.between(date(2025, 4, 15), date(2025, 8, 15))
    assert coverage.missing_months(cut) == ()


@pytest.mark.parametrize(
    ("start", "months", "reaches"),
    [
        ("2024-10-01", 6, True),
        ("2024-10-02", 6, False),
        ("2024-10-02", 5, True),
        ("2025-04-01", 6, False),
        ("2025-04-01", 0, True),
    ],
)
def test_reaching_back_takes_whole_months(start: str, months: int, reaches: bool) -> None:
    """Six months before April begin on 1 October."""
    coverage = Coverage((span(start, "2025-09-30"),))
    assert coverage.reaches_back(HALF, months) is reaches


def test_a_gap_before_the_period_is_no_reach() -> None:
    """Exports that leave out March do not reach back to October."""
    coverage = Coverage((span("2024-10-01", "2025-02-28"), span("2025-04-01", "2025-09-30")))
    assert not coverage.reaches_back(HALF, 6)
