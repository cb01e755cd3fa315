"""The catalogue of a random project: its sources, and what a KPI over them may say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Operand = str | date | bool
Test = tuple[str, str, tuple[Operand, ...]]
"""Column, operator and operands of one condition of a filter."""
Where = tuple[tuple[Test, ...], ...]
"""Alternatives (or) of conditions (and)."""
ALL: Where = ((),)


@dataclass(frozen=True)
class Column:
    """A column: its type, its headers, and for codes the values with their spellings."""

    kind: str
    headers: tuple[str, ...]
    codes: str | None = None
    required: bool = False
    personal: bool = False


@dataclass(frozen=True)
class CodeTable:
    """Values with their other spellings; what blank and further values mean."""

    values: Mapping[str, tuple[str, ...]]
    open: bool = False
    blank: bool = False


@dataclass(frozen=True)
class Source:
    """A source: what a row is, and its columns in order; the first date is the base date."""

    id: str
    title: str
    rhythm: str
    key: tuple[str, ...] | None
    columns: Mapping[str, Column]

    @property
    def base(self) -> str:
        """Return the base date; a register has none."""
        dates = (name for name, column in self.columns.items() if column.kind == "date")
        return "" if self.rhythm == "register" else next(dates)


@dataclass(frozen=True)
class Target:
    """A bound on every span of a kind, from and until a day."""

    word: str
    bound: int
    per: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Rule:
    """A labelled rule."""

    label: str
    date: tuple[str, ...]
    where: Where
    exclude: Mapping[str, str]
    until_as_of: bool


@dataclass(frozen=True)
class Kpi:
    """A KPI; its words are those of the catalogue."""

    id: str
    source: Source
    measure: str
    where: Where = ALL
    date: tuple[str, ...] = ()
    exclude: Mapping[str, str] = field(default_factory=dict)
    of: tuple[str, ...] = ()
    at_first_date: bool = False
    numerator: Where = ALL
    parts: str | None = None
    rules: tuple[Rule, ...] = ()
    targets: tuple[Target, ...] = ()
    register: Source | None = None
    """The people over whom a ratio is taken; rows of `source` then make its numerator."""
    register_where: Where = ALL

    @property
    def dates(self) -> tuple[str, ...]:
        """Return the columns of which the first filled one dates a row."""
        return self.date or (self.source.base,)


CODES: Mapping[str, CodeTable] = {
    "f_line": CodeTable(
        {"生保": ("生命保険",), "損保": ("損害保険",), "団体": ("団体保険",)},
    ),
    "f_category": CodeTable(
        {"感謝": ("お褒め", "感謝の声"), "不満": ("ご不満",), "要望": ("ご要望",), "その他": ()}
    ),
    "f_team": CodeTable({"営業一課": ("第一営業課",), "営業二課": ()}, open=True),
    "f_kind": CodeTable({"新規": (), "保全": ("ﾎｾﾞﾝ",)}),
    "f_status": CodeTable({"未対応": ("未",), "対応中": (), "済": ("対応済", "完了"), "取消": ()}),
    "f_inspection": CodeTable({"良": (), "漏れ": ("もれ",)}, blank=True),
    "f_channel": CodeTable({"面談": (), "電話": ("ＴＥＬ",), "郵送": ()}),
    "f_meeting": CodeTable(
        {"コンプライアンス会議": ("コンプライアンス推進会議",), "回覧": ()}, open=True
    ),
    "f_method": CodeTable(
        {"親族同席": (), "複数人募集": ("複数人",), "複数回募集": ("複数回",), "電話確認": ()}
    ),
}
NUMERALS = (
    (
        None,
        date(2025, 3, 31),
        {"①": "親族同席", "②": "複数人募集", "③": "複数回募集", "④": "電話確認"},
    ),
    (
        date(2025, 4, 1),
        None,
        {"①": "親族同席", "②": "複数回募集", "③": "複数人募集", "④": "電話確認"},
    ),
)
"""What circled numerals of `f_method` mean, by the base date."""


def _source(
    id_: str, title: str, rhythm: str, key: tuple[str, ...] | None, /, **columns: Column
) -> Source:
    return Source(id_, title, rhythm, key, columns)


def _code(table: str, *headers: str, required: bool = False) -> Column:
    return Column("code", headers, table, required)


VOICES = _source(
    "f_voices",
    "声",
    "continuous",
    ("no",),
    no=Column("id", ("受付番号", "番号"), required=True),
    on=Column("date", ("受付日", "登録日"), required=True),
    line=_code("f_line", "商品区分", required=True),
    category=_code("f_category", "声の区分", "区分", required=True),
    team=_code("f_team", "チーム", "部署"),
    staff=Column("id", ("担当者",), personal=True),
    premium=Column("number", ("保険料",)),
    rate=Column("number", ("達成率",)),
    method=_code("f_method", "対応方法"),
    improved=Column("date", ("改善日",)),
    note=Column("free_text", ("内容",)),
)
CASES = _source(
    "f_cases",
    "案件",
    "continuous",
    ("no", "on"),
    no=Column("id", ("案件番号",), required=True),
    on=Column("date", ("受付日",), required=True),
    kind=_code("f_kind", "案件種別", required=True),
    status=_code("f_status", "ステータス"),
    due=Column("date", ("対応期限",)),
    done=Column("date", ("完了日",)),
    inspection=_code("f_inspection", "点検結果"),
    discovered=Column("date", ("発覚日",)),
    born=Column("date", ("生年月日",), personal=True),
    staff=Column("id", ("担当者",), personal=True),
)
TALKS = _source(
    "f_talks",
    "面談",
    "continuous",
    None,
    on=Column("date", ("面談日",), required=True),
    staff=Column("id", ("担当者",), personal=True),
    channel=_code("f_channel", "方法", required=True),
    minutes=Column("number", ("分数",)),
)
MEETINGS = _source(
    "f_meetings",
    "会議",
    "sparse",
    ("no",),
    no=Column("id", ("会議番号",), required=True),
    on=Column("date", ("開催日",), required=True),
    name=_code("f_meeting", "会議名", required=True),
)
PEOPLE = _source(
    "f_people",
    "名簿",
    "register",
    ("staff",),
    staff=Column("id", ("職員番号",), required=True, personal=True),
    team=_code("f_team", "チーム"),
    joined=Column("date", ("在籍開始日",), required=True),
    left=Column("date", ("在籍終了日",)),
)
SOURCES = (VOICES, CASES, TALKS, MEETINGS, PEOPLE)
