"""`kpicli fill`: an office's own form."""

from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from support.command_line import PROJECT, Run, process, voices


def form(file: Path, **cells: str) -> Path:
    """Write a form whose cells hold these texts, and return its path."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("報告")
        for cell, text in cells.items():
            sheet.write_string(cell, text)
    return file


def cells(file: Path) -> dict[str, object]:
    """Return the filled cells of a workbook."""
    sheet = load_workbook(file).active
    assert sheet is not None
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}


def test_the_sample_fills_a_form(tmp_path: Path) -> None:
    """The figures are those that summarize gives for the half year."""
    written = form(
        tmp_path / "form.xlsx", A1="{{ voices }}", A2="計 {{ voices }} 前年比は{{ voices.change }}"
    )
    out = tmp_path / "filled.xlsx"
    outcome = process("fill", str(written), "--period", "2025H1", "-o", str(out))
    assert (outcome.code, outcome.out, outcome.err) == (0, b"", "")
    assert cells(out) == {"A1": 841, "A2": "計 841件 前年比は435件増"}
    assert cells(written)["A1"] == "{{ voices }}"


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock goes into it."""
    written = form(tmp_path / "form.xlsx", A1="{{ voices }}")
    for name in ("a.xlsx", "b.xlsx"):
        process("fill", str(written), "--period", "2025H1", "-o", str(tmp_path / name))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_doubt_is_refused_with_the_cell(run_kpicli: Run, tmp_path: Path) -> None:
    """With leave it is written with its state."""
    files = {
        **PROJECT,
        "voices.csv": voices("V1,2025/13/1,損保,感謝,,,", "V2,2025/4/1,損保,感謝,,,"),
    }
    written = form(tmp_path / "form.xlsx", B2="{{ voices }}")
    arguments = ("fill", str(written), "--period", "2025H1", "-o", "out.xlsx")
    refused = run_kpicli(files, *arguments)
    assert refused.code == 4
    assert "報告!B2: 確定していない数値です" in refused.err
    assert not (tmp_path / "out.xlsx").exists()
    allowed = run_kpicli(files, *arguments, "--allow-doubt")
    assert allowed.code == 5
    assert str(cells(tmp_path / "out.xlsx")["B2"]).startswith("1件(要確認")


def test_a_figure_without_data_is_refused_whatever_is_allowed(
    run_kpicli: Run, tmp_path: Path
) -> None:
    """No leave lets it be written; what helps is its export, or a form without it."""
    files = {**PROJECT, "voices.csv": voices("V1,2025/4/1,損保,感謝,,,")}
    written = form(tmp_path / "form.xlsx", B2="{{ voices.year_ago }}")
    arguments = ("fill", str(written), "--period", "2024H1", "-o", "out.xlsx")
    for more in ((), ("--allow-doubt",)):
        refused = run_kpicli(files, *arguments, *more)
        assert refused.code == 4
        assert "報告!B2: 「お客様の声」にデータがありません" in refused.err
        assert "データのない数値は、その期の出力を足すか、様式から消してください" in refused.err
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(
    ("template", "output", "said"),
    [
        ("form.xls", "out.xls", "同じ拡張子"),
        ("form.xlsx", "out.docx", "同じ拡張子"),
        ("form.xlsx", "form.xlsx", "様式そのもの"),
        ("form.xlsx", "voices.csv.xlsx", "ファイルがありません"),
    ],
)
def test_refusals(run_kpicli: Run, template: str, output: str, said: str) -> None:
    """Another kind of file, the form itself, no form: said before anything is read."""
    outcome = run_kpicli(PROJECT, "fill", template, "--period", "2025H1", "-o", output)
    assert outcome.code in (2, 4)
    assert said in outcome.err
    assert "対処: " in outcome.err
