"""The labels of the report workbook, in both languages."""

from kpicli.base.wording import Text

REPORT_SHEET = Text("報告", "Report")
CONTENTS_SHEET = Text("目次", "Contents")
DEFINITIONS_SHEET = Text("定義", "Definitions")
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
BY_MONTH = Text("{title} 月別({unit})", "{title} by month ({unit})")
