"""Every figure is a row of the report sheet, with what it is compared with and how it stands."""

import csv
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl.workbook import Workbook

from kpicli.model.figures import Figure
from kpicli.model.summary import Summary
from kpicli.model.value import Origin, Status
from support.reported import figure_lines, only, opened, rendered, report_on
from support.root import ROOT


def committed() -> list[dict[str, str]]:
    """Return the rows of the committed table."""
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def line_of(book: Workbook, sample: Summary, row: dict[str, str]) -> dict[str, Any]:
    """Return the line of a figure on the report sheet: its KPI's title, then its item."""
    head, lines = sample.kpis[row["kpi"]], figure_lines(book.worksheets[0])
    titles = [n for n, line in enumerate(lines) if line["項目"].split(" (")[0] == head.title.ja]
    if not row["item"]:
        return lines[titles[0]]
    return next(line for line in lines[titles[0] + 1 :] if line["項目"] == row["item"])


@pytest.mark.parametrize("row", committed(), ids=lambda row: f"{row['kpi']}-{row['item']}")
def test_every_published_figure_is_a_number(
    row: dict[str, str], book: Workbook, sample: Summary
) -> None:
    """Counts, numerators and denominators, and both comparisons with their changes."""
    line = line_of(book, sample, row)
    if row["value"]:
        assert (line["実績"], line["分子"]) == (int(row["value"]), None)
    else:
        counts = int(row["numerator"]), int(row["denominator"])
        assert (line["分子"], line["分母"]) == counts
        assert line["実績"] == float(round(Decimal(100 * counts[0]) / counts[1], 1) / 100)
    for column, name in (("前期", "previous"), ("前年同期", "year_ago")):
        if row[name]:
            assert line[column] == int(row[name])
            assert line[f"{column}増減"] == int(row["value"]) - int(row[name])


def test_states_are_shown(sample: Summary) -> None:
    """No data, partial and rows in doubt stand where the number would be misread."""
    first, second, third, *_ = (f for f in sample.figures if f.kind == "total" and f.by is None)
    values = (
        replace(first.value, number=None, status=Status.NO_DATA),
        replace(second.value, status=Status.PARTIAL),
        replace(third.value, status=Status.PROVISIONAL, faulty_rows=2),
    )
    figures = [
        replace(figure, value=value, comparisons=())
        for figure, value in zip((first, second, third), values, strict=True)
    ]
    kpis = {figure.kpi: sample.kpis[figure.kpi] for figure in figures}
    report = report_on(replace(sample, kpis=kpis, figures=tuple(figures), accounting=()))
    lines = figure_lines(opened(rendered(report)).worksheets[0])
    assert [(line["実績"], line["状態"]) for line in lines] == [
        ("データなし", "データなし"),
        (1, "一部のみ"),
        (26, "要確認(2件)"),
    ]


def test_what_was_not_counted_is_marked(sample: Summary) -> None:
    """A published and an entered value bear the marks that the notes explain, on both sheets."""
    frozen, entered = Origin("frozen", "2024H2.json", edition=1), Origin("entered", "公表ページ")

    def marked(figure: Figure) -> Figure:
        if figure.kpi != "voices" or figure.by is not None or figure.kind != "total":
            return figure
        previous, year_ago = figure.comparisons
        return replace(
            figure,
            origin=entered,
            comparisons=(replace(previous, origin=frozen), year_ago),
        )

    voices = only(sample, "voices")
    changed = replace(voices, figures=tuple(marked(figure) for figure in voices.figures))
    marked_book = opened(rendered(report_on(changed)))
    lines = figure_lines(marked_book.worksheets[0])
    line = next(line for line in lines if line["項目"].startswith("お客様の声"))
    assert line["状態"] == "[入力値] 前期: [公表値]"
    rows = {row[0]: row for row in marked_book["お客様の声"].iter_rows(values_only=True)}
    assert "[入力値]" in rows["2025年度上期"]
    assert "[公表値]" in rows["前期 2024年度下期"]
    assert not {"[公表値]", "[入力値]"} & set(rows["前年同期 2024年度上期"])
