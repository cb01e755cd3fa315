"""The largest rows alone: ties, blanks, doubts, and what is told of them."""

import json
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define, definition_hash
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.command_line import Run
from support.small_project import Project

SOURCE = """
[source.funds]
title = "投資信託"
rhythm = "continuous"
key = "fund"
[source.funds.columns]
fund = { headers = "番号", type = "id", required = true }
on = { headers = "基準日", type = "date", required = true }
balance = { headers = "残高", type = "number" }
gain = { headers = "騰落率", type = "number" }
line = { headers = "種類", type = "code", codes = "fund_kinds" }
[codes.fund_kinds.values]
"株式" = []
"債券" = []
[kpi.largest]
title = "残高上位の騰落率"
source = "funds"
top = { by = "balance", most = MOST }
measure = "mean"
of = "gain"
weight = "balance"
unit = ""
parts = { by = "line" }
[kpi.held]
title = "残高上位"
source = "funds"
top = { by = "balance", most = MOST }
measure = "count"
parts = { by = "line" }
"""
HEADER = "番号,基準日,残高,騰落率,種類"
ROWS = [
    "A,2025/4/1,300,5,株式",
    "B,2025/5/1,100,1,債券",
    "C,2025/6/1,200,2,株式",
    "D,2025/6/1,200.0,3,債券",
    "E,2025/7/1,50,9,株式",
    "F,2025/7/1,,9,株式",
    "G,2025/10/1,900,9,株式",
]


def project(folder: Path, rows: Sequence[str] = ROWS, most: int = 2) -> Project:
    """Return a project with funds, of which the largest count."""
    folder.mkdir(exist_ok=True)
    own = Project(folder).export("funds", rows, header=HEADER, covers="2025-04..2025-09")
    return own.toml(SOURCE.replace("MOST", str(most)))


def test_the_largest_count_and_ties_are_all_in(tmp_path: Path) -> None:
    """Example 9, weighted by balance: of three rows for two places all are in, which is told."""
    own = project(tmp_path)
    result = own.summarize("largest")
    assert result.number() == Decimal("3.6")  # (1500 + 400 + 600) / 700
    held = own.summarize("held")
    assert (held.number(), held.items()) == (3, {"株式": 2, "債券": 1})
    assert held.accounting.excluded == (("残高 が上位 2 件の外", 3),)
    assert held.accounting.out_of_period == 1
    assert "equal values of balance: 3 rows are among the 2 largest" in held.remarks


def test_each_month_has_its_own_largest(tmp_path: Path) -> None:
    """What is largest in a month is asked anew: the months do not add up."""
    result = project(tmp_path, most=1).summarize("held", by="month")
    assert list(result.groups().values()) == [1, 1, 2, 1, 0, 0]
    assert (result.number(), result.summary.kpis["held"].additive) == (1, False)
    by_line = project(tmp_path / "line", most=4).summarize("held", by="line")
    assert by_line.groups() == {"株式": 2, "債券": 2}
    assert by_line.summary.kpis["held"].additive


def test_blanks_come_last_and_are_told(tmp_path: Path) -> None:
    """A blank is smaller than any number; one that cannot be read is in doubt."""
    own = project(tmp_path, most=6)
    result = own.summarize("held")
    assert (result.number(), result.value().status) == (6, Status.OK)
    assert "1 of the largest have no balance" in result.remarks
    doubtful = project(tmp_path / "x", [*ROWS, "H,2025/4/1,x,1,株式"]).summarize("held")
    assert (doubtful.value().status, doubtful.accounting.undetermined) == (Status.PROVISIONAL, 1)


def test_a_doubt_that_changes_nothing_is_none(tmp_path: Path) -> None:
    """A row in doubt that is smaller than the largest for sure is not among them."""
    rows = [*ROWS[:3], "H,2025/4/1,10,x,株式", "I,2025/4/1,,1,株式", "J,2025/4/1,900,x,債券"]
    own = project(tmp_path, rows[:5])
    result = own.summarize("largest")
    assert (result.number(), result.value().status) == (Decimal("3.8"), Status.OK)
    assert result.accounting.excluded == (("残高 が上位 2 件の外", 3),)
    open_ = project(tmp_path / "open", rows).summarize("largest")
    assert (open_.value().status, open_.accounting.undetermined) == (Status.PROVISIONAL, 1)


