"""Weights: shares and means of amounts, such as persistency by premium, and how they are shown."""

import json
import tempfile
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define, definition_hash
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.command_line import Run
from support.small_project import Project, Result

SOURCE = """
[source.policies]
title = "契約ログ"
rhythm = "continuous"
key = "policy"
[source.policies.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "契約日", type = "date", required = true }
ended_on = { headers = "消滅日", type = "date" }
premium = { headers = "保険料", type = "number" }
age = { headers = "年齢", type = "number" }
line = { headers = "種目", type = "code", codes = "lines" }
[codes.lines.values]
"自動車" = []
"火災" = []
"""
PERSISTENCY = """
[kpi.persistency]
title = "37月目継続率(保険料)"
source = "policies"
date = "started_on + 37 months"
measure = "ratio"
numerator = [
  { ended_on = { missing = true } },
  { ended_on = { on_or_after = "@started_on + 37 months" } },
]
weight = "premium"
unit = "円"
parts = { by = "line" }
"""
AGE = """
[kpi.age]
title = "平均年齢(保険料で加重)"
source = "policies"
measure = "mean"
of = "age"
weight = "premium"
unit = "歳"
"""
HEADER = "証券番号,契約日,消滅日,保険料,年齢,種目"
ROWS = [
    "A,2022/4/1,,12000,40,自動車",
    "B,2022/5/1,2025/6/1,8000,50,自動車",  # on the day itself
    "C,2022/5/1,2025/5/31,30000,60,火災",  # the day before
    "D,2022/6/1,2026/1/1,500.5,70,火災",
]


def project(folder: Path, rows: Sequence[str] = ROWS, kpis: str = PERSISTENCY) -> Project:
    """Return a project with policies that started from 2022-04 to 2025-09."""
    folder.mkdir(exist_ok=True)
    own = Project(folder).export("policies", rows, header=HEADER, covers="2022-03..2025-09")
    return own.toml(SOURCE + kpis)


def test_a_share_of_amounts(tmp_path: Path) -> None:
    """Example 2: persistency by premium is the premium that is left over all of the cohort's."""
    result = project(tmp_path).summarize("persistency")
    value = result.value()
    assert (value.numerator, value.denominator) == (Decimal("20500.5"), Decimal("50500.5"))
    assert value.number == Decimal("40.6")  # 40.5946...
    assert result.value("自動車").numerator == 20000
    assert (result.value("火災").number, result.accounting.counted) == (Decimal("1.6"), 4)


def test_a_weighted_mean(tmp_path: Path) -> None:
    """Each number counts as often as its row weighs; `denominator` is what all rows weigh."""
    result = project(tmp_path, kpis=AGE).summarize("age", "2022H1")
    assert result.number() == Decimal("53.8")  # 2,715,035 / 50,500.5
    assert result.value().denominator == Decimal("50500.5")
    light = project(tmp_path, ["A,2022/4/1,,0,40,火災"], AGE).summarize("age", "2022H1")
    assert (light.number(), light.value().status) == (None, Status.UNDEFINED)


def test_a_weight_that_is_none_is_in_doubt(tmp_path: Path) -> None:
    """A blank, unreadable or negative weight leaves its row out, and the figure is not final."""
    rows = [*ROWS, "E,2022/4/1,,,40,火災", "F,2022/4/1,,x,40,火災", "G,2022/4/1,,-1,40,火災"]
    for kpi, period, tables in (("persistency", "2025H1", PERSISTENCY), ("age", "2022H1", AGE)):
        result = project(tmp_path / kpi, rows, tables).summarize(kpi, period)
        assert result.value().status is Status.PROVISIONAL
        assert (result.accounting.counted, result.accounting.undetermined) == (4, 3)


