"""A real spreadsheet program opens what kpicli writes, and sees the same numbers."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

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
    found = [dict(zip(header, line, strict=True)) for line in lines]
    return {(row["kpi"], row["item"]): row["value"] for row in found if not row["group"]}


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_libreoffice_reads_every_published_count(tmp_path: Path, suffix: str) -> None:
    """A workbook, and a CSV file with its byte-order mark, keep their Japanese and numbers."""
    file = tmp_path / f"kpi.{suffix}"
    kpicli("summarize", "--period", "2025H1", "-o", str(file))
    folder = tmp_path / "opened"
    folder.mkdir()
    found = shown(opened(file, folder, 1))
    assert {key: found.get(key) for key in published()} == published()


def test_libreoffice_shows_the_accounting(tmp_path: Path) -> None:
    """The second sheet tells where every row of every source went; nothing is an error cell."""
    file = tmp_path / "kpi.xlsx"
    kpicli("summarize", "--period", "2025H1", "-o", str(file))
    folder = tmp_path / "opened"
    folder.mkdir()
    rows = opened(file, folder, 2)
    cells = [cell for row in rows for cell in row]
    assert "1650" in cells
    assert not [cell for cell in cells if cell.startswith(("#", "Err:"))]
