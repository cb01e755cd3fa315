"""KPIs made of other KPIs, through every command; figures are counted again in plain Python."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from calendar import monthrange
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.catalog.definition import define
from kpicli.mail.writing.concerns import concerns
from kpicli.model.value import Status
from kpicli.output.formats import FORMATS
from kpicli.settings.settings import read_settings
from support.command_line import Run, environment, process
from support.composed_project import (
    LINES,
    RATE,
    Complaint,
    Policy,
    complaint_rows,
    composed_project,
    held,
    policy_rows,
    received,
)
from support.frozen_project import FrozenProject
from support.root import ROOT
from support.small_project import Project

COMPLAINTS = [
    "C1,2025-04-03,自動車,A店,100",
    "C2,2025-05-01,火災,A店,50.5",
    "C3,2025-09-30,火災,B店,30",
    "C4,2024-12-01,火災,B店,7",
    "C5,2025-10-01,自動車,A店,9",
]
POLICIES = [
    "P1,2020-04-01,,自動車",
    "P2,2020-04-01,,自動車",
    "P3,2020-04-01,2025-09-30,自動車",
    "P4,2020-04-01,2025-10-01,火災",
    "P5,2025-09-30,,火災",
    "P6,2025-10-01,,火災",
    "P7,2020-04-01,2025-04-02,火災",
]
FENCES = ("toml", "text")
NPS = """
[entered.nps]
title = "NPS"
unit = "点"
[kpi.nps_change]
title = "NPSの変化"
measure = "difference"
figures = ["nps", "nps@2024-04..2024-09"]
"""


def example(folder: Path, kpis: str = RATE) -> Project:
    """Return the project of the rows above: 3 complaints and 4 policies in the half."""
    return composed_project(folder, COMPLAINTS, POLICIES, kpis)


def rounded(value: Fraction | None, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal | None:
    """Return a fraction rounded by the standard library's decimals."""
    if value is None:
        return None
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return number.quantize(Decimal(1).scaleb(-decimals), rounding)


def test_complaints_per_policy_in_force(tmp_path: Path) -> None:
    """Three over four, with four decimals; a part over the same part of the other; no fraction."""
    result = example(tmp_path).summarize("rate", compare=["previous"])
    assert str(result.number()) == "0.7500"
    assert result.items() == {"自動車": Decimal("0.5000"), "火災": Decimal("1.0000")}
    value = result.value()
    assert (value.numerator, value.denominator, value.status) == (None, None, Status.OK)
    (before,) = result.figure().comparisons  # 1 over 5 on 2025-03-31
    assert (str(before.value.number), str(before.change)) == ("0.2000", "0.5500")
    (head,) = result.summary.kpis.values()
    assert (head.unit.ja, head.measure, head.additive, head.percentage) == (
        "",
        "quotient",
        False,
        False,
    )


days = st.dates(date(2024, 4, 1), date(2025, 10, 4))
lines = st.sampled_from(LINES)


@settings(max_examples=25, deadline=None)
@given(
    complaints=st.lists(st.tuples(days, lines), max_size=12),
    policies=st.lists(
        st.tuples(st.dates(date(2023, 1, 1), date(2025, 10, 4)), st.none() | days, lines).filter(
            lambda row: row[1] is None or row[0] < row[1]
        ),
        max_size=12,
    ),
)
def test_quotients_agree_with_plain_python(
    complaints: list[Complaint], policies: list[Policy]
) -> None:
    """The half, its parts, its months and the half before: each from its own two counts."""
    kpis = f'{RATE.replace("decimals = 4", "decimals = 2")}times = 100\nunit = "件"\n'
    with tempfile.TemporaryDirectory() as folder:
        rows = complaint_rows(complaints), policy_rows(policies)
        own = composed_project(Path(folder), *rows, kpis)
        result = own.summarize("rate", by="month", compare=["previous"])

    def expected(start: date, end: date, line: str | None) -> Decimal | None:
        under = held(policies, end, line)
        over = received(complaints, start, end, line)
        return rounded(Fraction(100 * over, under) if under else None, 2)

    half = date(2025, 4, 1), date(2025, 9, 30)
    for line in (None, *LINES):
        figure = result.figure(line)
        assert figure.value.number == expected(*half, line)
        undefined = figure.value.number is None
        assert figure.value.status is (Status.UNDEFINED if undefined else Status.OK)
        (before,) = figure.comparisons
        assert before.value.number == expected(date(2024, 10, 1), date(2025, 3, 31), line)
        for month in range(4, 10):
            span = date(2025, month, 1), date(2025, month, monthrange(2025, month)[1])
            assert result.number(line, f"2025-{month:02}") == expected(*span, line)


