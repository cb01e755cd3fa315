"""Every KPI that has months has a native chart of them."""

from msgspec.structs import replace
from openpyxl.workbook import Workbook

from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import KpiHead
from kpicli.model.summary import Summary
from support.reported import only, opened, rendered, report_on, sheets


def test_every_kpi_has_a_chart(formulas: Workbook, sample: Summary) -> None:
    """Parts are stacked, single series are columns, percentages are lines of their own."""
    kpis = sheets(formulas)[2 : 2 + len(sample.kpis)]
    kinds = {sheet.title: sheet._charts for sheet in kpis}
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


def test_it_needs_no_definitions_and_no_months(sample: Summary) -> None:
    """Without definitions, months or figures the sheets are there all the same."""
    bare = KpiHead("bare", parse_text("空"), (), parse_unit("件"), "count", 1, True)
    some = only(sample, "voices", "renewal_talks")
    figures = tuple(figure for figure in some.figures if figure.by is None)
    report = report_on(replace(some, kpis={**some.kpis, "bare": bare}, figures=figures))
    book = opened(rendered(replace(report, definitions={})))
    assert [sheet._charts for sheet in sheets(book) if sheet._charts] == []
    assert "空" in book.sheetnames
