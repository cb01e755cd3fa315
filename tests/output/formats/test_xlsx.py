import io
import time
from datetime import date, datetime

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.base.errors import OutputError
from kpicli.model.figures import Figure
from kpicli.model.summary import Summary
from kpicli.model.value import Origin
from kpicli.output.data.spreadsheet import fill_text
from kpicli.output.formats import Options
from kpicli.output.formats.xlsx import render
from kpicli.output.summary.answer import summary_answer


def sheets(summary: Summary, options: Options | None = None) -> list[Worksheet]:
    """Return the sheets of the rendered workbook."""
    book = openpyxl.load_workbook(io.BytesIO(render(summary_answer(summary), options or Options())))
    return [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]


def table(summary: Summary, options: Options | None = None) -> tuple[Worksheet, dict[str, int]]:
    """Return the table for pivots, and the places of its columns by their heads."""
    sheet = sheets(summary, options)[1]
    return sheet, {str(cell.value): place for place, cell in enumerate(sheet[1])}


def test_numbers_are_numbers(summary: Summary) -> None:
    """Values are numbers and dates dates, shown as ISO days; a missing value is an empty cell."""
    figures, place = table(summary)
    _, _, ratio, undefined = figures.iter_rows(max_row=4)
    by_name = {name: ratio[number] for name, number in place.items()}
    assert (by_name["実績"].value, by_name["実績"].data_type) == (70.6, "n")
    assert (by_name["分子"].value, by_name["単位"].value) == (178, "%")
    assert by_name["開始日"].value == datetime(2025, 4, 1)  # noqa: DTZ001 (cells have no zone)
    assert by_name["開始日"].number_format == "yyyy-mm-dd"
    assert by_name["分子"].number_format == "#,##0;▲#,##0"
    assert undefined[place["実績"]].value is None