@settings(max_examples=25, deadline=None)
@given(losses=st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=8))
def test_totals_and_differences_are_exact(losses: list[Decimal]) -> None:
    """What is added or taken away shows every decimal it has; of means it is rounded, once."""
    kpis = """
[kpi.both]
title = "件数と額"
measure = "total"
figures = ["complaints", "loss"]
unit = "点"
[kpi.less]
title = "差"
measure = "difference"
figures = ["loss", "mean_loss", "both"]
unit = "円"
"""
    rows = [f"C{n},2025-04-01,火災,A店,{loss}" for n, loss in enumerate(losses)]
    with tempfile.TemporaryDirectory() as folder:
        own = composed_project(Path(folder), rows, POLICIES, kpis)
        both, less = own.summarize("both"), own.summarize("less")
    assert both.number() == sum(losses) + len(losses)
    mean = Fraction(sum(losses)) / len(losses)
    assert less.number() == rounded(-mean - len(losses), 1)


def test_what_components_are_shown_as_changes_nothing(tmp_path: Path) -> None:
    """A scale, decimals and cutting off are of the component alone; the exact value counts."""
    shown = """
[kpi.held_k]
title = "保有契約(千件)"
source = "policies"
measure = "count"
scale = "千"
decimals = 0
[kpi.rounded]
title = "平均"
source = "complaint_log"
measure = "mean"
of = "loss"
unit = "円"
decimals = 0
rounding = "down"
[kpi.per_k]
title = "平均損害額を契約数で割った額"
measure = "quotient"
figures = ["rounded", "held_k"]
unit = "円"
decimals = 6
rounding = "down"
scale = "千"
"""
    own = example(tmp_path, shown)
    assert own.summarize("held_k").number() == 0
    mean = Fraction("180.5") / 3
    assert own.summarize("rounded").number() == 60
    result = own.summarize("per_k")
    assert result.number() == rounded(mean / 4 / 1000, 6, ROUND_DOWN)
    assert result.summary.kpis["per_k"].unit.ja == "千円"


def test_units_follow_from_the_components(tmp_path: Path) -> None:
    """Cases over cases have none, yen over cases are yen per case, percentages differ by points."""
    kpis = """
[kpi.a]
title = "a"
measure = "quotient"
figures = ["loss", "complaints"]
[kpi.b]
title = "b"
measure = "difference"
figures = ["fire", "fire@2024-10..2025-03"]
[kpi.c]
title = "c"
measure = "total"
figures = ["complaints", "in_force"]
"""
    catalog = read_settings(example(tmp_path, RATE + kpis).config).catalog
    units = {name: (kpi.unit.ja, kpi.unit.en) for name, kpi in catalog.composed.items()}
    assert units == {
        "rate": ("", ""),
        "a": ("円/件", "yen/case"),
        "b": ("ポイント", "points"),
        "c": ("件", "cases"),
    }


