"""Every kind of measure through every command: one that is added by a file goes right everywhere.

The kinds are those that the program knows, and one that these tests add: a file that declares and
calculates it, put beside the others in a process of its own. The project is the same for all:
twelve visits, whose figures are counted by hand below.
"""

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures import KINDS
from kpicli.output.formats import FORMATS
from kpicli.settings.settings import read_settings
from support.command_line import Outcome, Run, environment
from support.root import ROOT

VISITS = """\
番号,訪問日,商品区分,担当,分,結果
1,2025-04-01,生保,S001,10,成約
2,2025-04-15,生保,S001,20,なし
3,2025-05-01,損保,S002,30,成約
4,2025-05-20,損保,S003,40.5,成約
5,2025-06-30,生保,S002,50,なし
6,2025-07-01,生保,S004,60,成約
7,2025-08-01,損保,S001,70,なし
8,2025-09-30,損保,S004,80,成約
9,2024-10-01,生保,S001,10,成約
10,2024-11-01,損保,S002,20,なし
11,2025-03-31,損保,S003,30,成約
12,2025-10-01,生保,S001,99,成約
"""
STAFF = "職員番号,チーム,在籍開始日,在籍終了日\n" + "".join(
    f"S00{number},生保,2020-04-01,\n" for number in (1, 2, 3, 4, 5)
)
SETTINGS = """\
[exports]
visits = { files = "visits.csv", covers = "2024-10..2025-09" }
staff = "staff.csv"
[source.visits]
title = "訪問記録"
key = ["visit"]
rhythm = "continuous"
[source.visits.columns]
visit = { headers = ["番号"], type = "id", required = true }
on = { headers = ["訪問日"], type = "date", required = true }
line = { headers = ["商品区分"], type = "code", codes = "line" }
staff = { headers = ["担当"], type = "text" }
minutes = { headers = ["分"], type = "number" }
outcome = { headers = ["結果"], type = "code", codes = "visit_outcome" }
[codes.visit_outcome]
values = { "成約" = [], "なし" = [] }
"""
DECLARED = {
    "count": "",
    "dates": 'of = "on"\nwith = ["line"]',
    "distinct": 'of = "staff"',
    "maximum": 'of = "minutes"',
    "mean": 'of = "minutes"',
    "median": 'of = "minutes"',
    "ratio": 'numerator = { outcome = "成約" }',
    "rules": '[[kpi.visited.rules]]\nlabel = "成約"\ndate = "on"\nwhere = { outcome = "成約" }\n'
    '[[kpi.visited.rules]]\nlabel = "生保"\ndate = "on"\nwhere = { line = "生保" }',
    "sum": 'of = "minutes"',
}
EXPECTED: dict[str, tuple[str, int | None, int | None]] = {
    "count": ("8", None, None),
    "dates": ("8", None, None),
    "distinct": ("4", None, None),
    "maximum": ("80", None, None),
    "mean": ("45.1", None, 8),  # 360.5 / 8 = 45.0625
    "median": ("45.3", None, 8),  # (40.5 + 50) / 2 = 45.25
    "ratio": ("62.5", 5, 8),
    "rules": ("7", None, None),  # five 成約, then visits 2 and 5
    "sum": ("360.5", None, None),
}
"""Value, numerator and denominator of 2025H1."""
EDITED = {
    kind: Decimal(value)
    for kind, value in {
        "count": "7",
        "dates": "7",
        "distinct": "3",
        "maximum": "80",
        "mean": "45.7",  # 320 / 7 = 45.714
        "median": "50.0",
        "ratio": "57.1",  # 4 / 7
        "rules": "6",
        "sum": "320",
    }.items()
}
"""The values once visit 4, the only one of S003 in the half, is gone."""

