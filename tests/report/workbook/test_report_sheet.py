"""The report sheet holds every KPI, whatever the sections speak of."""

from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.report.narrative.model import Passage
from support.reported import figure_lines, only, opened, rendered, report_on


def test_kpis_that_no_section_speaks_of_are_there(sample: Summary) -> None:
    """A KPI outside the principles of the sections stands under a heading of its own."""
    some = only(sample, "voices", "renewal_talks", "navi_uses")
    report = replace(report_on(some), sections=report_on(some).sections[:1])
    lines = figure_lines(opened(rendered(report)).worksheets[0])
    titles = {line["項目"].split(" (原則")[0].removesuffix(" (合算不可)") for line in lines}
    assert {head.title.ja for head in some.kpis.values()} <= titles


def test_titles_lose_the_marks_of_markdown(sample: Summary) -> None:
    """A cell knows no bold and no escapes: what is filled in for `a|b` reads `a|b`."""
    some = report_on(only(sample, "voices"))
    section = replace(some.sections[0], heading=Passage("原則1 `声` と \\<b>"))
    report = replace(some, title="**報告** a\\|b", sections=(section,))
    book = opened(rendered(report))
    sheet = book.worksheets[0]
    assert sheet["A1"].value == book.properties.title == "報告 a|b"
    assert sheet.oddHeader is not None
    assert sheet.oddHeader.left.text == "社内用 報告 a|b"
    assert [cell.value for cell in sheet["A"]].count("原則1 声 と <b>") == 1
