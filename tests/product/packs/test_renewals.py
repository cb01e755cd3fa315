"""Renewals and certificates in time, counted by hand."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from support.packs import SEEDS, Number, Row, counted, days_between, inside, share, some_day


def maturities(chance: random.Random) -> list[Row]:
    """Return maturing policies, some renewed long before, some after, some not applicable."""
    rows: list[Row] = []
    for number in range(300):
        day = some_day(chance)
        outcome = chance.choice(("更改", "更改", "更改", "非更改", "対象外", None))
        done = day - timedelta(days=chance.choice((60, 29, 28, 27, 8, 7, 6, 0, -3)))
        rows.append(
            {
                "証券番号": f"P{number:05}",
                "満期日": day,
                "種目": chance.choice(("自動車", "火災")),
                "更改結果": outcome,
                "手続完了日": done if outcome == "更改" and chance.random() < 0.9 else None,
            }
        )
    return rows


def certificates(chance: random.Random) -> list[Row]:
    """Return policies that begin, most with the day of delivery."""
    rows: list[Row] = []
    for number in range(200):
        day = some_day(chance)
        delivered = day - timedelta(days=chance.choice((20, 8, 7, 6, 0, -5)))
        rows.append(
            {
                "証券番号": f"P{number:05}",
                "始期日": day,
                "証券お届け日": delivered if chance.random() < 0.8 else None,
            }
        )
    return rows


def in_time(row: Row, done: str, by: str, days: int) -> bool:
    """Return whether something was done so many days before a date, or earlier."""
    return row[done] is not None and days_between(row[done], row[by]) >= days


@pytest.mark.parametrize("seed", SEEDS)
def test_renewals_are_counted(seed: int, tmp_path: Path) -> None:
    """The 28th and the 7th day before belong to those in time; 対象外 to neither side."""
    chance = random.Random(seed)
    matured, begun = maturities(chance), certificates(chance)
    due = [row for row in matured if inside(row["満期日"]) and row["更改結果"] != "対象外"]
    started = [row for row in begun if inside(row["始期日"])]
    expected: dict[tuple[str, str | None], Number] = {
        ("renewal_rate", None): share(due, lambda row: row["更改結果"] == "更改"),
        ("early_renewal_28", None): share(due, lambda r: in_time(r, "手続完了日", "満期日", 28)),
        ("early_renewal_7", None): share(due, lambda r: in_time(r, "手続完了日", "満期日", 7)),
        ("certificates_7_days_before", None): share(
            started, lambda row: in_time(row, "証券お届け日", "始期日", 7)
        ),
    }
    exports = {"maturities": matured, "certificates": begun}
    assert counted(tmp_path, "renewals", exports) == expected