ADDED_KIND = '''\
"""Kind `maximum`: the largest number of a column."""

from collections.abc import Collection, Iterator
from typing import Literal

from kpicli.base.wording import Text
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.catalog.problems import not_number
from kpicli.model.measured import Measured


class MaximumKpi(Kpi):
    """The largest number of the column `of`."""

    sums = Sums.NONE
    sums_over_periods = False
    amounts = True

    measure: Literal["maximum"]
    of: str

    @classmethod
    def count(cls, rows, members=()):
        return Measured(max((row.amount for row in rows), default=None))

    @property
    def amount(self):
        return self.of

    def problems(self, tables):
        yield from not_number(tables.source[self.source], self.of, f"kpi.{self.id}.of")

    def measure_words(self, tables):
        return Text("数え方: 最大", "Measure: maximum")


def calculate(kpi, datasets, catalog, scope):
    from kpicli.calculators.amounts import calculate_amounts

    def largest(tally):
        return Measured(max((number for number, times in tally if times), default=None))

    return calculate_amounts(kpi, datasets, catalog, scope, largest)
'''
START = """\
import sys
from importlib.util import find_spec, module_from_spec
for name in ("kpicli.catalog.measures", "kpicli.calculators.measures"):
    spec = find_spec(name)
    spec.submodule_search_locations.append(sys.argv[1])
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
import pytest
sys.exit(pytest.main(sys.argv[2:]))
"""
"""Starts these tests with the kinds of a folder beside kpicli's own."""


class KindProject:
    """The visits with one KPI of a kind, and the command line to ask for it."""

    def __init__(self, folder: Path, kind: str, run: Run) -> None:
        self.folder, self.kind, self._run = folder, kind, run
        self.declare()

    def declare(self, parts: str = "", visits: str = VISITS) -> None:
        """Write the settings, the KPI with or without parts, and the exports."""
        kpi = declaration("visited", self.kind, parts)
        files = {"kpicli.toml": SETTINGS + kpi, "visits.csv": visits, "staff.csv": STAFF}
        for name, content in files.items():
            (self.folder / name).write_text(content, encoding="utf-8")

    def kpicli(self, *args: str) -> Outcome:
        """Run a command, which must end well."""
        outcome = self._run({}, *args)
        assert outcome.code == 0, outcome.err
        return outcome

    def run(self, *args: str) -> Outcome:
        """Run a command, however it ends."""
        return self._run({}, *args)

    def summarize(self, *args: str) -> dict[str, Any]:
        """Return the KPI's object in the JSON of `summarize`."""
        out = self.kpicli("summarize", "-p", "2025H1", "-k", "visited", "-f", "json", *args)
        kpi: dict[str, Any] = json.loads(out.out)["kpis"][0]
        return kpi

    def moves(self) -> list[dict[str, Any]]:
        """Return the figures that `diff` says have moved."""
        (period,) = json.loads(self.kpicli("diff", "2025H1", "-f", "json").out)["periods"]
        return [move for kpi in period["kpis"] for move in kpi["moves"]]


def declaration(name: str, kind: str, parts: str = "") -> str:
    """Return the tables of a KPI of a kind."""
    head = f'[kpi.{name}]\ntitle = "訪問"\nprinciples = ["2"]\nsource = "visits"\n'
    own = DECLARED[kind].replace("visited", name)
    return f'{head}measure = "{kind}"\n{parts}\n{own}\n'


@pytest.fixture(params=KINDS)
def project(request: pytest.FixtureRequest, tmp_path: Path, run_kpicli: Run) -> KindProject:
    """Return the project for each kind."""
    return KindProject(tmp_path, request.param, run_kpicli)


def test_all_kinds_are_here() -> None:
    """Whoever adds a kind adds its declaration and its figures, counted by hand, to this file."""
    assert set(DECLARED) == set(EXPECTED) == set(EDITED) == {*KINDS, "maximum"}


def test_a_kind_that_one_file_adds(tmp_path: Path) -> None:
    """A kind that kpicli has never heard of passes all of these tests."""
    (tmp_path / "maximum.py").write_text(ADDED_KIND, encoding="utf-8")
    tests = ["-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=--import-mode=importlib"]
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path), *tests, "-k", "maximum", "-q", __file__],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d\d? passed", done.stdout)


