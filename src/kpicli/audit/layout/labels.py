"""What the label of a row or column says of its numbers: a total, a half, a difference, a rate."""

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from kpicli.audit.layout.period_labels import Period, read_period
from kpicli.values.folding import fold

Kind = Literal[
    "plain",
    "total",
    "period",
    "previous",
    "difference",
    "growth",
    "share",
    "rate",
    "mean",
    "statistic",
    "cumulative",
    "numerator",
    "denominator",
    "within",
    "breakdown",
    "target",
]
"""`within` is held in another part already (うち, 再掲), `breakdown` heads all parts (内訳);
`growth` is a change in percent, or a ratio to an earlier period; `statistic` is no amount at all
(最大, 順位, 密度)."""

LONGEST = 80
"""Labels of more characters are sentences, and say nothing of sums."""


class Meaning(Struct, frozen=True):
    """What a label says.

    `rank` orders totals (小計 1, 計 3, 合計 4, 総計 5); a total that is not `sure` may be that of
    more than the table lists (全国). A `period` has its own meaning. `rest` is what the label says
    besides: only labels with the same rest belong together. `reference` is the earlier period that
    a difference or a ratio is taken from, where its label says so.
    """

    kind: Kind
    rank: int = 0
    sure: bool = True
    period: Period | None = None
    rest: str = ""
    reference: str = ""


