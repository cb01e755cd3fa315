"""The html format: the tables of the page, escaped, in one file."""

from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.html import render
from kpicli.output.summary.answer import summary_answer
from support.tables_read import html_tables


def test_tables_by_principle(summary: Summary) -> None:
    """Each principle has a table with comparisons named by their dates, targets and states."""
    page = render(summary_answer(summary), Options())
    table = next(t for t in html_tables(page) if t.caption == "原則2")
    assert table.header[:2] == ["項目", "実績"]
    assert table.header[2] == "前期 2024年度下期 2024-10-01 - 2025-03-31"
    voices = next(row for row in table.rows if row[0].startswith("お客様の声"))
    assert voices[1] == "1,841件"
    assert page.startswith('<!doctype html>\n<html lang="ja">')
    assert "<script" not in page