@pytest.mark.usefixtures("cache_folder")
def test_summarize_and_its_groups(project: KindProject) -> None:
    """The figure, its months and its comparison; from the cache it is the same again."""
    kpi = project.summarize("--by", "month", "--compare", "previous")
    total = kpi["figures"]["total"]
    value, numerator, denominator = EXPECTED[project.kind]
    assert (str(total["value"]), total["numerator"], total["denominator"]) == (
        value,
        numerator,
        denominator,
    )
    months = kpi["figures"]["groups"]
    assert [month["group"] for month in months] == [f"2025-0{month}" for month in range(4, 10)]
    additive = KINDS[project.kind].sums is Sums.EXACT
    assert kpi["additive"] is additive
    if additive:
        assert sum(Decimal(month["total"]["value"]) for month in months) == Decimal(value)
    assert total["comparisons"][0]["value"] is not None
    assert project.summarize("--by", "month", "--compare", "previous") == kpi


@pytest.mark.parametrize("by", ["month", "quarter", "half", "year"])
def test_groups_of_time_are_the_spans_alone(project: KindProject, by: str) -> None:
    """A group of `--by` month, quarter, half or year is what the span is when asked for alone."""
    command = ("summarize", "-k", "visited", "-f", "json", "--as-of", "2025-09-30")
    asked = json.loads(project.kpicli(*command, "-p", "2024-10..2025-09", "--by", by).out)
    groups = asked["kpis"][0]["figures"]["groups"]
    names = {
        "quarter": ["2024Q3", "2024Q4", "2025Q1", "2025Q2"],
        "half": ["2024H2", "2025H1"],
        "year": ["2024-10..2025-03", "2025-04..2025-09"],
    }
    assert by == "month" or [group["group"] for group in groups] == names[by]
    for group in groups:
        alone = json.loads(project.kpicli(*command, "-p", group["group"]).out)
        assert group["total"] == alone["kpis"][0]["figures"]["total"]


def test_as_of_takes_later_rows_out(project: KindProject) -> None:
    """The figure is what it would be without the later rows, which are told; it is not final."""
    asked = ("--as-of", "2025-06-30", "--by", "month", "--no-cache")
    kpi = project.summarize(*asked)
    later = 2 if project.kind == "rules" else 3  # visit 7 fits no rule
    own = kpi["accounting"][0]
    assert (own["not_yet_due"], own["counted"]) == (later, 5)
    assert f"{later} 行は日付が 2025-06-30 より後なので" in "".join(kpi["remarks"])
    total = kpi["figures"]["total"]
    assert total["status"] == "partial"
    months = kpi["figures"]["groups"]
    statuses = [month["total"]["status"] for month in months[:3]]
    assert statuses == ["ok"] * 3
    rows = project.kpicli("rows", "visited", "-p", "2025H1", *asked[:2], "--doubtful", "-f", "csv")
    assert rows.text.count(",not_yet_due,") == later
    explained = project.kpicli("explain", "visited", "-p", "2025H1", *asked[:2], "-f", "json").out
    assert json.loads(explained)["accounting"][0] == own
    refused = project.run("freeze", "-p", "2025H1", *asked[:2])
    assert (refused.code, "2025-06-30 の時点でまだ終わっていません" in refused.err) == (5, True)
    past = (line for line in VISITS.splitlines(keepends=True) if line.split(",")[1] <= "2025-06-30")
    header = VISITS.splitlines(keepends=True)[0]
    project.declare(visits=header + "".join(past))
    alone = project.summarize(*asked)["figures"]
    both = zip((total, *months[:3]), (alone["total"], *alone["groups"][:3]), strict=True)
    for each, expected in ((f.get("total", f) for f in pair) for pair in both):
        for key in ("value", "numerator", "denominator"):
            assert each[key] == expected[key]
    assert alone["total"]["status"] == "ok"


