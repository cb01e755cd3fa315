"""研修記録 and 資格受験: role plays, lectures, and examinations."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.chance import Chance
from generator.days import MIXED, PLAIN, DateWriter
from generator.people import GROUP, LEFT, LIFE, NONLIFE
from generator.tables import Row, write_table

HEADER = ["研修番号", "実施日", "テーマ", "形式", "受講者", "回次", "点数", "合否"]
CARE = "公的介護保険制度"
ROLE_PLAY = "ロープレ"
CLASS_2025 = [*LIFE, LEFT, *NONLIFE[:15]]
"""The 26 who took part in the role play of 2025H1."""
RETAKERS = (LIFE[6], NONLIFE[3])
STRAGGLER = LIFE[4]
"""Took the session of March 2025 on 2025-04-03: that session counts in March, not in April."""

Taken = tuple[str, date, str, str, str, int, str, str]


def _attempt(session: str, day: date, staff: str, attempt: int, passed: bool) -> Taken:
    score, result = ("86", "合格") if passed else ("58", "不合格")
    return session, day, CARE, ROLE_PLAY, staff, attempt, score, result


def _class(session: str, days: Sequence[date], staff: Sequence[str]) -> list[Taken]:
    """Return a role play over several days: who is to take it again fails the first attempt."""
    half = len(staff) // 2
    return [
        _attempt(session, days[0] if n < half else days[1], who, 1, who not in RETAKERS)
        for n, who in enumerate(staff)
    ]


def _role_plays() -> list[Taken]:
    november = (date(2024, 11, 12), date(2024, 11, 13))
    june, retake = (date(2025, 6, 18), date(2025, 6, 19)), date(2025, 6, 25)
    rows = _class("R2024-03", november, CLASS_2025[:20])
    rows += [_attempt("R2024-03", date(2024, 11, 20), LIFE[6], 2, passed=True)]
    rows += _class("R2024-05", (date(2025, 3, 27), date(2025, 3, 28)), LIFE[:4])
    rows += [_attempt("R2024-05", date(2025, 4, 3), STRAGGLER, 1, passed=True)]
    rows += _class("R2025-02", june, CLASS_2025)
    return rows + [_attempt("R2025-02", retake, staff, 2, passed=True) for staff in RETAKERS]


def _others() -> list[Taken]:
    """Return what no figure counts: lectures on the same theme, role plays on others."""
    lecture, day = "講義", date(2025, 5, 14)
    rows: list[Taken] = [
        ("R2025-01", day, CARE, lecture, staff, 1, "", "合格") for staff in [*LIFE, *GROUP]
    ]
    autumn = date(2025, 9, 10)
    rows += [
        ("R2025-03", autumn, "個人情報の取扱い", ROLE_PLAY, staff, 1, "90", "合格")
        for staff in NONLIFE[:8]
    ]
    return [*rows, ("R2025-04", date(2025, 10, 1), CARE, ROLE_PLAY, GROUP[0], 1, "70", "合格")]


def write_trainings(folder: Path) -> None:
    """Write 研修記録.csv (UTF-8, LF), one row given twice in another date style."""
    written = DateWriter(Chance("trainings"), MIXED)
    taken = sorted([*_role_plays(), *_others()], key=lambda row: (row[0], row[1]))
    taken.append(next(row for row in taken if row[0] == "R2025-02"))
    rows: list[Row] = []
    for session, day, theme, form, staff, attempt, score, result in taken:
        rows.append([session, written(day), theme, form, staff, str(attempt), score, result])
    write_table(folder / "研修記録.csv", HEADER, rows, "utf-8", ends="\n")


def write_qualifications(folder: Path) -> None:
    """Write 資格受験.csv (cp932, CRLF): the names hold brackets of either width."""
    written = DateWriter(Chance("qualifications"), PLAIN)
    narrow, wide = "損害保険大学課程(専門コース)", "損害保険大学課程（専門コース）"
    consulting, adviser = "損害保険大学課程（コンサルティングコース）", "公的保険アドバイザー"
    taken = [
        (date(2024, 12, 11), NONLIFE[2], narrow, "法律・税務", "合格"),
        (date(2025, 2, 20), LIFE[1], adviser, "資格試験", "不合格"),
        (date(2025, 6, 10), NONLIFE[0], consulting, "実践力", "合格"),
        (date(2025, 7, 16), NONLIFE[5], wide, "法律・税務", "合格"),
        (date(2025, 7, 16), NONLIFE[5], narrow, "リスクマネジメント", "不合格"),
        (date(2025, 8, 7), LIFE[3], adviser, "資格試験", "合格"),
        (date(2025, 8, 7), LIFE[7], adviser, "資格試験", "不合格"),
        (date(2025, 10, 1), NONLIFE[5], wide, "リスクマネジメント", "合格"),
    ]
    rows = [[written(day), *rest] for day, *rest in taken]
    header = ["受験日", "受験者", "資格名", "科目", "合否"]
    write_table(folder / "資格受験.csv", header, rows, "cp932")
