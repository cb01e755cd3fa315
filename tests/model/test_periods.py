import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import PeriodError
from kpicli.model.periods import FiscalYear, Period, SpanKind

TODAY = date(2025, 10, 5)
DAY = timedelta(days=1)
DECEMBER = FiscalYear(starts=12, named_by="last")

kinds = st.sampled_from(["month", "quarter", "half", "year"])
fiscals = st.builds(FiscalYear, st.integers(1, 12), st.sampled_from(["first", "last"]))
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


def parse(text: str, fiscal: FiscalYear | None = None) -> Period:
    """Return what `text` means on 2025-10-05."""
    return Period.parse(text, fiscal=fiscal or FiscalYear(), today=TODAY)


def hint_of(text: str, fiscal: FiscalYear | None = None) -> str:
    """Return the English hint with which `text` is refused."""
    with pytest.raises(PeriodError) as caught:
        parse(text, fiscal)
    assert caught.value.hint is not None
    caught.value.hint.ja.encode("cp932")
    return caught.value.hint.en


@pytest.mark.parametrize(
    ("text", "name", "start", "end"),
    [
        ("2025H1", "2025H1", "2025-04-01", "2025-09-30"),
        ("2025-H1", "2025H1", "2025-04-01", "2025-09-30"),
        ("FY2025H1", "2025H1", "2025-04-01", "2025-09-30"),
        ("fy2025-h2", "2025H2", "2025-10-01", "2026-03-31"),
        ("２０２５Ｈ１", "2025H1", "2025-04-01", "2025-09-30"),
        ("2025年度上期", "2025H1", "2025-04-01", "2025-09-30"),
        ("2025年度 下期", "2025H2", "2025-10-01", "2026-03-31"),
        ("２０２５年度上半期", "2025H1", "2025-04-01", "2025-09-30"),
        ("FY2025上半期", "2025H1", "2025-04-01", "2025-09-30"),
        ("2025上期", "2025H1", "2025-04-01", "2025-09-30"),
        ("25上", "2025H1", "2025-04-01", "2025-09-30"),
        ("24下期", "2024H2", "2024-10-01", "2025-03-31"),
        ("令和7年度上期", "2025H1", "2025-04-01", "2025-09-30"),
        ("㋿7年度上期", "2025H1", "2025-04-01", "2025-09-30"),
        ("R7上", "2025H1", "2025-04-01", "2025-09-30"),
        ("令和元年度上期", "2019H1", "2019-04-01", "2019-09-30"),
        ("平成31年度下期", "2019H2", "2019-10-01", "2020-03-31"),
        ("2025Q2", "2025Q2", "2025-07-01", "2025-09-30"),
        ("2025年度第2四半期", "2025Q2", "2025-07-01", "2025-09-30"),
        ("2025年度第四四半期", "2025Q4", "2026-01-01", "2026-03-31"),
        ("2025年度3Q", "2025Q3", "2025-10-01", "2025-12-31"),
        ("2025-09", "2025-09", "2025-09-01", "2025-09-30"),
        ("2025/9", "2025-09", "2025-09-01", "2025-09-30"),
        ("2025年9月", "2025-09", "2025-09-01", "2025-09-30"),
        ("令和7年9月", "2025-09", "2025-09-01", "2025-09-30"),
        ("平成31年4月", "2019-04", "2019-04-01", "2019-04-30"),
        ("令和元年5月", "2019-05", "2019-05-01", "2019-05-31"),
        ("2025-1", "2025-01", "2025-01-01", "2025-01-31"),
        ("2025", "2025", "2025-04-01", "2026-03-31"),
        ("2025年度", "2025", "2025-04-01", "2026-03-31"),
        ("FY2025", "2025", "2025-04-01", "2026-03-31"),
        ("2025-04-01..2025-06-15", "2025-04-01..2025-06-15", "2025-04-01", "2025-06-15"),
        ("2025/4/1～令和7年6月15日", "2025-04-01..2025-06-15", "2025-04-01", "2025-06-15"),
        ("2025-04..2025-06", "2025-04..2025-06", "2025-04-01", "2025-06-30"),
        ("2025-04-01..2025-06-30", "2025-04..2025-06", "2025-04-01", "2025-06-30"),
        ("last-month", "2025-09", "2025-09-01", "2025-09-30"),
        ("THIS-MONTH", "2025-10", "2025-10-01", "2025-10-31"),
        ("last-quarter", "2025Q2", "2025-07-01", "2025-09-30"),
        ("this-quarter", "2025Q3", "2025-10-01", "2025-12-31"),
        ("last-half", "2025H1", "2025-04-01", "2025-09-30"),
        ("this-half", "2025H2", "2025-10-01", "2026-03-31"),
        ("last-year", "2024", "2024-04-01", "2025-03-31"),
        ("this-year", "2025", "2025-04-01", "2026-03-31"),
    ],
)
def test_every_accepted_word(text: str, name: str, start: str, end: str) -> None:
    """Each word for a period has one canonical name and one first and last day."""
    period = parse(text)
    assert (period.name, str(period.start), str(period.end)) == (name, start, end)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (
            "上期",
            "write 2025H1 (2025-04-01..2025-09-30) or 2024H1 (2024-04-01..2024-09-30)",
        ),
        (
            "38期上",
            "write 2025H1 (2025-04-01..2025-09-30) or 2024H1 (2024-04-01..2024-09-30)",
        ),
        (
            "H2",
            "write 2025H2 (2025-10-01..2026-03-31) or 2024H2 (2024-10-01..2025-03-31)",
        ),
        (
            "11月",
            "write 2024-11 (2024-11-01..2024-11-30) or 2023-11 (2023-11-01..2023-11-30)",
        ),
        (
            "2025上半期",
            "write 2025H1 (2025-04-01..2025-09-30) or 2025-01..2025-06 (2025-01-01..2025-06-30)",
        ),
        (
            "2025年上期",
            "write 2025H1 (2025-04-01..2025-09-30) or 2025-01..2025-06 (2025-01-01..2025-06-30)",
        ),
        (
            "2025第2四半期",
            "write 2025Q2 (2025-07-01..2025-09-30) or 2025-04..2025-06 (2025-04-01..2025-06-30)",
        ),
        (
            "2025年",
            "write 2025 (2025-04-01..2026-03-31) or 2025-01..2025-12 (2025-01-01..2025-12-31)",
        ),
        (
            "07上",
            "write 2007H1 (2007-04-01..2007-09-30) or 2025H1 (2025-04-01..2025-09-30)"
            " or 1995H1 (1995-04-01..1995-09-30)",
        ),
        ("2025-06..2025-04", "write 2025-04..2025-06 (2025-04-01..2025-06-30)"),
        ("2025-06-15..2025-04-01", "write 2025-04-01..2025-06-15"),
    ],
)
def test_what_could_mean_two_things_names_the_candidates(text: str, hint: str) -> None:
    """An ambiguous word is refused, and the hint says what to type instead, with dates."""
    assert hint_of(text) == hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "　",
        "25",
        "202509",
        "2025-13",
        "2025-00",
        "13月",
        "2025-04-01",
        "2025-02-30..2025-03-01",
        "2025-04..2025-06-15",
        "2025-04-01 9:00..2025-04-02 9:00",
        "2025..2026",
        "2025-04..",
        "2025-04..2025-05..2025-06",
        "2025H3",
        "2025Q5",
        "20251Q",
        "FY2025-02",
        "99上",
        "平成35年度",
        "令和35年度",
        "昭和64年度",
        "令和0年度上期",
        "平成31年5月",
        "令和元年4月",
        "令和元年4月..令和元年6月",
        "0000",
        "9999H1",
        "前期",
        "38期",
        "next-month",
        "\x1b[31m{x}",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms(text: str) -> None:
    """Anything else is refused, and the hint shows the forms that are understood."""
    assert hint_of(text).startswith("write 2025H1, 2025Q2, 2025-09")


