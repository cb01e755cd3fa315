"""What the rows of each source hold, before anyone spells it: `Truth` is header to value."""

import random
from collections.abc import Callable
from datetime import date, timedelta

Truth = dict[str, str | date]
METHODS = {
    "親族同席": ("親族同席", "①", "①親族同席", "①④", "親族同席・電話確認", "④、①"),
    "複数人募集": ("複数人募集", "②", "②複数人", "複数人", "②③"),
    "複数回募集": ("複数回募集", "③", "複数回", "③④", "複数回+電話"),
    "電話確認": ("電話確認", "④", "電話", "④電話確認"),
    "書面確認": ("書面確認", "書面"),
}
"""Spellings of a method until 2025-09-30; of several in a cell the first in order counts."""
FIRST, LAST = date(2024, 4, 1), date(2025, 10, 20)
LINES = ("生保", "損保", "団体")


def day(rng: random.Random, blank: float = 0.0) -> str | date:
    """Return a day from FIRST to LAST, or a blank in a share of the cases."""
    if rng.random() < blank:
        return ""
    return FIRST + timedelta(days=rng.randint(0, (LAST - FIRST).days))


def after(rng: random.Random, begun: str | date, blank: float) -> str | date:
    """Return a day up to four months after another, or a blank."""
    if not isinstance(begun, date) or rng.random() < blank:
        return ""
    return begun + timedelta(days=rng.randint(0, 120))


def _staff(rng: random.Random) -> str:
    return f"S{rng.randint(1, 40):03}"


def _customer(rng: random.Random) -> str:
    return f"C{rng.randint(1, 300):05}"


def voice(rng: random.Random, n: int) -> Truth:
    """Return a voice; four dates of it are counted."""
    received = day(rng, 0.02)
    return {
        "受付番号": f"{n:06}",
        "受付日": received,
        "商品区分": rng.choice(LINES),
        "声の区分": rng.choice(("感謝", "不満", "要望", "その他")),
        "チーム": rng.choice(("", "生保", "損保-1課")),
        "内容": rng.choice(("", "表, ソ能①", '"引用"', "一行\n二行", "=1+1")),
        "改善日": after(rng, received, 0.7),
        "保険会社報告日": after(rng, received, 0.8),
        "保険会社改善日": after(rng, received, 0.9),
    }


def response(rng: random.Random, n: int) -> Truth:
    """Return a case: found by inspection, open, overdue, late, done or cancelled."""
    received = day(rng, 0.02)
    inspection = rng.choice(("", "", "良", "良", "漏れ"))
    return {
        "案件番号": f"A{n:06}",
        "受付日": received,
        "案件種別": rng.choice(("新規", "保全")),
        "ステータス": rng.choice(("未対応", "対応中", "済", "済", "済", "取消", "")),
        "対応期限": after(rng, received, 0.1),
        "完了日": after(rng, received, 0.4),
        "点検結果": inspection,
        "発覚日": after(rng, received, 0.3) if inspection == "漏れ" else "",
    }


def elderly(rng: random.Random, n: int) -> Truth:
    """Return a case of an elderly customer, with a method that its line knows."""
    line = rng.choice(LINES)
    methods = [*METHODS]
    method = rng.choice(methods[3:] if line == "団体" else methods[:4])
    return {
        "対応番号": f"K{n:06}",
        "対応日": min(FIRST + timedelta(days=rng.randint(0, 600)), date(2025, 9, 30)),
        "商品区分": line,
        "対応方法": rng.choice(("該当なし", *METHODS[method])),
        "公的保険制度の説明": rng.choice(("済", "未", "対象外")),
        "納得して契約": rng.choice(("はい", "いいえ", "")),
        "顧客番号": _customer(rng),
    }


def proposal(rng: random.Random, n: int) -> Truth:
    """Return a checked proposal."""
    return {
        "点検番号": f"T{n:05}",
        "点検日": day(rng, 0.02),
        "商品区分": rng.choice(LINES),
        "点検結果": rng.choice(("明瞭", "不明瞭")),
        "意向確認ナビ": rng.choice(("使用", "未使用")),
    }


def meeting(rng: random.Random, n: int) -> Truth:
    """Return a meeting, of a kind that is counted or not."""
    names = ("コンプライアンス会議", "お客様の声の回覧", "営業会議", "")
    return {"会議番号": f"M{n:04}", "開催日": day(rng, 0.02), "会議名": rng.choice(names)}


