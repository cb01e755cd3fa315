"""The one typed question, and the words that it is read from."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import PeriodError, UsageError
from kpicli.model.periods import Period
from kpicli.settings.request import Request, WrittenRequest
from kpicli.settings.settings import Settings, read_settings
from support.small_project import TODAY, Project

HALF = Period.parse("2025H1", today=TODAY)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a project whose fiscal year begins in April."""
    return read_settings(Project(tmp_path).config)


def test_every_word_is_read(settings: Settings) -> None:
    """Each field of the words becomes the field of the request that has its name."""
    written = WrittenRequest(
        "2025年度上期",
        ("voices",),
        "line",
        ("last-year", "previous"),
        "令和7年9月1日",
        show_personal=True,
        recompute=True,
        allow_definition_change=True,
        trend="2",
    )
    assert written.read(settings, TODAY) == Request(
        period=HALF,
        kpis=("voices",),
        by="line",
        compare=("previous", "year_ago"),
        as_of=date(2025, 9, 1),
        show_personal=True,
        recompute=True,
        allow_definition_change=True,
        trend=(HALF.previous(), HALF),
    )
    assert WrittenRequest.__struct_fields__ == Request.__struct_fields__


def test_several_words_are_several_periods(settings: Settings) -> None:
    """Words that stand beside each other are read each; a comma within one word is none."""
    read = WrittenRequest(("2025H1", "2024年度上期")).read(settings, TODAY)
    assert (read.period, [period.name for period in read.trend]) == (HALF, ["2024H1", "2025H1"])
    with pytest.raises(PeriodError):
        WrittenRequest("2024H1,2025H1").read(settings, TODAY)


def test_another_period_has_as_many_before_it() -> None:
    """A request of another month keeps its number of periods."""
    asked = Request(HALF, trend=HALF.last(3)).of_period(HALF.previous())
    assert [period.name for period in asked.trend] == ["2023H2", "2024H1", "2024H2"]
    assert asked.published_periods == asked.trend
    assert Request(HALF).of_period(HALF.previous()) == Request(HALF.previous())


def test_relative_words_depend_on_the_day(settings: Settings) -> None:
    """The same words on another day are another request."""
    read = [WrittenRequest("last-month").read(settings, day) for day in (TODAY, date(2026, 1, 1))]
    assert [request.period.name for request in read] == ["2025-10", "2025-12"]


@pytest.mark.parametrize(
    ("written", "error"),
    [
        (WrittenRequest("上期"), PeriodError),
        (WrittenRequest("2025H1", compare=("next",)), UsageError),
        (WrittenRequest("2025H1", as_of="2025-02-30"), UsageError),
    ],
)
def test_words_that_mean_nothing(
    written: WrittenRequest, error: type[UsageError], settings: Settings
) -> None:
    """A period, a comparison or a day that is none is refused, with what to write instead."""
    with pytest.raises(error) as caught:
        written.read(settings, TODAY)
    assert caught.value.hint is not None


def test_the_periods_compared() -> None:
    """A request by month is compared with the periods of its own and of each of its months."""
    quarter = Period.parse("2025Q1", today=TODAY)
    request = Request(quarter, compare=("previous", "year_ago"))
    assert [period.name for period in request.compared_periods] == ["2024Q4", "2024Q1"]
    months = Request(quarter, by="month", compare=("previous",)).compared_periods
    assert [period.name for period in months] == ["2024Q4", "2025-03", "2025-04", "2025-05"]
    assert Request(quarter, by="line").compared_periods == ()


@pytest.mark.parametrize(
    ("by", "named"),
    [
        ("月", "month"),
        ("四半期", "quarter"),
        ("半期", "half"),
        ("年度", "year"),
        ("商品区分", "line"),
        ("商品区分,声の区分", "line,category"),
        ("line", "line"),
        ("何でもない", "何でもない"),
    ],
)
def test_dimensions_go_by_their_headers_too(settings: Settings, by: str, named: str) -> None:
    """Japanese words of spans, and headers that one column has; others stay, refused later."""
    assert WrittenRequest("2025H1", by=by).read(settings, TODAY).by == named
