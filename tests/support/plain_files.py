"""A text file as it stands: thirty rows in order, and what is found where a test spoils some."""

from pathlib import Path

from kpicli.intake.checking.check import FileCheck, check_files

HEADER = "受付番号,受付日,区分,担当者,保険料"
ROWS = [f"V{n:04},2025/4/{n},{'感謝' if n % 2 else '不満'},S00{n % 3},{n}000" for n in range(1, 31)]


def checked(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> FileCheck:
    """Return the check of a text of a header and some lines."""
    file = folder / "a.csv"
    file.write_text("\n".join((header, *lines)) + "\n", encoding=encoding)
    return check_files([file])


def findings(check: FileCheck) -> list[tuple[str, str | None, int, int | None]]:
    """Return code, column, number of rows and the first of them of every finding."""
    return [(f.kind.name, f.place.column, f.count, f.place.row) for f in check.faults]