def test_a_fixed_period_is_the_same_every_month(tmp_path: Path) -> None:
    """`@2024-10..2025-03` is what that half had, also beside a month; 1 of 1 fire is 100 %."""
    kpis = """
[kpi.since]
title = "火災の割合の変化"
measure = "difference"
figures = ["fire", "fire@2024-10..2025-03"]
"""
    result = example(tmp_path, kpis).summarize("since", by="month", compare=["previous"])
    assert result.number() == Decimal("-33.3")
    assert result.groups() == {
        "2025-04": Decimal("-100.0"),
        "2025-05": Decimal("0.0"),
        "2025-06": None,
        "2025-07": None,
        "2025-08": None,
        "2025-09": Decimal("0.0"),
    }
    assert result.value(None, "2025-06").status is Status.UNDEFINED
    (before,) = result.figure().comparisons
    assert before.value.number == 0
    (own, fixed) = result.figure().components
    assert (own.period.name, fixed.period.name) == ("2025H1", "2024H2")


def test_groups_are_those_that_all_components_have(tmp_path: Path) -> None:
    """By line each group is its own quotient; by shop there is none, as policies have no shop."""
    own = example(tmp_path)
    by_line = own.summarize("rate", by="line")
    assert by_line.groups() == {"自動車": Decimal("0.5000"), "火災": Decimal("1.0000")}
    by_shop = own.summarize("rate", by="shop")
    assert (by_shop.groups(), by_shop.number()) == ({}, Decimal("0.7500"))
    assert "cannot be grouped by 'shop'" in by_shop.remarks


def test_two_dimensions_at_once(tmp_path: Path) -> None:
    """A line in a month is what the line is when that month is asked for alone; spans come first.

    A component of a fixed half has there what its line had in that half.
    """
    kpis = (
        RATE
        + """
[kpi.since]
title = "増減"
measure = "difference"
figures = ["complaints", "complaints@2024-10..2025-03"]
"""
    )
    own = example(tmp_path, kpis)
    for by in ("line,month", "month,line"):
        rate, since = (own.summarize(kpi, by=by) for kpi in ("rate", "since"))
        for month in range(4, 10):
            period = f"2025-{month:02}"
            alone = {kpi: own.summarize(kpi, period) for kpi in ("rate", "since")}
            for line in (None, *LINES):
                names = [line, period] if by == "line,month" else [period, line]
                group = "/".join(name for name in names if name is not None)
                assert rate.number(None, group) == alone["rate"].number(line)
                assert since.number(None, group) == alone["since"].number(line)
        assert {line: rate.number(None, line) for line in LINES} == dict(rate.items())


def test_entered_components(tmp_path: Path) -> None:
    """What people entered is combined; without it there is no value, and why; it has no groups."""
    own = example(tmp_path, NPS)
    (tmp_path / "published").mkdir()
    values = tmp_path / "published" / "nps.csv"
    head = "period,kpi,item,value,source,entered_on\n"
    values.write_text(
        f"{head}2025H1,nps,,41.5,保険会社,2025-10-05\n2024H1,nps,,30,保険会社,2024-10-05\n",
        encoding="utf-8",
    )
    result = own.summarize("nps_change", compare=["year_ago"])
    assert str(result.number()) == "11.5"
    assert str(result.figure().comparisons[0].value.number) == "0"
    assert result.remarks == [
        '"NPS": entered on 2025-10-05, from 保険会社',
        '"NPS" of 2024-04-01 - 2024-09-30: entered on 2024-10-05, from 保険会社',
    ]
    later = own.summarize("nps_change", "2025H2")
    assert later.value().status is Status.NO_DATA
    assert later.remarks[0] == 'no value, as "NPS" has no data'
    values.write_text(f"{head}2024H2,nps_change,,-3,記録,2025-10-05\n", encoding="utf-8")
    entered = own.summarize("nps_change", "2024H2")
    assert (entered.number(), entered.figure().origin.kind) == (-3, "entered")
    assert entered.figure().components == ()


