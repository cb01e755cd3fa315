"""The row accounting as tables of plain cells."""

from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.output.page.row_tables import counts, covered, excluded, files_of, kpi_table, run_rows


def test_what_a_run_is_known_by(summary: Summary) -> None:
    """Period with its days and the as-of date, the program, and the catalogue."""
    assert list(run_rows(summary, "en")) == [
        ("FY2025H1", "2025-04-01 to 2025-09-30 (as of 2025-09-30)"),
        ("kpicli", "0.1.0"),
        ("Catalogue", "c0ffee"),
    ]


def test_every_number_of_a_source(summary: Summary) -> None:
    """In the order of their columns, with the months and the files."""
    (source,) = summary.sources
    assert counts(source.accounting) == (12345, 12000, 300, 40, 3, 2)
    assert covered(source) == "2025-04 2025-05"
    assert covered(replace(source, covered=())) == ""
    assert files_of(summary, source) == summary.files
    assert files_of(summary, replace(source, id="other")) == ()


def test_where_the_rows_of_a_kpi_went(summary: Summary) -> None:
    """By titles; what was excluded, by rule and number; of one KPI or of all."""
    table = kpi_table(summary, "ja")
    assert [column.ja for column in table.columns][:4] == ["項目", "元データ", "有効", "不備"]
    assert table.rows == (("対応漏れ", "対応記録", 9, 2, 3, 4, 1, 0, 2, 0, "取消 1件"),)
    assert kpi_table(summary, "ja", "missed") == table
    assert kpi_table(summary, "ja", "voices").rows == ()


def test_several_rules_take_rows_out(summary: Summary) -> None:
    """Each is named; without any there is nothing to say."""
    (rows,) = summary.accounting
    head = replace(summary.kpis["missed"], labels={"excluded": {"取消": "cancelled"}})
    two = replace(rows, counted=1, excluded=(("取消", 1), ("新規", 2)))
    assert excluded(two, head, "en") == "cancelled 1, 新規 2"
    assert excluded(two, head, "ja") == "取消 1件, 新規 2件"
    assert excluded(replace(rows, counted=4, excluded=()), head, "en") is None