@pytest.mark.usefixtures("cache_folder")
def test_a_trend_is_each_period_alone(project: KindProject) -> None:
    """The figure and its parts in each half are those of the half alone; so they are in the cache.

    What is frozen of a half stands there, and its own csv adds up.
    """
    project.declare('parts = { by = "line" }')
    command = ("summarize", "-k", "visited", "-f", "json")
    asked = (*command, "-p", "2025H1", "--trend", "2")
    trend = json.loads(project.kpicli(*asked).out)["trend"]
    names = ("value", "numerator", "denominator", "status")
    for place, half in enumerate(("2024H2", "2025H1")):
        figures = json.loads(project.kpicli(*command, "-p", half).out)["kpis"][0]["figures"]
        alone = [figures["total"], *figures["parts"], *figures["rules"]]
        points = [series["points"][place] for series in trend["series"]]
        assert [[p[n] for n in names] for p in points] == [[f[n] for n in names] for f in alone]
    assert json.loads(project.kpicli(*asked).out)["trend"] == trend
    project.kpicli("summarize", "-p", "2025H1", "--trend", "2", "-o", "trend.csv")
    project.kpicli("audit", "trend.csv")
    project.kpicli("freeze", "--period", "2024H2", "--not-final")
    frozen = json.loads(project.kpicli(*asked).out)["trend"]
    for before, after in zip(trend["series"], frozen["series"], strict=True):
        assert after["points"][0]["origin"]["kind"] == "frozen"
        assert [after["points"][0][n] for n in names] == [before["points"][0][n] for n in names]
        assert not after["points"][1]["breaks"]


def test_every_format(project: KindProject) -> None:
    """Each format shows the value; those for people show both numbers of a percentage."""
    value, numerator, denominator = EXPECTED[project.kind]
    for form, each in FORMATS.items():
        if each.binary:
            file = f"kpi{each.suffixes[0]}"
            project.kpicli("summarize", "-p", "2025H1", "-k", "visited", "-o", file)
            continue
        out = project.kpicli("summarize", "-p", "2025H1", "-k", "visited", "-f", form)
        assert value in out.text, form
        if KINDS[project.kind].percentage and form in ("table", "text", "html"):
            assert f"{numerator}/{denominator}" in out.text, form
        if project.kind == "dates" and form in ("table", "text", "markdown", "html"):
            assert "2025年5月20日(損保)" in out.text, form


def test_rows_make_the_figure(project: KindProject) -> None:
    """`rows` names the rows, which are counted again on the way; so do those of a part."""
    out = project.kpicli("rows", "visited", "--period", "2025H1", "-f", "csv").text
    counted = [line for line in out.splitlines()[1:] if "visits.csv" in line]
    assert len(counted) == (7 if project.kind == "rules" else 8)
    project.declare('parts = { by = "line" }')
    project.kpicli("rows", "visited", "--period", "2025H1", "--item", "生保", "-f", "csv")


def test_explain_says_the_kind(project: KindProject) -> None:
    """`explain` says how it is measured, not how another kind is."""
    out = project.kpicli("explain", "visited", "--period", "2025H1").text
    assert "数え方: " in out
    assert ("数え方: 行数" in out) == (project.kind == "count")
    words = read_settings(project.folder / "kpicli.toml").catalog
    assert words.kpi["visited"].measure_words(words).en.startswith("Measure: ")


def test_check_and_lists(project: KindProject) -> None:
    """`check` and `kpis` know it."""
    project.kpicli("check")
    assert f",{project.kind}," in project.kpicli("kpis").text


