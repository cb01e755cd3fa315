"""The exports of the example projects, made from the figures that they are to yield."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

from support.root import ROOT

VOICES: Mapping[str, tuple[int, ...]] = {
    "お褒め": (223, 226, 230, 238, 234, 239),
    "要望": (24, 12, 10, 13, 16, 11),
    "その他": (123, 136, 135, 131, 133, 141),
    "苦情": (11, 15, 16, 14, 11, 7),
}
"""Voices from April to September 2024, by kind."""
POLICIES: Mapping[str, tuple[int, int]] = {"個人": (2377, 2426), "法人": (3423, 3524)}
"""Policies kept for 13 months, and policies that reached them from April to September 2024."""
YEARS = (2021, 2022, 2023, 2024)
BY_YEAR: Mapping[str, tuple[int, ...]] = {
    "苦情": (278, 449, 288, 227),
    "お褒め": (1308, 2144, 2021, 1355),
}
"""Voices of the years that begin in September, by class."""
SHOPS = {"本店": 3, "駅前店": 2, "港店": 1}
"""The shops with their shares of what comes in."""


def example_exports() -> Mapping[str, bytes]:
    """Return the bytes of every export by its path below the folder of examples."""
    chance = random.Random(15)
    texts = {
        "voices_by_month/exports/お客様の声.csv": _voices(chance),
        "voices_by_month/exports/契約.csv": _policies(chance),
        "september_year/exports/店舗別集計.csv": _monthly_table(),
        "desk/exports/お客様の声.csv": _voices(random.Random(19)),
        **{f"nonlife_agency/exports/{name}.csv": rows for name, rows in _nonlife(chance)},
    }
    return {name: "".join(f"{line}\r\n" for line in rows).encode() for name, rows in texts.items()}


def _voices(chance: random.Random) -> list[str]:
    rows = []
    for kind, numbers in VOICES.items():
        for month, number in enumerate(numbers, 4):
            rows += [f"2024/{month}/{chance.randint(1, 30)},{kind}" for _ in range(number)]
    chance.shuffle(rows)
    return ["受付番号,受付日,声の区分", *(f"{n},{row}" for n, row in enumerate(rows, 10001))]


def _policies(chance: random.Random) -> list[str]:
    """Return policies of March to August 2023; those not kept ended within twelve months."""
    rows = []
    for holder, (kept, all_) in POLICIES.items():
        for number in range(all_):
            started = date(2023, 3, 1) + timedelta(days=chance.randint(0, 183))
            ended = started + timedelta(days=chance.randint(20, 360))
            end = f"{ended:%Y/%m/%d}" if number >= kept else ""
            rows.append(f"{started:%Y/%m/%d},{end},{holder}")
    chance.shuffle(rows)
    return ["証券番号,契約日,消滅日,契約者区分", *(f"{n},{r}" for n, r in enumerate(rows, 50001))]


def _monthly_table() -> list[str]:
    """Return a row for each month, shop and class: a year's number shared out by `SHOPS`.

    What is left over by the division goes to the first cells, one to each, then round again.
    """
    rows = ["集計日,店舗,区分,件数"]
    for year, place in zip(YEARS, range(len(YEARS)), strict=True):
        for kind, numbers in BY_YEAR.items():
            each, rest = divmod(numbers[place], 12 * sum(SHOPS.values()))
            cells = list(product(range(12), SHOPS))
            for cell, (month, shop) in enumerate(cells):
                first = date(year + (month + 8) // 12, (month + 8) % 12 + 1, 1)
                more = (rest - cell + len(cells) - 1) // len(cells)
                rows.append(f"{first:%Y/%m/%d},{shop},{kind},{each * SHOPS[shop] + max(more, 0)}")
    return rows


NONLIFE: Mapping[int, Mapping[str, tuple[int, ...]]] = {
    2024: {
        "renewals": (150, 84, 40),  # policies due, renewed 28 days before or more, renewed later
        "certificates": (110, 96),  # policies that begin, certificates 7 days before or more
        "satisfaction": (34, 28, 12, 4, 2),  # from 大変満足 to 大変不満
        "recommend": (30, 30, 20),  # promoters, passives, detractors
        "sent": (200,),
        "incidents": (7, 5, 3),  # ヒヤリハット, 対応漏れ, 事務ミス
    },
    2025: {
        "renewals": (160, 104, 36),
        "certificates": (120, 111),
        "satisfaction": (52, 31, 12, 4, 1),
        "recommend": (46, 34, 20),
        "sent": (250,),
        "incidents": (18, 2, 4),
    },
}
"""The first halves of two years of the non-life agency."""
ANSWERS = ("大変満足", "満足", "普通", "不満", "大変不満")


def _nonlife(chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    headers = {
        "満期管理表": "証券番号,満期日,種目,更改結果,手続完了日",
        "証券お届け": "証券番号,始期日,証券お届け日",
        "アンケート回答": "回答番号,回答日,総合満足度,推奨度",
        "アンケート依頼": "依頼番号,依頼日,回答日",
        "ヒヤリハット": "報告番号,報告日,報告区分,是正日",
    }
    for year, numbers in NONLIFE.items():
        for table, rows in _half(chance, year, numbers).items():
            lines = [f"{year % 100}{n:04},{row}" for n, row in enumerate(rows, 1)]
            yield f"{table}_{year}上", [headers[table], *lines]


def _half(
    chance: random.Random, year: int, numbers: Mapping[str, tuple[int, ...]]
) -> Mapping[str, list[str]]:
    """Return the rows of April to September, without their numbers."""

    def day() -> date:
        return date(year, 4, 1) + timedelta(days=chance.randint(0, 182))

    def before(last: date, least: int, most: int) -> str:
        return f"{last - timedelta(days=chance.randint(least, most)):%Y/%m/%d}"

    renewals, certificates = [], []
    due, early, late = numbers["renewals"]
    for place in range(due):
        matures = day()
        if place < early:
            done = f"更改,{before(matures, 28, 60)}"
        else:
            done = f"更改,{before(matures, 0, 27)}" if place < early + late else "非更改,"
        renewals.append(f"{matures:%Y/%m/%d},{chance.choice(('自動車', '火災'))},{done}")
    begun, in_time = numbers["certificates"]
    for place in range(begun):
        begins = day()
        delivered = before(begins, 7, 30) if place < in_time else before(begins, 0, 6)
        certificates.append(f"{begins:%Y/%m/%d},{delivered}")
    grades = [g for g, n in zip(ANSWERS, numbers["satisfaction"], strict=True) for _ in range(n)]
    bounds = ((9, 10), (7, 8), (0, 6))
    scores = [b for b, n in zip(bounds, numbers["recommend"], strict=True) for _ in range(n)]
    answers = [
        f"{day():%Y/%m/%d},{grade},{chance.randint(*bound)}"
        for grade, bound in zip(grades, scores, strict=True)
    ]
    sent = [day() for _ in range(*numbers["sent"])]
    requests = [
        f"{d:%Y/%m/%d},{d + timedelta(days=9):%Y/%m/%d}" if n < len(answers) else f"{d:%Y/%m/%d},"
        for n, d in enumerate(sent)
    ]
    kinds = ("ヒヤリハット", "対応漏れ", "事務ミス")
    incidents = [
        f"{year}/{4 + n % 6}/{chance.randint(1, 30)},{kind},"
        for kind, number in zip(kinds, numbers["incidents"], strict=True)
        for n in range(number)
    ]
    return {
        "満期管理表": renewals,
        "証券お届け": certificates,
        "アンケート回答": answers,
        "アンケート依頼": requests,
        "ヒヤリハット": incidents,
    }


if __name__ == "__main__":
    for name, content in example_exports().items():
        (ROOT / "examples" / name).write_bytes(content)
