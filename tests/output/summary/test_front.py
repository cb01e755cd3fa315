"""The sheet 集計表: a row a KPI, its first parts in words, whatever their number."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import kpicli
from kpicli.output.data.front import Front
from kpicli.output.summary.front import MOST_PARTS, summary_front

SETTINGS = """
[exports]
calls = { files = "calls.csv", covers = "2025-04..2025-09" }
[codes.product]
open = true
[source.calls]
title = "入電"
key = ["no"]
rhythm = "continuous"
[source.calls.columns]
no = { headers = "番号", type = "id", required = true }
on = { headers = "日", type = "date", required = true }
product = { headers = "商品", type = "code", codes = "product" }
[kpi.calls]
title = "入電"
source = "calls"
measure = "count"
unit = "件"
parts = { by = "product" }
"""


def front(folder: Path, products: int) -> Front:
    """Return the sheet of a count with so many parts, one row each."""
    days = (date(2025, 4, 1) + timedelta(days=number % 180) for number in range(products))
    lines = [f"N{n},{day},商品{n:05d}" for n, day in enumerate(days)]
    (folder / "calls.csv").write_text("\n".join(["番号,日,商品", *lines, ""]), encoding="utf-8")
    (folder / "kpicli.toml").write_text(SETTINGS, encoding="utf-8")
    summary = kpicli.summarize(
        "2025H1", kpis="calls", config=folder / "kpicli.toml", today="2025-10-01"
    )
    return summary_front(summary, "ja")


@pytest.mark.parametrize(
    ("products", "more"), [(12, ""), (13, "ほか 1 行"), (3000, "ほか 2,988 行")]
)
def test_the_first_parts_are_named(products: int, more: str, tmp_path: Path) -> None:
    """A cell holds twelve of them, and says how many more the sheet データ has."""
    _, row = front(tmp_path, products).rows
    parts = str(row.cells[1].content).split("、")
    assert parts[:MOST_PARTS] == [f"商品{number:05d} 1件" for number in range(MOST_PARTS)]
    assert parts[MOST_PARTS:] == ([f"{more}(シート「データ」)"] if more else [])
    assert row.cells[2].content == products
