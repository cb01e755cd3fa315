"""The labels that outputs for people use, in both languages.

Only characters that cp932 has, and none whose width a Japanese terminal doubles (no dashes beyond
ASCII, no arrows, no circled figures, no reference mark).
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Protocol

from kpicli.base.wording import Language, Text
from kpicli.model.figures import LEVELS, UNFILLED, Figure
from kpicli.model.judgements import TargetStatus
from kpicli.model.value import Status

ITEM = Text("項目", "Figure")
TOTAL = Text("計", "Total")
WHOLE = Text("全体", "Whole")
CROSS_SHEET = Text("クロス集計", "Cross table")
VALUE = Text("実績", "Value")
UNIT = Text("単位", "Unit")
TARGET = Text("目標", "Target")
STATUS = Text("状態", "Status")
JUDGEMENT = Text("判定", "Judgement")
BLANK = Text(UNFILLED, "(blank)")
LIST_SEPARATOR = Text("、", "; ")
COMPARED: Mapping[str, Text] = {
    "previous": Text("前期", "Previous"),
    "year_ago": Text("前年同期", "Year ago"),
}

STATUSES: Mapping[Status, Text] = {
    Status.PARTIAL: Text("一部のみ", "partial"),
    Status.UNDEFINED: Text("算出不可", "undefined"),
    Status.NO_DATA: Text("データなし", "no data"),
}
PROVISIONAL = Text("要確認({rows}件)", "to check ({rows} {noun})")

JUDGED = Text("{bound} {status}", "{bound}: {status}")
TARGET_STATUSES: Mapping[TargetStatus, Text] = {
    TargetStatus.MET: Text("達成", "met"),
    TargetStatus.MISSED: Text("未達", "missed"),
    TargetStatus.PENDING: Text("判定前", "pending"),
    TargetStatus.ONGOING: Text("途中", "under way"),
    TargetStatus.NEXT: Text("次期目標", "target of the next period"),
}
ANY_OF_THEM = Text("いずれかで達成する目標", "Targets that any one of these reaches")
UP_TO = Text("({day} まで)", "(up to {day})")
REACHED = Text("{members} のうち {reached} が達成", "{reached} of {members} reached it")
MEMBERS_UNKNOWN = Text("名簿から数えられない", "the register does not tell how many there are")
UNDECIDED = Text("未確定 {number}", "not final: {number}")
OF_NO_MEMBER = Text("名簿にない行 {number}", "rows of no member: {number}")
NOT_REACHED = Text("未達: {names}", "not: {names}")

DATES = Text("{start} から {end} まで", "{start} to {end}")
AS_OF = Text("{day} 時点", "as of {day}")
PRINCIPLE = Text("原則{name}", "Principle {name}")
NO_PRINCIPLE = Text("原則の指定なし", "No principle")
ALSO = Text("(原則{names}も)", "(also {names})")
NOT_ADDITIVE = Text("(合算不可)", "(not additive)")
RULE = Text("(理由) {name}", "(rule) {name}")
MEMO = Text("(参考) {name}", "(memo) {name}")
OF_WHICH = Text("うち{name}", "of which {name}")
NOTES = Text("注", "Notes")
BY_NAME = Text("{name}: {words}", "{name}: {words}")

ORIGINS: Mapping[str, Text] = {
    "frozen": Text("[公表値]", "[published]"),
    "entered": Text("[入力値]", "[entered]"),
}
"""Marks of values that were not counted in this run."""
MARKS: Mapping[str, Text] = {"computed": Text("[集計値]", "[counted]"), **ORIGINS}
"""Marks of values that come from elsewhere than the others of their column."""
FROZEN_IN = Text(
    "公表値 {period}: {source} 第{edition}版({on} 凍結)",
    "published {period}: {source}, edition {edition}, frozen on {on}",
)
SOURCES: Mapping[str, Text] = {
    "frozen": FROZEN_IN,
    "entered": Text(
        "入力値 {period}: {source}({on} 入力)", "entered {period}: {source}, entered on {on}"
    ),
}
NOTE = Text("。{note}", " ({note})")
BREAK_BETWEEN = Text(
    "{before} と {after} のあいだで定義が変わり、比べられない",
    "the definition changed between {before} and {after}: not comparable",
)
BREAK = "|"
"""Stands before the first value of another definition."""
ORIGIN_SHEET_ROWS = Text("数えていない値(公表値と入力値)", "Values not counted in this run")
ORIGIN_COLUMNS = (
    Text("項目", "Figure"),
    Text("内訳", "Item"),
    Text("期間", "Period"),
    Text("値", "Value"),
    Text("由来", "Origin"),
    Text("出典", "Source"),
    Text("日付", "Date"),
)

LEGEND: Mapping[str, Text] = {
    "provisional": Text(
        "要確認: 読めない値や空欄があり、数えるか決められない行がある。数値は確定していない",
        "to check: rows with unreadable or blank cells could belong; the figure is not final",
    ),
    "partial": Text(
        "一部のみ: 出力データにない月か、まだ来ていない日の行がある。未確定",
        "partial: some months are not covered, or rows not yet due; the figure is not final",
    ),
    "undefined": Text("算出不可: 分母が0", "undefined: there is nothing to divide by"),
    "no_data": Text(
        "データなし: 出力データが期間を含まないか、必要な列がない(0件ではない)",
        "no data: the exports do not cover the period or lack a column (this is not zero)",
    ),
    "pending": Text(
        "判定前: 目標の期間は終わったが、数値が確定していない",
        "pending: the target's span has ended, but the figure is not final",
    ),
    "ongoing": Text(
        "途中: 目標の期間が終わっていない", "under way: the target's span has not ended"
    ),
    "not_additive": Text(
        "合算不可: 重複を除いた数や比率のため、内訳を足しても全体にならない",
        "not additive: distinct counts and ratios; the parts do not add up to the whole",
    ),
    "frozen": Text(
        "[公表値]: 公表時に凍結した値。今の出力から数え直したものではない",
        "[published]: as it was frozen when it was published, not counted anew from the exports",
    ),
    "counted": Text(
        "[集計値]: 公表値がない項目で、今の出力から数えた値",
        "[counted]: counted from the exports, as nothing was published of it",
    ),
    "gap": Text(
        "「-」: データなし。公表値も入力値もなく、出力データがその期間を含まない(0件ではない)",
        "'-': no data; nothing was published or entered, no export covers it (this is not zero)",
    ),
    "break": Text(
        f"「{BREAK}」: ここで定義が変わった。前後の値は比べられない",
        f"'{BREAK}': the definition changes here; values before and after it cannot be compared",
    ),
    "entered": Text(
        "[入力値]: 出力からは数えられず、手で入力した値",
        "[entered]: entered by hand, no export holds it",
    ),
}

ROWS = Text(
    "行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)",
    "Rows (read = usable + duplicate + superseded + not data + faulty)",
)
SOURCE = Text("元データ", "Source")
ACCOUNTING: Mapping[str, Text] = {
    "read": Text("読込", "Read"),
    "usable": Text("有効", "Usable"),
    "duplicate": Text("重複", "Duplicate"),
    "superseded": Text("差替え", "Superseded"),
    "not_data": Text("データ外", "Not data"),
    "faulty": Text("不備", "Faulty"),
}
"""The columns of a source's accounting, keyed by the fields of `SourceAccounting` in order."""