def test_words_name_the_weight(tmp_path: Path) -> None:
    """The definition says what is added, and its digest knows the weight."""
    catalog = read_settings(project(tmp_path, kpis=PERSISTENCY + AGE).config).catalog
    lines = [line for name in ("persistency", "age") for line in define(catalog.kpi[name], catalog)]
    assert "数え方: 比率(保険料 の合計)。" in " ".join(line.ja for line in lines)
    assert "Measure: ratio of sums of premium;" in " ".join(line.en for line in lines)
    assert "数え方: 年齢 の平均(保険料 で加重)" in [line.ja for line in lines]
    assert "Measure: mean of age, weighted by premium" in [line.en for line in lines]
    plain = read_settings(project(tmp_path / "plain", kpis=AGE.replace("weight", "#")).config)
    assert definition_hash(catalog.kpi["age"]) != definition_hash(plain.catalog.kpi["age"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('weight = "premium"', 'weight = "line"', "'line' is no number column"),
        ('weight = "premium"', 'weight = "premum"', "no column 'premum'"),
        ('weight = "premium"', 'of = "premium"', "a ratio of amounts is written with `weight`"),
        ('weight = "premium"', 'weight = "premium"\nof = "line"', "write one"),
        ('unit = "円"', 'scale = "千"', "a percentage and has no scale"),
        ('unit = "円"', "decimals = 13", "decimals"),
    ],
)
def test_what_cannot_be_weighed_is_refused(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    """A slip is an error that says what to write."""
    with pytest.raises(SettingsError) as error:
        project(tmp_path, kpis=PERSISTENCY.replace(old, new)).summarize("persistency")
    assert message in str(error.value)


def test_what_moved_is_named(tmp_path: Path, run_kpicli: Run) -> None:
    """`rows` counts the weights again; another weight is a cause of its own, an amount."""
    own = project(tmp_path, kpis=PERSISTENCY + 'decimals = 2\nrounding = "down"\n')
    assert own.config.exists()

    def run(*args: str) -> str:
        done = run_kpicli({}, *args)
        assert done.code == 0, done.err
        return done.text

    assert "40.59%" in run("summarize", "-p", "2025H1", "-k", "persistency", "-f", "text")
    rows = run("rows", "persistency", "-p", "2025H1", "-f", "csv")
    assert (rows.count(",numerator,"), rows.count(",denominator,")) == (3, 1)
    for form in ("csv", "parquet", "xlsx"):
        run("summarize", "-p", "2025H1", "-k", "persistency", "-o", f"kpi.{form}")
        run("explain", "persistency", "-p", "2025H1", "-o", f"explained.{form}")
    run("audit", "kpi.csv")
    run("freeze", "--period", "2025H1", "--not-final")
    text = (tmp_path / "policies0.csv").read_text(encoding="utf-8")
    (tmp_path / "policies0.csv").write_text(text.replace("12000", "9000"), encoding="utf-8")
    (period,) = json.loads(run("diff", "2025H1", "-f", "json"))["periods"]
    moves = [move for kpi in period["kpis"] for move in kpi["moves"] if move["kind"] == "total"]
    (effect,) = moves[0]["effects"]
    assert (effect["cause"], effect["numerator"]) == ("amount", "-3000.0")
    assert effect["number"] == "-3.75"  # 36.84 less 40.59, of the unrounded values


SHOWN = """
[kpi.held]
title = "契約件数"
source = "policies"
measure = "count"
scale = "千"
parts = { by = "line" }
[kpi.premiums]
title = "保険料"
source = "policies"
measure = "sum"
of = "premium"
unit = "円"
scale = "万"
decimals = 0
rounding = "down"
targets = [{ at_least = 4, per = "half" }]
"""


def test_values_are_shown_in_units_of_a_scale(tmp_path: Path, run_kpicli: Run) -> None:
    """What is shown is rounded once; changes and targets are of what it is rounded from."""
    own = project(tmp_path, [*ROWS, "H,2021/12/1,,20000,1,火災"], SHOWN)
    held = own.summarize("held", "2022H1")
    assert (held.number(), held.items()) == (
        Decimal("0.0"),
        {"自動車": Decimal("0.0"), "火災": Decimal("0.0")},
    )
    premiums = own.summarize("premiums", "2022H1")
    assert (premiums.number(), premiums.target) == (Decimal(5), "met")
    text = run_kpicli({}, "summarize", "-p", "2022H1", "-k", "premiums", "-f", "text").text
    assert "5万円" in text
    unit = read_settings(own.config).catalog.kpi["premiums"].unit
    assert unit.after("5", "en") == "5 ten thousand yen"
    explained = run_kpicli({}, "explain", "premiums", "-p", "2022H1").text
    assert "表示: 万単位、小数 0 桁、切り捨て" in explained
    assert run_kpicli({}, "rows", "premiums", "-p", "2022H1").code == 0


@pytest.mark.parametrize(
    ("kpi", "message"),
    [
        (SHOWN.replace('scale = "千"', "decimals = 2"), "what is counted has no decimals"),
        (SHOWN.replace('scale = "千"', 'scale = "十"'), "scale"),
        (SHOWN.replace('"down"', '"up"'), "rounding"),
    ],
)
def test_what_cannot_be_shown_is_refused(kpi: str, message: str, tmp_path: Path) -> None:
    """Counts have no decimals, and there are four scales and two ways of rounding."""
    with pytest.raises(SettingsError) as error:
        project(tmp_path, kpis=kpi).summarize("held", "2022H1")
    assert message in str(error.value)


AMOUNTS = st.decimals("0", "99999999", places=2)


@settings(max_examples=40, deadline=None)
@given(
    weights=st.lists(AMOUNTS, min_size=1, max_size=20),
    ages=st.lists(st.integers(0, 120), min_size=20, max_size=20),
    kept=st.lists(st.booleans(), min_size=20, max_size=20),
    decimals=st.integers(0, 6),
    rounding=st.sampled_from(["half_up", "down"]),
)
def test_weights_agree_with_a_count_by_hand(
    weights: list[Decimal], ages: list[int], kept: list[bool], decimals: int, rounding: str
) -> None:
    """Counted again row by row with decimals of 60 digits."""
    ended = ["" if each else "2022/5/1" for each in kept]
    rows = [
        f"{place},2022/4/{place % 28 + 1},{ended[place]},{weight},{ages[place]},火災"
        for place, weight in enumerate(weights)
    ]
    shown = f'decimals = {decimals}\nrounding = "{rounding}"\n'
    with tempfile.TemporaryDirectory() as folder:
        own = project(Path(folder), rows, PERSISTENCY + shown + AGE + shown)
        share, mean = own.summarize("persistency", "2025H1"), own.summarize("age", "2022H1")
    with localcontext(prec=60):
        total = sum(weights, Decimal(0))
        left = sum((w for w, each in zip(weights, kept, strict=False) if each), Decimal(0))
        aged = sum((w * age for w, age in zip(weights, ages, strict=False)), Decimal(0))
        assert (share.value().numerator, share.value().denominator) == (left, total)
        for result, top in ((share, 100 * left), (mean, aged)):
            assert_rounded(result, top, total, decimals, rounding)


def assert_rounded(
    result: Result, top: Decimal, total: Decimal, decimals: int, rounding: str
) -> None:
    """Hold a value to a quotient, rounded by the standard library."""
    if not total:
        assert result.value().status is Status.UNDEFINED
        return
    how = ROUND_HALF_UP if rounding == "half_up" else ROUND_DOWN
    assert result.number() == (top / total).quantize(Decimal(1).scaleb(-decimals), how)
