"""Counts every published figure of any period out of the raw sample files."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from recount.dates import read_day
from recount.files import Row, delimited_rows, sheet_rows
from recount.ledger import Ledger
from recount.rules import METHODS, carried_due, found_on, overdue
from recount.tallies import LINES, Counts, by_method, day_of, distinct, number_of, split, where

VOICES_SINCE, OTHERS_SINCE, UNTIL = date(2024, 4, 1), date(2024, 10, 1), date(2025, 9, 30)
"""What the exports cover, as `kpicli.toml` declares it; elsewhere there is no figure."""

LEDGERS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "voices": (
        "お客様の声*.csv",
        ("受付番号",),
        ("受付日", "改善日", "保険会社報告日", "保険会社改善日"),
    ),
    "responses": ("対応記録.csv", ("案件番号",), ("受付日", "対応期限", "完了日", "発覚日")),
    "elderly": ("高齢者対応_*", ("対応番号",), ("対応日",)),
    "proposals": ("提案理由点検.csv", ("点検番号",), ("点検日",)),
    "meetings": ("会議記録.csv", ("会議番号",), ("開催日",)),
    "trainings": ("研修記録.csv", ("研修番号", "受講者", "回次"), ("実施日",)),
    "qualifications": ("資格受験.csv", ("受験日", "受験者", "資格名", "科目"), ("受験日",)),
    "explanations": ("制度説明.csv", ("記録番号",), ("説明日",)),
    "sheets": ("シート活用.csv", ("シート番号",), ("受付日",)),
    "renewals": ("継続案内.txt", ("証券番号", "発送日"), ("発送日",)),
    "contacts": ("親族連絡先登録.csv", ("登録番号",), ("登録日",)),
    "followups": ("アフターフォロー.csv", ("実施番号",), ("実施日",)),
    "staff": ("職員名簿.csv", ("職員番号", "在籍開始日"), ("在籍開始日", "在籍終了日")),
}
"""Per source: its files, the headers of its key, the headers of its dates (the base date first)."""


def read_ledgers(folder: Path) -> dict[str, Ledger]:
    """Return every source's ledger out of the files in `folder`."""
    return {
        name: Ledger([_rows(path) for path in sorted(folder.glob(pattern))], key, dates)
        for name, (pattern, key, dates) in LEDGERS.items()
    }


def _rows(path: Path) -> list[Row]:
    return sheet_rows(path, "団体", "対応番号") if path.suffix == ".xlsx" else delimited_rows(path)


