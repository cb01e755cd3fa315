"""制度説明: which customer was told of which public scheme, by whom, and signed or not."""

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from generator.chance import Chance
from generator.days import H1_2025, H2_2024, SYSTEM, DateWriter, Span, days_in, utc_stamp
from generator.people import GROUP, LEFT, LIFE, MOVED, NONLIFE
from generator.tables import LINES, variant, write_table

HEADER = ["記録番号", "説明日", "顧客番号", "制度", "成約", "商品区分", "担当者"]
MEDICAL, CARE = "高額療養費制度", "公的介護保険制度"
SHORT = {MEDICAL: ("高額療養費",), CARE: ("介護保険制度",)}


@dataclass(frozen=True, slots=True)
class Told:
    """One explanation. `clock` is set where the day in UTC is the day before."""

    day: date
    customer: str
    scheme: str
    contracted: str
    line: str
    staff: str
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Customers who signed per scheme, how many in both, told twice, and told without signing."""

    span: Span
    medical: int
    care: int
    both: int
    twice: int
    unsigned: int


PLANS = (Plan(H2_2024, 108, 5, 2, 6, 21), Plan(H1_2025, 124, 26, 8, 9, 25))


def _half(chance: Chance, plan: Plan) -> list[Told]:
    base = 1 if plan.span == H2_2024 else 301
    names = [f"C{n:05}" for n in range(base, base + 300)]
    medical, care = names[: plan.medical], names[plan.medical - plan.both :][: plan.care]
    no_deal = names[plan.medical + plan.care :][: plan.unsigned]
    pairs = [(name, MEDICAL, "有") for name in [*medical, *medical[: plan.twice]]]
    pairs += [(name, CARE, "有") for name in [*care, care[0]]]
    pairs += [(name, chance.pick((MEDICAL, CARE)), "無") for name in no_deal]
    days = days_in(chance, plan.span, len(pairs))
    return [
        _told(chance, day, n, *pair)
        for n, (day, pair) in enumerate(zip(days, chance.shuffled(pairs), strict=True))
    ]


def _told(
    chance: Chance, day: date, place: int, customer: str, scheme: str, contracted: str
) -> Told:
    """Return the explanation; in 2025H1 the ten of the 生保 team take turns with 介護."""
    if scheme == CARE:
        staff = LIFE[place % len(LIFE)]
        return Told(day, customer, scheme, contracted, "生保", staff)
    line = chance.pick(("生保", "生保", "生保", "損保", "団体"))
    staff = chance.pick({"生保": LIFE, "損保": NONLIFE, "団体": GROUP}[line])
    return Told(day, customer, scheme, contracted, line, staff)


def _special() -> list[Told]:
    """Return explanations that must not count, or only in their own month."""
    ten = [
        Told(date(2025, 4 + n % 6, 14), f"C{700 + n:05}", CARE, "無", "生保", LIFE[n])
        for n in range(len(LIFE))
    ]
    return [
        *ten,
        Told(date(2025, 7, 22), "C00720", CARE, "無", "損保", MOVED),
        Told(date(2025, 8, 20), "C00721", MEDICAL, "無", "生保", MOVED),
        Told(date(2025, 6, 12), "C00722", CARE, "無", "生保", LEFT),
        Told(date(2025, 5, 21), "C00723", CARE, "無", "生保", NONLIFE[0]),
        Told(date(2025, 10, 1), "C00724", CARE, "有", "生保", LIFE[0]),
        Told(date(2025, 4, 1), "C00301", MEDICAL, "有", "生保", LIFE[0], time(8, 30)),
        Told(date(2025, 10, 1), "C00725", MEDICAL, "有", "生保", LIFE[1], time(0, 30)),
    ]


def write_explanations(folder: Path) -> None:
    """Write 制度説明.csv (UTF-8, LF): some stamps are in UTC, and the day is Tokyo's."""
    chance = Chance("explanations")
    written = DateWriter(chance, SYSTEM)
    told = [row for plan in PLANS for row in _half(chance, plan)] + _special()
    told.sort(key=lambda row: row.day)
    rows = [
        [
            *(f"X{n:05}", utc_stamp(row.day, row.clock) if row.clock else written(row.day)),
            *(row.customer, variant(chance, row.scheme, SHORT), row.contracted),
            *(variant(chance, row.line, LINES), row.staff),
        ]
        for n, row in enumerate(told, start=1)
    ]
    rows += chance.some(rows, 3)
    write_table(folder / "制度説明.csv", HEADER, rows, "utf-8", ends="\n")