def test_published_components_serve_for_comparison(tmp_path: Path) -> None:
    """What was published of a component stands, though the exports say otherwise by now."""
    own = example(tmp_path, "")
    frozen = FrozenProject.of(own)
    frozen.freeze("2024H2")  # 1 complaint over 5 policies
    late = [*COMPLAINTS, "C9,2025-01-05,火災,B店,1"]
    again = composed_project(tmp_path, late, POLICIES)
    result = again.summarize("rate", compare=["previous"])
    assert [str(c.value.number) for c in result.figure().comparisons] == ["0.2000"]
    parts = {item: result.figure(item).comparisons[0].value.number for item in LINES}
    assert parts == {"自動車": Decimal("0.0000"), "火災": Decimal("0.5000")}
    frozen.freeze("2024H2", revise=True)  # now the quotient is published too: 2 over 5
    third = composed_project(tmp_path, [*late, "C10,2025-01-06,火災,B店,1"], POLICIES)
    result = third.summarize("rate", compare=["previous"])
    (before,) = result.figure().comparisons
    assert (str(before.value.number), before.origin.kind) == ("0.4000", "frozen")


def test_another_version_of_a_component_is_not_compared(tmp_path: Path) -> None:
    """Its version rises with a component's: neither what was published of it nor of that serves."""
    own = example(tmp_path)
    FrozenProject.of(own).freeze("2024H2")
    text = own.config.read_text(encoding="utf-8")
    raised = text.replace('measure = "count"\nparts', 'measure = "count"\nversion = 2\nparts', 1)
    assert raised != text
    own.config.write_text(raised, encoding="utf-8")
    out = json.loads(
        process(
            *("summarize", "-p", "2025H1", "-k", "rate", "--compare", "previous", "-f", "json"),
            folder=tmp_path,
        ).out
    )
    (kpi,) = out["kpis"]
    assert kpi["version"] == 2
    (before,) = kpi["figures"]["total"]["comparisons"]
    assert (before["value"], before["change"]) == (None, None)
    assert any("定義の第1版" in remark for remark in kpi["remarks"])


def test_which_component_is_not_final(tmp_path: Path) -> None:
    """A row in doubt, a month not covered, nothing exported: each names the component."""
    doubt = composed_project(tmp_path, [*COMPLAINTS, "C6,x,火災,A店,1"], POLICIES)
    value = doubt.summarize("rate").value()
    assert (value.status, value.faulty_rows, str(value.number)) == (
        Status.PROVISIONAL,
        1,
        "0.7500",
    )
    said = 'not final, as "Complaints" is not: rows in doubt (1)'
    assert said in doubt.summarize("rate").remarks
    part = composed_project(tmp_path, COMPLAINTS, POLICIES, covers="2025-05..2025-09")
    result = part.summarize("rate")
    assert result.value().status is Status.PARTIAL
    assert 'not final, as "Complaints" is not: only part of the period' in result.remarks
    assert any(each.startswith('"Complaints": the exports do not cover') for each in result.remarks)
    none = composed_project(tmp_path, COMPLAINTS, POLICIES, covers="2024-05..2024-09")
    assert none.summarize("rate").value().status is Status.NO_DATA
    assert 'no value, as "Complaints" has no data' in none.summarize("rate").remarks
    zero = composed_project(tmp_path, COMPLAINTS, POLICIES[:0])
    result = zero.summarize("rate")
    assert (result.number(), result.value().status) == (None, Status.UNDEFINED)
    assert 'no value, as "Policies in force" is zero' in result.remarks


def test_targets_are_judged_by_the_exact_value(tmp_path: Path) -> None:
    """A bound on the total and on a part; a year's is under way with what it has come to."""
    kpis = RATE + (
        'targets = [{ at_most = 0.75, per = "half" }, { below = 0.75, per = "half" }, '
        '{ at_most = 2, per = "year" }, { at_most = 0.4, per = "half", part = "自動車" }]\n'
    )
    result = example(tmp_path, kpis).summarize("rate")
    assert [t.status.value for t in result.figure().targets] == ["met", "missed", "ongoing"]
    assert [t.status.value for t in result.figure("自動車").targets] == ["missed"]


