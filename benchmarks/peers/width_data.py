"""What both scripts for all KPIs know of the exports: columns that are needed, spellings, spans.

Dates end in `_on`, numbers are in `NUMBERS`; all other columns are text.
"""

FILES = {
    "policies": (
        "契約台帳",
        {
            "started_on": "契約日",
            "ended_on": "消滅日",
            "ended_by": "消滅事由",
            "line": "保険種類",
            "premium": "保険料",
            "customer": "契約者番号",
        },
    ),
    "responses": (
        "対応記録",
        {
            "received_on": "受付日",
            "kind": "案件種別",
            "status": "ステータス",
            "due_on": "対応期限",
            "completed_on": "完了日",
            "inspection": "点検結果",
            "found_on": "発覚日",
        },
    ),
    "elderly": (
        "高齢者対応",
        {
            "handled_on": "対応日",
            "line": "商品区分",
            "method": "対応方法",
            "explained": "公的保険制度の説明",
            "agreed": "納得して契約",
        },
    ),
    "proposals": (
        "提案理由点検",
        {
            "checked_on": "点検日",
            "line": "商品区分",
            "result": "点検結果",
            "navi": "意向確認ナビ",
        },
    ),
    "meetings": ("会議記録", {"held_on": "開催日", "meeting": "会議名"}),
    "trainings": (
        "研修記録",
        {
            "session": "研修番号",
            "held_on": "実施日",
            "theme": "テーマ",
            "form": "形式",
            "staff": "受講者",
            "attempt": "回次",
            "result": "合否",
        },
    ),
    "qualifications": (
        "資格受験",
        {
            "taken_on": "受験日",
            "staff": "受験者",
            "qualification": "資格名",
            "subject": "科目",
            "result": "合否",
        },
    ),
    "explanations": (
        "制度説明",
        {
            "explained_on": "説明日",
            "customer": "顧客番号",
            "scheme": "制度",
            "contracted": "成約",
            "line": "商品区分",
            "staff": "担当者",
        },
    ),
    "sheets": (
        "シート活用",
        {"received_on": "受付日", "sheet": "シート種別", "line": "商品区分", "product": "種目"},
    ),
    "renewals": (
        "継続案内",
        {"sent_on": "発送日", "product": "種目", "talked": "発送前の対話", "renewed": "継続"},
    ),
    "contacts": ("親族連絡先登録", {"registered_on": "登録日", "line": "商品区分"}),
    "followups": ("アフターフォロー", {"done_on": "実施日", "product": "商品"}),
    "staff": (
        "職員名簿",
        {
            "staff": "職員番号",
            "team": "チーム",
            "joined_on": "在籍開始日",
            "left_on": "在籍終了日",
        },
    ),
    "follow_plan": (
        "アフターフォロー予定表",
        {"due_on": "予定日", "customer": "顧客番号", "done_on": "実施日"},
    ),
    "voice_log": (
        "お客様の声受付簿",
        {
            "received_on": "受付日",
            "kind": "声の種類",
            "line": "保険種類",
            "shop": "店舗",
            "answered_on": "回答日",
            "improved_on": "改善日",
            "shared_on": "共有日",
            "reported_on": "保険会社報告日",
        },
    ),
    "maturities": (
        "満期管理表",
        {"matures_on": "満期日", "outcome": "更改結果", "done_on": "手続完了日"},
    ),
    "certificates": ("証券お届け記録", {"begins_on": "始期日", "delivered_on": "証券お届け日"}),
    "survey_answers": (
        "アンケート回答",
        {"answered_on": "回答日", "satisfaction": "総合満足度", "recommend": "推奨度"},
    ),
    "survey_requests": ("アンケート依頼", {"sent_on": "依頼日", "answered_on": "回答日"}),
    "fund_customers": (
        "投資信託の顧客別損益",
        {"stands_on": "基準日", "invested": "投資元本", "gain": "運用損益"},
    ),
    "fx_customers": (
        "外貨建保険の顧客別損益",
        {"stands_on": "基準日", "invested": "投資元本", "gain": "運用損益"},
    ),
    "fund_products": (
        "投資信託の銘柄一覧",
        {
            "stands_on": "基準日",
            "balance": "残高",
            "cost": "コスト",
            "return": "リターン",
            "risk": "リスク",
        },
    ),
    "fx_products": (
        "外貨建保険の銘柄一覧",
        {"stands_on": "基準日", "balance": "残高", "cost": "コスト", "return": "リターン"},
    ),
    "accidents": (
        "事故受付簿",
        {"reported_on": "事故受付日", "line": "種目", "first_contact_on": "初回連絡日"},
    ),
    "meeting_log": ("会議開催記録", {"held_on": "開催日", "meeting": "会議名"}),
    "audits": (
        "監査記録",
        {"done_on": "実施日", "kind": "点検種別", "findings": "指摘件数"},
    ),
    "seminars": ("セミナー開催記録", {"held_on": "開催日", "participants": "参加者数"}),
    "web_visits": ("アクセス集計", {"visited_on": "日付", "page": "ページ", "visits": "閲覧数"}),
    "procedures": (
        "契約手続き記録",
        {
            "done_on": "手続日",
            "paper": "手続方法",
            "navi": "ナビ手続",
            "web_certificate": "Web証券",
        },
    ),
    "senior_cases": (
        "高齢者募集記録",
        {"handled_on": "対応日", "method": "対応方法", "age": "年齢"},
    ),
    "intent_records": (
        "意向把握の記録",
        {
            "proposed_on": "提案日",
            "line": "保険種類",
            "intent_sheet": "意向把握シート",
            "comparison": "比較推奨の記録",
        },
    ),
    "attendance": (
        "研修出欠表",
        {
            "session": "研修番号",
            "held_on": "実施日",
            "staff": "職員番号",
            "attended": "出欠",
            "hours": "時間数",
        },
    ),
    "employees": ("社員名簿", {"staff": "職員番号", "joined_on": "入社日", "left_on": "退社日"}),
    "qualifications_held": (
        "資格保有一覧",
        {
            "staff": "職員番号",
            "qualification": "資格名",
            "got_on": "取得日",
            "lost_on": "失効日",
        },
    ),
    "incidents": (
        "ヒヤリハット報告",
        {"reported_on": "報告日", "kind": "報告区分", "mended_on": "是正日"},
    ),
}
"""Per table its file and, by the name it is given here, the header of each column."""

