"""Contents, definitions, rows and files stand around the figures."""

from openpyxl.workbook import Workbook

from kpicli.model.summary import Summary


def test_sheets_lead_to_each_other(book: Workbook, sample: Summary) -> None:
    """The report and the contents lead to every KPI's sheet, and each leads back to both."""
    report, contents = book.worksheets[:2]
    own = book.worksheets[2 : 2 + len(sample.kpis)]
    kpis = {f"'{sheet.title}'!A1" for sheet in own}
    assert len(kpis) == len(sample.kpis)
    for sheet in (report, contents):
        links = {c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}
        assert kpis <= links
    for sheet in own:
        links = {sheet[address].hyperlink.location for address in ("A2", "B2")}
        assert links == {"'報告'!A1", "'目次'!A1"}
    assert book.sheetnames[2 + len(own) :] == ["定義", "行の内訳", "ファイル"]


def test_definitions_rows_and_files(book: Workbook, sample: Summary) -> None:
    """The appendix says how each figure is counted, where each row went, and of which file."""
    definitions = [row[5] for row in book["定義"].iter_rows(4, values_only=True)]
    assert len(definitions) == len(sample.kpis)
    assert all("数え方: " in str(text) for text in definitions)
    rows = list(book["行の内訳"].iter_rows(values_only=True))
    assert ("お客様の声", "2024-04..2025-09", 1650, 1511, 134, 5, 0, 0) in [row[:8] for row in rows]
    shown = [(row[0], row[1]) for row in rows if row[1] is not None]
    titles = {source.id: source.title.ja for source in sample.sources}
    for each in sample.accounting:
        assert (sample.kpis[each.kpi].title.ja, titles[each.source]) in shown
    hashes = {str(row[10]) for row in book["ファイル"].iter_rows(min_row=5, values_only=True)}
    assert {file.sha256 for file in sample.files} <= hashes