def test_messages_show_the_word_without_control_signs() -> None:
    """What was typed is told back, but it cannot paint the terminal."""
    with pytest.raises(PeriodError) as caught:
        parse("\x1b{0}上")
    assert caught.value.message.ja == "期間「?{0}上」は読み取れません"
    assert caught.value.message.en == "the period '?{0}上' is not understood"


def test_ambiguity_depends_on_the_fiscal_year() -> None:
    """Where the fiscal year is the calendar year, 2025年 and 2025上半期 mean one thing."""
    january = FiscalYear(starts=1)
    assert parse("2025年", january).dates == "2025-01-01..2025-12-31"
    assert parse("2025上半期", january).dates == "2025-01-01..2025-06-30"


@pytest.mark.parametrize(
    ("fiscal", "text", "dates"),
    [
        (DECEMBER, "2025", "2024-12-01..2025-11-30"),
        (DECEMBER, "2025H1", "2024-12-01..2025-05-31"),
        (DECEMBER, "2025Q4", "2025-09-01..2025-11-30"),
        (FiscalYear(12), "2025H2", "2026-06-01..2026-11-30"),
        (FiscalYear(10, "last"), "2025H1", "2024-10-01..2025-03-31"),
        (FiscalYear(10, "first"), "2025H1", "2025-10-01..2026-03-31"),
        (FiscalYear(9, "last"), "2025Q1", "2024-09-01..2024-11-30"),
        (FiscalYear(9, "last"), "2025", "2024-09-01..2025-08-31"),
        (FiscalYear(1, "first"), "2025H2", "2025-07-01..2025-12-31"),
        (FiscalYear(1, "last"), "2025H2", "2025-07-01..2025-12-31"),
        (FiscalYear(4, "last"), "2025H1", "2024-04-01..2024-09-30"),
        (DECEMBER, "2025-12", "2025-12-01..2025-12-31"),
        (DECEMBER, "last-year", "2023-12-01..2024-11-30"),
        (DECEMBER, "last-half", "2024-12-01..2025-05-31"),
    ],
)
def test_fiscal_years_of_other_agencies(fiscal: FiscalYear, text: str, dates: str) -> None:
    """A fiscal year begins in any month and is named after its first or its last year."""
    assert parse(text, fiscal).dates == dates


