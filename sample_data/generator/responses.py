"""対応記録: cases with a deadline, the few that were missed among the many that were not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.chance import Chance
from generator.days import DAY_AFTER, H1_2025, H2_2024, MIXED, DateWriter, Span, days_in
from generator.people import TEAM_OF_LINE
from generator.tables import LINES, Row, variant, write_table

HEADER = [
    *("案件番号", "受付日", "案件種別", "商品区分", "担当者", "ステータス"),
    *("対応期限", "完了日", "点検結果", "発覚日", "内容"),
]
STATUSES: dict[str, Sequence[str]] = {
    "済": ("対応済", "対応済み", "完了"),
    "未対応": ("未",),
}
NOTES = (
    "見積書を送付。\n先方から受領の返信あり。",
    "証券番号の照会, 当日中に回答。",
    '家族構成の変更。"次回更新時に見直し"との希望。',
    "書類の不備①押印 ②日付を連絡。",
    "",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case; what is None or empty stays blank in the export."""

    received: date
    kind: str
    status: str
    due: date | None
    completed: date | None = None
    inspection: str = ""
    found: date | None = None


def _regular(chance: Chance, span: Span, number: int) -> list[Case]:
    """Return cases completed by their deadline; those still running at the end are open."""
    cases = []
    for received in days_in(chance, span, number):
        due = received + timedelta(chance.between(10, 24))
        completed = received + timedelta(chance.between(1, 10))
        kind, inspection = chance.pick(("新規", "保全")), chance.pick(("良", "良", "良", ""))
        if received >= date(2025, 9, 24):
            cases.append(Case(received, kind, chance.pick(("未対応", "対応中", "")), _october(due)))
        else:
            cases.append(Case(received, kind, "済", due, completed, inspection))
    return cases


def _october(due: date) -> date:
    return max(due, date(2025, 10, 6))


def _inspected(received: date, kind: str, due: date, found: date | None) -> Case:
    """Return a case marked 済 that an inspection found missed all the same."""
    return Case(received, kind, "済", due, due, "漏れ", found)


def _special() -> list[Case]:
    """Return the cases that the rules are about; `sample_data/README.md` lists them."""
    missed_in_2025h1 = [
        _inspected(date(2025, 1, 20), "新規", date(2025, 2, 14), date(2025, 5, 20)),
        _inspected(date(2025, 7, 2), "保全", date(2025, 7, 18), None),
        Case(date(2025, 9, 1), "新規", "", date(2025, 9, 12)),
    ]
    missed_in_2024h2 = [
        Case(date(2024, 10, 21), "新規", "未対応", date(2024, 11, 8)),
        Case(date(2025, 3, 3), "保全", "対応中", date(2025, 3, 19)),
        Case(date(2025, 3, 10), "保全", "済", date(2025, 3, 25), date(2025, 4, 3), "良"),
        _inspected(date(2024, 11, 6), "保全", date(2024, 11, 27), date(2025, 1, 15)),
    ]
    found_after = _inspected(date(2025, 8, 4), "保全", date(2025, 8, 22), date(2025, 10, 6))
    doubtful = [
        Case(date(2025, 5, 12), "新規", "済", date(2025, 5, 30), None, "良"),
        Case(date(2025, 8, 18), "保全", "済", None),
        Case(date(2025, 1, 14), "新規", "済", date(2025, 1, 31)),
    ]
    late = [
        Case(date(2025, 6, 3), "新規", "済", date(2025, 6, 20), date(2025, 7, 4), "良"),
        Case(date(2025, 6, 25), "保全", "", date(2025, 7, 10), date(2025, 8, 5)),
        Case(date(2025, 8, 1), "保全", "済", date(2025, 8, 15), date(2025, 8, 19)),
        Case(date(2024, 12, 2), "新規", "済", date(2024, 12, 20), date(2024, 12, 25)),
    ]
    cancelled = [
        Case(date(2025, 4, 14), "新規", "取消", date(2025, 5, 2)),
        Case(date(2025, 6, 9), "新規", "取消", date(2025, 6, 27)),
        Case(date(2025, 7, 28), "保全", "取消", date(2025, 8, 12)),
        Case(date(2025, 8, 25), "新規", "取消", None),
        Case(date(2024, 12, 9), "保全", "取消", date(2024, 12, 24)),
    ]
    after = [Case(DAY_AFTER, "新規", "未対応", date(2025, 10, 15)) for _ in range(2)]
    return [
        *missed_in_2025h1,
        *missed_in_2024h2,
        found_after,
        *doubtful,
        *late,
        *cancelled,
        *after,
    ]


def write_responses(folder: Path) -> None:
    """Write 対応記録.csv (cp932, CRLF), with three cases given twice in other date styles."""
    chance = Chance("responses")
    written = DateWriter(chance, MIXED)
    cases = _regular(chance, H2_2024, 118) + _regular(chance, H1_2025, 146) + _special()
    cases.sort(key=lambda case: case.received)
    plain = [_ids(chance, place, case) for place, case in enumerate(cases, start=1)]
    again = chance.some([row for row in plain if row[5] == "済"], 3)
    rows = [_written(chance, written, row, case) for row, case in zip(plain, cases, strict=True)]
    by_number = {row[0]: case for row, case in zip(plain, cases, strict=True)}
    rows += [_written(chance, written, row, by_number[row[0]]) for row in again]
    write_table(folder / "対応記録.csv", HEADER, rows, "cp932")


def _ids(chance: Chance, place: int, case: Case) -> Row:
    line = chance.pick(("生保", "損保", "損保", "団体"))
    staff = chance.pick(TEAM_OF_LINE[line])
    return [f"A{place:05}", "", case.kind, line, staff, case.status, chance.pick(NOTES)]


def _written(chance: Chance, written: DateWriter, row: Row, case: Case) -> Row:
    number, _, kind, line, staff, status, note = row
    dates = (written(case.due), written(case.completed), case.inspection, written(case.found))
    return [
        *(number, written(case.received), kind, variant(chance, line, LINES), staff),
        *(variant(chance, status, STATUSES), *dates, note),
    ]