def training(rng: random.Random, n: int) -> Truth:
    """Return one attempt of one trainee at one session; sessions last several days."""
    session = n // 25
    begun = FIRST + timedelta(days=session * 9)
    return {
        "研修番号": f"R{session:04}",
        "実施日": begun + timedelta(days=rng.randint(0, 8)),
        "テーマ": ("公的介護保険制度", "公的介護保険制度", "個人情報")[session % 3],
        "形式": ("ロープレ", "講義")[session % 4 == 3],
        "受講者": f"S{n % 25 // 2 + 1:03}",
        "回次": str(n % 2 + 1),
        "点数": str(rng.randint(40, 100)),
        "合否": rng.choice(("合格", "不合格")),
    }


def qualification(rng: random.Random, n: int) -> Truth:
    """Return an exam; no two have the same key, since the day and the person differ."""
    exams = (
        ("損害保険大学課程(専門コース)", "法律"),
        ("損害保険大学課程(専門コース)", "税務"),
        ("公的保険アドバイザー", ""),
        ("簿記", "3級"),
    )
    name, subject = rng.choice(exams)
    return {
        "受験日": FIRST + timedelta(days=n % (LAST - FIRST).days),
        "受験者": f"S{n // (LAST - FIRST).days * 20 + rng.randint(1, 20):03}",
        "資格名": name,
        "科目": subject,
        "合否": rng.choice(("合格", "不合格")),
    }


def explanation(rng: random.Random, n: int) -> Truth:
    """Return a scheme explained to a customer."""
    return {
        "記録番号": f"E{n:05}",
        "説明日": day(rng, 0.02),
        "顧客番号": _customer(rng),
        "制度": rng.choice(("高額療養費制度", "公的介護保険制度")),
        "成約": rng.choice(("有", "無")),
        "商品区分": rng.choice(LINES),
        "担当者": _staff(rng),
    }


def sheet(rng: random.Random, n: int) -> Truth:
    """Return a sheet filled in by a customer."""
    return {
        "シート番号": f"{n:05}",
        "受付日": day(rng, 0.02),
        "シート種別": rng.choice(("意向把握シート", "見積希望シート")),
        "商品区分": rng.choice(LINES),
        "種目": rng.choice(("自動車", "火災", "傷害")),
    }


def renewal(rng: random.Random, n: int) -> Truth:
    """Return a notice of renewal; a policy has several, on different days."""
    return {
        "証券番号": f"P{n // 3:08}",
        "発送日": FIRST + timedelta(days=n % 3 * 180 + rng.randint(0, 170)),
        "種目": rng.choice(("自動車", "火災", "傷害")),
        "発送前の対話": rng.choice(("有", "無")),
        "継続": rng.choice(("有", "無")),
    }


def contact(rng: random.Random, n: int) -> Truth:
    """Return a registered contact of the family."""
    return {
        "登録番号": f"F{n:05}",
        "登録日": day(rng, 0.02),
        "顧客番号": _customer(rng),
        "商品区分": rng.choice(LINES[:2]),
        "登録方法": rng.choice(("面談", "郵送")),
    }


def followup(rng: random.Random, n: int) -> Truth:
    """Return a follow-up after an accident or in care."""
    return {
        "実施番号": f"{n:06}",
        "実施日": day(rng, 0.02),
        "顧客番号": _customer(rng),
        "商品": rng.choice(("ケガ保険", "介護保険")),
    }


def employee(rng: random.Random, n: int) -> Truth:
    """Return a person in a team, some of whom have left."""
    joined = date(2020, 4, 1) + timedelta(days=rng.randint(0, 1900))
    return {
        "職員番号": f"S{n + 1:03}",
        "チーム": rng.choice(("生保", "損保-1課")),
        "在籍開始日": joined,
        "在籍終了日": joined + timedelta(days=rng.randint(300, 2500)) if rng.random() < 0.5 else "",
    }


MAKERS: dict[str, tuple[Callable[[random.Random, int], Truth], int]] = {
    "voices": (voice, 3000),
    "responses": (response, 1500),
    "elderly": (elderly, 1500),
    "proposals": (proposal, 800),
    "meetings": (meeting, 150),
    "trainings": (training, 1200),
    "qualifications": (qualification, 800),
    "explanations": (explanation, 1200),
    "sheets": (sheet, 800),
    "renewals": (renewal, 1200),
    "contacts": (contact, 600),
    "followups": (followup, 800),
    "staff": (employee, 40),
}
"""Per source: what makes a row, and how many rows."""
