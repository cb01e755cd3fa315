"""The sheets クロス集計 and 推移: what stands in them as numbers, and how it is shown."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kpicli
from kpicli.base.wording import Language
from kpicli.model.summary import Summary
from kpicli.output.formats import render
from kpicli.output.interface import Options
from kpicli.output.summary.answer import summary_answer
from support.root import ROOT


def sheet(summary: Summary, name: str, language: Language = "ja") -> Worksheet:
    """Return a sheet of the summary's workbook."""
    book = render("xlsx", summary_answer(summary), Options(language=language))
    assert isinstance(book, bytes)
    return openpyxl.load_workbook(BytesIO(book))[name]


@pytest.fixture(scope="module")
def by_month() -> Summary:
    """Return a count with parts, a percentage and a target, by month."""
    kpis = ["compliance_meetings", "renewal_talks", "voices"]
    return kpicli.summarize("2025H1", by="month", kpis=kpis, config=ROOT / "kpicli.toml")


def test_a_cross_table_is_read_like_the_front(by_month: Summary) -> None:
    """Principles as bands, totals in bold, parts indented; percentages calculate and show once."""
    own = sheet(by_month, "クロス集計")
    assert [cell.value for cell in own[3]] == [
        "項目", "単位", "4月", "5月", "6月", "7月", "8月", "9月", "全体", "目標",
    ]  # fmt: skip
    looks = [(row[0].font.b, row[0].alignment.indent) for row in own.iter_rows(4)]
    names = [row[0].value for row in own.iter_rows(4)]
    assert [(name, *look) for name, look in zip(names, looks, strict=True)] == [
        ("原則1", True, 0),
        ("コンプライアンス会議", True, 0),
        ("原則2", True, 0),
        ("自動車保険の継続案内前の対話 (合算不可)", True, 0),
        ("お客様の声 (原則7も)", True, 0),
        ("感謝", False, 2),
        ("不満", False, 2),
        ("要望", False, 2),
        ("その他", False, 2),
    ]
    talks, voices = own[7], own[8]
    assert (talks[1].value, talks[8].value, talks[8].number_format) == (None, 0.706, "0.0%")
    assert (voices[1].value, voices[8].value, voices[8].number_format) == ("件", 841, "#,##0")
    assert own[5][9].value == "月に1回以上 達成"
    assert [cell.value for cell in voices[2:8]] == [157, 133, 136, 136, 136, 143]


def test_states_stand_beside_the_numbers() -> None:
    """Months without data are blank, and say so at the end; without any there is no column."""
    summary = kpicli.summarize("2025", by="month", kpis=["voices"], config=ROOT / "kpicli.toml")
    own = sheet(summary, "クロス集計", language="ja")
    heads = [cell.value for cell in own[3]]
    assert heads[-1] == "状態"
    total = next(
        row for row in own.iter_rows(4, values_only=True) if row[0] == "お客様の声 (原則7も)"
    )
    assert total[heads.index("2025-10" if "2025-10" in heads else "10月")] is None
    assert "データなし" in str(total[-1])


def test_the_sheets_have_english_heads(by_month: Summary) -> None:
    """Names, units and states are in the language that is asked for."""
    own = sheet(by_month, "Cross table", language="en")
    assert [cell.value for cell in own[3]][:3] == ["Figure", "Unit", "2025-04"]


def test_sheets_are_printed_like_the_front(by_month: Summary) -> None:
    """A4 landscape, a page wide, heads on every page, under the frozen head."""
    own = sheet(by_month, "クロス集計")
    assert (own.page_setup.orientation, own.page_setup.fitToWidth) == ("landscape", 1)
    assert (own.print_title_rows, own.freeze_panes) == ("$3:$3", "B4")
