"""The sheet of one KPI."""

from openpyxl.workbook import Workbook


def test_voices_by_month(book: Workbook) -> None:
    """Parts by month, the sum of the months, the period, the check, and both comparisons."""
    sheet = book["お客様の声"]
    table = [row[:1] + row[3:9] for row in sheet.iter_rows(4, 16, values_only=True)]
    assert table == [
        ("期間", "感謝", "不満", "要望", "その他", "実績", "検算"),
        ("2025年4月", 129, 23, 4, 1, 157, 0),
        ("2025年5月", 113, 16, 2, 2, 133, 0),
        ("2025年6月", 121, 12, 2, 1, 136, 0),
        ("2025年7月", 112, 20, 3, 1, 136, 0),
        ("2025年8月", 123, 9, 2, 2, 136, 0),
        ("2025年9月", 122, 17, 3, 1, 143, 0),
        ("各月の和", 720, 97, 16, 8, 841, None),
        ("2025年度上期", 720, 97, 16, 8, 841, 0),
        ("検算 (各月の和 - 期間)", 0, 0, 0, 0, 0, None),
        ("前期 2024年度下期", 330, 58, 12, 6, 406, 0),
        ("前期との増減", 390, 39, 4, 2, 435, None),
        ("前年同期 2024年度上期", 214, 33, 9, 4, 260, 0),
    ]
    assert sheet["B12"].value.date().isoformat() == "2025-04-01"
    assert (sheet["D15"].number_format, sheet["D12"].number_format) == (
        "+#,##0;-#,##0;0",
        "#,##0",
    )
