"""A real spreadsheet program opens what kpicli writes, and sees the same numbers."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.root import ROOT


def kpicli(*arguments: str) -> None:
    """Run kpicli in the sample project."""
    subprocess.run([sys.executable, "-m", "kpicli", *arguments], cwd=ROOT, check=True)


def opened(file: Path, folder: Path, sheet: int) -> list[list[str]]:
    """Return a sheet (1-based) as LibreOffice shows it."""
    options = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    # Without a window nobody answers LibreOffice's question for the encoding of a text file.
    reading = ["--infilter=CSV:44,34,76"] if file.suffix == ".csv" else []
    command = [
        "soffice",
        profile,
        "--headless",
        *reading,
        "--convert-to",
        options,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    written = next(path for path in folder.glob("*.csv") if path != file)
    with written.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def published() -> dict[tuple[str, str], str]:
    """Return the value of every count in the committed table."""
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {(row["kpi"], row["item"]): row["value"] for row in rows if row["value"]}


def shown(rows: list[list[str]]) -> dict[tuple[str, str], str]:
    """Return every value outside a group, by KPI and item."""
    header, *lines = rows
    names = {"指標ID": "kpi", "内訳": "item", "実績": "value", "分けた値": "group"}
    heads = [names.get(head, head) for head in header]
    found = [dict(zip(heads, line, strict=True)) for line in lines]
    return {
        (row["kpi"], row["item"]): row["value"].replace(",", "")
        for row in found
        if not row["group"]
    }


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_libreoffice_reads_every_published_count(tmp_path: Path, suffix: str) -> None:
    """A workbook, and a CSV file with its byte-order mark, keep their Japanese and numbers."""
    file = tmp_path / f"kpi.{suffix}"
    kpicli("summarize", "--period", "2025H1", "-o", str(file))
    folder = tmp_path / "opened"
    folder.mkdir()
    found = shown(opened(file, folder, 2 if suffix == "xlsx" else 1))
    assert {key: found.get(key) for key in published()} == published()


def test_libreoffice_shows_the_accounting(tmp_path: Path) -> None:
    """The last sheet tells where every row of every source went; nothing is an error cell."""
    file = tmp_path / "kpi.xlsx"
    kpicli("summarize", "--period", "2025H1", "-o", str(file))
    folder = tmp_path / "opened"
    folder.mkdir()
    rows = opened(file, folder, 3)
    cells = [cell for row in rows for cell in row]
    assert "1650" in cells
    assert not [cell for cell in cells if cell.startswith(("#", "Err:"))]


def test_the_sheet_for_people_is_one_page(tmp_path: Path) -> None:
    """A4 landscape with everything on it, its values those of the table, no error cell."""
    file = tmp_path / "kpi.xlsx"
    kpicli("summarize", "--period", "2025H1", "--compare", "previous,year-ago", "-o", str(file))
    folder = tmp_path / "opened"
    folder.mkdir()
    cells = [cell for row in opened(file, folder, 1) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("#", "Err:"))]
    assert {"841", "92.3%", "207.1%", "感謝 720件、不満 97件、要望 16件、その他 8件"} <= set(cells)
    book = load_workbook(file)
    for name in book.sheetnames[1:]:
        del book[name]
    book.defined_names.clear()
    alone = folder / "alone.xlsx"
    book.save(alone)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(alone)], check=True, capture_output=True, timeout=180)
    told = subprocess.run(
        ["pdfinfo", str(folder / "alone.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert re.search(r"^Pages:\s+1$", told, re.MULTILINE)
    assert re.search(r"^Page size:\s+841\.\d+ x 595", told, re.MULTILINE)


@pytest.mark.parametrize("asked", [(), ("--by", "month"), ("--trend", "5")])
def test_every_figure_is_found_by_its_name(tmp_path: Path, asked: tuple[str, ...]) -> None:
    """The names of cells lead to the values of the csv; a pivot over 合計 has each total once."""
    book_file, csv_file = tmp_path / "kpi.xlsx", tmp_path / "kpi.csv"
    for file in (book_file, csv_file):
        kpicli("summarize", "--period", "2025H1", *asked, "-o", str(file))
    book = load_workbook(book_file)
    values = {}
    for name, defined in book.defined_names.items():
        ((sheet, place),) = defined.destinations
        values[name] = book[sheet][place.replace("$", "")].value
    with csv_file.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["group"]]
    rows = [row for row in rows if row["period"] == "2025H1" and row["value"]]
    assert len(rows) > 60
    numbers = sorted(float(v) for v in values.values() if v is not None)
    shown = [float(r["value"]) / (100 if r["unit"] == "%" and not r["item"] else 1) for r in rows]
    assert numbers == pytest.approx(sorted(shown))
    assert values["kpi_voices"] == 841
    header, *lines = book["データ"].iter_rows(values_only=True)
    kind, value, kpi, period = (header.index(h) for h in ("区分", "実績", "指標ID", "期間"))
    totals = [line for line in lines if line[kind] == "合計" and line[kpi] == "voices"]
    assert [line[value] for line in totals if line[period] == "2025H1"] == [841]
