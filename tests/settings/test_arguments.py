"""What is asked for: understood, or refused in a sentence, and never taken for something else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import PeriodError, UsageError
from kpicli.model.periods import APRIL, FiscalYear, Period
from kpicli.settings.arguments import (
    check_type,
    parse_comparisons,
    parse_day,
    parse_names,
    parse_period,
)

TODAY = date(2025, 11, 1)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (None, ()),
        ((), ()),
        ([], ()),
        ("voices", ("voices",)),
        ("voices, navi_uses", ("voices", "navi_uses")),
        (["voices", "navi_uses"], ("voices", "navi_uses")),
        (("b,a", "a", "b "), ("b", "a")),
        ("voices,", ("voices",)),
        ({"voices": 1}, ("voices",)),
    ],
    ids=str,
)
def test_names(values: str | Iterable[str] | None, names: tuple[str, ...]) -> None:
    """A text is one name or several joined by commas, and so is each of several texts."""
    assert parse_names(values, "kpis") == names
    if not isinstance(values, str):
        assert parse_names(iter(values or ()), "kpis") == names


@pytest.mark.parametrize("values", ["", " ", ",", [""], ["voices", " , "]], ids=repr)
def test_a_blank_name_is_refused(values: str | list[str]) -> None:
    """A text without a name (a variable of a shell that is not set) does not stand for none."""
    with pytest.raises(UsageError, match=r"^kpis holds a blank name") as caught:
        parse_names(values, "kpis")
    assert caught.value.message.ja == "kpis に空の名前があります"


@pytest.mark.parametrize("values", [0, False, 3, b"voices", [3], [["voices"]], [None]], ids=repr)
def test_names_are_texts(values: object) -> None:
    """Numbers, bytes and lists in lists are no names."""
    with pytest.raises(TypeError, match=r"^kpis must be a name or several names \(str\), not "):
        parse_names(values, "kpis")  # type: ignore[arg-type]


@given(st.lists(st.text("ab_", min_size=1), unique=True, max_size=5))
def test_joined_names_are_the_listed_ones(names: list[str]) -> None:
    """Whether names are listed or joined by commas makes no difference."""
    assert parse_names(names, "kpis") == tuple(names)
    assert not names or parse_names(",".join(names), "kpis") == tuple(names)


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        (None, ()),
        ((), ()),
        ("previous", ("previous",)),
        (("year-ago",), ("year_ago",)),
        (["year_ago"], ("year_ago",)),
        ("last-year", ("year_ago",)),
        (["year-ago", "previous", "last-year"], ("previous", "year_ago")),
    ],
)
def test_comparisons(values: str | Iterable[str] | None, kinds: tuple[str, ...]) -> None:
    """The spellings of the command line and of Python name the same; previous comes first."""
    assert parse_comparisons(values, "compare") == kinds


def test_an_unknown_comparison() -> None:
    """What is no comparison is refused with those that there are."""
    with pytest.raises(UsageError, match=r"^compare knows no 'next'") as caught:
        parse_comparisons(["previous", "next"], "compare")
    assert caught.value.hint is not None
    assert caught.value.hint.en == "there are: previous, year-ago, last-year"


def test_days() -> None:
    """A day is a date, or a text in any form that the exports may use; the zone cuts a stamp."""
    assert parse_day(None, "as_of", TOKYO) is None
    assert parse_day(date(2025, 9, 30), "as_of", TOKYO) == date(2025, 9, 30)
    for text in ("2025-09-30", "2025/9/30", "令和7年9月30日", "2025-09-29T15:00:00Z"):
        assert parse_day(text, "as_of", TOKYO) == date(2025, 9, 30)


@pytest.mark.parametrize("text", ["", "yesterday", "2025-09-31", "2025-09"])
def test_no_day(text: str) -> None:
    """A text that is no date is refused with the form to write."""
    with pytest.raises(UsageError, match=r"^as_of is no date") as caught:
        parse_day(text, "as_of", TOKYO)
    assert caught.value.hint is not None
    assert parse_day(caught.value.hint.en.removeprefix("write it as "), "as_of", TOKYO)


def test_a_time_is_no_day() -> None:
    """Which day a time belongs to depends on a time zone: it is not cut in silence."""
    with pytest.raises(TypeError, match=r"not a time: today\.date\(\) is its day$"):
        parse_day(datetime(2025, 9, 30, tzinfo=UTC), "today", TOKYO)
    with pytest.raises(TypeError, match=r"^today must be a day"):
        parse_day(20250930, "today", TOKYO)  # type: ignore[arg-type]


def test_periods() -> None:
    """A period is a word, or a Period, which then follows the fiscal year in force."""
    half = parse_period("2025H1", APRIL, TODAY)
    assert half.dates == "2025-04-01..2025-09-30"
    assert parse_period(half, APRIL, TODAY) == half
    october = FiscalYear(10, "first")
    month = Period.parse("2025-09", today=TODAY)
    assert parse_period(month, october, TODAY) == Period.parse(
        "2025-09", fiscal=october, today=TODAY
    )


def test_a_period_of_another_fiscal_year() -> None:
    """A Period whose name stands for other days here is refused, and the advice holds."""
    october = FiscalYear(10, "first")
    half = Period.parse("2025H1", fiscal=october, today=TODAY)
    with pytest.raises(PeriodError, match=r"^2025H1 is 2025-10-01\.\.2026-03-31, but ") as caught:
        parse_period(half, APRIL, TODAY)
    assert caught.value.hint is not None
    advised = caught.value.hint.en.removeprefix("write the period as ").partition(",")[0]
    assert parse_period(advised, APRIL, TODAY).dates == half.dates


def test_a_period_made_by_hand() -> None:
    """A Period whose name and days disagree is refused."""
    with pytest.raises(PeriodError, match=r"^2025H1 is "):
        parse_period(Period(date(2025, 4, 1), date(2025, 9, 29), "half", "2025H1"), APRIL, TODAY)


@pytest.mark.parametrize("period", [None, 2025, date(2025, 4, 1), ["2025H1"]], ids=repr)
def test_no_period(period: object) -> None:
    """What is neither a word nor a Period is refused; the number 2025 is no fiscal year."""
    with pytest.raises(TypeError, match=r"^period must be a str such as '2025H1' or"):
        parse_period(period, APRIL, TODAY)  # type: ignore[arg-type]


def test_check_type_names_the_type() -> None:
    """The message names the argument, what it must be, and the type that was given."""
    check_type("by", None, str | None, "a name")
    with pytest.raises(TypeError, match=r"^by must be a name, not list$"):
        check_type("by", ["month"], str | None, "a name")


@pytest.mark.parametrize("written", ["2024,2025", "2024年度、2025年度", "2024，2025"])
def test_several_periods_where_one_is_wanted(written: str) -> None:
    """Nothing is taken for one of them; the hint says which command takes several."""
    with pytest.raises(PeriodError, match="one period is wanted") as raised:
        parse_period(written, APRIL, TODAY)
    assert raised.value.hint is not None
    assert "--trend N" in raised.value.hint.en
