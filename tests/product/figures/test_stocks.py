"""Stocks: what is in force at the end of a period, in a register or by the last snapshot."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.command_line import Run
from support.small_project import Project

REGISTER = """
[source.policies]
title = "保有契約"
key = "policy"
rhythm = "register"
in_force = ["started_on", "ended_on"]
until = "UNTIL"
[source.policies.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "契約日", type = "date", required = true }
ended_on = { headers = "消滅日", type = "date" }
line = { headers = "種目", type = "code", codes = "lines" }
[codes.lines.values]
"自動車" = []
"火災" = []
[kpi.held]
title = "保有契約"
source = "policies"
measure = "count"
[kpi.opened]
title = "新契約"
source = "policies"
measure = "count"
date = "started_on"
[kpi.held_before]
title = "期首の保有契約"
source = "policies"
measure = "count"
at = "start"
"""
ROWS = [
    "A,2024/1/1,,自動車",
    "B,2024/1/1,2025/9/30,自動車",
    "C,2025/4/1,2025/10/1,火災",
    "D,2025/9/30,,火災",
    "E,2025/10/1,,火災",
    "F,2024/1/1,2025/4/1,自動車",
    "G,,2025/3/31,火災",
]


def register(
    folder: Path, rows: Sequence[str] = ROWS, *, until: str = "first_day_out", options: str = ""
) -> Project:
    """Return a project with a register of policies."""
    header = "証券番号,契約日,消滅日,種目"
    own = Project(folder).export("policies", rows, header=header, covers=None, options=options)
    return own.toml(REGISTER.replace("UNTIL", until))


@pytest.mark.parametrize(
    ("until", "period", "kpi", "expected"),
    [
        ("first_day_out", "2025H1", "held", 3),  # A, C, D: B is out on its day
        ("last_day_in", "2025H1", "held", 4),
        ("first_day_out", "2025-03", "held", 3),  # A, B, F
        ("first_day_out", "2025H1", "held_before", 3),  # A, B, C on 1 April: F is out
        ("last_day_in", "2025H1", "held_before", 4),
        ("first_day_out", "2025H1", "opened", 2),  # C, D
    ],
)
def test_what_is_in_force_is_counted(
    until: str, period: str, kpi: str, expected: int, tmp_path: Path
) -> None:
    """Both ends are inclusive, and `until` says what the second date is."""
    result = register(tmp_path, until=until).summarize(kpi, period)
    assert (result.number(), result.value().status) == (expected, Status.OK)
    own = result.accounting
    assert own.usable + own.faulty == len(ROWS)


def test_a_month_is_counted_at_its_own_end(tmp_path: Path) -> None:
    """Stocks of months do not add up; a comparison takes the other period's end."""
    own = register(tmp_path)
    result = own.summarize("held", by="month", compare=["previous"])
    assert list(result.groups().values()) == [3, 3, 3, 3, 3, 3]
    assert result.summary.kpis["held"].additive is False
    (previous,) = result.figure().comparisons
    assert previous.value.number == 3  # A, B, F on 31 March
    by_line = own.summarize("held", by="line")
    assert (by_line.groups(), by_line.summary.kpis["held"].additive) == (
        {"自動車": 1, "火災": 2},
        True,
    )


def test_months_of_a_stock_are_no_sum_to_audit(tmp_path: Path, run_kpicli: Run) -> None:
    """Its own csv adds up: that of months is not held to the period's, that of a column is."""
    assert register(tmp_path).config.exists()
    for by in ("month", "line"):
        file = f"{by}.csv"
        asked = ("summarize", "-p", "2025H1", "-k", "held", "--by", by, "-o", file)
        assert run_kpicli({}, *asked).code == 0
        assert run_kpicli({}, "audit", file).code == 0
    text = (tmp_path / "line.csv").read_text(encoding="utf-8-sig")
    assert "自動車,,,1,件" in text
    (tmp_path / "line.csv").write_text(text.replace("自動車,,,1,件", "自動車,,,2,件"), "utf-8")
    assert run_kpicli({}, "audit", "line.csv").code == 8


def test_a_blank_beginning_cannot_be_told(tmp_path: Path) -> None:
    """Where its end does not rule the row out it is in doubt; an unreadable end is, too."""
    rows = [*ROWS, "H,,,火災", "I,2025/4/1,x,火災", "J,2025/12/1,x,火災"]
    result = register(tmp_path, rows).summarize("held")
    assert (result.number(), result.accounting.undetermined) == (3, 2)  # H, I
    assert result.value().status is Status.PROVISIONAL


@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        ("", ["ok", "ok", "ok"]),
        (", as_of = 2025-09-30", ["no_data", "ok", "no_data"]),
        (", as_of = 2025-10-10, keeps_ended = true", ["ok", "ok", "no_data"]),
    ],
)
def test_an_export_answers_for_the_days_that_it_knows(
    options: str, statuses: list[str], tmp_path: Path
) -> None:
    """Written on a day, it knows that day; where ended rows stay, the days before, too."""
    own = register(tmp_path, options=options)
    shown = [own.summarize("held", period) for period in ("2024H2", "2025H1", "2025-10")]
    assert [result.value().status.value for result in shown] == statuses
    if "no_data" in statuses:
        assert "does not answer for 2025-10-31" in " ".join(shown[-1].remarks)


