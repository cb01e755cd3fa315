"""提案理由点検: were reasons recorded clearly, and was the navigator used."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.chance import Chance
from generator.days import DAY_AFTER, H1_2025, H2_2024, MIXED_UTF8, DateWriter, Span, days_in
from generator.people import LIFE, NONLIFE, OFFICE
from generator.tables import LINES, Row, variant, write_table

HEADER = [
    *("点検番号", "点検日", "商品区分", "点検結果", "不備内容"),
    *("意向確認ナビ", "募集人", "点検者"),
]
NAVI: dict[str, Sequence[str]] = {"使用": ("有",), "未使用": ("無",)}
DEFECTS = (
    "提案理由が商品名だけになっている。",
    '意向の欄に"同左"とあるのみ,\n比較の経緯が不明。',
    "①当初の意向 ②最終の意向の変化が読み取れない。",
)
AUGUST = Span(date(2025, 8, 1), date(2025, 8, 31))

Check = tuple[date, str, str, str]
"""Day, line, result, use of the navigator."""


def _checks(
    chance: Chance, span: Span, line: str, results: dict[str, int], used: int
) -> list[Check]:
    number = sum(results.values())
    navi = chance.dealt({"使用": used, "未使用": number - used})
    days = days_in(chance, span, number)
    result = chance.dealt(results)
    return [(day, line, result[n], navi[n]) for n, day in enumerate(days)]


def _life_2025(chance: Chance) -> list[Check]:
    """Return the 生保 checks of 2025H1: 14 unclear, six of them in August; navigator 79."""
    checks = []
    for month in range(4, 10):
        unclear = 6 if month == 8 else (2, 1, 2, 2, 0, 1)[month - 4]
        last = {4: 30, 6: 30, 9: 30}.get(month, 31)
        span = Span(date(2025, month, 1), date(2025, month, last))
        used = 14 if month == 9 else 13
        checks += _checks(chance, span, "生保", {"明瞭": 19 - unclear, "不明瞭": unclear}, used)
    return checks


def write_proposals(folder: Path) -> None:
    """Write 提案理由点検.csv: UTF-8 with byte-order mark, CRLF, two checks given twice."""
    chance = Chance("proposals")
    written = DateWriter(chance, MIXED_UTF8)
    checks = _checks(chance, H2_2024, "生保", {"明瞭": 78, "不明瞭": 19}, 41)
    checks += _checks(chance, H2_2024, "損保", {"明瞭": 40, "不明瞭": 5}, 7)
    checks += _life_2025(chance)
    checks += _checks(chance, H1_2025, "損保", {"明瞭": 55, "不明瞭": 4}, 9)
    checks += [(DAY_AFTER, "生保", "不明瞭", "使用"), (DAY_AFTER, "生保", "明瞭", "使用")]
    checks.sort(key=lambda check: check[0])
    rows = [_row(chance, written, f"T{n:05}", check) for n, check in enumerate(checks, start=1)]
    rows += chance.some(rows, 2)
    write_table(folder / "提案理由点検.csv", HEADER, rows, "utf-8-sig")


def _row(chance: Chance, written: DateWriter, number: str, check: Check) -> Row:
    day, line, result, navi = check
    team = LIFE if line == "生保" else NONLIFE
    defect = chance.pick(DEFECTS) if result == "不明瞭" else ""
    return [
        *(number, written(day), variant(chance, line, LINES), result, defect),
        *(variant(chance, navi, NAVI), chance.pick(team), chance.pick(OFFICE)),
    ]
