"""シート活用 and 継続案内: sheets received, and talks before a renewal notice is sent."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from generator.chance import Chance
from generator.days import DAY_AFTER, H1_2025, H2_2024, MIXED, PLAIN, DateWriter, Span, days_in
from generator.tables import LINES, Row, variant, write_table

INTENT, QUOTE = "意向把握シート", "見積希望シート"
PRODUCTS: dict[str, Sequence[str]] = {"自動車": ("自動車保険",), "火災": ("火災保険",)}
SHEETS: dict[Span, dict[tuple[str, str, str], int]] = {
    H2_2024: {
        (INTENT, "生保", "医療保険"): 7,
        (INTENT, "生保", "終身保険"): 4,
        (INTENT, "損保", "火災"): 3,
        (QUOTE, "損保", "自動車"): 88,
        (QUOTE, "損保", "火災"): 41,
        (QUOTE, "損保", "傷害保険"): 4,
    },
    H1_2025: {
        (INTENT, "生保", "医療保険"): 10,
        (INTENT, "生保", "終身保険"): 6,
        (INTENT, "損保", "火災"): 5,
        (QUOTE, "損保", "自動車"): 112,
        (QUOTE, "損保", "火災"): 49,
        (QUOTE, "損保", "傷害保険"): 7,
    },
}
NOTICES = {
    (H2_2024, "自動車"): (231, 149),
    (H2_2024, "火災"): (64, 20),
    (H1_2025, "自動車"): (252, 178),
    (H1_2025, "火災"): (81, 33),
}
"""Notices sent, and those talked over beforehand and renewed."""


def write_sheets(folder: Path) -> None:
    """Write シート活用.csv (cp932, CRLF), with two sheets given twice and a total row."""
    chance = Chance("sheets")
    written = DateWriter(chance, MIXED)
    rows: list[Row] = []
    for span, numbers in SHEETS.items():
        kinds = chance.shuffled([kind for kind, n in numbers.items() for _ in range(n)])
        for day, kind in zip(days_in(chance, span, len(kinds)), kinds, strict=True):
            rows.append(_sheet(chance, written(day), *kind))
    rows += [_sheet(chance, written(DAY_AFTER), QUOTE, "損保", "自動車") for _ in range(3)]
    for place, row in enumerate(rows, start=1):
        row[0] = f"H{place:05}"
    rows += chance.some(rows, 2)
    rows.append(["", "合計", "", "", str(len(rows))])
    header = ["シート番号", "受付日", "シート種別", "商品区分", "種目"]
    write_table(folder / "シート活用.csv", header, rows, "cp932")


def _sheet(chance: Chance, day: str, sheet: str, line: str, product: str) -> Row:
    product = variant(chance, product, PRODUCTS)
    return ["", day, sheet, variant(chance, line, LINES), product]


def write_renewals(folder: Path) -> None:
    """Write 継続案内.txt: UTF-16 with byte-order mark, tabs, as Excel's "Unicode text" is."""
    chance = Chance("renewals")
    written = DateWriter(chance, PLAIN)
    notices: list[tuple[date, str, str, str]] = []
    for (span, product), (sent, renewed) in NOTICES.items():
        answers = [("有", "有")] * renewed
        answers += [_no_talk(chance) for _ in range(sent - renewed)]
        days = days_in(chance, span, sent)
        notices += [
            (day, product, *answer)
            for day, answer in zip(days, chance.shuffled(answers), strict=True)
        ]
    notices.append((DAY_AFTER, "自動車", "有", "有"))
    notices.sort(key=lambda notice: notice[0])
    rows = [
        [f"P{place:07}", written(day), variant(chance, product, PRODUCTS), talked, renewed]
        for place, (day, product, talked, renewed) in enumerate(notices, start=1)
    ]
    rows += _monthly(written)
    rows += chance.some(rows[:600], 2)
    header = ["証券番号", "発送日", "種目", "発送前の対話", "継続"]
    write_table(folder / "継続案内.txt", header, rows, "utf-16-le", delimiter="\t")


def _no_talk(chance: Chance) -> tuple[str, str]:
    return chance.pick((("有", "無"), ("無", "有"), ("無", "無")))


def _monthly(written: DateWriter) -> list[Row]:
    """Return one 火災 policy with a notice in each of three months: its key holds the day."""
    first = date(2025, 5, 8)
    days = [first + timedelta(31 * n) for n in range(3)]
    return [["P9000001", written(day), "火災", "有", "有"] for day in days]