FIGURES_SHEET = Text("集計", "Figures")
FRONT_SHEET = Text("集計表", "Figures")
DATA_SHEET = Text("データ", "Data")
TREND_SHEET = Text("推移", "Trend")
KINDS: Mapping[str, Text] = {
    "total": Text("合計", "total"),
    "part": Text("内訳", "part"),
    "subpart": Text("内訳の内訳", "part of a part"),
    "of_which": Text("うち数", "of which"),
    "rule": Text("理由", "rule"),
    "memo": Text("参考", "memo"),
}
ACCOUNTING_SHEET = Text("行の内訳", "Accounting")
FILE = Text("ファイル", "File")
SHEET = Text("シート", "Sheet")
ENCODING = Text("文字コード", "Encoding")
COVERED = Text("対象月", "Covered months")
SHA256 = Text("SHA-256", "SHA-256")
KPI_ROWS = Text(
    "指標ごとの行の内訳 (有効 + 不備 = 集計 + 条件外 + 日付なし + 期間外 + 未確定 + 未到来 + 除外)",
    "Rows of each figure (usable + faulty = counted + not selected + no date + out of period"
    " + undetermined + not yet due + excluded)",
)
NOT_YET_DUE = Text("未到来", "Not yet due")
KPI_ACCOUNTING: Mapping[str, Text] = {
    "usable": Text("有効", "Usable"),
    "faulty": Text("不備", "Faulty"),
    "counted": Text("集計", "Counted"),
    "not_selected": Text("条件外", "Not selected"),
    "no_date": Text("日付なし", "No date"),
    "out_of_period": Text("期間外", "Out of period"),
    "undetermined": Text("未確定", "Undetermined"),
    "not_yet_due": NOT_YET_DUE,
}
"""The columns of a KPI's accounting, keyed by the fields of `KpiAccounting`."""
EXCLUDED = Text("除外", "Excluded")
RULE_ROWS = Text("{rule} {rows}件", "{rule} {rows}")
CATALOGUE = Text("カタログ", "Catalogue")