VOICES = {
    "number": "受付番号",
    "received_on": "受付日",
    "line": "商品区分",
    "category": "声の区分",
    "improved_on": "改善日",
    "reported_on": "保険会社報告日",
    "insurer_improved_on": "保険会社改善日",
}
"""The columns of the voices, which come in several files that overlap."""

NUMBERS = {
    "premium",
    "recommend",
    "invested",
    "gain",
    "balance",
    "cost",
    "return",
    "risk",
    "findings",
    "participants",
    "visits",
    "age",
    "hours",
}

SAME = {
    "生命保険": "生保",
    "損害保険": "損保",
    "お褒めの言葉": "お褒め",
    "ご不満": "不満",
    "未": "未対応",
    "対応済": "済",
    "複数回": "複数回募集",
    "電話": "電話確認",
    "コンプライアンス推進会議": "コンプライアンス会議",
    "高額療養費": "高額療養費制度",
    "自動車保険": "自動車",
    "解約済": "解約",
    "死亡消滅": "死亡",
    "継続済": "更改",
    "他社移行": "非更改",
    "とても満足": "大変満足",
    "やや不満": "不満",
    "電子": "ペーパーレス",
    "利用": "有",
    "あり": "有",
    "家族同席": "親族同席",
    "○": "出席",
    "ヒヤリ・ハット": "ヒヤリハット",
    "FP2級": "2級FP技能士",
    "TLC": "トータル・ライフ・コンサルタント",
}
"""Spellings of one meaning."""
SAME_IN = {
    ("voices", "category"): {"お褒め": "感謝"},
    ("voice_log", "kind"): {"感謝": "お褒め"},
    ("intent_records", "intent_sheet"): {"未": "無"},
    ("intent_records", "comparison"): {"未": "無"},
    ("elderly", "explained"): {"未": "未"},
    ("proposals", "navi"): {"有": "使用", "無": "未使用"},
}
"""Those that mean something else, or only mean it, in one column."""


def same_in(table: str, column: str) -> dict[str, str]:
    """Return the spellings of a column, each with what it means."""
    return {**SAME, **SAME_IN.get((table, column), {})}


HALVES = {
    "2024H1": ("2024-04-01", "2024-09-30"),
    "2024H2": ("2024-10-01", "2025-03-31"),
    "2025H1": ("2025-04-01", "2025-09-30"),
}
MONTHS = [f"{2024 + (3 + n) // 12}-{(3 + n) % 12 + 1:02}" for n in range(18)]
"""All months of the halves, in their order."""
ASKED = [*MONTHS[:6], *MONTHS[11:]]
"""Those whose figures are told: of the half, the one before it, and those of a year ago."""


def month_end(month: str) -> str:
    """Return the last day of a month."""
    days = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}
    return f"{month}-{days.get(month[5:], '31')}"


def spans() -> dict[str, tuple[str, str]]:
    """Return every span that is asked for, with its first and its last day."""
    return {**HALVES, **{month: (f"{month}-01", month_end(month)) for month in ASKED}}


BANDS = (
    (-0.5, "-50%未満"),
    (-0.3, "-50%以上-30%未満"),
    (-0.1, "-30%以上-10%未満"),
    (0, "-10%以上0%未満"),
    (0.1, "0%以上10%未満"),
    (0.3, "10%以上30%未満"),
    (0.5, "30%以上50%未満"),
    (1e9, "50%以上"),
)
AGES = ((70, "70歳未満"), (75, "70歳以上75歳未満"), (80, "75歳以上80歳未満"), (1e9, "80歳以上"))
"""Bands by the number below which each ends."""
POINTS = {"大変満足": 5, "満足": 4, "普通": 3, "不満": 2, "大変不満": 1}
FP = ("1級FP技能士", "2級FP技能士", "AFP", "CFP")
