"""Words for periods are read as their days, or refused with what to type instead."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import PeriodError
from kpicli.model.periods import FiscalYear, Period
from support.periods import days, fiscals, parse


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
        ("先月", "2025-09", "2025-09-01", "2025-09-30"),
        ("今月", "2025-10", "2025-10-01", "2025-10-31"),
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
    assert caught.value.message.ja == "期間「{0}上」は読み取れません"
    assert caught.value.message.en == "the period '{0}上' is not understood"


def test_ambiguity_depends_on_the_fiscal_year() -> None:
    """Where the fiscal year is the calendar year, 2025年 and 2025上半期 mean one thing."""
    january = FiscalYear(starts=1)
    assert parse("2025年", january).dates == "2025-01-01..2025-12-31"
    assert parse("2025上半期", january).dates == "2025-01-01..2025-06-30"


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
