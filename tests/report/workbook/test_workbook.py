"""The report workbook of the sample project, read back with openpyxl."""

import csv
import time
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl.workbook import Workbook

from kpicli.model.figures import Figure, KpiHead, Origin, Status, Summary
from support.reported import (
    calculated,
    cells,
    figure_lines,
    opened,
    rendered,
    report_on,
    sample_summary,
    sheets,
)
from support.root import ROOT


@pytest.fixture(scope="module")
def summary() -> Summary:
    """Return the sample's figures."""
    return sample_summary()


@pytest.fixture(scope="module")
def content(summary: Summary) -> bytes:
    """Return the sample's workbook."""
    return rendered(report_on(summary, "**本文**です。\n\n- =1+1"))


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    """Return the workbook with the results that its formulas carry."""
    return opened(content)


def committed() -> list[dict[str, str]]:
    """Return the rows of the committed table."""
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def line_of(book: Workbook, summary: Summary, row: dict[str, str]) -> dict[str, Any]:
    """Return the line of a figure on the report sheet: its KPI's title, then its item."""
    head, lines = summary.kpis[row["kpi"]], figure_lines(book.worksheets[0])
    titles = [n for n, line in enumerate(lines) if line["項目"].split(" (")[0] == head.title]
    if not row["item"]:
        return lines[titles[0]]
    return next(line for line in lines[titles[0] + 1 :] if line["項目"] == row["item"])


@pytest.mark.parametrize("row", committed(), ids=lambda row: f"{row['kpi']}-{row['item']}")
def test_every_published_figure_is_a_number(
    row: dict[str, str], book: Workbook, summary: Summary
) -> None:
    """Counts, numerators and denominators, and both comparisons with their changes."""
    line = line_of(book, summary, row)
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


def test_every_figure_and_comparison_stands_on_its_sheet(book: Workbook, summary: Summary) -> None:
    """A KPI's sheet holds the figure of every month, part and compared period."""
    own = dict(zip(summary.kpis, sheets(book)[2:], strict=False))
    for figure in summary.figures:
        held = {value for row in own[figure.kpi].iter_rows(values_only=True) for value in row}
        for value in (figure.value, *(c.value for c in figure.comparisons if figure.by is None)):
            ratio = value.denominator is not None
            shown = None if value.number is None else float(value.number)
            expected = shown if shown is None or not ratio else round(shown / 100, 3)
            assert {expected, value.numerator, value.denominator} <= held, figure


def test_voices_by_month(book: Workbook) -> None:
    """Parts by month, the sum of the months, the period, the check, and both comparisons."""
    sheet = book["お客様の声"]
    table = [row[:1] + row[3:9] for row in sheet.iter_rows(4, 16, values_only=True)]
    assert table == [
        ("期間", "感謝", "不満", "要望", "その他", "実績", "検算"),
        ("2025年4月", 129, 23, 4, 1, 157, 0),
        ("2025年5月", 113, 16, 2, 2, 133, 0),
        ("2025年6月", 121, 12, 2, 1, 136, 0),
        ("2025年7月", 112, 20, 3, 1, 136, 0),
        ("2025年8月", 123, 9, 2, 2, 136, 0),
        ("2025年9月", 122, 17, 3, 1, 143, 0),
        ("各月の和", 720, 97, 16, 8, 841, None),
        ("2025年度上期", 720, 97, 16, 8, 841, 0),
        ("検算 (各月の和 - 期間)", 0, 0, 0, 0, 0, None),
        ("前期 2024年度下期", 330, 58, 12, 6, 406, 0),
        ("前期との増減", 390, 39, 4, 2, 435, None),
        ("前年同期 2024年度上期", 214, 33, 9, 4, 260, 0),
    ]
    assert sheet["B12"].value.date().isoformat() == "2025-04-01"
    assert (sheet["D15"].number_format, sheet["D12"].number_format) == (
        "+#,##0;-#,##0;0",
        "#,##0",
    )


def test_formulas_come_to_what_they_carry(content: bytes) -> None:
    """Every formula, calculated anew, equals the result stored beside it; checks are 0."""
    carried, count = opened(content), 0
    for sheet in opened(content, formulas=True).worksheets:
        values = cells(carried[sheet.title])
        for address, formula in cells(sheet).items():
            if str(formula).startswith("=") and sheet[address].data_type == "f":
                count += 1
                assert calculated(formula, values) == values[address], (sheet.title, address)
    assert count == 280