def test_freeze_and_diff(project: KindProject) -> None:
    """What is frozen is read back; a row that goes is the one cause of the difference."""
    project.kpicli("freeze", "--period", "2025H1", "--not-final")
    assert project.moves() == []
    visits = [line for line in VISITS.splitlines(keepends=True) if not line.startswith("4,")]
    project.declare(visits="".join(visits))
    value = EXPECTED[project.kind][0]
    assert Decimal(project.summarize()["figures"]["total"]["value"]) == EDITED[project.kind]
    if EDITED[project.kind] == Decimal(value):  # the row counted, but another makes the number
        assert project.moves() == []
        return
    (move,) = [move for move in project.moves() if move["kind"] == "total"]
    before, after = (Decimal(move[side]["value"]) for side in ("before", "after"))
    assert (before, after) == (Decimal(value), EDITED[project.kind])
    assert [effect["cause"] for effect in move["effects"]] == ["removed"]


MODIFIERS = {
    "top": 'top = { by = "minutes", most = 3 }',
    "decimals": 'decimals = 3\nrounding = "down"',
    "scale": 'scale = "千"\ndecimals = 3',
}


@pytest.mark.parametrize("word", MODIFIERS)
def test_every_word_goes_with_every_kind(project: KindProject, word: str) -> None:
    """What modifies a KPI is counted again, frozen, found unmoved and audited; or it is refused."""
    kind = KINDS[project.kind]
    project.declare(MODIFIERS[word])
    counts = not (kind.percentage or kind.amounts)
    if (word == "decimals" and counts) or (
        word == "scale" and (kind.percentage or project.kind == "dates")
    ):
        refused = project.run("summarize", "-p", "2025H1", "-k", "visited")
        assert (refused.code, f"kpi.visited.{word}" in refused.err) == (3, True)
        return
    months = project.summarize("--by", "month")["figures"]["groups"]
    for month in months[:3]:
        alone = project.kpicli("summarize", "-p", month["group"], "-k", "visited", "-f", "json")
        own = json.loads(alone.out)["kpis"][0]["figures"]["total"]
        names = ("value", "numerator", "denominator", "status")
        assert [month["total"][n] for n in names] == [own[n] for n in names]
    project.kpicli("rows", "visited", "--period", "2025H1", "-f", "csv")
    project.kpicli("explain", "visited", "--period", "2025H1")
    project.kpicli("freeze", "--period", "2025H1", "--not-final")
    assert project.moves() == []
    project.kpicli("summarize", "--period", "2025H1", "--by", "month", "-o", "month.csv")
    project.kpicli("audit", "month.csv")


def test_report_and_audit(project: KindProject) -> None:
    """The report shows it, and its own csv adds up."""
    narrative = "# 報告\n\n## 原則2\n\n### 評価\n\n{{ visited }}\n"
    (project.folder / "narrative").mkdir()
    (project.folder / "narrative" / "2025H1.md").write_text(narrative, encoding="utf-8")
    project.kpicli("report", "--period", "2025H1", "-o", "report.md")
    shown = (project.folder / "report.md").read_text(encoding="utf-8")
    expected = "2025年5月20日(損保)" if project.kind == "dates" else EXPECTED[project.kind][0]
    assert expected in shown
    project.declare('parts = { by = "line" }')
    for by in ("month", "quarter", "half"):
        project.kpicli("summarize", "--period", "2025H1", "--by", by, "-o", f"{by}.csv")
        project.kpicli("audit", f"{by}.csv")


def test_a_cluster_counts_the_same(tmp_path: Path, run_kpicli: Run) -> None:
    """On workers all kinds give the same JSON, byte for byte."""
    project = KindProject(tmp_path, "count", run_kpicli)
    kpis = [declaration(kind, kind) for kind in KINDS]
    (tmp_path / "kpicli.toml").write_text("\n".join((SETTINGS, *kpis)), encoding="utf-8")
    all_kinds = ("-k", ",".join(KINDS))
    command = ("summarize", "-p", "2025H1", "--trend", "2", *all_kinds, "-f", "json", "--no-cache")
    for asked in (command, (*command, "--as-of", "2025-06-30")):
        assert project.kpicli(*asked, "--engine", "dask").out == project.kpicli(*asked).out
