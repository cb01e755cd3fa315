"""親族連絡先登録 and アフターフォロー: the two long, plain lists."""

from collections.abc import Sequence
from pathlib import Path

from generator.chance import Chance
from generator.days import DAY_AFTER, H1_2025, H2_2024, MIXED, MIXED_UTF8, DateWriter, days_in
from generator.tables import LINES, Row, variant, write_table

CONTACTS = {H2_2024: {"生保": 19, "損保": 31}, H1_2025: {"生保": 28, "損保": 42}}
FOLLOWUPS = {H2_2024: {"ケガ保険": 655, "介護保険": 41}, H1_2025: {"ケガ保険": 709, "介護保険": 93}}
HALF_WIDTH: dict[str, Sequence[str]] = {"ケガ保険": ("ｹｶﾞ保険",)}


def write_contacts(folder: Path) -> None:
    """Write 親族連絡先登録.csv (cp932, CRLF): two registrations twice, three empty rows."""
    chance = Chance("contacts")
    written = DateWriter(chance, MIXED)
    rows: list[Row] = []
    for span, numbers in CONTACTS.items():
        lines = chance.dealt(numbers)
        for day, line in zip(days_in(chance, span, len(lines)), lines, strict=True):
            rows.append(_contact(chance, written(day), line))
    rows += [_contact(chance, written(DAY_AFTER), "損保") for _ in range(2)]
    for place, row in enumerate(rows, start=1):
        row[0] = f"K{place:04}"
    rows += chance.some(rows, 2)
    rows += [[""] * 5 for _ in range(3)]
    header = ["登録番号", "登録日", "顧客番号", "商品区分", "登録方法"]
    write_table(folder / "親族連絡先登録.csv", header, rows, "cp932")


def _contact(chance: Chance, day: str, line: str) -> Row:
    customer, channel = f"C{chance.between(1, 900):05}", chance.pick(("面談", "面談", "郵送"))
    return ["", day, customer, variant(chance, line, LINES), channel]


def write_followups(folder: Path) -> None:
    """Write アフターフォロー.csv (UTF-8, LF, all quoted); four numbers are armoured for Excel."""
    chance = Chance("followups")
    written = DateWriter(chance, MIXED_UTF8)
    rows: list[Row] = []
    for span, numbers in FOLLOWUPS.items():
        products = chance.dealt(numbers)
        for day, product in zip(days_in(chance, span, len(products)), products, strict=True):
            rows.append(_followup(chance, written(day), product))
    rows += [_followup(chance, written(DAY_AFTER), "ケガ保険") for _ in range(3)]
    for place, row in enumerate(rows, start=1):
        row[0] = f"{place:06}"
    again = [[f'="{row[0]}"', *row[1:]] for row in chance.some(rows, 4)]
    header = ["実施番号", "実施日", "顧客番号", "商品"]
    path = folder / "アフターフォロー.csv"
    write_table(path, header, rows + again, "utf-8", ends="\n", quote_all=True)


def _followup(chance: Chance, day: str, product: str) -> Row:
    return ["", day, f"C{chance.between(1, 3000):05}", variant(chance, product, HALF_WIDTH)]
