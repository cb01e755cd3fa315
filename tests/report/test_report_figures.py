"""The sample report holds every published figure, and says the same as the recount does."""

import csv
import io
import re
from decimal import Decimal

import pytest

from kpicli.model.figures import Summary
from kpicli.report.build import build_report
from kpicli.report.formats import Layout, render_report
from kpicli.report.model import Report
from kpicli.report.narrative.parse import narrative_file, read_narrative
from kpicli.settings.settings import read_settings
from support.reported import sample_summary
from support.root import ROOT
from support.tables_read import Table, html_tables, markdown_tables

FORMATS = ("html", "markdown")
CHARTS = read_settings(ROOT / "kpicli.toml").values.report.charts
SPANS = {"previous": "前期 2024年度下期 2024-10-01 - 2025-03-31",
         "year_ago": "前年同期 2024年度上期 2024-04-01 - 2024-09-30"}  # fmt: skip
TAG = re.compile(r" \((原則[0-9,]+も|合算不可)\)|^\((?:理由|参考)\) ")


@pytest.fixture(scope="module")
def summary() -> Summary:
    """Return the figures of the sample project."""
    return sample_summary()


@pytest.fixture(scope="module")
def report(summary: Summary) -> Report:
    """Return the sample report; its words have no number that is not a figure."""
    settings = read_settings(ROOT / "kpicli.toml")
    narrative = read_narrative(narrative_file(settings, "2025H1"))
    return build_report(settings, narrative, summary, "ja", lint=True)


def rendered(report: Report, form: str) -> str:
    """Return the report in a text format."""
    text = render_report(report, form, Layout("ja", CHARTS))
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="module", params=FORMATS)
def tables(request: pytest.FixtureRequest, report: Report) -> list[Table]:
    """Return all tables of the report in one format."""
    text = rendered(report, request.param)
    return html_tables(text) if request.param == "html" else markdown_tables(text)


Cells = dict[tuple[str, str], dict[str, str]]


def figures(tables: list[Table], titles: dict[str, str]) -> Cells:
    """Return the cells of every figure in the tables of principles, by KPI and item.

    A figure that stands under several principles has to read the same under each.
    """
    found: Cells = {}
    for table in tables:
        if table.header[:2] != ["項目", "実績"] or SPANS["previous"] not in table.header:
            continue
        kpi = ""
        for row in table.rows:
            name = TAG.sub("", row[0].removeprefix("・"))
            kpi, item = (titles[name], "") if name in titles else (kpi, name)
            cells = dict(zip(table.header, row, strict=True))
            cells["項目"] = name
            assert found.setdefault((kpi, item), cells) == cells, (kpi, item)
    return found


def committed() -> list[dict[str, str]]:
    """Return the published table."""
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def leading(cell: str) -> int:
    """Return the number that a cell begins with."""
    found = re.match(r"[\d,]+", cell)
    assert found is not None, cell
    return int(found[0].replace(",", ""))


def test_every_published_figure_stands_in_its_table(tables: list[Table], summary: Summary) -> None:
    """Values, counts of ratios, and comparisons named with their dates, read back."""
    cells = figures(tables, {head.title.ja: name for name, head in summary.kpis.items()})
    for row in committed():
        shown = cells[row["kpi"], row["item"]]
        if row["value"]:
            assert leading(shown["実績"]) == int(row["value"]), row
        else:
            counts = f"{row['numerator']}/{row['denominator']}"
            assert shown["実績"].startswith(counts), row
        for kind, heading in SPANS.items():
            if row[kind]:
                change = int(row["value"]) - int(row[kind])
                assert leading(shown[heading]) == int(row[kind]), row
                assert shown[heading].endswith(f"({change:+d})" if change else "(0)"), row


def test_no_figure_is_missing(tables: list[Table], summary: Summary) -> None:
    """Every figure of the run outside a month stands there with the number it has."""
    cells = figures(tables, {head.title.ja: name for name, head in summary.kpis.items()})
    own = [figure for figure in summary.figures if figure.by is None]
    assert {figure.kpi for figure in own} == set(summary.kpis)
    for figure in own:
        shown = cells[figure.kpi, figure.item or ""]["実績"]
        number = Decimal(re.sub(r"[^\d.]", "", shown.split()[-1]))
        assert number == figure.value.number, figure


def test_the_numbers_of_charts_stand_in_tables(tables: list[Table]) -> None:
    """The table beside the chart of voices has each month's parts, which add up to the half."""
    table = next(t for t in tables if t.caption.startswith("お客様の声の月別の推移"))
    assert table.header == ["月", "感謝", "不満", "要望", "その他", "計"]
    assert [row[0] for row in table.rows] == [f"2025-0{month}" for month in range(4, 10)]
    sums = [sum(leading(row[i]) for row in table.rows) for i in range(1, 6)]
    assert sums == [720, 97, 16, 8, 841]


def test_targets_met_and_missed_stand_at_the_top(tables: list[Table]) -> None:
    """The first table is that of the targets."""
    table = tables[0]
    assert table.header == ["項目", "原則", "実績", "目標"]
    assert [row[-1].split()[-1] for row in table.rows] == ["達成", "未達", "達成", "達成"]


def test_the_correspondence_names_every_figure(tables: list[Table], summary: Summary) -> None:
    """対応表: each KPI with its principles and every section that shows it."""
    table = next(t for t in tables if "記載箇所" in t.header)
    rows = {row[1]: row for row in table.rows}
    assert list(rows) == list(summary.kpis)
    voices = rows["voices"]
    assert voices[2] == "2, 7"
    assert "原則2 お客様の最善の利益の追求" in voices[3]
    assert "原則7 従業員に対する適切な動機づけの枠組み" in voices[3]


def test_the_rows_are_accounted_for(tables: list[Table]) -> None:
    """The appendix has the rows of each source, and of each KPI in its sources."""
    sources = next(t for t in tables if t.header[:2] == ["元データ", "読込"])
    voices = next(row for row in sources.rows if row[0] == "お客様の声")
    assert voices[1:] == ["1,650", "1,511", "134", "5", "0", "0", "2024-04..2025-09"]
    assert any(t.header[:3] == ["項目", "元データ", "有効"] for t in tables)


@pytest.mark.parametrize("form", FORMATS)
def test_the_words_hold_the_figures_and_the_parts_of_a_report(report: Report, form: str) -> None:
    """Seven principles, each with its four parts; definitions; one figure reads the same."""
    text = re.sub(r"<[^>]+>", "", rendered(report, form))
    for name in ("取り組み課題", "数値・事実", "評価", "今後の取り組み"):
        assert len(re.findall(rf"^(?:### )?{name}$", text, re.MULTILINE)) == 7
    assert "お客様の声は841件(感謝720件、不満97件、要望16件、その他8件)" in text
    assert "前年同期の163件から+412件" in text
    assert "数え方: 比率" in text


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_report_is_the_same_text(report: Report, form: str) -> None:
    """No clock, no chance: rendered twice, the bytes are equal."""
    assert rendered(report, form) == rendered(report, form)
