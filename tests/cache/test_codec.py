"""A summary comes back from JSON as it was."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kpicli.base.faults import CATALOGUE, Fault, Place
from kpicli.base.wording import Text, Unit
from kpicli.cache.codec import decoded, encoded
from kpicli.model.accounting import KpiAccounting, SourceAccounting
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.judgements import TargetJudgement, TargetStatus
from kpicli.model.periods import FiscalYear, Period
from kpicli.model.summary import InputFile, SourceReport, Summary
from kpicli.model.value import Status, Value
from kpicli.output.interface import Json

COUNTS = st.integers(0, 10**12)
WORDS = st.text(max_size=8)
NUMBERS = st.none() | COUNTS | st.decimals(allow_nan=False, allow_infinity=False)
FISCAL = st.builds(FiscalYear, st.integers(1, 12), st.sampled_from(["first", "last"]))
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
PERIODS = st.builds(
    Period.of, st.sampled_from(["month", "quarter", "half", "year"]), DAYS, FISCAL
) | st.builds(lambda a, b, fiscal: Period.between(min(a, b), max(a, b), fiscal), DAYS, DAYS, FISCAL)
MAYBE = st.none() | WORDS
VALUES = st.builds(
    Value,
    NUMBERS,
    st.none() | COUNTS,
    st.none() | COUNTS,
    st.sampled_from(Status),
    COUNTS,
)
TEXTS = st.builds(Text, WORDS, WORDS)
COMPARED = st.sampled_from(["previous", "year_ago"])
FIGURES = st.builds(
    Figure,
    WORDS,
    st.sampled_from(["total", "part", "rule", "memo"]),
    PERIODS,
    MAYBE,
    MAYBE,
    MAYBE,
    MAYBE,
    VALUES,
    st.lists(st.builds(Comparison, COMPARED, PERIODS, VALUES, NUMBERS), max_size=2).map(tuple),
    st.lists(
        st.builds(
            TargetJudgement,
            st.sampled_from(["at_least", "at_most", "equal"]),
            st.decimals(allow_nan=False, allow_infinity=False),
            st.sampled_from(["month", "quarter", "half", "year"]),
            st.sampled_from(TargetStatus),
            st.lists(PERIODS, max_size=2).map(tuple),
            st.lists(PERIODS, max_size=2).map(tuple),
            st.none() | VALUES,
        ),
        max_size=2,
    ).map(tuple),
)
PLACES = st.builds(Place, WORDS, MAYBE, st.none() | COUNTS, st.none() | COUNTS, MAYBE)
FAULTS = st.builds(
    Fault,
    st.sampled_from(list(CATALOGUE.values())),
    WORDS,
    PLACES,
    st.none(),
    COUNTS,
    st.none() | PLACES,
    WORDS | TEXTS,
)
ACCOUNTED = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS).map(
    lambda parts: SourceAccounting(sum(parts), *parts)
)
KPI_ACCOUNTED = st.builds(
    lambda kpi, counted, excluded, doubtful: KpiAccounting(
        kpi,
        "voices",
        counted + sum(rows for _, rows in excluded),
        doubtful,
        counted,
        0,
        0,
        0,
        tuple(excluded),
        doubtful,
    ),
    WORDS,
    COUNTS,
    st.lists(st.tuples(WORDS, COUNTS), max_size=2),
    COUNTS,
)
HEADS = st.builds(
    KpiHead,
    WORDS,
    TEXTS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.builds(Unit, WORDS, WORDS, WORDS),
    WORDS,
    COUNTS,
    st.booleans(),
    st.lists(TEXTS, max_size=2).map(tuple),
    note=st.none() | TEXTS,
    public=st.booleans(),
    better=st.sampled_from([None, "higher", "lower"]),
    labels=st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS, max_size=2), max_size=2),
)
SUMMARIES = st.builds(
    Summary,
    PERIODS,
    DAYS,
    MAYBE,
    st.lists(COMPARED, max_size=2).map(tuple),
    st.dictionaries(WORDS, HEADS, max_size=3),
    st.lists(FIGURES, max_size=3).map(tuple),
    st.lists(KPI_ACCOUNTED, max_size=2).map(tuple),
    st.lists(
        st.builds(SourceReport, WORDS, TEXTS, ACCOUNTED, st.lists(PERIODS, max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    st.lists(st.builds(InputFile, WORDS, WORDS, WORDS, MAYBE, MAYBE, ACCOUNTED), max_size=2).map(
        tuple
    ),
    st.lists(FAULTS, max_size=3).map(tuple),
    WORDS,
    WORDS,
)


def through_json(summary: Summary) -> Summary:
    """Return what a summary is after it has been text."""
    return decoded(Summary, json.loads(json.dumps(encoded(summary))))


@given(SUMMARIES)
def test_round_trip(summary: Summary) -> None:
    """Every summary comes back equal, its KPIs in their order and its numbers of their kind."""
    back = through_json(summary)
    assert back == summary
    assert list(back.kpis) == list(summary.kpis)
    for own, other in zip(summary.figures, back.figures, strict=True):
        assert repr(own.value) == repr(other.value)
        assert type(own.value.status) is type(other.value.status)


@given(SUMMARIES, FAULTS, WORDS)
def test_cells_are_left_out(summary: Summary, fault: Fault, cell: str) -> None:
    """The cell of a fault is not written down; all else of the fault is."""
    with_cell = replace(summary, faults=(replace(fault, value=f"secret{cell}"),))
    assert "secret" not in json.dumps(encoded(with_cell))
    assert through_json(with_cell).faults == (replace(fault, value=None),)


def test_decimals_keep_their_places() -> None:
    """70.60 stays 70.60: a trailing zero is part of what is shown."""
    value = Value(Decimal("70.60"), 1, 2, Status.OK, 0)
    figure = Figure("a", "total", Period.month_of(date(2025, 4, 1)), None, None, None, None, value)
    back = through_json(small(figure)).figures[0].value.number
    assert str(back) == "70.60"


def small(*figures: Figure) -> Summary:
    """Return a summary of just these figures."""
    period = Period.of("half", date(2025, 4, 1))
    return Summary(period, period.end, None, (), {}, figures, (), (), (), (), "hash", "0.1.0")


def broken(content: Json, place: tuple[int, ...], value: object) -> Json:
    """Return JSON content with another value at a place."""
    if not place:
        return value  # type: ignore[return-value]  # what must be refused, too
    assert isinstance(content, list)
    first, *rest = place
    changed = broken(content[first], tuple(rest), value)
    return [*content[:first], changed, *content[first + 1 :]]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((), None),
        ((), []),
        ((), {}),
        ((0,), ["2025-04-01"]),
        ((0, 0), "2025-04-31"),
        ((0, 0), 5),
        ((0, 2), "decade"),
        ((1,), None),
        ((2,), 7),
        ((3,), ["next"]),
        ((4,), []),
        ((4,), {"a": None}),
        ((5,), [[]]),
        ((9,), [["D000", "voices", ["a", None, None, None, None], None, 1, None, ""]]),
        ((7,), [["voices", "声", [3, 1, 0, 0, 0, 0], []]]),
        ((11,), True),
    ],
)
def test_what_is_no_summary(place: tuple[int, ...], value: object) -> None:
    """Whatever does not fit the declared types, or does not add up, is refused."""
    content = json.loads(json.dumps(encoded(small())))
    assert decoded(Summary, content) == small()
    with pytest.raises(ValueError, match="no Summary"):
        decoded(Summary, broken(content, place, value))


def test_only_plain_values() -> None:
    """A value of a foreign type is refused, not written down as something else."""
    with pytest.raises(TypeError):
        encoded(replace(small(), version=1.5))