_COUNTS = r"(?:件数|人数|名数|回数|店数|数|金額|額)?"
_UNITS = (
    r"(?:件|名|人|回|円|十円|百円|千円|万円|十万円|百万円|千万円|億円|千人|万人|店|社|世帯|戸|%|‰|"
    r"パーセント|点|日|時間|km2|km\u00b2|m2|m\u00b2|ha|t|トン|kg|台|枚|冊|本|口|棟|校|ドル|千ドル|百万ドル)"
)
_BRACKETED_UNIT = re.compile(rf" ?[(\[【〔<](?:単位[::]? ?)?{_UNITS}[)\]】〕>]$")
"""`金額(千円)`, `件数〔件〕`, `(単位:人)`."""
_RAISED = r"\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_FOOTNOTE = re.compile(
    rf"[※*†‡]\d*|\(?注 ?[\d{_RAISED}]*[)\u207e]?(?=$| )|[(\u207d]?[{_RAISED}]+[)\u207e]?"
    r"|(?<![(\d~-]) ?\d{1,2}\)$|(?<=[^\d(]) ?\(\d\)$"
)
"""`電話※`, `総数¹`, `電話 注1)`, `電話(注)`, `総数 1)`, `総数(1)`."""
MARKER = re.compile(
    r"(?:第?\d{1,2}[.、:] ?|第\d{1,2} ?|\d{1,2} (?=\D)|\(\d{1,2}\) ?|\d{1,2}\) ?|[①-⑳] ?"
    r"|[IVX]{1,4}[.、 ] ?|\(?[ア-コa-z][).、] ?|[・○●◎◇◆□■└├→-] ?)(?=\D)"
)
"""What numbers or marks an item: `1 相談`, `(2)苦情`, `③訪問`, `ア.個人`, `・生保`."""
_LATIN = re.compile(r"(?<=[^\x00-\x7f]) ?[A-Za-z][A-Za-z .,&/'-]{2,}$")
"""The English beside a Japanese label: `総数 Total`."""
_TOTAL = re.compile(
    rf"(.*?)(総合計|総計|合計|小計|中計|計|総数|grandtotal|subtotal|total){_COUNTS}", re.I
)
_TOTAL_IN_BRACKETS = re.compile(r"[(\[【〔<](?:合計|小計|計|総数|総計)[)\]】〕>]")
_NO_TOTAL = re.compile(r"(?:累計|統計|設計|家計|会計|時計|余計|推計|集計|生計|早計|温度計)$")
_RANKS = {"小計": 1, "subtotal": 1, "中計": 2, "計": 3, "総数": 4, "合計": 4, "total": 4}
_WHOLE = re.compile(
    r"全(?:体|国|社|店舗?|県|市|町|区|校|員|種目|部門|地区|地域|年齢|産業|業種|世帯|項目)(?:平均)?"
    r"|総(?:人口|世帯数?|件数|人数|額|量|回答数|回答者数?|生産|売上高?|戸数|収入|支出|回数)"
)
"""Totals that may be of more than is listed: `全国` above a few prefectures."""
_BREAKDOWN = re.compile(r"[(\[【〔<]?(?:うち)?内訳[)\]】〕>]?")
_REMARK = re.compile(r"(?<=.)\(([^()]*)\)$")
"""What a total says in brackets: `計(男)`, `合計(A)`, `計(①+②)`, `合計(Bを除く)`."""
_FORMULA = re.compile(r"[A-Za-z0-9①-⑳+~=×/%-]*")
_EXCEPT = re.compile(r"除|含")
_WITHIN = re.compile(
    r"^[(\[【〔<・-]*(?:うち|内(?:数|[、,]|$)|再掲|参考|別掲|of ?which|memo)"
    r"|[(\[【〔<](?:再掲|内数|うち数|別掲|参考)[)\]】〕>]$",
    re.I,
)
_PREVIOUS = re.compile(
    r"(前年同期|前年同月|前年度|前年|前期|前回|前月|前半期|昨年度?|previous|year_ago|yearago)"
)
_GROWTH = re.compile(
    r"増減率|伸び?率|増加率|減少率|成長率|騰落率|変化率|上昇率|growth|(?:前|昨年).*比(?:\(.*\))?$"
)
_DIFFERENCE = re.compile(
    r"(?:増減(?!率)|純増$|純減$|過不足|差異|差額|差$|差引|差\(|収支$|収支差|対前.*差|^diff|^change$)"
)
_SHARE = re.compile(r"構成比|構成割合|構成率|シェア|占有率|占める割合|全体比|share", re.I)
_MEAN = re.compile(r"平均|単価|当た?り|あたり|average|\bmean\b", re.I)
_STATISTIC = re.compile(
    r"最大|最小|最高|最低|最多|最少|中央値|最頻値|順位|標準偏差|偏差値|指数|ランク|密度|年齢(?!別|階級|区分)|合算不可"
    r"|気温|係数|倍率|notadditive|median|\brank\b|\bmax\b|\bmin\b|\bindex\b",
    re.I,
)
_CUMULATIVE = re.compile(r"累計|累積|cumulative", re.I)
_TARGET = re.compile(r"目標|計画|予算|定員|見込|見通し|予測|target|budget", re.I)
_RATE = re.compile(r"(?:率|割合|比率?|%|percent|ratio|rate)(?:\([^()]*\))?$", re.I)
_NUMERATOR = re.compile(r"(?:分子|numerator)", re.I)
_DENOMINATOR = re.compile(r"(?:分母|denominator)", re.I)
_STOCK = re.compile(
    r"残高|在籍|在職|在庫|現在|期首|期末|月末|年末|末時点|保有|加入者数|契約者数|会員数|登録者数|職員数"
    r"|社員数|従業員数|口座数|世帯数|人口"
)
_PEOPLE = re.compile(r"(?:名|人)\)?$|人数|者数?$|顧客|お客様数|職員|社員|会員")
_PORTION = re.compile(r"割合|比率|^(?:%|パーセント|ratio)?$", re.I)
_EXCLUSIVE = re.compile(r"男|女|歳|\d代|未満|以上|以下")
_AMOUNT = re.compile(
    r"数|額|料|費|量|円|件|[人名]|回|男|女|収入|支出|売上|税|増減|[^数]計$|^計$|月|期|年度|者|客"
)
_MEASURES = (
    ("人", re.compile(r"人数|者数?$|員数?$|人口|名数|[(]人[)]|[(]名[)]|会員|職員|人$")),
    ("件", re.compile(r"件数|[(]件[)]|件$")),
    ("円", re.compile(r"金額|料$|額$|売上|収入|支出|円|費$")),
    ("世帯", re.compile(r"世帯")),
    ("面積", re.compile(r"面積|[(]k?m[2\u00b2]|[(]ha")),
    ("回", re.compile(r"回数|[(]回[)]")),
)


