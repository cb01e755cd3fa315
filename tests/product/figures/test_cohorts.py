"""Cohorts: a row counts in the period in which a moment after its date lies, such as month 25."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.small_project import Project

SOURCE = """
[source.policies]
title = "契約ログ"
rhythm = "continuous"
key = "policy"
[source.policies.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "契約日", type = "date", required = true }
ended_on = { headers = "消滅日", type = "date" }
"""
PERSISTENCY = """
[kpi.persistency]
title = "25月目継続率"
source = "policies"
measure = "ratio"
date = "started_on + 25 months"
numerator = [
  { ended_on = { missing = true } },
  { ended_on = { on_or_after = "@started_on + 25 months" } },
]
[kpi.reached]
title = "25月目を迎えた契約"
source = "policies"
measure = "count"
date = "started_on + 25 months"
"""


def project(folder: Path, rows: Sequence[str], covers: str, kpis: str = PERSISTENCY) -> Project:
    """Return a project with policies that started within `covers`."""
    own = Project(folder).export("policies", rows, header="証券番号,契約日,消滅日", covers=covers)
    return own.toml(SOURCE + kpis)


def test_a_row_counts_where_its_moment_lies(tmp_path: Path) -> None:
    """Month 25 of a policy of 31 January 2023 is 28 February 2025; the day itself still counts."""
    rows = [
        "A,2023/1/31,",  # 2025-02-28, goes on
        "B,2023/2/1,2025/3/1",  # 2025-03-01, ended on that day
        "C,2023/2/1,2025/2/28",  # ended the day before
        "D,2023/2/28,2026/1/1",  # 2025-03-28
        "E,2023/3/1,",  # 2025-04-01: the next month's
        "F,2022/12/1,",  # 2025-01-01: the last one's
    ]
    own = project(tmp_path, rows, "2022-12..2023-06")
    value = own.summarize("persistency", "2025-03").value()
    assert (value.numerator, value.denominator) == (2, 3)
    months = own.summarize("reached", "2025-01..2025-04", by="month").groups()
    assert list(months.values()) == [1, 1, 3, 1]


def test_what_the_exports_cover_moves_along(tmp_path: Path) -> None:
    """Starts of 2023 are the cohorts of February 2025 on: others are no data, not 0."""
    own = project(tmp_path, ["A,2023/1/31,", "B,2023/3/1,"], "2023-01..2023-03")
    statuses = {
        month: own.summarize("reached", month).value().status
        for month in ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2023-02")
    }
    assert statuses == {
        "2025-01": Status.NO_DATA,
        "2025-02": Status.OK,
        "2025-03": Status.OK,
        "2025-04": Status.OK,
        "2025-05": Status.NO_DATA,
        "2023-02": Status.NO_DATA,
    }
    half = own.summarize("reached", "2024H2")
    assert half.value().status is Status.PARTIAL
    assert "25 months after started on" in " ".join(half.remarks)


def test_a_moment_to_come_is_not_yet_due(tmp_path: Path) -> None:
    """A policy whose month 25 has not come is told in the accounting, and nothing is final."""
    own = project(tmp_path, ["A,2023/9/1,", "B,2023/9/20,"], "2023-09")
    result = own.summarize("reached", "2025-10", today=date(2025, 10, 10))
    assert (result.number(), result.accounting.not_yet_due) == (1, 1)
    assert result.value().status is Status.PARTIAL


def test_a_moment_is_named_in_words(tmp_path: Path) -> None:
    """The definition says by what a row is dated, in both languages."""
    own = project(tmp_path, ["A,2023/1/31,"], "2023-01")
    catalog = read_settings(own.config).catalog
    lines = define(catalog.kpi["reached"], catalog)
    assert "日付: 契約日の25か月後(期間の両端を含む)" in [line.ja for line in lines]
    assert "Date: 25 months after started on (both ends)" in [line.en for line in lines]


@pytest.mark.parametrize(
    ("dating", "message"),
    [
        ("started_on + 3 weeks", "days, months, years, business days"),
        ("started_on+", "neither a date column"),
        ("2025-04-01 + 1 month", "neither a date column"),
        ("startd_on + 3 months", "no column 'startd_on'"),
        ("policy + 3 months", "'policy' is no date column"),
        ("started_on + 3 business days", "need a calendar"),
    ],
)
def test_what_is_no_moment_is_refused(dating: str, message: str, tmp_path: Path) -> None:
    """A slip in a moment is an error with what to write, never another date."""
    kpi = PERSISTENCY.replace('date = "started_on + 25 months"', f'date = "{dating}"')
    with pytest.raises(SettingsError) as error:
        project(tmp_path, ["A,2023/1/31,"], "2023-01", kpi).summarize("reached", "2025-02")
    assert message in str(error.value)


DAYS = st.dates(date(2022, 1, 1), date(2023, 12, 31))


@settings(max_examples=60, deadline=None)
@given(
    starts=st.lists(DAYS, min_size=1, max_size=30),
    lives=st.lists(st.integers(0, 1500), min_size=30, max_size=30),
    months=st.integers(0, 30),
)
def test_cohorts_agree_with_a_count_by_hand(
    starts: list[date], lives: list[int], months: int
) -> None:
    """Counted again with another library's months, over every half year that rows reach into."""
    ended = [start + timedelta(days=life) for start, life in zip(starts, lives, strict=False)]
    pairs = list(zip(starts, ended, strict=True))
    rows = [f"P{n},{start},{end}" for n, (start, end) in enumerate(pairs)]
    kpi = PERSISTENCY.replace("25 months", f"{months} months")
    with tempfile.TemporaryDirectory() as folder:
        own = project(Path(folder), rows, "2022-01..2023-12", kpi)
        for year, first in ((2023, date(2023, 4, 1)), (2024, date(2024, 4, 1))):
            last = (first + pd.DateOffset(months=6, days=-1)).date()
            moved = [((s + pd.DateOffset(months=months)).date(), e) for s, e in pairs]
            cohort = [(moment, e) for moment, e in moved if first <= moment <= last]
            going_on = sum(e >= moment for moment, e in cohort)
            value = own.summarize("persistency", f"{year}H1", today=date(2027, 1, 1)).value()
            if value.status is Status.NO_DATA:
                assert cohort == []
            else:
                assert (value.numerator, value.denominator) == (going_on, len(cohort))