def test_what_does_not_add_up_is_not_added(content: bytes) -> None:
    """Distinct customers and ratios have no sum, and say so."""
    for sheet in opened(content, formulas=True).worksheets:
        if "合算: 不可" in str(sheet["A3"].value):
            formulas = [value for value in cells(sheet).values() if "SUM(" in str(value)]
            assert formulas == []
            assert any("合算不可: " in str(value) for value in cells(sheet).values())


def test_a_month_without_denominator_is_undefined_not_zero(book: Workbook) -> None:
    """A ratio over nothing leaves its cell empty and is marked."""
    sheet = book["ロープレ1回目合格"]
    assert [cell.value for cell in sheet[6]][3:7] == [0, 0, None, "算出不可"]


def test_states_are_shown(summary: Summary) -> None:
    """No data, partial and rows in doubt stand where the number would be misread."""
    first, second, third, *_ = (f for f in summary.figures if f.kind == "total" and f.by is None)
    values = (
        replace(first.value, number=None, status=Status.NO_DATA),
        replace(second.value, status=Status.PARTIAL),
        replace(third.value, status=Status.PROVISIONAL, faulty_rows=2),
    )
    figures = [
        replace(figure, value=value, comparisons=())
        for figure, value in zip((first, second, third), values, strict=True)
    ]
    kpis = {figure.kpi: summary.kpis[figure.kpi] for figure in figures}
    report = report_on(replace(summary, kpis=kpis, figures=tuple(figures), accounting=()))
    lines = figure_lines(opened(rendered(report)).worksheets[0])
    assert [(line["実績"], line["状態"]) for line in lines] == [
        ("データなし", "データなし"),
        (1, "一部のみ"),
        (26, "要確認(2件)"),
    ]


def test_sheets_lead_to_each_other(book: Workbook, summary: Summary) -> None:
    """The report and the contents lead to every KPI's sheet, and each leads back to both."""
    report, contents = book.worksheets[:2]
    kpis = {f"'{sheet.title}'!A1" for sheet in book.worksheets[2:31]}
    assert len(kpis) == len(summary.kpis) == 29
    for sheet in (report, contents):
        links = {c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}
        assert kpis <= links
    for sheet in book.worksheets[2:31]:
        links = {sheet[address].hyperlink.location for address in ("A2", "B2")}
        assert links == {"'報告'!A1", "'目次'!A1"}
    assert book.sheetnames[31:] == ["定義", "行の内訳", "ファイル"]


def test_every_kpi_has_a_chart(content: bytes) -> None:
    """Parts are stacked, single series are columns, percentages are lines of their own."""
    book = opened(content)
    kinds = {sheet.title: sheet._charts for sheet in sheets(book)[2:31]}
    assert {len(charts) for charts in kinds.values()} == {1}
    voices, talks = kinds["お客様の声"][0], kinds["自動車保険の継続案内前の対話"][0]
    schemes = kinds["制度を説明し成約した顧客"][0]
    assert (voices.grouping, len(voices.series)) == ("stacked", 4)
    assert (talks.tagname, talks.y_axis.numFmt.formatCode) == ("lineChart", "0%")
    assert (schemes.grouping, len(schemes.series)) == ("clustered", 2)
    first = voices.series[0]
    assert first.val.numRef.f == "'お客様の声'!$D$5:$D$10"
    assert [int(point.v) for point in first.val.numRef.numCache.pt] == [
        129,
        113,
        121,
        112,
        123,
        122,
    ]


def test_definitions_rows_and_files(book: Workbook, summary: Summary) -> None:
    """The appendix says how each figure is counted, where each row went, and of which file."""
    definitions = [row[5] for row in book["定義"].iter_rows(4, values_only=True)]
    assert len(definitions) == 29
    assert all("数え方: " in str(text) for text in definitions)
    rows = list(book["行の内訳"].iter_rows(values_only=True))
    assert ("お客様の声", "2024-04..2025-09", 1650, 1511, 134, 5, 0, 0) in [row[:8] for row in rows]
    shown = [(row[0], row[1]) for row in rows if row[1] is not None]
    titles = {source.id: source.title for source in summary.sources}
    for each in summary.accounting:
        assert (summary.kpis[each.kpi].title, titles[each.source]) in shown
    hashes = {str(row[10]) for row in book["ファイル"].iter_rows(min_row=5, values_only=True)}
    assert {file.sha256 for file in summary.files} <= hashes


def test_printing_and_panes(book: Workbook) -> None:
    """Every sheet is A4 landscape, one page wide, with its headings frozen and repeated."""
    for sheet in sheets(book):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.oddFooter.right.text == "&P / &N"
    assert (book["報告"].freeze_panes, book["報告"].print_title_rows) == ("B4", "$3:$3")
    assert book["お客様の声"].freeze_panes == "B5"
    assert book["報告"].column_dimensions["A"].width == 52