def bare(label: str) -> str:
    """Return a label without footnote marks, unit, item number and the spaces within it."""
    text = _FOOTNOTE.sub("", fold(label[: 2 * LONGEST])).strip()
    text = _LATIN.sub("", _BRACKETED_UNIT.sub("", text).strip())
    marker = MARKER.match(text)
    return (text[marker.end() :] if marker else text).replace(" ", "")


@lru_cache(maxsize=1 << 17)
def meaning(label: str) -> Meaning:
    """Return what a label says; anything that says nothing known is plain.

    A label with a month alone is a month only with 月 or a year (`4月`, `2025-04`).
    """
    text = bare(label)
    if not text or len(text) > LONGEST:
        return Meaning("plain", rest=text)
    if _BREAKDOWN.fullmatch(text):
        return Meaning("breakdown", rest=text)
    if _WITHIN.search(text):
        return Meaning("within", rest=text)
    previous = _PREVIOUS.search(text)
    reference = previous[1] if previous else ""
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return Meaning(kind, rest=text, reference=reference)
    if previous:
        return Meaning("previous", reference=reference, rest=_PREVIOUS.sub("", text))
    found = read_period(text)
    if found is not None:
        return Meaning("period", period=found, rest=found.rest)
    return _total(text) or Meaning("plain", rest=text)


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("cumulative", _CUMULATIVE),
    ("growth", _GROWTH),
    ("difference", _DIFFERENCE),
    ("share", _SHARE),
    ("mean", _MEAN),
    ("statistic", _STATISTIC),
    ("rate", _RATE),
    ("numerator", _NUMERATOR),
    ("denominator", _DENOMINATOR),
    ("target", _TARGET),
)


def is_stock(label: str) -> bool:
    """Tell whether the label speaks of what is there at a day, which does not add up over time."""
    return _STOCK.search(label[:LONGEST]) is not None


def is_people(label: str) -> bool:
    """Tell whether the label counts people, who may be counted once in a total and in two parts."""
    return _PEOPLE.search(bare(label)[:LONGEST]) is not None


def is_portion(label: str) -> bool:
    """Tell whether a rate may be the portion of a whole (割合, %), as 合格率 is not."""
    return _PORTION.search(bare(label)[:LONGEST]) is not None


def is_exclusive(label: str) -> bool:
    """Tell whether nobody is in two such groups: men and women, age bands."""
    return _EXCLUSIVE.search(label[:LONGEST]) is not None


def is_amount(label: str) -> bool:
    """Tell whether a label counts or sums something, so that its numbers add up."""
    return _AMOUNT.search(label[:LONGEST]) is not None


def measure(label: str) -> str:
    """Return what a label counts, as a unit (`人`, `件`, `円`); empty where it does not say."""
    text = fold(label[:LONGEST])
    return next((unit for unit, pattern in _MEASURES if pattern.search(text)), "")


def _total(text: str) -> Meaning | None:
    if _TOTAL_IN_BRACKETS.fullmatch(text):
        text = text[1:-1]
    remark = _REMARK.search(text)
    text = text[: remark.start()] if remark else text
    if _WHOLE.fullmatch(text):
        return Meaning("total", rank=4, sure=False, rest=text[1:])
    found = _TOTAL.fullmatch(text)
    if found is None or _NO_TOTAL.search(text):
        return None
    word = found[2].lower()
    rank = _RANKS.get(word, 5) if not found[1] or word != "計" else 2
    of = remark[0] if remark and not _FORMULA.fullmatch(remark[1]) else ""
    sure = not remark or not _EXCEPT.search(remark[1])
    return Meaning("total", rank=rank, sure=sure, rest=found[1] or text[found.end(2) :] or of)
