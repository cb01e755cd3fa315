"""The visible sheets of a workbook as tables."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from kpicli.audit.audit import audit_file


def workbook(path: Path) -> None:
    """Write a sheet with merged headers, a percentage by its format, and a hidden sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for row in (
        ["2025年度 実績", None, None, None, None, None],
        ["店舗", "件数", None, None, "継続", None],
        [None, "上期", "下期", "計", "件数", "割合"],
        ["A店", 356, 356, 712, "178/252件", 178 / 252],
        ["B店", 455, 459, 904, "27/28件", 0.954],
        ["合計", 811, 815, 1626, None, None],
    ):
        sheet.append(row)
    for merged in ("A1:F1", "A2:A3", "B2:D2", "E2:F2"):
        sheet.merge_cells(merged)
    for cell in ("F4", "F5"):
        sheet[cell].number_format = "0.0%"
    hidden = book.create_sheet("控え")
    hidden.append(["A", "計"])
    hidden.sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    path.write_bytes(stream.getvalue())


def test_a_workbook(tmp_path: Path) -> None:
    """Merged headers are joined, percentages read as shown, hidden sheets left out."""
    workbook(tmp_path / "table.xlsx")
    audit = audit_file(tmp_path / "table.xlsx")
    assert [sheet.table.sheet for sheet in audit.sheets] == ["表"]
    (sheet,) = audit.sheets
    wrong = [finding.relation.result.spot.cell for finding in sheet.of("wrong")]
    assert sorted(wrong) == ["D5", "D6", "F5"]
    assert sheet.checked == {"total": 6, "percentage": 2}
    assert sheet.label(sheet.of("wrong")[-1].relation.result.spot) == "B店 / 継続 割合"
