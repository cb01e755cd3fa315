"""Cells as people and systems write them; every spelling here must be read as what it means."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from fuzz.projects.catalogue import CODES, NUMERALS, Column

WIDE = str.maketrans("0123456789/.-:,RSVAM", "０１２３４５６７８９／．－：，ＲＳＶＡＭ")
TOKYO = timezone(timedelta(hours=9))
INVISIBLE = "\u200b\u200e\u00ad\u2060\ufeff"
EPOCH = date(1899, 12, 30)


def _weekday(day: date) -> str:
    return "月火水木金土日"[day.weekday()]


def _era(day: date) -> tuple[str, str, int]:
    if day >= date(2019, 5, 1):
        return "令和", "R", day.year - 2018
    if day >= date(1989, 1, 8):
        return "平成", "H", day.year - 1988
    return "昭和", "S", day.year - 1925


def _kanji(day: date) -> str:
    era, _, year = _era(day)
    return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _in_utc(day: date, clock: time, form: str) -> str:
    stamp = datetime.combine(day, clock, TOKYO).astimezone(UTC)
    return stamp.isoformat() if form == "iso" else f"{stamp:%Y-%m-%d %H:%M:%S} UTC"


DAYS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d:%Y/%m/%d} 23:59:59",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d:%Y%m%d}090500",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年 {d.month}月 {d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}日({_weekday(d)}) 9:05",
    lambda d: f"{d.year}/{d.month}/{d.day}({_weekday(d)}・祝)",
    lambda d: f"{d.year}年{d.month}月{d.day}日 9時05分",
    lambda d: f"{d.year}/{d.month}/{d.day} 午後3時05分",
    lambda d: f"{d.year}/{d.month}/{d.day} 3:05 PM",
    lambda d: f"{d.year}/{d.month:2}/{d.day:2}",
    lambda d: f"{d.year}年{d.month}月{d.day}日現在",
    lambda d: f"{_era(d)[1]} {_era(d)[2]}. {d.month}. {d.day}",
    _kanji,
    lambda d: f"{_era(d)[1]}{_era(d)[2]}.{d.month}.{d.day}",
    lambda d: f"{_era(d)[1]}{_era(d)[2]:02}/{d.month:02}/{d.day:02}",
    lambda d: f"{_era(d)[0][0]}{_era(d)[2]}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month}/{d.day}".translate(WIDE),
    lambda d: _kanji(d).translate(WIDE),
    lambda d: _in_utc(d, time(0, 1), "iso"),
    lambda d: _in_utc(d, time(8, 59), "words"),
    lambda d: f"{d.isoformat()}T08:30:00+09:00",
    lambda d: f"{d.isoformat()} 08:30:00 JST",
    lambda d: f'="{d.year}/{d.month}/{d.day}"',
    lambda d: f" {d.year}/{d.month}/{d.day}\u3000",
    lambda d: f"\u200e{d.year}/{d.month}/{d.day}",
)


def spell_day(rng: random.Random, day: date) -> str:
    """Return one of the ways to write a day."""
    return rng.choice(DAYS)(day)


def spell_number(rng: random.Random, number: Decimal, unit: str) -> str:
    """Return one of the ways to write an amount."""
    text = f"{number:f}"
    if number == number.to_integral_value():
        text = f"{number:.0f}"
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = digits.partition(".")
    grouped = f"{int(whole):,}" + (f".{rest}" if rest else "")
    ways = [text, text, text.translate(WIDE), f" {text}"]
    if not sign:
        ways += [grouped, f"{grouped}{unit}", f'="{text}"']
        ways += [f"￥{grouped}", f"¥{grouped}"] if unit == "円" else []
    else:
        ways += [f"▲{grouped}", f"△{digits}", f"({grouped})", f"−{digits}"]
    return rng.choice(ways)


def spell_id(rng: random.Random, text: str) -> str:
    """Return one of the ways to write an id."""
    middle = len(text) // 2
    hidden = text[:middle] + rng.choice(INVISIBLE) + text[middle:]
    ways = [text] * 8 + [text.translate(WIDE), f'="{text}"', f" {text}", f"{text}\u3000", hidden]
    return rng.choice(ways)


def spell_code(rng: random.Random, column: Column, value: str, day: date | None) -> str:
    """Return one of the ways to write a code; numerals need the base date beside them."""
    assert column.codes is not None
    if column.codes == "f_method" and day is not None and rng.random() < 0.5:
        meanings = next(
            meant
            for since, until, meant in NUMERALS
            if (since is None or since <= day) and (until is None or day <= until)
        )
        (numeral,) = (sign for sign, meaning in meanings.items() if meaning == value)
        return rng.choice((numeral, numeral, f"{numeral}{value}", f" {numeral}"))
    known = (value, value, value, *CODES[column.codes].values.get(value, ()))
    text = rng.choice(known)
    return rng.choice((text,) * 8 + (f" {text}", f"{text}\u3000", f"\u200b{text}", f'="{text}"'))


def encodable(text: str, codec: str) -> bool:
    """Return whether a file of this encoding can hold the text."""
    try:
        text.encode("utf-8" if codec == "xlsx" else codec)
    except UnicodeEncodeError:
        return False
    return True