_NO_ENGLISH: Mapping[str, str] = MappingProxyType({})


class HasItem(Protocol):
    """What belongs to a part, a rule or a memo: a figure, or one that moved."""

    @property
    def part(self) -> str | None:
        """Return the column that splits, `rule` or `memo`."""
        ...

    @property
    def item(self) -> str | None:
        """Return the name of the part."""
        ...


class HasLabels(Protocol):
    """What names parts and groups in English: a KPI's head in a Summary, and the like."""

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Return the English of names, by the column that splits (`rule` and `memo`)."""
        ...


def named(name: str, language: Language, english: Mapping[str, str] = _NO_ENGLISH) -> str:
    """Return what a group or an item is called: 未記入, in English `(blank)`, where it has no name.

    That of blank cells is blank or, of parts, the Japanese word itself.
    """
    if not name.strip() or name == BLANK.ja:
        return BLANK.in_language(language)
    return english.get(name, name) if language == "en" else name


def item_name(figure: HasItem, head: HasLabels, language: Language) -> str | None:
    """Return what the item of a figure is called; None where it has none."""
    if figure.item is None:
        return None
    return item_words(figure.item, figure.part or "", head.labels, language)


def item_words(
    item: str, part: str, labels: Mapping[str, Mapping[str, str]], language: Language
) -> str:
    """Return what an item is called, one of two levels by the names of both: `自動車/不満`.

    `part` is the column that splits, or two of them; `labels` have the English by column.
    """
    first, two, second = part.partition(LEVELS)
    if not two:
        return named(item, language, labels.get(part, _NO_ENGLISH))
    above, own = _levels(item, labels.get(first, _NO_ENGLISH))
    names = (item_words(above, first, labels, language), item_words(own, second, labels, language))
    return LEVELS.join(names)


def _levels(item: str, known: Collection[str]) -> tuple[str, str]:
    """Return the two names of an item; where the first may end in several places, a known one."""
    names = item.split(LEVELS)
    splits = [(LEVELS.join(names[:n]), LEVELS.join(names[n:])) for n in range(1, len(names))]
    return next((each for each in splits if each[0] in known), splits[0])


def exclusion_words(rule: str, head: HasLabels, language: Language) -> str:
    """Return what an exclusion is called."""
    return named(rule, language, head.labels.get("excluded", _NO_ENGLISH))


def group_name(figure: Figure, head: HasLabels, language: Language) -> str | None:
    """Return what the group of a figure is called; None where it has none."""
    if figure.group is None:
        return None
    return item_words(figure.group, figure.by or "", head.labels, language)
