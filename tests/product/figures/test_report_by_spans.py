"""A report by halves or quarters: every cell as the span says alone, and none of months."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

import kpicli
from support.command_line import PROJECT, Run, process
from support.root import ROOT
from support.tables_read import Table, html_tables

YEAR = "2024-10..2025-09"
"""The twelve months that every export covers."""
END = "2025-09-30"
"""The day as of which its spans are counted too: what was late is closed by then, or is not."""
KPIS = ("voices", "missed_responses", "elderly_cases", "renewal_talks")
WORDS = "# 報告\n\n## 一年\n\n::: cards voices\n\n::: chart voices\n" + "".join(
    f"\n::: months {name}\n" for name in KPIS
)
SPANS = {
    "half": {"2024H2": "2024年度下期", "2025H1": "2025年度上期"},
    "quarter": {
        "2024Q3": "2024年度第3四半期",
        "2024Q4": "2024年度第4四半期",
        "2025Q1": "2025年度第1四半期",
        "2025Q2": "2025年度第2四半期",
    },
}
NOTE = re.compile(r" ?注\d+$")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the settings of a copy of the sample that has words for a whole year."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("sample_data", "published"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "narrative", folder / "narrative")
    shutil.copy(ROOT / "kpicli.toml", folder)
    (folder / f"narrative/{YEAR}.md").write_text(WORDS, encoding="utf-8")
    return folder / "kpicli.toml"


def made(sample: Path, by: str, file: Path, *more: str) -> None:
    """Write the report of the year by spans."""
    own = ("--config", str(sample), *more, "report", "-p", YEAR, "--by", by, "--allow-doubt")
    assert process(*own, "-o", str(file)).code == 0


def numbers(table: Table) -> list[list[str]]:
    """Return the cells of a table with their names, without units and counts of a ratio."""
    rows = []
    for row in table.rows:
        name = NOTE.sub("", row[0]).removeprefix("・")
        values = (re.findall(r"-?[\d,]+(?:\.\d+)?", cell)[-1].replace(",", "") for cell in row[1:])
        rows.append([name, *values])
    return rows


def alone(sample: Path, kpi: str, periods: list[str]) -> list[list[str]]:
    """Return what `summarize` says of each period by itself, line by line."""
    lines: dict[str, list[str]] = {}
    for period in periods:
        summary = kpicli.summarize(period, kpis=kpi, as_of=END, config=sample)
        title = summary.kpis[kpi].title.ja
        figures = [f for f in summary.figures if f.kind in {"total", "part"}]
        for figure in sorted(figures, key=lambda figure: figure.kind != "total"):
            lines.setdefault(figure.item or title, []).append(str(figure.value.number))
    return [[name, *values] for name, values in lines.items()]


@pytest.mark.parametrize("by", SPANS)
def test_every_cell_is_what_the_span_says_alone(by: str, sample: Path, tmp_path: Path) -> None:
    """The columns are the spans and the whole; cards and charts have the same."""
    file = tmp_path / "r.html"
    made(sample, by, file)
    page = file.read_text(encoding="utf-8")
    tables = [table for table in html_tables(page) if table.header[-1] == "計"]
    assert len(tables) == len(KPIS)
    for kpi, table in zip(KPIS, tables, strict=True):
        assert table.header[1:] == [*SPANS[by].values(), "計"]
        assert numbers(table) == alone(sample, kpi, [*SPANS[by], YEAR])
    first, *_, last = SPANS[by].values()
    assert f"{first}～{last}" in re.sub(r"<[^>]+>", "", page)
    assert {"half": "半期別", "quarter": "四半期別"}[by] in page
    assert "月別" not in page


def test_the_workbook_has_the_spans_as_rows(sample: Path, tmp_path: Path) -> None:
    """Their sum, and the check against the period, are called by them."""
    file = tmp_path / "r.xlsx"
    made(sample, "quarter", file)
    sheet = openpyxl.load_workbook(file)["お客様の声"]
    rows = [row[:8] for row in sheet.iter_rows(values_only=True)]
    named = {str(row[0]): row for row in rows}
    totals = [int(alone(sample, "voices", [name])[0][1]) for name in SPANS["quarter"]]
    names = list(SPANS["quarter"].values())
    assert [named[name][7] for name in names] == totals
    order = [str(row[0]) for row in rows]
    places = [order.index(name) for name in (*names, "各四半期の和")]
    assert all(after == before + 1 for before, after in pairwise(places))
    assert str(named["各四半期の和"][7]).startswith("=SUM(")
    assert "検算 (各四半期の和 - 期間)" in named
    counted = openpyxl.load_workbook(file, data_only=True)["お客様の声"]
    sums = {str(row[0]): row[7] for row in counted.iter_rows(values_only=True)}
    assert sums["各四半期の和"] == sum(totals) == 1247
    assert sums["検算 (各四半期の和 - 期間)"] == 0


def test_in_english(sample: Path, tmp_path: Path) -> None:
    """Halves by their labels, and in the words of the workbook."""
    for name in ("r.md", "r.xlsx"):
        made(sample, "half", tmp_path / name, "--lang", "en")
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert re.search(r"\| FY2024H2 \| FY2025H1 \| Total \|", text)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    labels = {str(row[0]) for sheet in book for row in sheet.iter_rows(values_only=True)}
    assert {"Sum of the half-years", "Check (half-years less period)"} <= labels


def test_words_name_the_spans(sample: Path, tmp_path: Path) -> None:
    """A half by its name; a month, which is none of them, is refused with the halves that are."""
    narrative = sample.parent / f"narrative/{YEAR}.md"
    narrative.write_text(f'{WORDS}\n声は{{{{ voices["2024H2"].感謝 }}}}。\n', encoding="utf-8")
    made(sample, "half", tmp_path / "r.md")
    assert "声は330件。" in (tmp_path / "r.md").read_text(encoding="utf-8")
    narrative.write_text(f'{WORDS}\n声は{{{{ voices["2024-10"] }}}}。\n', encoding="utf-8")
    own = ("--config", str(sample), "report", "-p", YEAR, "--by", "half", "--allow-doubt")
    refused = process(*own)
    assert refused.code == 3
    assert "2024H2, 2025H1" in refused.err
    narrative.write_text(WORDS, encoding="utf-8")


def test_what_is_no_span_of_time(run_kpicli: Run) -> None:
    """It is refused, and what can be is named."""
    outcome = run_kpicli(PROJECT, "report", "-p", "2025H1", "--by", "line")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "month, quarter, half, year" in outcome.err


def test_by_month_is_what_nothing_says(sample: Path, tmp_path: Path) -> None:
    """The default is the months, as before."""
    files = [tmp_path / name for name in ("a.md", "b.md")]
    made(sample, "month", files[0])
    own = ("--config", str(sample), "report", "-p", YEAR, "--allow-doubt", "-o", str(files[1]))
    assert process(*own).code == 0
    first, second = (file.read_text(encoding="utf-8") for file in files)
    assert first == second
    assert "| 10月 | 11月 | 12月 | 1月 |" in first