def test_every_command(tmp_path: Path, run_kpicli: Run) -> None:
    """Formats, explain, rows, check, kpis, freeze, diff, report and audit know it."""
    own = example(tmp_path)
    own.toml("[report]\nnarrative = 'n.md'\n")
    assert own.config.exists()

    def run(*args: str) -> str:
        done = run_kpicli({}, *args)
        assert done.code == 0, done.err
        return done.text

    asked = ("summarize", "-p", "2025H1", "-k", "rate")
    for form, each in FORMATS.items():
        if each.binary:
            run(*asked, "--by", "month", "-o", f"kpi{each.suffixes[0]}")
        else:
            assert "0.7500" in run(*asked, "-f", form), form
    run(*asked, "--by", "month", "--trend", "2", "-o", "kpi.csv")
    run("audit", "kpi.csv")
    total = json.loads(run(*asked, "-f", "json"))["kpis"][0]["figures"]["total"]
    made_of = [(each["kpi"], each["value"]) for each in total["components"]]
    assert made_of == [("complaints", 3), ("in_force", 4)]
    explained = run("explain", "rate", "-p", "2025H1")
    for line in (
        "  数値: 0.7500\n    苦情: 3件\n    保有契約: 4件\n",
        "数え方: 「苦情」 ÷ 「保有契約」",
        "「保有契約」 時点: 期間の末日",
        "[行の内訳: 苦情 (苦情)]",
        "[行の内訳: 契約台帳 (保有契約)]",
    ):
        assert line in explained
    rows = list(csv.DictReader(io.StringIO(run("rows", "rate", "-p", "2025H1", "-f", "csv"))))
    assert [row["kpi"] for row in rows] == ["complaints"] * 3 + ["in_force"] * 4
    part = run("rows", "rate", "-p", "2025H1", "--item", "火災", "-f", "text")
    assert "根拠の行: 4 行(数え直して一致)" in part
    run("check")
    assert ",quotient,1,,true,,,complaints;in_force\n" in run("kpis").replace("\r\n", "\n")
    run("freeze", "--period", "2025H1")
    assert "動いた数値: 0 /" in run("diff", "2025H1", "-f", "text")
    (tmp_path / "n.md").write_text("# 報告\n\n{{ rate }}\n\n::: figures rate\n", encoding="utf-8")
    for name in ("r.html", "r.md", "r.xlsx"):
        run("report", "-p", "2025H1", "-o", name, "--edition", "internal")
    assert "0.7500" in (tmp_path / "r.html").read_text(encoding="utf-8")
    run("report", "-p", "2025H1", "-o", "p.html", "--edition", "public")
    assert "0.7500" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_a_mail_names_the_doubt_and_the_missed_target(tmp_path: Path) -> None:
    """The composed KPI is among the concerns, with the cell that its component stumbles over."""
    kpis = RATE + 'targets = [{ at_most = 0.1, per = "half" }]\n'
    own = composed_project(tmp_path, [*COMPLAINTS, "C6,x,火災,A店,1"], POLICIES, kpis)
    summary = own.summarize("rate").summary
    found = concerns(summary, read_settings(own.config).catalog, "ja")
    assert (found.doubtful, found.missed) == (("保有契約1件あたりの苦情",), ())
    assert any("complaint_log0.csv 7 行目" in line for line in found.lines)
    clean = example(tmp_path, kpis)
    found = concerns(clean.summarize("rate").summary, read_settings(clean.config).catalog, "ja")
    assert (found.doubtful, found.missed) == ((), ("保有契約1件あたりの苦情",))


def test_diff_names_the_component_that_moved(tmp_path: Path) -> None:
    """A complaint that came late moves the quotient, and the part that it is in."""
    frozen = FrozenProject.of(example(tmp_path))
    frozen.freeze()
    frozen.edit("complaint_log0.csv", lambda lines: [*lines[:-1], "C9,2025-09-01,火災,B店,1", ""])
    told = {kpi.id: kpi for kpi in frozen.diff().kpis}["rate"]
    assert [(m.item, m.before.number, m.after.number, m.why and m.why.en) for m in told.moves] == [
        (None, Decimal("0.7500"), Decimal("1.0000"), '"Complaints" (2025H1) moved from 3 to 4'),
        ("火災", Decimal("1.0000"), Decimal("1.5000"), '"Complaints" (2025H1) moved from 2 to 3'),
    ]
    assert (told.redefined, told.compared) == (False, True)


