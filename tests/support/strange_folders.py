"""The sample's exports as another agency might hand them over: other names, other headers."""

import csv
import io
import random
from pathlib import Path

import openpyxl

from support.root import ROOT

OTHER_WORDS = {
    "受付番号": "受付No.",
    "受付日": "受付年月日",
    "商品区分": "保険の区分",
    "声の区分": "声の種別",
    "チーム": "所属チーム",
    "担当者": "担当者コード",
    "内容": "お申し出の内容",
    "改善日": "改善した日",
    "改善内容": "改善の内容",
    "保険会社報告日": "保険会社への報告日",
    "保険会社改善日": "保険会社での改善日",
    "案件番号": "案件ID",
    "案件種別": "案件の種類",
    "ステータス": "対応ステータス",
    "対応期限": "対応の期限",
    "完了日": "完了年月日",
    "点検結果": "点検の結果",
    "発覚日": "発覚した日",
    "対応番号": "対応ID",
    "対応日": "対応年月日",
    "対応方法": "対応の方法",
    "公的保険制度の説明": "公的保険制度説明",
    "提案理由の説明": "提案理由説明",
    "納得して契約": "納得の契約",
    "別募集人": "別の募集人",
    "顧客番号": "お客様コード",
    "点検番号": "点検ID",
    "点検日": "点検した日",
    "不備内容": "不備の内容",
    "意向確認ナビ": "ナビ(意向確認)",
    "募集人": "募集人コード",
    "点検者": "点検した人",
    "会議番号": "会議ID",
    "開催日": "開催年月日",
    "会議名": "会議の名称",
    "研修番号": "研修コード",
    "実施日": "実施した日",
    "テーマ": "研修テーマ",
    "形式": "研修の形式",
    "受講者": "受講した人",
    "回次": "受講回",
    "点数": "得点(点)",
    "合否": "合否判定",
    "受験日": "受験年月日",
    "受験者": "受験した人",
    "資格名": "資格の名称",
    "科目": "試験科目",
    "記録番号": "記録ID",
    "説明日": "説明した日",
    "制度": "説明した制度",
    "成約": "成約の有無",
    "シート番号": "シートID",
    "シート種別": "シートの種類",
    "種目": "保険種目",
    "証券番号": "証券No.",
    "発送日": "案内を発送した日",
    "発送前の対話": "事前の対話",
    "継続": "継続の有無",
    "登録番号": "登録ID",
    "登録日": "登録した日",
    "登録方法": "登録の方法",
    "実施番号": "フォローID",
    "商品": "対象商品",
    "職員番号": "職員コード",
    "在籍開始日": "在籍開始年月日",
    "在籍終了日": "在籍終了年月日",
}
"""For every header of the sample, what another agency might write."""

SOURCES = {
    "お客様の声_2024年度.csv": "voices",
    "お客様の声_2025年4-6月.csv": "voices",
    "お客様の声_2025年6-9月.csv": "voices",
    "アフターフォロー.csv": "followups",
    "シート活用.csv": "sheets",
    "会議記録.csv": "meetings",
    "制度説明.csv": "explanations",
    "対応記録.csv": "responses",
    "提案理由点検.csv": "proposals",
    "研修記録.csv": "trainings",
    "継続案内.txt": "renewals",
    "職員名簿.csv": "staff",
    "親族連絡先登録.csv": "contacts",
    "資格受験.csv": "qualifications",
    "高齢者対応_団体.xlsx": "elderly",
    "高齢者対応_生損保.csv": "elderly",
}
"""The sample's exports, each with the source that it feeds."""

SAMPLE = ROOT / "sample_data"


def scrambled_sample(folder: Path, seed: int = 1) -> dict[str, str]:
    """Write the sample's exports under numbers for names and with other words for headers.

    Returns the source that each new name feeds. Encodings and cells stay as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers = list(range(len(SOURCES)))
    random.Random(seed).shuffle(numbers)
    written: dict[str, str] = {}
    for number, (name, source) in zip(numbers, SOURCES.items(), strict=True):
        target = folder / f"export_{number:02}{Path(name).suffix}"
        if target.suffix == ".xlsx":
            _workbook(SAMPLE / name, target)
        else:
            target.write_bytes(_with_other_headers((SAMPLE / name).read_bytes()))
        written[target.name] = source
    return written


def _workbook(file: Path, target: Path) -> None:
    book = openpyxl.load_workbook(file)
    for sheet in book:
        for row in sheet.iter_rows(max_row=5):
            for cell in row:
                if cell.value in OTHER_WORDS:
                    cell.value = OTHER_WORDS[str(cell.value)]
    book.save(target)


def encoding_of(data: bytes) -> str:
    """Return the encoding in which an export of the sample is written."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8"


def _with_other_headers(data: bytes) -> bytes:
    encoding = encoding_of(data)
    header, line_end, rest = data.decode(encoding).partition("\n")
    sign = "\t" if "\t" in header else ","
    cells = next(csv.reader(io.StringIO(header.rstrip("\r")), delimiter=sign))
    written = sign.join(OTHER_WORDS[cell] for cell in cells)
    return (written + ("\r" if header.endswith("\r") else "") + line_end + rest).encode(encoding)
