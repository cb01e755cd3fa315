"""How people and systems spell one and the same thing: days, codes, ids."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone

WIDE = str.maketrans("0123456789/.-RC", "０１２３４５６７８９／．－ＲＣ")
TOKYO = timezone(timedelta(hours=9))


def _reiwa(day: date) -> str:
    year = day.year - 2018
    return f"令和{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _in_utc(day: date) -> str:
    """Return the first minute of the day in Tokyo as a stamp in UTC, where it is the day before."""
    return datetime.combine(day, time(0, 1), TOKYO).astimezone(UTC).isoformat()


DAYS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}/{d.month:02}/{d.day:02} 23:59:59",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: d.strftime("%Y%m%d"),
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}日({'月火水木金土日'[d.weekday()]}) 9:05",
    _reiwa,
    lambda d: f"R{d.year - 2018}.{d.month}.{d.day}",
    lambda d: f"R{d.year - 2018:02}/{d.month:02}/{d.day:02}",
    lambda d: f"令{d.year - 2018}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month}/{d.day}".translate(WIDE),
    lambda d: _reiwa(d).translate(WIDE),
    _in_utc,
    lambda d: f"{d.isoformat()}T08:30:00+09:00",
)

CODES: Mapping[str, tuple[str, ...]] = {
    "生保": ("生命保険",),
    "損保": ("損害保険",),
    "団体": ("団体保険",),
    "感謝": ("お褒め", "感謝の声"),
    "不満": ("ご不満",),
    "要望": ("ご要望",),
    "未対応": ("未",),
    "済": ("対応済", "対応済み", "完了"),
    "使用": ("有",),
    "未使用": ("無",),
    "高額療養費制度": ("高額療養費",),
    "公的介護保険制度": ("介護保険制度",),
    "自動車": ("自動車保険",),
    "火災": ("火災保険",),
    "コンプライアンス会議": ("コンプライアンス推進会議",),
    "ケガ保険": ("ｹｶﾞ保険",),
    "ロープレ": ("ﾛｰﾌﾟﾚ",),
}
MERGED_IN = {
    "商品区分": ("生保", "損保", "団体"),
    "声の区分": ("感謝", "不満", "要望"),
    "ステータス": ("未対応", "済"),
    "意向確認ナビ": ("使用", "未使用"),
    "制度": ("高額療養費制度", "公的介護保険制度"),
    "種目": ("自動車", "火災"),
    "会議名": ("コンプライアンス会議",),
    "商品": ("ケガ保険",),
    "形式": ("ロープレ",),
}
"""Which codes of a column have other spellings; elsewhere the same word means something else."""


def spelled(rng: random.Random, header: str, value: str | date) -> str:
    """Return one of the ways to write a cell."""
    if isinstance(value, date):
        return rng.choice(DAYS)(value)
    if value in MERGED_IN.get(header, ()):
        value = rng.choice((value, *CODES[value]))
    elif header.endswith("番号") and rng.random() < 0.1:
        return rng.choice((value.translate(WIDE), f'="{value}"'))
    return rng.choice((value,) * 8 + (f" {value}", f"{value}\u3000")) if value else value
