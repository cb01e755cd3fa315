"""`rows --all` of the sample: from its rows one query gives each published figure again."""

import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

import kpicli
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from support.counted_again import accounted, assert_counted_again
from support.root import ROOT
from support.small_project import TODAY


@pytest.mark.parametrize("asked", ["2025H1", "2025-06"])
def test_every_figure_of_the_sample(asked: str, tmp_path: Path) -> None:
    """Counts, distinct persons, ratios, rules and parts: by the query, and by hand."""
    config = ROOT / "kpicli.toml"
    summary = kpicli.summarize(asked, config=config, today=TODAY)
    assert assert_counted_again(summary, config, TODAY, tmp_path) > 30


def test_memos_of_the_sample(tmp_path: Path) -> None:
    """Rows that name a memo are as many as it says: by the query of the pages, and by hand."""
    config = ROOT / "kpicli.toml"
    summary = kpicli.summarize("2025H1", kpis="missed_responses", config=config, today=TODAY)
    published = {f.item: f.value.number for f in summary.figures if f.kind == "memo"}
    request = Request(summary.period)
    rows = accounted(read_settings(config), "missed_responses", request, TODAY, tmp_path)
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    (sql,) = re.findall(r"`(SELECT kpi, memo, .*?)`", page)
    queried = duckdb.connect().execute(sql.replace("rows.parquet", str(rows))).fetchall()
    assert {memo: number for _, memo, number in queried} == published
    read = parquet.read_table(rows).to_pylist()
    assert Counter(row["memo"] for row in read if row["memo"] is not None) == published
    assert published == {"期限後に完了": 3, "前期以前からの期限超過": 2}
