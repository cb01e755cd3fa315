"""What the fuzzer starts from: the beginnings of the sample exports, and every small trap."""

import io
import zipfile
from pathlib import Path

import openpyxl

from fuzz.mutations import Seed

TESTS = Path(__file__).parents[1]
SAMPLE = TESTS.parent / "sample_data"
SOURCES = {
    "お客様の声_2025年4-6月.csv": "voices",
    "お客様の声_2025年6-9月.csv": "voices",
    "対応記録.csv": "responses",
    "高齢者対応_生損保.csv": "elderly",
    "提案理由点検.csv": "proposals",
    "会議記録.csv": "meetings",
    "研修記録.csv": "trainings",
    "資格受験.csv": "qualifications",
    "制度説明.csv": "explanations",
    "シート活用.csv": "sheets",
    "継続案内.txt": "renewals",
    "親族連絡先登録.csv": "contacts",
    "アフターフォロー.csv": "followups",
}
LINES = 12
WEIGHT = 8
"""So much oftener is a sample drawn than a trap, of which most are refused before they are read."""
LARGEST = 1 << 16


def read_seeds() -> list[Seed]:
    """Return the seeds in a fixed order."""
    seeds = [_start_of(SAMPLE / name, source) for name, source in SOURCES.items()]
    seeds.append(Seed("elderly", ".xlsx", small_workbook()))
    seeds *= WEIGHT
    for file in sorted((TESTS / "traps").glob("files/*")):
        content = file.read_bytes()
        if file.suffix in (".csv", ".xlsx") and len(content) <= LARGEST:
            seeds.append(Seed("voices", ".xlsx" if _is_zip(content) else ".csv", content))
    return seeds


def _is_zip(content: bytes) -> bool:
    """Tell whether the content is a zip that can be taken apart and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, RuntimeError):  # damaged, or encrypted
        return False


def _start_of(file: Path, source: str) -> Seed:
    content = file.read_bytes()
    if content.startswith(b"\xff\xfe"):
        lines = content.decode("utf-16").splitlines(keepends=True)[:LINES]
        return Seed(source, ".csv", "".join(lines).encode("utf-16"))
    return Seed(source, ".csv", b"\n".join(content.split(b"\n")[:LINES]) + b"\n")


def small_workbook() -> bytes:
    """Return a workbook like the sample's: title rows, dates as numbers, a total row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["高齢者対応(団体)"])
    sheet.append([])
    sheet.append(["対応番号", "対応日", "商品区分", "対応方法", "顧客番号"])
    for number in range(1, 6):
        sheet.append([f"K{number:04}", 45748 + number, "団体", "電話確認", f"C{number:05}"])
        sheet.cell(row=sheet.max_row, column=2).number_format = "yyyy/m/d"
    sheet.append(["合計", None, None, "=COUNTA(D4:D8)"])
    sheet.merge_cells("A1:C1")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
