"""The labels of a report, in both languages; what all outputs share is in `output.page.words`."""

from collections.abc import Mapping

from kpicli.base.wording import Text

PASSAGES: Mapping[str, Text] = {
    "planned": Text("取り組み課題", "Measures planned"),
    "facts": Text("数値・事実", "Figures and facts"),
    "assessment": Text("評価", "Assessment"),
    "next_steps": Text("今後の取り組み", "Next steps"),
}
"""The sub-headings of a section, keyed by the fields of `Section`, in the order of the report."""

CONTENTS = Text("目次", "Contents")
SUMMARY = Text("要約", "Summary")
VERDICTS = Text(
    "目標の判定: 達成 {met}、未達 {missed}、判定前 {pending}",
    "Targets: {met} met, {missed} missed, {pending} pending",
)
NO_TARGETS = Text("この期間に判定する目標はない", "No target belongs to this period")
TARGETS = Text("目標と実績", "Targets and values")
JUDGEMENT = Text("判定", "Judgement")
PRINCIPLES = Text("原則", "Principles")
DOUBTS = Text("確定していない数値", "Figures that are not final")
NO_DOUBTS = Text("すべての数値が確定している", "All figures are final")
FIGURES = Text("{principle}の数値", "Figures of {principle}")
COMPARED_WITH = Text("{name}: {period} ({dates})", "{name}: {period} ({dates})")

CORRESPONDENCE = Text("対応表(原則・指標・記載箇所)", "Correspondence of principles and figures")
PLACE = Text("記載箇所", "Section")
KPI_ID = Text("ID", "ID")
DEFINITIONS = Text("定義", "Definitions")
ACCOUNTING = Text("行の内訳", "Row accounting")
RUN = Text("集計の条件", "The run")
VALUE = Text("内容", "Value")
MONTHS = Text("対象月", "Months")
SCROLL = Text("表は横に動かせます", "The table scrolls sideways")

BY_MONTH = Text("{title}の月別の推移({unit})", "{title} by month ({unit})")
NUMBERS = Text("{title}: 数値", "{title}: numbers")
MONTH = Text("月", "Month")
TOTAL = Text("計", "Total")
STACKED = Text(
    "{first} から {last} までの月別の棒グラフ。{parts}。数値は次の表にある。",
    "Bars for each month from {first} to {last}: {parts}. The numbers are in the table below.",
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
SUM_OF_MONTHS = Text("各月の和", "Sum of the months")
MONTHS_CHECK = Text("検算 (各月の和 - 期間)", "Check (months less period)")
MONTHS_CHART = Text("{title} 月別({unit})", "{title} by month ({unit})")
