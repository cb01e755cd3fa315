"""Voices of customers: kinds, improvements, reports and days to answer, counted by hand."""

import random
from fractions import Fraction
from pathlib import Path

import pytest

from support.packs import (
    SEEDS,
    Number,
    Row,
    counted,
    counts,
    days_between,
    inside,
    later,
    share,
    some_day,
)

KINDS = ("お褒め", "苦情", "不満", "要望", "その他")


def voices(chance: random.Random) -> list[Row]:
    """Return voices of a year, a fifth of them complaints."""
    rows: list[Row] = []
    for number in range(300):
        day = some_day(chance)
        rows.append(
            {
                "受付番号": f"V{number:04}",
                "受付日": day,
                "声の種類": chance.choice(KINDS),
                "保険種類": chance.choice(("自動車", "火災", "生保")),
                "店舗": chance.choice(("東店", "西店")),
                "回答日": later(chance, day, 8),
                "改善日": later(chance, day, 90, 0.8),
                "共有日": later(chance, day, 5),
                "保険会社報告日": later(chance, day, 30, 0.7),
            }
        )
    return rows


@pytest.mark.parametrize("seed", SEEDS)
def test_voices_are_counted(seed: int, tmp_path: Path) -> None:
    """Each by its own date: received, improved, reported, answered."""
    rows = voices(random.Random(seed))
    received = [row for row in rows if inside(row["受付日"])]
    complaints = [row for row in received if row["声の種類"] in ("苦情", "不満")]
    answers = [r for r in rows if r["声の種類"] in ("苦情", "不満") and inside(r["回答日"])]
    days = [days_between(row["受付日"], row["回答日"]) for row in answers]
    expected: dict[tuple[str, str | None], Number] = {
        **counts("voice_count", received, "声の種類"),
        **counts("complaint_count", complaints, "保険種類"),
        **counts("voices_by_shop", received, "店舗"),
        ("voice_improvements", None): sum(inside(row["改善日"]) for row in rows),
        ("voices_shared", None): share(received, lambda row: row["共有日"] is not None),
        ("voices_reported", None): sum(inside(row["保険会社報告日"]) for row in rows),
        ("complaint_answer_days", None): Fraction(sum(days), len(days)),
        ("complaints_answered_in_3_days", None): share(
            complaints,
            lambda r: r["回答日"] is not None and days_between(r["受付日"], r["回答日"]) <= 3,
        ),
    }
    assert counted(tmp_path, "voices", {"voice_log": rows}) == expected
