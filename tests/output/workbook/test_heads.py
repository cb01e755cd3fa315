"""Heads of columns in the language of the office."""

from kpicli.base.wording import Text
from kpicli.output.data.records import Column
from kpicli.output.workbook.heads import HEADS, heads


def test_heads_follow_the_language() -> None:
    """A head of its own goes before the usual one; without any a column goes by its name."""
    columns = (Column("kpi"), Column("kind", title=Text("種別", "Sort")), Column("own_column"))
    assert heads(columns, "ja") == ["指標ID", "種別", "own_column"]
    assert heads(columns, "en") == ["KPI id", "Sort", "own_column"]


def test_no_two_heads_are_one() -> None:
    """Excel takes no table in which a head stands twice, and repairs the file."""
    columns = (Column("title"), Column("x", title=Text("項目", "Title")))
    assert heads(columns, "ja") == ["項目", "項目 (x)"]
    for language in ("ja", "en"):
        usual = heads(tuple(map(Column, HEADS)), language)
        assert len({head.casefold() for head in usual}) == len(usual)
