"""What happened: the true rows of every source, before anyone writes them down."""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

Cell = str | date | Decimal | None
Record = Mapping[str, Cell]
"""The true content of a row by column; None is a blank."""

FIRST, LAST = date(2024, 4, 1), date(2025, 10, 20)
BLANK = 0.04
STAFF = tuple(f"S{number:03}" for number in range(1, 13))
TEAMS = ("営業一課", "営業二課", "本社", "南支店", "未記入")


def _day(rng: random.Random, number: int, size: int) -> date:
    """Return a day; the first and the last of a source lie in the first and last month."""
    span = (LAST - FIRST).days
    if number in (0, size - 1):
        return FIRST + timedelta(days=2) if number == 0 else LAST
    return FIRST + timedelta(days=rng.randint(0, span - 1))


def _after(rng: random.Random, begun: Cell, blank: float) -> date | None:
    if not isinstance(begun, date) or rng.random() < blank:
        return None
    return begun + timedelta(days=rng.randint(0, 90))


def _maybe(rng: random.Random, value: Cell, blank: float = BLANK) -> Cell:
    return None if rng.random() < blank else value


def _amount(rng: random.Random, long: bool) -> Decimal:
    if long:
        return Decimal(rng.randint(10**25, 10**27)) / 100
    return Decimal(rng.choice((rng.randint(0, 99999), rng.randint(-500, 500)))) / rng.choice(
        (1, 1, 10, 100)
    )


def _voice(rng: random.Random, number: int, size: int, style: str) -> Record:
    on = _maybe(rng, _day(rng, number, size), 0.02 if 0 < number < size - 1 else 0)
    category = rng.choice(("感謝", "感謝", "不満", "不満", "要望", "その他"))
    return {
        "no": f"{number + 1:05}" if "digits" in style else f"V-{number + 1:04}",
        "on": on,
        "line": _maybe(rng, rng.choice(("生保", "損保", "団体"))),
        "category": _maybe(rng, category),
        "team": _maybe(rng, rng.choice(TEAMS), 0.1),
        "staff": _maybe(rng, rng.choice(STAFF)),
        "premium": _maybe(rng, _amount(rng, "long" in style)),
        "rate": _maybe(rng, Decimal(rng.randint(0, 1000)) / 10),
        "method": _maybe(rng, rng.choice(("親族同席", "複数人募集", "複数回募集", "電話確認"))),
        "improved": _after(rng, on, 0.4) if category == "不満" else None,
        "note": rng.choice((None, "ありがとう", "表, 引用", "一行\n二行", '"引用"')),
    }


def _case(rng: random.Random, number: int, size: int, style: str) -> Record:
    on = _day(rng, number, size)
    inspection = rng.choice((None, "良", "漏れ"))
    return {
        "no": f"{number % (size // 2 + 1) + 1:04}" if "digits" in style else f"A{number + 1:05}",
        "on": on,
        "kind": _maybe(rng, rng.choice(("新規", "保全"))),
        "status": _maybe(rng, rng.choice(("未対応", "対応中", "済", "済", "取消"))),
        "due": _after(rng, on, 0.1),
        "done": _after(rng, on, 0.4),
        "inspection": inspection,
        "discovered": _after(rng, on, 0.3) if inspection == "漏れ" else None,
        "born": _maybe(
            rng, date(rng.randint(1930, 2000), rng.randint(1, 12), rng.randint(1, 28)), 0.08
        ),
        "staff": _maybe(rng, rng.choice(STAFF)),
    }


def _talk(rng: random.Random, number: int, size: int, _style: str) -> Record:
    return {
        "on": _day(rng, number, size),
        "staff": rng.choice(STAFF[:4]),
        "channel": rng.choice(("面談", "電話", "郵送")),
        "minutes": _maybe(rng, Decimal(rng.choice((10, 20, 30)))),
    }


def _meeting(rng: random.Random, number: int, size: int, _style: str) -> Record:
    return {
        "no": f"M{number + 1:03}",
        "on": _day(rng, number, size),
        "name": _maybe(rng, rng.choice(("コンプライアンス会議", "営業会議"))),
    }


def _person(rng: random.Random, number: int, _size: int, _style: str) -> Record:
    joined = date(2020, 4, 1) + timedelta(days=rng.randint(0, 1900))
    return {
        "staff": STAFF[number],
        "team": _maybe(rng, rng.choice(TEAMS[:3])),
        "joined": joined,
        "left": _maybe(rng, joined + timedelta(days=rng.randint(300, 2500)), 0.6),
    }


_MAKERS: Mapping[str, tuple[Callable[[random.Random, int, int, str], Record], int, int]] = {
    "f_voices": (_voice, 30, 80),
    "f_cases": (_case, 30, 60),
    "f_talks": (_talk, 40, 80),
    "f_meetings": (_meeting, 20, 30),
    "f_people": (_person, 8, 12),
}


def random_records(rng: random.Random, source: str, style: str) -> list[Record]:
    """Return the rows of a source; `style` names how ids and amounts look."""
    make, least, most = _MAKERS[source]
    size = rng.randint(least, most)
    return [make(rng, number, size, style) for number in range(size)]