@dataclass(frozen=True, slots=True)
class Recount:
    """The ledgers seen in one period, both of its days included."""

    ledgers: dict[str, Ledger]
    start: date
    end: date

    def figures(self) -> Counts:
        """Return {(kpi, item): count, or (numerator, denominator)} of whatever is covered."""
        if self.end > UNTIL or self.start < VOICES_SINCE:
            return {}
        counts = self._voices()
        if self.start >= OTHERS_SINCE:
            for part in (self._training, self._responses, self._elderly, self._others):
                counts |= part()
            counts |= self._proposals() | self._explanations() | self._qualifications()
        return counts

    def _within(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def _in_period(self, source: str, header: str | None = None) -> list[Row]:
        """Return the source's rows whose date (the base date, or `header`) lies in the period."""
        dated = self.ledgers[source].days(header or LEDGERS[source][2][0])
        return [row for row, day in dated if self._within(day)]

    def _voices(self) -> Counts:
        received = self._in_period("voices")
        improved = self._in_period("voices", "改善日")
        counts = split("voices", received, "声の区分", ("感謝", "不満", "要望", "その他"))
        counts["complaint_improvements", ""] = number_of(improved, 声の区分="不満")
        counts["voices_nonlife", ""] = number_of(received, 商品区分="損保")
        for kpi, header in (
            ("insurer_reports", "保険会社報告日"),
            ("insurer_improvements", "保険会社改善日"),
        ):
            counts |= split(kpi, self._in_period("voices", header), "商品区分", LINES)
        return counts

    def _training(self) -> Counts:
        care = where(self.ledgers["trainings"].rows, テーマ="公的介護保険制度", 形式="ロープレ")
        first_days: dict[str, date] = {}
        for row in care:
            day = day_of(row, "実施日")
            first_days[row["研修番号"]] = min(day, first_days.get(row["研修番号"], day))
        taken = [row for row in care if self._within(day_of(row, "実施日"))]
        passed = where(taken, 合否="合格")
        people = len(distinct(taken, "受講者"))
        return {
            ("roleplay_sessions", ""): sum(map(self._within, first_days.values())),
            ("roleplay_participants", ""): people,
            ("roleplay_first_passes", ""): (
                len(distinct(where(passed, 回次="1"), "受講者")),
                people,
            ),
            ("roleplay_passes", ""): (len(distinct(passed, "受講者")), people),
        }

    def _responses(self) -> Counts:
        missed: list[Row] = []
        doubtful = 0
        for row in self.ledgers["responses"].rows:
            found = found_on(row)
            if found is not None:
                missed += [row] if self._within(found) else []
            elif self._within(read_day(row["対応期限"])) and overdue(row, self.end):
                missed.append(row)
            elif row["点検結果"] != "漏れ" and row["ステータス"] == "済" and not row["完了日"]:
                doubtful += self._within(carried_due(row))
        return {
            **split("missed_responses", missed, "案件種別", ("新規", "保全")),
            ("doubtful_closures", ""): doubtful,
        }

    def _elderly(self) -> Counts:
        rows = self._in_period("elderly")
        life = where(rows, 商品区分="生保")
        told = where(life, 公的保険制度の説明="済")
        answered = [row for row in told if row["納得して契約"] in {"はい", "いいえ"}]
        counts: Counts = {
            ("elderly_explained", ""): (
                len(told),
                len(told) + number_of(life, 公的保険制度の説明="未"),
            ),
            ("elderly_agreed", ""): (number_of(answered, 納得して契約="はい"), len(answered)),
        }
        own = [row for row in rows if row["商品区分"] in {"生保", "損保"}]
        group = where(rows, 商品区分="団体")
        return (
            counts
            | by_method("elderly_cases", own, METHODS[:4])
            | by_method("elderly_cases_group", group, METHODS[3:])
        )

    def _proposals(self) -> Counts:
        life = where(self._in_period("proposals"), 商品区分="生保")
        unclear = where(life, 点検結果="不明瞭")
        months = Counter(row["点検日"][:7] for row in unclear)
        counts: Counts = {("unclear_reasons", month): number for month, number in months.items()}
        counts["unclear_reasons", ""] = len(unclear)
        counts["navi_uses", ""] = number_of(life, 意向確認ナビ="使用")
        return counts

    def _explanations(self) -> Counts:
        told = self._in_period("explanations")
        signed = where(told, 成約="有")
        counts: Counts = {
            ("scheme_explanations", scheme): len(distinct(where(signed, 制度=scheme), "顧客番号"))
            for scheme in ("高額療養費制度", "公的介護保険制度")
        }
        team = {
            row["職員番号"]
            for row in where(self.ledgers["staff"].rows, チーム="生保")
            if day_of(row, "在籍開始日") <= self.end
            and (not row["在籍終了日"] or day_of(row, "在籍終了日") >= self.end)
        }
        recorded = distinct(where(told, 制度="公的介護保険制度", 商品区分="生保"), "担当者")
        counts["explaining_staff", ""] = (len(team & recorded), len(team))
        return counts

    def _qualifications(self) -> Counts:
        taken = self._in_period("qualifications")
        course = where(taken, 資格名="損害保険大学課程(専門コース)")
        adviser = where(taken, 資格名="公的保険アドバイザー", 合否="合格")
        return {
            ("specialist_exam_takers", ""): len(distinct(course, "受験者")),
            ("specialist_subject_passes", ""): (
                len(_subjects(where(course, 合否="合格"))),
                len(_subjects(course)),
            ),
            ("adviser_passes", ""): len(distinct(adviser, "受験者")),
        }

    def _others(self) -> Counts:
        meetings, sheets = self._in_period("meetings"), self._in_period("sheets")
        notices = where(self._in_period("renewals"), 種目="自動車")
        quotes = where(sheets, シート種別="見積希望シート", 商品区分="損保")
        talked = number_of(notices, 発送前の対話="有", 継続="有")
        return {
            ("compliance_meetings", ""): number_of(meetings, 会議名="コンプライアンス会議"),
            ("voice_circulations", ""): number_of(meetings, 会議名="お客様の声の回覧"),
            ("renewal_talks", ""): (talked, len(notices)),
            ("intent_sheets", ""): number_of(sheets, シート種別="意向把握シート", 商品区分="生保"),
            ("quote_sheets", ""): sum(row["種目"] in {"自動車", "火災"} for row in quotes),
            **split("family_contacts", self._in_period("contacts"), "商品区分", LINES[:2]),
            **split("followups", self._in_period("followups"), "商品", ("ケガ保険", "介護保険")),
        }


def _subjects(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Return each person with each subject that was tried, whatever the number of attempts."""
    return {(row["受験者"], row["科目"]) for row in rows}
