"""高齢者対応(生損保): how elderly customers were attended to, and what was explained to them."""

from dataclasses import dataclass
from pathlib import Path

from generator.chance import Chance
from generator.days import DAY_AFTER, H1_2025, H2_2024, MIXED, DateWriter, Span, days_in
from generator.methods import one_method, several_methods
from generator.people import LIFE, NONLIFE
from generator.tables import LINES, Row, variant, write_table

HEADER = [
    *("対応番号", "対応日", "商品区分", "対応方法", "公的保険制度の説明"),
    *("提案理由の説明", "納得して契約", "担当者", "別募集人", "顧客番号"),
]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one half holds: cases by method, and what was explained in the line 生保."""

    span: Span
    methods: dict[str, int]
    lines: dict[str, int]
    explained: dict[str, int]
    agreed: dict[str, int]
    not_applicable: int


H2 = Plan(
    H2_2024,
    {"親族同席": 9, "複数人募集": 14, "複数回募集": 11, "電話確認": 52},
    {"生保": 35, "損保": 51},
    {"済": 21, "未": 2, "対象外": 12},
    {"はい": 20, "いいえ": 1},
    6,
)
H1 = Plan(
    H1_2025,
    {"親族同席": 12, "複数人募集": 20, "複数回募集": 13, "電話確認": 66},
    {"生保": 41, "損保": 70},
    {"済": 28, "対象外": 13},
    {"はい": 27, "いいえ": 1},
    9,
)
SEVERAL = (("親族同席", "電話確認"), ("複数人募集", "電話確認"), ("親族同席", "複数回募集"))
"""Pairs of which the first counts; seven cells of 2025H1 hold such a pair."""


def write_elderly(folder: Path) -> None:
    """Write 高齢者対応_生損保.csv (UTF-8, LF), with two cases given twice."""
    chance = Chance("elderly")
    written = DateWriter(chance, MIXED)
    rows = [*_half(chance, written, H2), *_half(chance, written, H1), *_after(chance, written)]
    for place, row in enumerate(rows, start=1):
        row[0] = f"E{place:05}"
    rows += chance.some(rows[100:200], 2)
    write_table(folder / "高齢者対応_生損保.csv", HEADER, rows, "utf-8", ends="\n")


def _half(chance: Chance, written: DateWriter, plan: Plan) -> list[Row]:
    lines, methods = chance.dealt(plan.lines), chance.dealt(plan.methods)
    explained, agreed = chance.dealt(plan.explained), chance.dealt(plan.agreed)
    several = _several(chance) if plan is H1 else {}
    days = days_in(chance, plan.span, len(lines) + plan.not_applicable)
    left_out = set(chance.some(range(1, len(days) - 1), plan.not_applicable))
    rows = []
    for place, day in enumerate(days):
        if place in left_out:
            line, cell, method = chance.pick(("生保", "損保")), "該当なし", ""
            answers = ["対象外", "対象外", ""]
        else:
            line, method = lines.pop(), methods.pop()
            cells = several.get(method)
            cell = cells.pop() if cells else one_method(chance, method)
            answers = _answers(chance, line, explained, agreed)
        rows.append(_row(chance, [written(day), line, cell, *answers], method))
    return rows


def _several(chance: Chance) -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {method: [] for method in H1.methods}
    for place in range(7):
        first, second = SEVERAL[place % len(SEVERAL)]
        cells[first].append(several_methods(chance, first, second))
    return cells


def _answers(chance: Chance, line: str, explained: list[str], agreed: list[str]) -> list[str]:
    """Return 説明, 提案理由 and 納得; only what stands in the line 生保 is counted."""
    reason = chance.pick(("済", "済", "対象外"))
    if line == "損保":
        return [chance.pick(("済", "未", "対象外", "対象外")), reason, chance.pick(("はい", ""))]
    answer = explained.pop()
    return [answer, reason, agreed.pop() if answer == "済" else ""]


def _row(chance: Chance, cells: Row, method: str) -> Row:
    day, line, cell, *answers = cells
    team = LIFE if line == "生保" else NONLIFE
    staff, second = chance.some(team, 2)
    return [
        *("", day, variant(chance, line, LINES), cell, *answers, staff),
        *(second if method == "複数人募集" else "", f"C{chance.between(1, 900):05}"),
    ]


def _after(chance: Chance, written: DateWriter) -> list[Row]:
    """Return cases of 2025-10-01, when ② and ③ have changed places."""
    return [
        _row(chance, [written(DAY_AFTER), "生保", cell, "済", "済", "はい"], method)
        for cell, method in (("②", "複数回募集"), ("③", "複数人募集"), ("④電話確認", "電話確認"))
    ]
