"""The report sheet holds every KPI, whatever the sections speak of."""

from msgspec.structs import replace

from kpicli.model.figures import Summary
from support.reported import figure_lines, only, opened, rendered, report_on


def test_kpis_that_no_section_speaks_of_are_there(summary: Summary) -> None:
    """A KPI outside the principles of the sections stands under a heading of its own."""
    some = only(summary, "voices", "renewal_talks", "navi_uses")
    report = replace(report_on(some), sections=report_on(some).sections[:1])
    lines = figure_lines(opened(rendered(report)).worksheets[0])
    titles = {line["項目"].split(" (原則")[0].removesuffix(" (合算不可)") for line in lines}
    assert {head.title for head in some.kpis.values()} <= titles