def test_formulas_are_text(hostile: Summary) -> None:
    """What begins with `=` is a string, marked so that editing the cell keeps it one."""
    figures, place = table(hostile)
    groups = [row[place["分けた値"]] for row in figures.iter_rows(min_row=3)]
    assert [(cell.value, cell.data_type) for cell in groups] == [
        ("=1+1", "s"),
        ("\\x1b[31m", "s"),
        ("[red]x[/red]", "s"),
        ("a|b", "s"),
        ("＋1", "s"),
        ("二行\\n目", "s"),
        ("\\u202e逆", "s"),
        ("-5", "s"),
        ("未記入", "s"),
    ]
    assert [bool(cell.quotePrefix) for cell in groups] == [
        *(True, False, False, False, True),
        *(False, False, True, False),
    ]
    for sheet in sheets(hostile):
        assert [c for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_the_table_is_one_of_excel(summary: Summary) -> None:
    """Heads in bold that stay in sight, filters, columns as wide as Japanese needs, ids hidden."""
    figures, place = table(summary)
    assert figures["A1"].font.bold
    assert not figures["A2"].font.bold
    (made,) = figures.tables.values()
    assert (figures.freeze_panes, made.ref) == ("A2", figures.dimensions)
    letters = {name: get_column_letter(number + 1) for name, number in place.items()}
    assert figures.column_dimensions[letters["項目"]].width == 30
    assert figures.column_dimensions[letters["指標ID"]].hidden


def test_each_total_stands_once(summary: Summary) -> None:
    """A sum over 合計 has every KPI once, whatever parts and groups stand beside it."""
    for each in (summary, replace(summary, figures=(*summary.figures, *grouped(summary)))):
        figures, place = table(each)
        rows = list(figures.iter_rows(min_row=2, values_only=True))
        totals = [row[place["指標ID"]] for row in rows if row[place["区分"]] == "合計"]
        assert len(totals) == len(set(totals)) == len(list(totals_of(summary)))
    kinds = {row[place["区分"]] for row in rows}
    assert {"内訳", "理由", "参考", "月別の合計"} <= kinds


def grouped(summary: Summary) -> list[Figure]:
    """Return the totals once more, as those of a month."""
    return [replace(each, by="month", group="2025-04") for each in totals_of(summary)]


def totals_of(summary: Summary) -> list[Figure]:
    """Return the totals outside any group."""
    return [each for each in summary.figures if each.kind == "total" and each.by is None]


def test_the_sheet_that_people_read(summary: Summary) -> None:
    """A row a KPI with its parts in words; percentages once; named cells; one page of A4."""
    front = sheets(summary)[0]
    assert front.title == "集計表"
    rows = {str(row[0].value): row for row in front.iter_rows(min_row=4) if row[0].value}
    voices = rows["お客様の声 (原則7も)"]
    assert voices[1].value == "感謝 1,840件、不満 0件、未記入 1件"
    assert [cell.value for cell in voices[2:4]] == [1841, "件"]
    ratio = rows["自動車保険の継続案内前の対話"]
    assert (ratio[1].value, ratio[2].value, ratio[2].number_format) == ("178/252件", 0.706, "0.0%")
    assert ratio[3].value is None
    assert front.page_setup.orientation == "landscape"
    assert (front.page_setup.fitToWidth, front.page_setup.fitToHeight) == (1, 1)
    book = front.parent
    assert book is not None
    assert (
        book.defined_names["kpi_voices"].attr_text
        == f"'集計表'!${voices[2].coordinate[0]}${voices[2].row}"
    )
    assert "データ" in book.defined_names["kpi_voices.感謝"].attr_text


def test_accounting(summary: Summary) -> None:
    """The last sheet shows where the rows of sources, files and KPIs went."""
    rows = [row for row in sheets(summary)[2].iter_rows(values_only=True) if any(row)]
    shown = [tuple(cell for cell in row if cell is not None) for row in rows]
    assert shown == [
        ("2025年度上期", "2025-04-01 から 2025-09-30 まで (2025-09-30 時点)"),
        ("kpicli", "0.1.0"),
        ("カタログ", "c0ffee"),
        ("行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)",),
        (
            *("元データ", "ファイル", "シート", "文字コード"),
            *("読込", "有効", "重複", "差替え", "データ外", "不備", "対象月", "SHA-256"),
        ),
        ("対応記録", 12345, 12000, 300, 40, 3, 2, "2025-04 2025-05"),
        ("対応記録", "対応\\x1b[31m.csv", "cp932", 12345, 12000, 300, 40, 3, 2, "ab" * 32),
        (
            "指標ごとの行の内訳 (有効 + 不備 = 集計 + 条件外 + 日付なし + 期間外 + 未確定"
            " + 未到来 + 除外)",
        ),
        (
            *("項目", "元データ", "有効", "不備", "集計", "条件外", "日付なし", "期間外"),
            *("未確定", "未到来", "除外"),
        ),
        ("対応漏れ", "対応記録", 9, 2, 3, 4, 1, 0, 2, 0, "取消 1件"),
    ]


def test_english_names(summary: Summary) -> None:
    """Sheets and headings follow the language."""
    front, figures, accounting = sheets(summary, Options(language="en"))
    titles = (front.title, figures.title, accounting.title)
    assert titles == ("Figures", "Data", "Accounting")
    assert (figures["A1"].value, front["A4"].value) == ("Period", "Figure")
    assert accounting["A6"].value == "Source"


def test_bytes_do_not_depend_on_the_clock(
    summary: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same summary gives the same bytes, whenever it is rendered."""
    now = render(summary_answer(summary), Options())
    later = time.time() + 10_000_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda _=None: time.gmtime(later))
    assert render(summary_answer(summary), Options()) == now


def test_values_that_were_not_counted(summary: Summary) -> None:
    """A published value is in italics and a later block names its source; the columns stay."""
    first, second, *rest = summary.figures
    origin = Origin("frozen", "published/2024H2.json", date(2025, 4, 10), 1)
    previous = replace(second.comparisons[0], origin=origin)
    changed = replace(second, comparisons=(previous, *second.comparisons[1:]))
    moved = replace(summary, figures=(first, changed, *rest))
    accounting = sheets(moved)[-1]
    figures, place = table(moved)
    row = list(figures.iter_rows())[2]
    assert (row[place["前期"]].font.italic, row[place["実績"]].font.italic) == (True, False)
    told = [[c for c in row if c is not None] for row in accounting.iter_rows(values_only=True)]
    assert told[-3:] == [
        ["数えていない値(公表値と入力値)"],
        ["項目", "内訳", "期間", "値", "由来", "出典", "日付"],
        [
            "自動車保険の継続案内前の対話",
            "2024H2",
            68.8,
            "[公表値]",
            "published/2024H2.json",
            datetime(2025, 4, 10),  # noqa: DTZ001 (cells have no zone)
        ],
    ]


@pytest.mark.parametrize(("text", "fits"), [("あ" * 32_767, True), ("𠮷" * 16_384, False)])
def test_no_text_is_cut(text: str, fits: bool) -> None:
    """One that a cell of Excel cannot hold, in units of UTF-16, is an error, never a part of it."""
    cell = openpyxl.Workbook().worksheets[0]["A1"]
    if fits:
        fill_text(cell, text)
        assert cell.value == text
    else:
        with pytest.raises(OutputError, match="32,768"):
            fill_text(cell, text)
