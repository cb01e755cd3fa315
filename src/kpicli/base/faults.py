"""The catalogue of data faults: what can be wrong with, or worth knowing about, a row or a file.

A fault is a value, never an exception. Codes never change their meaning. `D1xx` cells, `D2xx`
rows and keys, `D3xx` files, `D4xx` coverage and definitions.
"""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from kpicli.base.wording import Text

Level = Literal["fault", "warning", "note"]


class FaultKind(Struct, frozen=True):
    """One entry: a `fault` takes its row out of the figures, a `warning` or `note` does not."""

    code: str
    level: Level
    title: Text
    message: Text
    advice: Text

    def __reduce__(self) -> tuple[Callable[[str], "FaultKind"], tuple[str]]:
        """Travel between processes as its code: there is one object per kind."""
        return _of_code, (self.code,)


class Place(Struct, frozen=True):
    """Where: the file as the user knows it, its sheet, row (or record), line, and column header.

    `row` counts as the program that made the file does (a sheet's row; in a text file the
    record, its header being 1); `line` is the text file's physical line, which differs from the
    record where cells hold line breaks.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None


class Fault(Struct, frozen=True):
    """One finding: its kind, its place, and what the message needs.

    `value` is the cell as read and is shown only when asked for. `count` is the number of rows
    that one finding speaks of. `other` is the second place of a conflict.
    """

    kind: FaultKind
    source: str
    place: Place
    value: str | None = None
    count: int = 1
    other: Place | None = None
    detail: str = ""

    @property
    def level(self) -> Level:
        """Return `fault`, `warning` or `note`."""
        return self.kind.level


def _kind(code: str, level: Level, title: Text, message: Text, advice: Text) -> FaultKind:
    kind = FaultKind(code, level, title, message, advice)
    CATALOGUE[code] = kind
    return kind


CATALOGUE: dict[str, FaultKind] = {}


def _of_code(code: str) -> FaultKind:
    return CATALOGUE[code]


UNREADABLE_DATE = _kind(
    "D101",
    "fault",
    Text("読めない日付", "Unreadable date"),
    Text("日付として読めません", "this is no date"),
    Text(
        "2025/4/1 や 令和7年4月1日 のように、実在する日付を年から書いてください",
        "write an existing date with its year, such as 2025/4/1 or 令和7年4月1日",
    ),
)
UNKNOWN_CODE = _kind(
    "D102",
    "fault",
    Text("登録されていない区分", "Value outside the code list"),
    Text("区分の一覧にない値です", "the value is not in the code list"),
    Text(
        "台帳を直すか、kpicli.toml の synonyms に読み替えを登録してください",
        "correct the ledger, or map the value under `synonyms` in kpicli.toml",
    ),
)
NUMERAL_WITHOUT_DATE = _kind(
    "D103",
    "fault",
    Text("日付のない丸数字", "Circled numeral without a date"),
    Text(
        "丸数字の意味は日付で変わりますが、基準日がありません",
        "what the numeral means depends on the base date, which is missing",
    ),
    Text("日付を入れるか、丸数字を言葉に直してください", "enter the date, or write words"),
)
SAVED_BY_EXCEL = _kind(
    "D104",
    "fault",
    Text("Excel が書き換えた番号", "Number rewritten by Excel"),
    Text(
        "1.23E+11 の形の番号は元の桁が失われています",
        "a number such as 1.23E+11 has lost its digits (saved by Excel)",
    ),
    Text("CRM からもう一度出力してください", "export again from the CRM"),
)
UNREADABLE_NUMBER = _kind(
    "D105",
    "fault",
    Text("読めない数値", "Unreadable number"),
    Text("数値として読めません", "this is no number"),
    Text("数字だけにしてください", "enter digits only"),
)
ERROR_CELL = _kind(
    "D106",
    "fault",
    Text("エラーのセル", "Error cell"),
    Text("セルが #N/A などのエラーです", "the cell holds an error such as #N/A"),
    Text("表計算の式を直してください", "repair the formula in the workbook"),
)
BLANK_KEY = _kind(
    "D201",
    "fault",
    Text("番号のない行", "Row without its key"),
    Text("行を区別する番号が空欄です", "the cell that identifies the row is blank"),
    Text("番号を入れてください", "enter the number"),
)
KEY_CONFLICT = _kind(
    "D202",
    "fault",
    Text("同じ番号で内容が違う行", "Same key, other content"),
    Text(
        "同じ番号で内容の違う行があり、どちらが正しいか決められません",
        "two rows share a key but not their content, and nothing says which one counts",
    ),
    Text(
        "台帳を直してください。番号が毎年 1 から始まるなら、カタログの key に日付を加えてください",
        "correct the ledger; where numbers restart each year, add the date to the key",
    ),
)
KEY_CHANGED = _kind(
    "D203",
    "warning",
    Text("新しい出力で内容が変わった行", "Row changed in a later export"),
    Text(
        "同じ番号の行の日付または区分が、新しい出力で変わっています。新しい方を数えました",
        "the date or a code of this row differs in a later export; the later one counts",
    ),
    Text(
        "意図した訂正か確かめてください。番号が毎年 1 から始まる場合は key に日付を加えてください",
        "see whether it is meant; where numbers restart each year, add the date to the key",
    ),
)
EXCEL_SERIAL = _kind(
    "D151",
    "note",
    Text("Excel のシリアル値の日付", "Date as an Excel serial number"),
    Text(
        "日付が 45748 のような Excel のシリアル値なので、日付に直して数えました",
        "the date is an Excel serial number such as 45748 and was counted as that day",
    ),
    Text("列を日付の書式で出力すると確実です", "format the column as a date before exporting"),
)
SEVERAL_VALUES = _kind(
    "D152",
    "note",
    Text("一つのセルに複数の区分", "Several values in one cell"),
    Text(
        "一つのセルに複数の区分があり、順序が最も先の区分で 1 件と数えました",
        "the cell holds several values; the row counts once, under the first in their order",
    ),
    Text("主な方法だけを書くと迷いがありません", "write the main one only"),
)
NUMERAL_AGAINST_WORDS = _kind(
    "D153",
    "warning",
    Text("丸数字と言葉の食い違い", "Numeral against words"),
    Text(
        "丸数字の意味とその後の言葉が違うので、言葉の方で数えました",
        "the circled numeral means another value than the words beside it; the words count",
    ),
    Text(
        "丸数字の意味は 2025年10月1日に変わりました。どちらが正しいか確かめてください",
        "the numerals changed their meaning on 2025-10-01: see which one is right",
    ),
)
NO_BASE_DATE = _kind(
    "D154",
    "warning",
    Text("日付のない行", "Row without a date"),
    Text(
        "基準日が空欄なので、どの期間にも数えられません",
        "the base date is blank, so the row belongs to no period",
    ),
    Text("日付を入れてください", "enter the date"),
)
REPEATED_FILE = _kind(
    "D310",
    "note",
    Text("二度指定されたファイル", "File given twice"),
    Text(
        "同じ内容のファイルが二度指定されたため、一度だけ読みました",
        "the same content was given twice and was read once",
    ),
    Text(
        "意図したものでなければ、kpicli.toml の exports を見直してください",
        "if this is not meant, see the exports in kpicli.toml",
    ),
)
HIDDEN_ROWS = _kind(
    "D311",
    "warning",
    Text("非表示の行", "Hidden rows"),
    Text(
        "非表示の行(フィルターで隠れた行を含む)も数えました",
        "hidden rows were counted, those hidden by a filter too",
    ),
    Text(
        "フィルターを解除し、行を再表示して、数えるべき行か確かめてください",
        "clear the filter, unhide the rows, and see whether they belong in the figures",
    ),
)
HIDDEN_SHEET = _kind(
    "D312",
    "warning",
    Text("読まなかった非表示のシート", "Hidden sheet, not read"),
    Text(
        "見出しの合う非表示のシートがありますが、読みませんでした",
        "a hidden sheet has a fitting header, but was not read",
    ),
    Text(
        "読むには、kpicli.toml の sheet にその名前を書いた項目を加えてください",
        "to read it, add an entry that names it under `sheet` in kpicli.toml",
    ),
)
SHEETS_NOT_READ = _kind(
    "D313",
    "note",
    Text("読まなかったシート", "Sheets not read"),
    Text(
        "見出しの合わないシートは読みませんでした",
        "the sheets whose header does not fit were not read",
    ),
    Text("データのシートであれば、見出しを直してください", "if one holds data, correct its header"),
)
MERGED_CELLS = _kind(
    "D314",
    "warning",
    Text("データの結合セル", "Merged cells among the data"),
    Text(
        "結合されたセルの値は左上のセルだけのものとし、ほかは空欄として読みました",
        "the value of a merged range counts for its top left cell; the others are blank",
    ),
    Text("結合を解除し、各行に値を入れてください", "unmerge the cells and fill in every row"),
)
LOST_CHARACTERS = _kind(
    "D161",
    "warning",
    Text("出力で失われた恐れのある文字", "Characters probably lost on export"),
    Text(
        "文字の代わりに ? や 〓 が入っているようです",
        "a ? or 〓 seems to stand where a character was",
    ),
    Text(
        "CRM から UTF-8 か Excel の形式でもう一度出力してください",
        "export again from the CRM, as UTF-8 or as a workbook",
    ),
)
SAME_VALUE = _kind(
    "D204",
    "warning",
    Text("同じであってはならない値", "Two cells that must differ are the same"),
    Text(
        "別の人であるべき二つの欄が同じです", "two cells that should name two people name the same"
    ),
    Text(
        "担当者以外の人が点検したか、台帳で確かめてください",
        "see in the ledger whether somebody else did the checking",
    ),
)
WRONG_ORDER = _kind(
    "D205",
    "warning",
    Text("日付の前後が逆", "Dates in the wrong order"),
    Text("後のはずの日付が前の日付より早い日です", "the later date lies before the earlier one"),
    Text("二つの日付のどちらが誤りか確かめてください", "see which of the two dates is wrong"),
)
NOT_FILLED = _kind(
    "D206",
    "warning",
    Text("空欄であってはならない欄", "Blank where a value is due"),
    Text(
        "行のほかの欄から見て、空欄のはずがない欄が空欄です",
        "going by the rest of the row, this cell should not be blank",
    ),
    Text(
        "値を入れるか、ほかの欄(ステータスなど)が正しいか確かめてください",
        "fill it in, or see whether the other cells (the status) are right",
    ),
)
TOTAL_DIFFERS = _kind(
    "D321",
    "warning",
    Text("件数と合わない合計行", "Total row that disagrees with the count"),
    Text(
        "合計行の数が、その上にあるデータの行数(下に示す数)と違います",
        "the number in the total row is not the number of rows above it (named below)",
    ),
    Text(
        "行が抜けていないか、抽出条件で絞られていないか確かめ、もう一度出力してください",
        "see whether rows were lost or filtered out, and export again",
    ),
)
EMPTY_MONTH = _kind(
    "D401",
    "warning",
    Text("1 行もない月", "Month without a single row"),
    Text(
        "毎月行があるはずの出力に、1 行もない月があります",
        "a source that has rows every month has none in this one",
    ),
    Text(
        "その月の出力を加えてください。本当に 0 件なら、このままで構いません",
        "add the export of that month; if there was nothing, all is well",
    ),
)
ENDS_EARLY = _kind(
    "D402",
    "warning",
    Text("期間の末まで届かない出力", "Exports that end before the period does"),
    Text("出力が期間の終わりまで届いていません", "the exports end before the period does"),
    Text(
        "期間の末までを出力し直すか、covers の指定を見直してください",
        "export up to the period's end, or correct `covers`",
    ),
)
NOT_COVERED = _kind(
    "D403",
    "warning",
    Text("出力に含まれない月", "Month that the exports do not cover"),
    Text(
        "期間のうち、出力にその全体が含まれない月があります",
        "the exports do not hold this month of the period in full",
    ),
    Text(
        "その月の出力を加えるか、covers の指定を見直してください",
        "add the export of that month, or correct `covers`",
    ),
)
SHORT_REACH = _kind(
    "D404",
    "warning",
    Text("過去に遡り足りない出力", "Exports that reach back too little"),
    Text(
        "基準日以外の日付で数える KPI があるのに、出力が期間の前へ十分に遡っていません",
        "KPIs count by another date than the base date, but older records may be missing",
    ),
    Text(
        "期間の前の分(既定は 6 か月)も出力に含めてください",
        "export the months before the period too (6 unless set otherwise)",
    ),
)
GONE = _kind(
    "D405",
    "warning",
    Text("前の期間にあってこの期間にない値", "Present last period, absent in this one"),
    Text(
        "前の期間にあった商品区分・チーム・担当者が、この期間に 1 行もありません"
        "(担当者は「いない人数 / 前の期間の人数」)",
        "a line, team or member of staff of the last period has no row in this one "
        "(staff: how many lack / how many there were)",
    ),
    Text(
        "権限の限られた利用者で出力していないか確かめてください",
        "see whether the export was made with limited rights",
    ),
)
NOT_SELECTED = _kind(
    "D411",
    "note",
    Text("どの KPI も使わない値", "Value that no KPI selects"),
    Text(
        "自由な一覧のうち、どの KPI も選ばない値です", "no KPI selects this value of an open list"
    ),
    Text(
        "書き方の違いなら、kpicli.toml の synonyms に読み替えを登録してください",
        "if it is another spelling, map it under `synonyms` in kpicli.toml",
    ),
)
