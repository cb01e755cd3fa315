import pytest

from kpicli.report.workbook.sheet_names import sheet_names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("お客様の声", "お客様の声"),
        ("[x]:*?/\\", "［x］：＊？／＼"),
        ("'引用'", "’引用’"),
        ("あ" * 40, "あ" * 31),
        ("𠮷" * 20, "𠮷" * 15),
        ("a\x1bb", "a＼x1bb"),
        ("  ", "_"),
        ("履歴", "履歴 (2)"),
        ("History", "History (2)"),
    ],
)
def test_a_title_becomes_a_name_that_excel_allows(title: str, name: str) -> None:
    """Forbidden signs, quotes at the ends, 31 UTF-16 units, blank and reserved names."""
    assert sheet_names([title]) == (name,)


def test_no_name_comes_twice() -> None:
    """Names count as the same also where case or width alone differs, and where both are cut."""
    long = "い" * 40
    assert sheet_names(["KPI", "kpi", "ＫＰＩ", long, long, "目次"], ["目次"]) == (
        *("KPI", "kpi (2)", "ＫＰＩ (3)"),
        *("い" * 31, "い" * 27 + " (2)"),
        "目次 (2)",
    )