def test_a_component_that_is_defined_otherwise_is_told(tmp_path: Path) -> None:
    """The digest follows the components: their definition is part of its own."""
    own = example(tmp_path)
    frozen = FrozenProject.of(own)
    frozen.freeze()
    text = own.config.read_text(encoding="utf-8")
    changed = text.replace('source = "complaint_log"\n', 'source = "complaint_log"\nwhere = X\n', 1)
    own.config.write_text(changed.replace("= X", '= { line = "火災" }'), encoding="utf-8")
    told = {kpi.id: kpi for kpi in frozen.diff().kpis}["rate"]
    assert told.redefined
    assert [note.en for note in told.notes] == [
        "the definition has changed but not its version 1: raise it"
    ]


def test_an_edited_record_is_refused(tmp_path: Path) -> None:
    """Without the secret, too: the figure must be what its components make."""
    frozen = FrozenProject.of(example(tmp_path))
    frozen.freeze()
    file = tmp_path / "published" / "2025H1.json"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ('"value": "0.7500"', '"value": "0.7600"'),
        ('"times": "1"', '"times": "2"'),
        ('"scale": 0,\n', '"scale": 1000000000,\n'),
        ('"decimals": 4,', '"decimals": 1000000000,'),
        ('"composition": {', '"composition": null, "x": {'),
    ):
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        done = process("diff", "2025H1", folder=tmp_path)
        assert done.code == 4, done.err
    file.write_text(text, encoding="utf-8")


def test_cache_engines_and_optimised_python(tmp_path: Path, run_kpicli: Run) -> None:
    """From the cache, on workers and without asserts the same bytes."""
    own = example(tmp_path, RATE + NPS)
    assert own.config.exists()
    asked = (
        *("summarize", "-p", "2025H1", "--by", "month", "--trend", "2", "-f", "json"),
        *("-k", "rate,nps_change", "--compare", "previous"),
    )
    first = run_kpicli({}, *asked)
    assert first.err == ""
    dask = process(*asked, "--engine", "dask", "--no-cache", folder=own.config.parent)
    bare = subprocess.run(
        [sys.executable, "-O", "-m", "kpicli", *asked, "--no-cache"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
    )
    assert first.out == dask.out == bare.stdout == run_kpicli({}, *asked).out


def test_its_definition_in_words(tmp_path: Path) -> None:
    """How it is put together in a line of both languages, then what each component is."""
    kpis = RATE + (
        '[kpi.per]\ntitle = "1万件あたり"\nmeasure = "quotient"\nfigures = ["complaints", '
        '"in_force@2025-03"]\ntimes = 10000\nunit = "件"\n'
    )
    catalog = read_settings(example(tmp_path, kpis).config).catalog
    words = define(catalog.composed["per"], catalog)
    assert words[0].ja == ("数え方: 「苦情」 ÷ 「保有契約」(2025-03-01 - 2025-03-31) × 10000")
    assert words[0].en == (
        'Measure: "Complaints" over "Policies in force" of 2025-03-01 - 2025-03-31, times 10000'
    )
    assert "「苦情」 数え方: 行数" in [line.ja for line in words]


def test_the_example_of_the_docs(tmp_path: Path) -> None:
    """The docs show whole lines of the real output of the sample, in order."""
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    section = text.partition("#### KPIs made of others\n")[2].partition("\n#### ")[0]
    (block,), (shown,) = (re.findall(rf"```{kind}\n(.*?)```", section, re.S) for kind in FENCES)
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    own = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(f"{own}\n{block}", encoding="utf-8")
    kpis = ",".join(re.findall(r"^\[kpi\.(\w+)\]", block, re.M))
    done = process("summarize", "-p", "2025H1", "-k", kpis, "-f", "text", folder=tmp_path)
    assert done.code == 0
    assert f"\n{shown}" in done.text