@pytest.mark.parametrize("starts", [0, 13])
def test_a_fiscal_year_starts_in_a_month(starts: int) -> None:
    """There is no month 0 or 13."""
    with pytest.raises(ValueError, match="month 1 to 12"):
        FiscalYear(starts)


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


def test_whole_months_are_told_apart() -> None:
    """A period is made of whole months if both its ends are ends of months."""
    assert parse("2024-02-01..2024-02-29").is_whole_months
    assert not parse("2024-02-01..2024-02-28").is_whole_months


def test_a_range_cannot_be_reversed() -> None:
    """No period ends before it starts."""
    with pytest.raises(ValueError, match="before it starts"):
        Period.between(date(2025, 4, 2), date(2025, 4, 1))


@given(days, fiscals)
def test_every_month_lies_in_one_half_one_quarter_and_one_year(
    day: date, fiscal: FiscalYear
) -> None:
    """A span of each kind holds the whole month; its halves, quarters and months tile the year."""
    month = Period.month_of(day, fiscal)
    year = Period.of("year", day, fiscal)
    lengths: dict[SpanKind, int] = {"year": 1, "half": 2, "quarter": 4, "month": 12}
    for kind, count in lengths.items():
        spans = year.spans(kind)
        assert len(spans) == count
        assert (spans[0].start, spans[-1].end) == (year.start, year.end)
        assert all(b.start == a.end + DAY for a, b in pairwise(spans))
        holding = [s for s in spans if s.start <= month.start and month.end <= s.end]
        assert holding == [Period.of(kind, day, fiscal)]


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


_WORDS = (
    *"0123456789-/~ 年月上下期第元R",
    *("2025", "FY", "年度", "半期", "四半期", "Q2", "H1", "令和", "平成", "..", "last-", "half"),
    *("2025-04-01", "2025-06"),
)


def _read(text: str, fiscal: FiscalYear, today: date) -> Period | PeriodError:
    try:
        return Period.parse(text, fiscal=fiscal, today=today)
    except PeriodError as error:
        return error


@given(st.text() | st.lists(st.sampled_from(_WORDS), max_size=7).map("".join), fiscals, days)
def test_any_text_is_a_period_or_a_period_error(text: str, fiscal: FiscalYear, today: date) -> None:
    """Reading a period fails in one way only, always with a hint that cp932 can carry."""
    found = _read(text, fiscal, today)
    if isinstance(found, Period):
        assert _read(found.name, fiscal, today) == found
    else:
        assert found.hint is not None
        assert (found.hint.ja + found.hint.en).encode("cp932")


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
