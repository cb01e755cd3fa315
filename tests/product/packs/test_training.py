"""Training and qualifications, counted by hand."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.packs import END, SEEDS, Number, Row, counted, inside, share, some_day

FINANCIAL = ("1級FP技能士", "2級FP技能士", "AFP", "CFP")
HELD = (*FINANCIAL, "損害保険プランナー")


def sessions(chance: random.Random) -> list[Row]:
    """Return who was invited to each session; a few sessions take two days."""
    rows: list[Row] = []
    for number in range(20):
        day = some_day(chance)
        for staff in chance.sample(range(1, 40), 12):
            second = number % 5 == 0 and staff % 2
            rows.append(
                {
                    "研修番号": f"T{number:03}",
                    "実施日": day + timedelta(days=1 if second else 0),
                    "研修名": chance.choice(("商品", "コンプライアンス")),
                    "職員番号": f"S{staff:03}",
                    "出欠": chance.choice(("出席", "出席", "欠席", "対象外")),
                    "時間数": 2,
                }
            )
    return rows


def lives(chance: random.Random, first: str, last: str) -> Row:
    """Return the two dates of a row of a register, the last day in it blank in half of them."""
    begun = some_day(chance, date(2020, 1, 1), 2100)
    ended = begun + timedelta(days=chance.randint(1, 2000))
    return {first: begun, last: ended if chance.random() < 0.5 else None}


def in_force(row: Row, first: str, last: str) -> bool:
    """Return whether a row is in force on the last day of the period."""
    begun, ended = row[first], row[last]
    return str(begun) <= str(END) and (ended is None or str(ended) >= str(END))


@pytest.mark.parametrize("seed", SEEDS)
def test_training_is_counted(seed: int, tmp_path: Path) -> None:
    """A session counts at its first day; those qualified are in service and hold one on the day."""
    chance = random.Random(seed)
    attendance = sessions(chance)
    employees: list[Row] = [
        {"職員番号": f"S{n:03}", **lives(chance, "入社日", "退社日")} for n in range(1, 40)
    ]
    licences: list[Row] = [
        {
            "職員番号": f"S{chance.randint(1, 45):03}",
            "資格名": chance.choice(HELD),
            **lives(chance, "取得日", "失効日"),
        }
        for _ in range(60)
    ]
    firsts: dict[object, object] = {}
    for row in sorted(attendance, key=lambda row: str(row["実施日"])):
        if row["出欠"] != "対象外":
            firsts.setdefault(row["研修番号"], row["実施日"])
    invited = [r for r in attendance if inside(r["実施日"]) and r["出欠"] != "対象外"]
    present = [row for row in invited if row["出欠"] == "出席"]
    serving = {row["職員番号"] for row in employees if in_force(row, "入社日", "退社日")}
    valid = [row for row in licences if in_force(row, "取得日", "失効日")]
    planners = {row["職員番号"] for row in valid if row["資格名"] in FINANCIAL}
    expected: dict[tuple[str, str | None], Number] = {
        ("training_sessions", None): sum(map(inside, firsts.values())),
        ("training_attendance", None): share(invited, lambda row: row["出欠"] == "出席"),
        ("training_participants", None): len({row["職員番号"] for row in present}),
        ("training_hours", None): 2 * len(present),
        ("fp_holders", None): (len(serving & planners), len(serving)),
    }
    for name in {row["資格名"] for row in valid}:
        holders = {row["職員番号"] for row in valid if row["資格名"] == name}
        expected["qualification_holders", str(name)] = len(holders)
    exports = {"attendance": attendance, "employees": employees, "qualifications_held": licences}
    assert counted(tmp_path, "training", exports) == expected