def test_a_day_to_come_is_counted_as_far_as_it_is_known(tmp_path: Path) -> None:
    """In the midst of a period the last day that counts stands for its end, and is not final."""
    result = register(tmp_path).summarize("held", today=date(2025, 9, 15))
    assert (result.number(), result.accounting.not_yet_due) == (3, 1)  # A, B, C; D is to come
    assert result.value().status is Status.PARTIAL


SNAPSHOT = """
[source.holdings]
title = "残高"
key = ["on", "account"]
rhythm = "snapshot"
within = "5 days"
[source.holdings.columns]
on = { headers = "基準日", type = "date", required = true }
account = { headers = "口座", type = "id", required = true }
balance = { headers = "残高", type = "number" }
[kpi.balance]
title = "残高"
source = "holdings"
measure = "sum"
of = "balance"
unit = "円"
"""
HOLDINGS = ["2025/8/29,1,100", "2025/8/29,2,50", "2025/9/30,1,70", "2025/7/25,1,10"]


@pytest.mark.parametrize(
    ("month", "number", "remark"),
    [
        ("2025-09", 70, None),
        ("2025-08", 150, "of 2025-08-31: the rows of 2025-08-29"),
        ("2025-07", None, "no rows of 2025-07-31 or the 5 days before it"),
        ("2025-06", None, "no rows of 2025-06-30 or the 5 days before it"),
    ],
)
def test_the_last_snapshot_before_a_day_stands_for_it(
    month: str, number: int | None, remark: str | None, tmp_path: Path
) -> None:
    """The rows of the last day count; one too long before gives no data, and the day is named."""
    header = "基準日,口座,残高"
    own = Project(tmp_path).export("holdings", HOLDINGS, header=header, covers=None).toml(SNAPSHOT)
    result = own.summarize("balance", month)
    assert result.number() == number
    assert result.value().status is (Status.NO_DATA if number is None else Status.OK)
    assert [r for r in result.remarks if remark is not None and remark in r] == (
        [] if remark is None else result.remarks
    )


def test_words_say_on_which_day_rows_count(tmp_path: Path) -> None:
    """The definition names the day and the dates between which a row is in force."""
    catalog = read_settings(register(tmp_path).config).catalog
    lines = [line.en for line in define(catalog.kpi["held"], catalog)]
    assert (
        "As of: the period's last day; rows in force from started on to the day before ended on"
        in lines
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('until = "first_day_out"\n', "", 'until = "last_day_in" or "first_day_out"'),
        ('"ended_on"]', '"ended"]', "'ended' is no date column"),
        ('rhythm = "register"', 'rhythm = "sparse"', "belong to rhythm"),
        ('date = "started_on"', 'date = "started_on"\nat = "start"', "counted at a day"),
        ('date = "started_on"', 'parts = { by = "month" }', "a stock has no months"),
    ],
)
def test_what_is_no_register_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """A register says from when to when a row is in force; a slip is an error in words."""
    own = register(tmp_path)
    own.top = own.top.replace(old, new)
    with pytest.raises(SettingsError) as error:
        own.summarize("held")
    assert message in str(error.value)


def test_several_exports_keep_what_has_ended(tmp_path: Path) -> None:
    """Two lists of what is in force now would keep for ever what has left the second."""
    own = register(tmp_path, options=", as_of = 2025-09-30")
    own.export("policies", ["Z,2025/1/1,,火災"], header="証券番号,契約日,消滅日,種目", covers=None)
    with pytest.raises(SettingsError, match="as_of and keeps_ended = true"):
        own.summarize("held")


def test_a_register_covers_no_span(tmp_path: Path) -> None:
    """`covers` says nothing of what lasts, and is refused with what does."""
    own = register(tmp_path, options=', covers = "2025H1"')
    with pytest.raises(
        SettingsError, match="the day on which it was written; write as_of = 2025-09-30"
    ):
        own.summarize("held")


DAYS = st.dates(date(2024, 10, 1), date(2025, 12, 31))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 400)), max_size=40), st.booleans())
def test_stocks_agree_with_a_count_by_hand(
    rows: list[tuple[date, int | None]], last_in: bool
) -> None:
    """Counted again day by day, for each month's end; openings less closings are the change."""
    pairs = [(s, None if n is None else s + timedelta(days=n)) for s, n in rows]
    lines = [f"P{i},{s},{'' if e is None else e},火災" for i, (s, e) in enumerate(pairs)]
    until = "last_day_in" if last_in else "first_day_out"
    with tempfile.TemporaryDirectory() as folder:
        own = register(Path(folder), lines, until=until)
        groups = own.summarize("held", by="month", today=date(2027, 1, 1)).groups()
    for month, number in enumerate(groups.values(), 4):
        day = date(2025, month + 1, 1) - timedelta(days=1)
        held = [s <= day and (e is None or (e >= day if last_in else e > day)) for s, e in pairs]
        assert number == sum(held)
