"""The exports of all built-in packs: the headers and cells of each source, and how many rows.

Three sources are large: the register of policies, the voices of customers, and the response
records; the voices are those that the other scenarios count. Two that are joined with the large
ones have a tenth of their rows, the others a hundredth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from benchmarks.width.columns import (
    After,
    Column,
    Day,
    InTurn,
    Pick,
    Reference,
    Step,
    Whole,
    number_of,
)

PACKS = (
    "insurance_agency",
    "accidents",
    "activities",
    "common_kpis",
    "digital",
    "elderly",
    "followup",
    "intent",
    "near_misses",
    "policies",
    "renewals",
    "survey",
    "training",
    "voices",
)
COVERS = "2024-04..2025-09"
AS_OF = "2025-09-30"

LINES = {"生保": 20, "損保": 60, "団体": 8, "生命保険": 4, "損害保険": 8}
OPEN_LINES = {"自動車": 50, "火災": 25, "傷害": 15, "生保": 10}
SHOPS = {"本店": 40, "東支店": 30, "西支店": 20, "南支店": 10}
STAFF = {f"S{number:03}": 1 for number in range(1, 41)}
YES_NO = {"有": 60, "無": 40}
KEPT = {"有": 50, "あり": 10, "無": 25, "未": 5, "対象外": 10}
USED = {"有": 50, "利用": 10, "無": 30, "対象外": 10}
STATUS = {"未対応": 2, "未": 1, "対応中": 3, "済": 90, "対応済": 2, "取消": 2}
METHODS = {
    "親族同席": 40,
    "複数人募集": 20,
    "複数回": 15,
    "電話": 10,
    "書面確認": 10,
    "該当なし": 5,
}
SAFEGUARDS = {
    "親族同席": 40,
    "家族同席": 10,
    "複数人募集": 20,
    "電話確認": 15,
    "未実施": 10,
    "対象外": 5,
}
MEETINGS = {
    "コンプライアンス会議": 40,
    "コンプライアンス推進会議": 10,
    "お客様の声の回覧": 30,
    "朝礼": 20,
}
ENDS = {"": 55, "解約": 20, "解約済": 2, "失効": 8, "満期": 12, "死亡消滅": 3}
VOICES = {
    "お褒め": 40,
    "感謝": 20,
    "苦情": 5,
    "不満": 10,
    "ご不満": 5,
    "要望": 15,
    "その他": 5,
}
OUTCOMES = {"更改": 60, "継続済": 20, "非更改": 8, "他社移行": 2, "対象外": 5, "": 5}
ANSWERS = {
    "大変満足": 30,
    "とても満足": 5,
    "満足": 40,
    "普通": 15,
    "不満": 5,
    "やや不満": 3,
    "大変不満": 2,
}
INCIDENTS = {"ヒヤリハット": 50, "ヒヤリ・ハット": 10, "対応漏れ": 20, "事務ミス": 20}
"""Words with their weights; several mean the same."""

CUSTOMERS = 0.6
"""Customers for each row of the large sources."""
FIRST, DAYS = date(2024, 4, 1), 548
"""The days on which whatever happened has happened."""
WEB_DAYS = [number_of(FIRST + timedelta(days=place)) for place in range(DAYS)]

Size = Literal["large", "joined", "small"]


@dataclass(frozen=True, slots=True)
class Table:
    """A source's export. `most` rows at most; `rows` is a settings key for what it covers."""

    source: str
    name: str
    columns: Sequence[Column]
    size: Size = "small"
    covers: Literal["covers", "as_of", ""] = "covers"
    most: int = 10**9

    def rows(self, large: int) -> int:
        """Return how many rows it has where the large ones have `large`."""
        share = {"large": 1, "joined": 10, "small": 100}[self.size]
        return max(1, min(large // share, self.most))

    def settings(self) -> str:
        """Return its line under [exports]."""
        keys = {
            "covers": f', covers = "{COVERS}"',
            "as_of": f", as_of = {AS_OF}, keeps_ended = true",
            "": "",
        }
        return f'{self.source} = {{ files = "{self.name}.csv"{keys[self.covers]} }}\n'


def _day(header: str) -> Day:
    return Day(header, FIRST, DAYS)


AGENCY = (
    Table(
        "responses",
        "対応記録",
        (
            Step("案件番号", "N"),
            _day("受付日"),
            Pick("案件種別", {"新規": 40, "保全": 60}),
            Pick("商品区分", LINES),
            Pick("担当者", STAFF),
            Pick(
                "ステータス", {"未対応": 2, "未": 1, "対応中": 3, "済": 90, "対応済": 2, "取消": 2}
            ),
            After("対応期限", by="受付日", days=30, blank=4),
            After("完了日", by="受付日", days=45, blank=6),
            Pick("点検結果", {"": 50, "良": 47, "漏れ": 3}),
            After("発覚日", by="受付日", days=90, blank=97),
            Pick("内容", {"住所変更の依頼": 30, "見積りの依頼": 40, "請求書類の送付": 30}),
        ),
        "large",
    ),
    Table(
        "elderly",
        "高齢者対応",
        (
            Step("対応番号", "E"),
            _day("対応日"),
            Pick("商品区分", LINES),
            Pick(
                "対応方法",
                {
                    "親族同席": 40,
                    "複数人募集": 20,
                    "複数回": 15,
                    "電話": 10,
                    "書面確認": 10,
                    "該当なし": 5,
                },
            ),
            Pick("公的保険制度の説明", {"済": 80, "未": 10, "対象外": 10}),
            Pick("提案理由の説明", {"済": 90, "未": 10}),
            Pick("納得して契約", {"はい": 80, "いいえ": 10, "": 10}),
            Pick("担当者", STAFF),
            Reference("顧客番号", "C", CUSTOMERS),
        ),
    ),
    Table(
        "proposals",
        "提案理由点検",
        (
            Step("点検番号", "P"),
            _day("点検日"),
            Pick("商品区分", LINES),
            Pick("点検結果", {"明瞭": 92, "不明瞭": 8}),
            Pick("意向確認ナビ", {"使用": 60, "有": 10, "未使用": 30}),
            Pick("募集人", STAFF),
            Pick("点検者", STAFF),
        ),
    ),
    Table(
        "meetings",
        "会議記録",
        (
            Step("会議番号", "M"),
            _day("開催日"),
            Pick(
                "会議名",
                {
                    "コンプライアンス会議": 40,
                    "コンプライアンス推進会議": 10,
                    "お客様の声の回覧": 30,
                    "朝礼": 20,
                },
            ),
        ),
    ),
    Table(
        "trainings",
        "研修記録",
        (
            Step("研修番号", "K", every=50),
            Day("実施日", FIRST, DAYS, by="研修番号"),
            Pick("テーマ", {"公的介護保険制度": 60, "個人情報": 40}, turn=50),
            Pick("形式", {"ロープレ": 1, "講義": 1, "ロープレ ": 1}, turn=100),
            Step("受講者", "S", most=25),
            Pick("回次", {"1": 1, "2": 1}, turn=25),
            Whole("点数", 40, 61),
            Pick("合否", {"合格": 70, "不合格": 30}),
        ),
    ),
    Table(
        "qualifications",
        "資格受験",
        (
            _day("受験日"),
            Step("受験者", "S", every=6),
            Pick(
                "資格名",
                {"損害保険大学課程(専門コース)": 1, "公的保険アドバイザー": 1, "証券外務員": 1},
                turn=1,
            ),
            Pick("科目", {"法律": 1, "税務": 1}, turn=3),
            Pick("合否", {"合格": 60, "不合格": 40}),
        ),
    ),
    Table(
        "explanations",
        "制度説明",
        (
            Step("記録番号", "X"),
            _day("説明日"),
            Reference("顧客番号", "C", CUSTOMERS),
            Pick("制度", {"高額療養費制度": 40, "高額療養費": 10, "公的介護保険制度": 50}),
            Pick("成約", YES_NO),
            Pick("商品区分", LINES),
            Reference("担当者", "S", 0.01),
        ),
        "joined",
    ),
    Table(
        "sheets",
        "シート活用",
        (
            Step("シート番号", "T"),
            _day("受付日"),
            Pick("シート種別", {"意向把握シート": 60, "見積希望シート": 40}),
            Pick("商品区分", LINES),
            Pick("種目", {"自動車": 50, "自動車保険": 10, "火災": 30, "傷害": 10}),
        ),
    ),
    Table(
        "renewals",
        "継続案内",
        (
            Step("証券番号", "R"),
            _day("発送日"),
            Pick("種目", {"自動車": 70, "火災": 30}),
            Pick("発送前の対話", YES_NO),
            Pick("継続", {"有": 90, "無": 10}),
        ),
    ),
    Table(
        "contacts",
        "親族連絡先登録",
        (
            Step("登録番号", "F"),
            _day("登録日"),
            Reference("顧客番号", "C", CUSTOMERS),
            Pick("商品区分", LINES),
            Pick("登録方法", {"面談": 70, "郵送": 30}),
        ),
    ),
    Table(
        "followups",
        "アフターフォロー",
        (
            Step("実施番号", "A"),
            _day("実施日"),
            Reference("顧客番号", "C", CUSTOMERS),
            Pick("商品", {"ケガ保険": 60, "介護保険": 40}),
        ),
    ),
    Table(
        "staff",
        "職員名簿",
        (
            Step("職員番号", "S"),
            Pick("チーム", {"生保": 40, "損保": 50, "団体": 10}),
            Day("在籍開始日", date(2020, 4, 1), 2_000),
            After("在籍終了日", by="在籍開始日", days=1_900, blank=60),
        ),
        covers="as_of",
    ),
)

PACK_TABLES = (
    Table(
        "policies",
        "契約台帳",
        (
            Step("証券番号", "P"),
            Day("契約日", date(2020, 4, 1), 2_009),
            After("消滅日", by="契約日", days=1_900, blank=55),
            Pick(
                "消滅事由", {"": 55, "解約": 20, "解約済": 2, "失効": 8, "満期": 12, "死亡消滅": 3}
            ),
            Pick("保険種類", OPEN_LINES),
            Whole("保険料", 12_000, 4_000, 100),
            Reference("契約者番号", "C", CUSTOMERS),
        ),
        "large",
        "as_of",
    ),
    Table(
        "follow_plan",
        "アフターフォロー予定表",
        (
            Step("フォロー番号", "W"),
            _day("予定日"),
            Reference("顧客番号", "C", CUSTOMERS),
            Pick("方法", {"電話": 60, "訪問": 40}),
            After("実施日", by="予定日", days=40, blank=20),
        ),
        "joined",
    ),
    Table(
        "voice_log",
        "お客様の声受付簿",
        (
            Step("受付番号", "L"),
            _day("受付日"),
            Pick(
                "声の種類",
                {
                    "お褒め": 40,
                    "感謝": 20,
                    "苦情": 5,
                    "不満": 10,
                    "ご不満": 5,
                    "要望": 15,
                    "その他": 5,
                },
            ),
            Pick("保険種類", OPEN_LINES),
            Pick("店舗", SHOPS),
            Pick("担当者", STAFF),
            After("回答日", by="受付日", days=14, blank=10),
            After("改善日", by="受付日", days=60, blank=80),
            After("共有日", by="受付日", days=10, blank=20),
            After("保険会社報告日", by="受付日", days=30, blank=85),
        ),
    ),
    Table(
        "maturities",
        "満期管理表",
        (
            Step("証券番号", "P"),
            _day("満期日"),
            Pick("種目", OPEN_LINES),
            Pick(
                "更改結果",
                {"更改": 60, "継続済": 20, "非更改": 8, "他社移行": 2, "対象外": 5, "": 5},
            ),
            Day("手続完了日", FIRST, DAYS),
        ),
    ),
    Table(
        "certificates",
        "証券お届け記録",
        (
            Step("証券番号", "P"),
            _day("始期日"),
            Pick("種目", OPEN_LINES),
            Day("証券お届け日", FIRST, DAYS),
        ),
    ),
    Table(
        "survey_answers",
        "アンケート回答",
        (
            Step("回答番号", "Q"),
            _day("回答日"),
            Pick("店舗", SHOPS),
            Pick(
                "総合満足度",
                {
                    "大変満足": 30,
                    "とても満足": 5,
                    "満足": 40,
                    "普通": 15,
                    "不満": 5,
                    "やや不満": 3,
                    "大変不満": 2,
                },
            ),
            Whole("推奨度", 0, 11),
        ),
    ),
    Table(
        "survey_requests",
        "アンケート依頼",
        (
            Step("依頼番号", "D"),
            _day("依頼日"),
            After("回答日", by="依頼日", days=20, blank=70),
        ),
    ),
    *(
        Table(
            f"{kind}_customers",
            f"{title}の顧客別損益",
            (
                InTurn("基準日"),
                Step("顧客番号", "C", every=18),
                Whole("投資元本", 100_000, 900, 10_000),
                Whole("運用損益", -60_000, 120, 1_001),
            ),
            covers="",
        )
        for kind, title in (("fund", "投資信託"), ("fx", "外貨建保険"))
    ),
    *(
        Table(
            f"{kind}_products",
            f"{title}の銘柄一覧",
            (
                InTurn("基準日"),
                Step("銘柄コード", "G", every=18),
                Whole("残高", 1_000_000, 60_000, 9_973),
                Whole("コスト", 0, 4),
                Whole("リターン", -20, 60),
                *((Whole("リスク", 1, 30),) if kind == "fund" else ()),
            ),
            covers="",
            most=18 * 60,
        )
        for kind, title in (("fund", "投資信託"), ("fx", "外貨建保険"))
    ),
    Table(
        "accidents",
        "事故受付簿",
        (
            Step("事故受付番号", "J"),
            _day("事故受付日"),
            Pick("種目", OPEN_LINES),
            After("初回連絡日", by="事故受付日", days=6, blank=5),
            After("完了日", by="事故受付日", days=120, blank=20),
        ),
    ),
    Table(
        "meeting_log",
        "会議開催記録",
        (
            Step("会議番号", "M"),
            _day("開催日"),
            Pick("会議名", {"経営会議": 20, "推進会議": 50, "品質会議": 30}),
        ),
    ),
    Table(
        "audits",
        "監査記録",
        (
            Step("点検番号", "B"),
            _day("実施日"),
            Pick("点検種別", {"内部監査": 40, "自己点検": 60}),
            Pick("店舗", SHOPS),
            Whole("指摘件数", 0, 8),
        ),
    ),
    Table(
        "seminars",
        "セミナー開催記録",
        (
            Step("セミナー番号", "Z"),
            _day("開催日"),
            Pick("テーマ", {"相続": 50, "資産形成": 50}),
            Whole("参加者数", 3, 60),
        ),
    ),
    Table(
        "web_visits",
        "アクセス集計",
        (
            InTurn("日付", numbers=WEB_DAYS, every=8),
            Pick("ページ", {f"ページ{number}": 1 for number in range(1, 9)}, turn=1),
            Whole("閲覧数", 0, 900),
        ),
        most=8 * DAYS,
    ),
    Table(
        "procedures",
        "契約手続き記録",
        (
            Step("手続番号", "H"),
            _day("手続日"),
            Pick("種目", OPEN_LINES),
            Pick("手続方法", {"ペーパーレス": 50, "電子": 20, "書面": 25, "対象外": 5}),
            Pick("ナビ手続", USED),
            Pick("Web証券", USED),
        ),
    ),
    Table(
        "senior_cases",
        "高齢者募集記録",
        (
            Step("対応番号", "O"),
            _day("対応日"),
            Pick("保険種類", OPEN_LINES),
            Pick(
                "対応方法",
                {
                    "親族同席": 40,
                    "家族同席": 10,
                    "複数人募集": 20,
                    "電話確認": 15,
                    "未実施": 10,
                    "対象外": 5,
                },
            ),
            Reference("顧客番号", "C", CUSTOMERS),
            Whole("年齢", 60, 40),
        ),
    ),
    Table(
        "intent_records",
        "意向把握の記録",
        (
            Step("記録番号", "I"),
            _day("提案日"),
            Pick("保険種類", OPEN_LINES),
            Pick("募集人", STAFF),
            Pick("意向把握シート", KEPT),
            Pick("比較推奨の記録", KEPT),
        ),
    ),
    Table(
        "attendance",
        "研修出欠表",
        (
            Step("研修番号", "K", every=20),
            Day("実施日", FIRST, DAYS, by="研修番号"),
            Pick("研修名", {"個人情報": 1, "保険業法": 1}, turn=20),
            Step("職員番号", "S", most=20),
            Pick("出欠", {"出席": 70, "○": 10, "欠席": 15, "対象外": 5}),
            Whole("時間数", 1, 6),
        ),
    ),
    Table(
        "employees",
        "社員名簿",
        (
            Step("職員番号", "S"),
            Day("入社日", date(2020, 4, 1), 2_000),
            After("退社日", by="入社日", days=1_900, blank=60),
            Pick("店舗", SHOPS),
        ),
        covers="as_of",
    ),
    Table(
        "qualifications_held",
        "資格保有一覧",
        (
            Step("職員番号", "S", every=4),
            Pick("資格名", {"1級FP技能士": 1, "FP2級": 1, "AFP": 1, "TLC": 1}, turn=1),
            Day("取得日", date(2020, 4, 1), 2_000),
            After("失効日", by="取得日", days=1_900, blank=70),
        ),
        covers="as_of",
    ),
    Table(
        "incidents",
        "ヒヤリハット報告",
        (
            Step("報告番号", "Y"),
            _day("報告日"),
            Pick(
                "報告区分",
                {"ヒヤリハット": 50, "ヒヤリ・ハット": 10, "対応漏れ": 20, "事務ミス": 20},
            ),
            Pick("店舗", SHOPS),
            After("是正日", by="報告日", days=60, blank=30),
        ),
    ),
)

TABLES = (*AGENCY, *PACK_TABLES)

OWN_KPI = """
[kpi.followed_policyholders]
title = { ja = "フォローした契約者", en = "Policyholders followed up" }
source = "policies"
measure = "ratio"
of = "customer"
numerator_in = { source = "follow_plan", by = "customer", date = "done_on" }
unit = "名"
"""
"""A join of the largest source with another one, by a key of a million values."""
