"""Files as they stand: texts, workbooks, zips, and what cannot be read."""

import os
from pathlib import Path

import openpyxl
import pytest

from kpicli.base.wording import Language
from kpicli.intake.checking.check import check_files
from support.plain_files import HEADER, ROWS, checked, findings
from support.zips import zipped


def test_a_clean_file(tmp_path: Path) -> None:
    """Nothing is found in a file in order, and what it is like is told."""
    check = checked(tmp_path, *ROWS, encoding="cp932")
    assert findings(check) == []
    (table,) = check.tables
    assert (table.encoding, table.delimiter, table.header_row, check.rows) == ("cp932", ",", 1, 30)
    assert [column.kind for column in table.columns] == ["id", "date", "code", "person", "amount"]


def test_workbooks(tmp_path: Path) -> None:
    """Each sheet with a table is one; hidden rows and merged cells are told, covers left alone."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["表紙"])
    for name in ("4月", "5月"):
        sheet = book.create_sheet(name)
        sheet.append(["店舗", "番号", "受付日"])
        for number in (1, 2, 3):
            sheet.append([None if number == 2 else "東", f"{name}-{number}", f"2025/4/{number}"])
    book["4月"].merge_cells("A2:A3")
    book["5月"].row_dimensions[4].hidden = True
    book.save(tmp_path / "a.xlsx")
    check = check_files([tmp_path / "a.xlsx"])
    assert [(f.kind.code, f.place.sheet, f.place.row) for f in check.faults] == [
        ("D311", "5月", 4),
        ("D609", "4月", None),
        ("D313", "Sheet", None),
    ]
    assert [(table.sheet, table.rows) for table in check.tables] == [("4月", 3), ("5月", 3)]


def test_a_zip(tmp_path: Path) -> None:
    """The tables in a zip are files like any other."""
    text = "\n".join((HEADER, *ROWS)).encode()
    (tmp_path / "a.zip").write_bytes(zipped({"one.csv": text, "two.csv": text, "x.png": b"x"}))
    check = check_files([tmp_path / "a.zip"])
    assert ([Path(table.file).name for table in check.tables], check.rows) == (
        ["one.csv", "two.csv"],
        60,
    )


BROKEN: dict[str, bytes] = {
    "empty.csv": b"",
    "mark.csv": b"\xef\xbb\xbf",
    "random.csv": bytes(range(256)) * 20,
    "pdf.csv": b"%PDF-1.7\n",
    "mixed.csv": "番号,区分\n1,感謝感謝\n".encode("cp932") + "2,不満のこと\n".encode(),
    "quote.csv": '番号,区分\n1,"感謝\n2,不満;あ\n'.encode(),
    "nul.csv": b"a,b\n1,\0\n",
    "book.xlsx": b"PK\x03\x04 damaged",
    "text.xlsx": "番号,区分\n".encode(),
    "locked.xlsx": bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
    "a.zip": b"no zip",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    """It is a finding that says why and what to do, in both languages, and others are read."""
    file, good = tmp_path / name, tmp_path / "good.csv"
    file.write_bytes(BROKEN[name])
    good.write_text("\n".join((HEADER, *ROWS)), encoding="utf-8")
    check = check_files([file, good, file])
    assert (check.unread, check.rows) == ((str(file),), 30)
    (fault,) = check.faults
    languages: tuple[Language, ...] = ("ja", "en")
    said = [fault.detail_in(language) for language in languages]
    assert fault.kind.code == "D601"
    assert all(" → " in words for words in said)
    assert said[0] != said[1]


def test_a_folder_a_pipe_and_nothing(tmp_path: Path) -> None:
    """What is no file is not waited for."""
    os.mkfifo(tmp_path / "pipe")
    named = [tmp_path, tmp_path / "pipe", tmp_path / "nothing.csv"]
    assert [fault.kind.code for fault in check_files(named).faults] == ["D601"] * 3


def test_one_long_line(tmp_path: Path) -> None:
    """A file without a line end is no table."""
    (tmp_path / "a.csv").write_bytes(b"x" * 5_000_000)
    assert [fault.kind.code for fault in check_files([tmp_path / "a.csv"]).faults] == ["D602"]
