"""The labels of a report, in both languages; what all outputs share is in `output.page.words`."""

from collections.abc import Mapping

from kpicli.base.wording import Text
from kpicli.model.judgements import TargetStatus

TITLE = Text("{period}の取り組みの結果", "Results of {period}")
CONTENTS = Text("目次", "Contents")
SUMMARY = Text("要約", "Summary")
TARGETS = Text("目標の達成状況", "Targets")
TARGETS_OF = Text("{number}項目", "{number}")
MISSED = Text("{title}(目標 {bound} → 実績 {value})", "{title} (target {bound}, value {value})")
BADGES: Mapping[TargetStatus, Text] = {
    TargetStatus.MET: Text("○ 達成", "○ met"),
    TargetStatus.MISSED: Text("× 未達", "× missed"),
    TargetStatus.PENDING: Text("… 判定前", "… pending"),
    TargetStatus.ONGOING: Text("… 途中", "… under way"),
    TargetStatus.NEXT: Text("次期目標", "target of the next period"),
}
"""A sign and a word, so that no badge speaks by colour alone."""
ARROWS: Mapping[bool, str] = {True: "↑", False: "↓"}
"""The arrow of a change that is a rise, and of one that is not."""
NOW = Text("今期", "Now")
INDICATOR = Text("指標", "Indicator")
IN_UNIT = Text("{item}({unit})", "{item} ({unit})")
AGAINST: Mapping[str, Text] = {
    "previous": Text("前期比", "vs previous"),
    "year_ago": Text("前年同期比", "vs a year ago"),
}
FROM_TO = Text("{first}～{last}", "{first} to {last}")
REPORTED = Text("対象期間", "Period")
PUBLISHED_ON = Text("公表日", "Published on")
AS_OF = Text("時点", "As of")
PERIOD_AND_DAYS = Text("{period}({days})", "{period} ({days})")
INTERNAL = Text("社内用", "Internal")
RELATED = Text("ほかの箇所の指標", "Figures in other sections")
LINKS = Text("関連ページ", "Related pages")
LINKS_AT_END = Text("会社のページ", "Pages of the company")
EARLIER = Text("これまでの公表", "Earlier reports")
INDEX = Text("公表の一覧", "All reports")
INDEX_TITLE = Text("お客様本位の業務運営の取り組み結果", "Results of our customer-first policy")
TREND = Text("指標の推移", "Figures over time")
FOOTNOTE = Text("注{number}", "Note {number}")
FOOTNOTES = Text("数え方", "How the figures are counted")
PRINTED_NUMBERS = Text("数値の表", "The numbers as a table")
PRINCIPLES = Text("原則", "Principles")
DOUBTS = Text("確定していない数値", "Figures that are not final")
NO_DOUBTS = Text("すべての数値が確定している", "All figures are final")
CORRESPONDENCE = Text("対応表(原則・指標・記載箇所)", "Correspondence of principles and figures")
PLACE = Text("記載箇所", "Section")
KPI_ID = Text("ID", "ID")
DEFINITIONS = Text("定義", "Definitions")
ACCOUNTING = Text("行の内訳", "Row accounting")
RUN = Text("集計の条件", "The run")
VALUE = Text("内容", "Value")
MONTHS = Text("対象月", "Months")
SCROLL = Text("表は横に動かせます", "The table scrolls sideways")

POLICY = Text("方針", "Policy")
PRINCIPLE_KEY = Text("原則{ja}", "Principle {en}")
CORRESPONDENCE_TITLE = Text("{ja}({ja_day}版)", "{en} (edition of {en_day})")
CORRESPONDENCE_TABLE = Text("原則との対応関係表", "Correspondence of principles")
IN_POLICY = Text("方針の該当箇所", "In the policy")
IN_RESULTS = Text("取組状況の該当箇所", "In the results")
DONE = Text("実施", "Done")

BY_SPAN = Text("{span}別", "by {en}")
BY_COLUMN = Text("区分別", "by group")
MEASURED = Text("単位: {unit}", "in {unit}")
IN_ALL = Text("{name} 計{value}", "{name}: {value} in all")
HOLLOW = Text("白抜きは、確定していない値", "Hollow: values that are not final")
NEW_DEFINITION = Text(
    "破線から定義が変わり、前後は比べられない",
    "The definition changed at the dashed line: values on either side do not compare",
)
REST = Text("ほかの{number}区分は数値の表にある", "{number} more are in the table of numbers")
NUMBERS = Text("{title}: 数値", "{title}: numbers")
TOTAL = Text("計", "Total")
BARS = Text("{first}から{last}までの棒グラフ。{parts}。", "Bars from {first} to {last}: {parts}.")
LINES = Text(
    "{first}から{last}までの折れ線グラフ。最後は {parts}。",
    "Lines from {first} to {last}, at the end: {parts}.",
)
TARGET_BARS = Text("目標に対する実績", "Values held to their targets")
TARGET_BARS_OF = Text(
    "目標を100としたときの実績の横棒。{parts}。",
    "Bars of the values, the target being 100: {parts}.",
)
OF_HUNDRED = Text("目標 = 100", "target = 100")
MONTHS_MET = Text("{title}({span}の数)", "{title} (number of {span}s)")
VALUE_AND_TARGET = Text(
    "実績 {value} / 目標 {bound} {verdict}", "{value}, target {bound}: {verdict}"
)

REPORT_SHEET = Text("報告", "Report")
FILES_SHEET = Text("ファイル", "Files")
TO_REPORT = Text("報告へ", "To the report")
TO_CONTENTS = Text("目次へ", "To the contents")

UNIT = Text("単位", "Unit")
NUMERATOR = Text("分子", "Numerator")
DENOMINATOR = Text("分母", "Denominator")
RATIO = Text("比率", "Ratio")
CHANGE = Text("増減", "Change")
CHANGE_FROM = Text("{name}との増減", "Change from {name}")
CHECK = Text("検算", "Check")
CHECK_NOTE = Text(
    "検算は、内訳の和または分子/分母と、数えた数値との差。0 なら一致",
    "Check: the sum of the parts, or numerator/denominator, less the figure counted;"
    " 0 is agreement",
)
NUMBER = Text("番号", "No.")
ADDITIVE = Text("合算", "Additive")
YES = Text("可", "yes")
NO = Text("不可", "no")
VERSION = Text("版", "Version")
DEFINITION = Text("定義", "Definition")
NAMED = Text("{name}: {value}", "{name}: {value}")

OTHER_FIGURES = Text("ほかの項目", "Other figures")

PERIOD = Text("期間", "Period")
FIRST_DAY = Text("初日", "First day")
LAST_DAY = Text("末日", "Last day")
SUM_OF_SPANS = Text("各{span}の和", "Sum of the {en}s")
SPANS_CHECK = Text("検算 (各{span}の和 - 期間)", "Check ({en}s less period)")
SPANS_CHART = Text("{title} {span}別({unit})", "{title} by {en} ({unit})")
