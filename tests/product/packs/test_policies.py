"""Policies: persistency, early lapse, what is in force and what is new, counted by hand."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from support.packs import END, SEEDS, START, Number, Row, counted, counts, inside, share, some_day

ENDS = ("解約", "失効", "死亡", "満期")


def policies(chance: random.Random) -> list[Row]:
    """Return policies of four years, half of them ended."""
    rows: list[Row] = []
    for number in range(500):
        started = some_day(chance, date(2022, 1, 1), 1400)
        ended = started + timedelta(days=chance.randint(1, 1400))
        goes_on = chance.random() < 0.5
        rows.append(
            {
                "証券番号": f"P{number:05}",
                "契約日": started,
                "消滅日": None if goes_on else ended,
                "消滅事由": None if goes_on else chance.choice(ENDS),
                "保険種類": chance.choice(("終身", "医療", "がん")),
                "保険料": chance.randint(10, 900) * 100,
                "契約者番号": f"C{chance.randint(1, 200):05}",
            }
        )
    return rows


def after(row: Row, months: int) -> date:
    """Return the day so many months after the start, by another library's calendar."""
    moved = pd.Timestamp(str(row["契約日"])) + pd.DateOffset(months=months)
    return date(moved.year, moved.month, moved.day)


def ended_before(row: Row, day: date) -> bool:
    """Return whether a policy had ended before a day."""
    return isinstance(row["消滅日"], date) and row["消滅日"] < day


def premium(rows: Iterable[Row]) -> int:
    """Return the sum of premiums."""
    return sum(int(str(row["保険料"])) for row in rows)


def held(row: Row) -> bool:
    """Return whether a policy is in force on the last day: the day of its end is the first out."""
    started = isinstance(row["契約日"], date) and row["契約日"] <= END
    return started and not ended_before(row, END + timedelta(days=1))


@pytest.mark.parametrize("seed", SEEDS)
def test_policies_are_counted(seed: int, tmp_path: Path) -> None:
    """Cohorts by the day that they reach, stocks on the last day, new ones by their start."""
    rows = policies(random.Random(seed))
    new = [row for row in rows if inside(row["契約日"])]
    in_force = [row for row in rows if held(row)]
    expected: dict[tuple[str, str | None], Number] = {
        **counts("policies_in_force", in_force, "保険種類"),
        ("premium_in_force", None): premium(in_force),
        ("policyholders", None): len({row["契約者番号"] for row in in_force}),
        **counts("new_policies", new, "保険種類"),
        ("new_premium", None): premium(new),
    }
    for months in (13, 25, 37):
        cohort = [row for row in rows if START <= after(row, months) <= END]
        kept = [row for row in cohort if not ended_before(row, after(row, months))]
        expected[f"persistency_{months}", None] = (len(kept), len(cohort))
        expected[f"persistency_{months}_premium", None] = (premium(kept), premium(cohort))
    year = [row for row in rows if START <= after(row, 12) <= END]
    expected["early_lapses", None] = share(
        year, lambda r: r["消滅事由"] in ("解約", "失効") and ended_before(r, after(r, 12))
    )
    assert counted(tmp_path, "policies", {"policies": rows}) == expected
