"""The report workbook of the sample project, read back with openpyxl."""

import time
from datetime import date

import pytest
from msgspec.structs import replace
from openpyxl.workbook import Workbook

import kpicli
from kpicli.base.wording import Language, Text
from kpicli.model.summary import Summary
from kpicli.output.workbook.printing import print_on_a4
from kpicli.report.editions import public_summary
from kpicli.report.model import Frame
from support.reported import calculated, cells, only, opened, rendered, report_on, sheets
from support.root import ROOT


def test_formulas_come_to_what_they_carry(book: Workbook, formulas: Workbook) -> None:
    """Every formula, calculated anew, equals the result stored beside it; checks are 0."""
    count = 0
    for sheet in formulas.worksheets:
        values = cells(book[sheet.title])
        for address, formula in cells(sheet).items():
            if str(formula).startswith("=") and sheet[address].data_type == "f":
                count += 1
                assert calculated(formula, values) == values[address], (sheet.title, address)
    assert count > 2 * len(sheets(book)), "months are summed, changes and checks calculated"


def test_titles_that_are_no_sheet_names(sample: Summary) -> None:
    """Forbidden signs, long titles and equal titles still give a sheet each, linked."""
    titles = ("[x]:*?/\\", "長" * 40, "長" * 40, "目次", "it's")
    names = list(sample.kpis)[: len(titles)]
    texts = [Text(title, title) for title in titles]
    kpis = {n: replace(sample.kpis[n], title=t) for n, t in zip(names, texts, strict=True)}
    book = opened(rendered(report_on(replace(only(sample, *names), kpis=kpis))))
    assert book.sheetnames[2:7] == [
        *("［x］：＊？／＼", "長" * 31, "長" * 27 + " (2)", "目次 (2)", "it's"),
    ]
    links = [cell.hyperlink.location for cell in book["目次"]["B"] if cell.hyperlink]
    assert links[-1] == "'it''s'!A1"


def test_english(sample: Summary) -> None:
    """Sheets, headings and states follow the language."""
    book = opened(rendered(report_on(only(sample, "voices", "missed_responses")), "en"))
    assert book.sheetnames[:2] == ["Report", "Contents"]
    assert [cell.value for cell in book["Customer voices"][4]][:3] == [
        "Period",
        "First day",
        "Last day",
    ]
    assert "no data" in cells(book.worksheets[0]).values()


def test_bytes_do_not_depend_on_the_clock(sample: Summary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same report gives the same bytes, whenever it is rendered."""
    report = report_on(only(sample, "voices", "renewal_talks"), "**本文**です。\n\n- =1+1")
    content = rendered(report)
    later = time.time() + 10_000_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda _=None: time.gmtime(later))
    assert rendered(report) == content


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


@pytest.mark.parametrize("one_page", [True, False])
def test_a_title_is_no_code_of_a_header(one_page: bool) -> None:
    """`&P` in a title would print the number of the page; it is cut where a header ends."""
    sheet = Workbook().create_sheet("表")
    sheet["C7"] = 1
    print_on_a4(sheet, "A&P 5" + "x" * 100, "&D", None, one_page=one_page)
    assert sheet.oddHeader.left.text == "A&&P 5" + "x" * 75
    assert sheet.oddFooter.left.text == "&&D"
    assert (sheet.print_title_rows, sheet.print_area) == (None, "'表'!$A$1:$C$7")
    assert sheet.page_setup.fitToHeight == (1 if one_page else 0)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_trend_has_a_sheet(language: Language) -> None:
    """Every series is a row with bare numbers; the contents lead to it; without one is none."""
    summary = kpicli.summarize(
        "2025H1", trend=5, by="month", compare=("previous", "year_ago"),
        kpis=["voices", "renewal_talks"], config=ROOT / "kpicli.toml", today=date(2025, 11, 1),
    )  # fmt: skip
    name = {"ja": "推移", "en": "Trend"}[language]
    book = opened(rendered(report_on(summary), language))
    assert book.sheetnames[2] == name
    assert name in cells(book.worksheets[1]).values()
    values = list(book[name].iter_rows(min_row=4, values_only=True))
    rows = [row[2:7] for row in values if row[2] is not None]
    assert rows == [
        (0.488, 0.521, 0.585, 0.645, 0.706),
        (142, 198, 260, 406, 841),
        (118, 165, 214, 330, 720),
        (17, 24, 33, 58, 97),
        (5, 6, 9, 12, 16),
        (2, 3, 4, 6, 8),
    ]
    assert len(rows) == len(summary.trend)
    assert name not in opened(rendered(report_on(replace(summary, trend=())), language)).sheetnames


def test_the_author_is_who_publishes(sample: Summary) -> None:
    """The organisation where the settings name one, else kpicli."""
    report = report_on(only(public_summary(sample), "voices"))
    assert opened(rendered(report)).properties.creator == "kpicli"
    framed = replace(report, frame=Frame(organisation="見本の代理店"))
    assert opened(rendered(framed)).properties.creator == "見本の代理店"


def test_a_public_workbook_says_nothing_internal(sample: Summary) -> None:
    """No id, hash, definition, account of rows or files; what is internal says so in its header."""
    public = public_summary(sample)
    report = replace(report_on(public, "本文"), edition="public", definitions={})
    book = opened(rendered(report))
    texts = [str(c.value) for sheet in sheets(book) for row in sheet.iter_rows() for c in row]
    said = "\n".join([*texts, *(sheet.title for sheet in sheets(book))])
    assert [name for name in sample.kpis if name in said] == []
    assert sample.catalogue_hash not in said
    internal = (
        "SHA-256",
        "読込",
        "差替え",
        "期間外",
        "定義",
        "(理由)",
        "(参考)",
        "行の内訳",
        ".csv",
    )
    assert [word for word in internal if word in said] == []
    headers = {sheet.oddHeader.left.text for sheet in sheets(book)}
    assert [text for text in headers if "社内用" in str(text)] == []
    assert "doubtful_closures" not in public.kpis