def test_texts_stay_texts(content: bytes, summary: Summary) -> None:
    """What begins with a sign of a formula is text wherever it comes from, a title or a text."""
    head = replace(summary.kpis["voices"], title="=1+1", unit="@x", principles=("2",))
    figures = tuple(f for f in summary.figures if f.kpi == "voices")
    figures = tuple(replace(f, item=f"-{f.item}") if f.kind == "part" else f for f in figures)
    hostile = replace(summary, kpis={"voices": head}, figures=figures, accounting=())
    report = replace(report_on(hostile, "=HYPERLINK(1)\n+1"), title="@=&A")
    book = opened(rendered(report), formulas=True)
    started = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value)[:1] in {"=", "+", "-", "@"} and cell.data_type == "s"
    ]
    assert {"=1+1", "@x", "-感謝", "=HYPERLINK(1)\n+1", "@=&A"} <= {c.value for c in started}
    assert all(cell.quotePrefix for cell in started if cell.value != "-")
    assert sheets(book)[0].oddHeader.left.text == "@=&&A"
    assert "本文です。\n\n・=1+1" in cells(opened(content).worksheets[0]).values()


def test_titles_that_are_no_sheet_names(summary: Summary) -> None:
    """Forbidden signs, long titles and equal titles still give a sheet each, linked."""
    titles = ("[x]:*?/\\", "長" * 40, "長" * 40, "目次", "it's")
    names = list(summary.kpis)[: len(titles)]
    kpis = {n: replace(summary.kpis[n], title=t) for n, t in zip(names, titles, strict=True)}
    figures = tuple(figure for figure in summary.figures if figure.kpi in kpis)
    rows = tuple(each for each in summary.accounting if each.kpi in kpis)
    hostile = replace(summary, kpis=kpis, figures=figures, accounting=rows)
    book = opened(rendered(report_on(hostile)))
    assert book.sheetnames[2:7] == [
        *("［x］：＊？／＼", "長" * 31, "長" * 27 + " (2)", "目次 (2)", "it's"),
    ]
    links = [cell.hyperlink.location for cell in book["目次"]["B"] if cell.hyperlink]
    assert links[-1] == "'it''s'!A1"


def test_kpis_that_no_section_speaks_of_are_there(summary: Summary) -> None:
    """A KPI outside the principles of the sections stands under a heading of its own."""
    report = replace(report_on(summary), sections=report_on(summary).sections[:1])
    lines = figure_lines(opened(rendered(report)).worksheets[0])
    titles = {line["項目"].split(" (原則")[0].removesuffix(" (合算不可)") for line in lines}
    assert {head.title for head in summary.kpis.values()} <= titles


def test_english(summary: Summary) -> None:
    """Sheets, headings and states follow the language."""
    book = opened(rendered(report_on(summary), "en"))
    assert book.sheetnames[:2] == ["Report", "Contents"]
    assert [cell.value for cell in book["お客様の声"][4]][:3] == ["Period", "First day", "Last day"]
    assert "no data" in cells(book.worksheets[0]).values()


def test_it_needs_no_definitions_and_no_months(summary: Summary) -> None:
    """Without definitions, months or figures the sheets are there all the same."""
    bare = KpiHead("bare", "空", (), "件", "count", 1, True)
    figures = tuple(figure for figure in summary.figures if figure.by is None)
    report = report_on(replace(summary, kpis={**summary.kpis, "bare": bare}, figures=figures))
    book = opened(rendered(replace(report, definitions={})))
    assert [sheet._charts for sheet in sheets(book) if sheet._charts] == []
    assert "空" in book.sheetnames


def test_bytes_do_not_depend_on_the_clock(
    content: bytes, summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same report gives the same bytes, whenever it is rendered."""
    later = time.time() + 10_000_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda _=None: time.gmtime(later))
    assert rendered(report_on(summary, "**本文**です。\n\n- =1+1")) == content


def test_what_was_not_counted_is_marked(summary: Summary) -> None:
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

    changed = replace(summary, figures=tuple(marked(figure) for figure in summary.figures))
    found = opened(rendered(report_on(changed)))
    lines = figure_lines(found.worksheets[0])
    line = next(line for line in lines if line["項目"].startswith("お客様の声"))
    assert line["状態"] == "[入力値] 前期: [公表値]"
    rows = {row[0]: row for row in found["お客様の声"].iter_rows(values_only=True)}
    assert "[入力値]" in rows["2025年度上期"]
    assert "[公表値]" in rows["前期 2024年度下期"]
    assert not {"[公表値]", "[入力値]"} & set(rows["前年同期 2024年度上期"])
