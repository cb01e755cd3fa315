import io
import time
from datetime import date, datetime

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.model.figures import Origin, Summary
from kpicli.output.formats import Options
from kpicli.output.formats.xlsx import render
from kpicli.output.page.tidy import COLUMNS
from kpicli.output.summary.answer import summary_answer


def sheets(summary: Summary, options: Options | None = None) -> list[Worksheet]:
    """Return the sheets of the rendered workbook."""
    book = openpyxl.load_workbook(io.BytesIO(render(summary_answer(summary), options or Options())))
    return [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]


def test_numbers_are_numbers(summary: Summary) -> None:
    """Values are numbers and dates dates, shown as ISO days; a missing value is an empty cell."""
    figures = sheets(summary)[0]
    header, _, ratio, undefined = figures.iter_rows(max_row=4)
    assert tuple(cell.value for cell in header) == COLUMNS
    by_name = dict(zip(COLUMNS, ratio, strict=True))
    assert (by_name["value"].value, by_name["value"].data_type) == (70.6, "n")
    assert (by_name["numerator"].value, by_name["unit"].value) == (178, "%")
    assert by_name["start"].value == datetime(2025, 4, 1)  # noqa: DTZ001 (cells have no zone)
    assert by_name["start"].number_format == "yyyy-mm-dd"
    assert undefined[COLUMNS.index("value")].value is None


def test_formulas_are_text(hostile: Summary) -> None:
    """What begins with `=` is a string, marked so that editing the cell keeps it one."""
    groups = [row[COLUMNS.index("group")] for row in sheets(hostile)[0].iter_rows(min_row=3)]
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


def test_header_stays_in_sight(summary: Summary) -> None:
    """The header is bold, frozen and filterable, and columns are as wide as Japanese needs."""
    figures = sheets(summary)[0]
    assert figures["A1"].font.bold
    assert not figures["A2"].font.bold
    assert (figures.freeze_panes, figures.auto_filter.ref) == ("A2", "A1:V14")
    assert figures.column_dimensions["E"].width == 30


def test_accounting(summary: Summary) -> None:
    """The second sheet shows where the rows of sources, files and KPIs went."""
    rows = [row for row in sheets(summary)[1].iter_rows(values_only=True) if any(row)]
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
    """Sheets and headings follow the language; the tidy columns do not."""
    figures, accounting = sheets(summary, Options(language="en"))
    assert (figures.title, accounting.title) == ("Figures", "Accounting")
    assert figures["A1"].value == "period"
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
    figures, accounting = sheets(replace(summary, figures=(first, changed, *rest)))
    by_name = dict(zip(COLUMNS, list(figures.iter_rows())[2], strict=True))
    assert (by_name["previous"].font.italic, by_name["value"].font.italic) == (True, False)
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
