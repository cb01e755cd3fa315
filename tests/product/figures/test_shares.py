"""Parts as shares of their total, shown beside the counts in every output."""

import csv
import io
import json
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.settings.settings import read_settings
from support.command_line import Run
from support.small_project import Project

KPI = """
[kpi.kinds]
title = "声の区分"
source = "voices"
measure = "count"
parts = { by = "category", share = true }
"""
ROWS = [
    "V1,2025/4/1,生保,感謝,,",
    "V2,2025/5/1,生保,感謝,,",
    "V3,2025/5/2,損保,不満,,",
]


def project(folder: Path, kpi: str = KPI) -> Project:
    """Return a project with three voices."""
    return Project(folder).export("voices", ROWS).toml(kpi)


def test_each_part_has_its_share(tmp_path: Path) -> None:
    """Two of three are 66.7 %; in a group it is of the group's total; of nothing there is none."""
    result = project(tmp_path).summarize("kinds", by="month")
    shares = {item: result.figure(item).share for item in ("感謝", "不満", "要望", None)}
    assert shares == {
        "感謝": Decimal("66.7"),
        "不満": Decimal("33.3"),
        "要望": Decimal("0.0"),
        None: None,
    }
    assert result.figure("不満", "2025-05").share == Decimal("50.0")
    assert result.figure("不満", "2025-06").share is None


def test_every_output_has_them(tmp_path: Path, run_kpicli: Run) -> None:
    """Beside the count for people; a field of its own, the last one, for programs."""
    own = project(tmp_path, KPI + "[report]\nnarrative = 'n.md'\n")
    catalog = read_settings(own.config).catalog
    assert "内訳: 声の区分(構成比も)" in [line.ja for line in define(catalog.kpi["kinds"], catalog)]
    asked = ("summarize", "-p", "2025H1", "-k", "kinds")
    for form in ("table", "text", "html", "markdown"):
        text = run_kpicli({}, *asked, "-f", form).text
        assert ("66.7%" if form == "html" else "2件 (66.7%)") in text, form
    rows = list(csv.DictReader(io.StringIO(run_kpicli({}, *asked, "-f", "csv").text)))
    assert list(rows[0])[-1] == "share"
    assert [row["share"] for row in rows] == ["", "66.7", "33.3", "0.0", "0.0"]
    (kpi,) = json.loads(run_kpicli({}, *asked, "-f", "json").out)["kpis"]
    assert [part["share"] for part in kpi["figures"]["parts"]] == ["66.7", "33.3", "0.0", "0.0"]
    for form in ("csv", "xlsx", "parquet"):
        done = run_kpicli({}, *asked, "--by", "month", "-o", f"kpi.{form}")
        assert done.code == 0, done.err
    audited = run_kpicli({}, "audit", "kpi.csv")
    assert audited.code == 0, audited.err
    assert "2件 (66.7%)" in run_kpicli({}, "explain", "kinds", "-p", "2025H1").text
    (tmp_path / "n.md").write_text("# 報告\n\n::: figures kinds\n", encoding="utf-8")
    done = run_kpicli({}, "report", "-p", "2025H1", "-o", "r.html", "--edition", "internal")
    assert done.code == 0, done.err
    assert "66.7%" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_without_shares_nothing_changes(tmp_path: Path, run_kpicli: Run) -> None:
    """No column is added where no KPI asks for shares."""
    assert project(tmp_path, KPI.replace(", share = true", "")).config.exists()
    out = run_kpicli({}, "summarize", "-p", "2025H1", "-k", "kinds", "-f", "csv").text
    assert out.splitlines()[0].endswith(",origin,definition")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("share = true", "share = true, total = false"),
        ('measure = "count"', 'measure = "ratio"\nnumerator = { line = "生保" }'),
    ],
)
def test_what_has_no_shares_is_refused(old: str, new: str, tmp_path: Path) -> None:
    """Shares are of a total that is counted or added."""
    with pytest.raises(SettingsError) as error:
        project(tmp_path, KPI.replace(old, new)).summarize("kinds")
    assert "only parts of a total that is counted or added" in str(error.value)


@settings(max_examples=30, deadline=None)
@given(counts=st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_shares_agree_with_the_standard_library(counts: list[int]) -> None:
    """Each is the part over the total, rounded once."""
    names = ("感謝", "不満", "要望", "その他")
    kinds = [name for name, count in zip(names, counts, strict=True) for _ in range(count)]
    rows = [f"V{n},2025/4/1,生保,{kind},," for n, kind in enumerate(kinds)]
    with tempfile.TemporaryDirectory() as folder:
        result = Project(Path(folder)).export("voices", rows).toml(KPI).summarize("kinds")
    for name, count in zip(names, counts, strict=True):
        share = result.figure(name).share
        if not kinds:
            assert share is None
            continue
        exact = Decimal(100 * count) / Decimal(len(kinds))
        assert share == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