def test_every_command_knows_the_largest(tmp_path: Path, run_kpicli: Run) -> None:
    """`rows` has them alone; one that another pushes out is named as related to other rows."""
    own = project(tmp_path)
    catalog = read_settings(own.config).catalog
    lines = define(catalog.kpi["held"], catalog)
    assert "上位: 残高 の大きい順に 2 件(同じ値はすべて含み、空欄は最後)" in [x.ja for x in lines]
    assert "Top: the 2 largest by balance (ties all in, blanks last)" in [x.en for x in lines]
    other = read_settings(project(tmp_path / "other", most=3).config).catalog
    assert definition_hash(other.kpi["held"]) != definition_hash(catalog.kpi["held"])

    def run(*args: str) -> str:
        done = run_kpicli({}, *args)
        assert done.code == 0, done.err
        return done.text

    for kpi in ("held", "largest"):
        assert run("rows", kpi, "-p", "2025H1", "-f", "csv").count("funds0.csv") == 3
    assert "除外: 残高 が上位 2 件の外" in run("explain", "held", "-p", "2025H1")
    run("summarize", "-p", "2025H1", "-k", "held,largest", "--by", "month", "-o", "kpi.csv")
    run("audit", "kpi.csv")
    run("freeze", "--period", "2025H1", "--not-final")
    text = (tmp_path / "funds0.csv").read_text(encoding="utf-8")
    larger = text.replace("E,2025/7/1,50", "E,2025/7/1,250")
    (tmp_path / "funds0.csv").write_text(larger, encoding="utf-8")
    (period,) = json.loads(run("diff", "2025H1", "-f", "json"))["periods"]
    moves = {move["kpi"]: move for move in _totals(period)}
    assert [(e["cause"], e["rows"]) for e in moves["held"]["effects"]] == [
        ("recategorised", 1),
        ("related", 2),
    ]


def _totals(period: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the totals that moved, each with its KPI."""
    moves = [{**move, "kpi": kpi["id"]} for kpi in period["kpis"] for move in kpi["moves"]]
    return [move for move in moves if move["kind"] == "total"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('by = "balance", most', 'by = "line", most', "'line' is no number column"),
        ('by = "balance", most', 'by = "balanc", most', "no column 'balanc'"),
        ("most = 2", "most = 0", "most"),
        ("most = 2", "least = 2", "no key 'least'"),
    ],
)
def test_what_is_no_top_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """A slip is an error that says what to write."""
    own = Project(tmp_path).export("funds", ROWS, header=HEADER)
    with pytest.raises(SettingsError) as error:
        own.toml(SOURCE.replace("MOST", "2").replace(old, new)).summarize("held")
    assert message in str(error.value)


@settings(max_examples=40, deadline=None)
@given(
    balances=st.lists(st.none() | st.integers(-5, 5), min_size=1, max_size=15),
    most=st.integers(1, 8),
)
def test_the_largest_agree_with_a_count_by_hand(balances: list[int | None], most: int) -> None:
    """A row counts where fewer than `most` rows are larger than it."""
    rows = [f"{n},2025/4/1,{'' if b is None else b},1,株式" for n, b in enumerate(balances)]
    with tempfile.TemporaryDirectory() as folder:
        result = project(Path(folder), rows, most).summarize("held")
    ranks = [float("-inf") if balance is None else balance for balance in balances]
    among = [rank for rank in ranks if sum(other > rank for other in ranks) < most]
    assert (result.number(), result.accounting.counted) == (len(among), len(among))
    assert dict(result.accounting.excluded) == {
        f"残高 が上位 {most} 件の外": len(balances) - len(among)
    }
