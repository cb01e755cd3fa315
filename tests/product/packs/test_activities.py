"""Meetings, audits, seminars and web pages, counted by hand."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.packs import SEEDS, Number, Row, counted, counts, inside, some_day, tally, total


@pytest.mark.parametrize("seed", SEEDS)
def test_activities_are_counted(seed: int, tmp_path: Path) -> None:
    """Rows, and the numbers that stand in them."""
    chance = random.Random(seed)
    meetings: list[Row] = [
        {
            "会議番号": f"M{n:03}",
            "開催日": some_day(chance),
            "会議名": chance.choice(("推進会議", "店長会議")),
        }
        for n in range(40)
    ]
    audits: list[Row] = [
        {
            "点検番号": f"K{n:03}",
            "実施日": some_day(chance),
            "点検種別": chance.choice(("内部監査", "自主点検")),
            "指摘件数": chance.randint(0, 4),
        }
        for n in range(40)
    ]
    seminars: list[Row] = [
        {"セミナー番号": f"N{n:03}", "開催日": some_day(chance), "参加者数": chance.randint(3, 50)}
        for n in range(30)
    ]
    visits: list[Row] = [
        {
            "日付": date(2025, 1, 1) + timedelta(days=n),
            "ページ": page,
            "閲覧数": chance.randint(0, 99),
        }
        for n in range(365)
        for page in ("方針", "事故")
    ]
    held = [row for row in meetings if inside(row["開催日"])]
    audited = [row for row in audits if inside(row["実施日"])]
    offered = [row for row in seminars if inside(row["開催日"])]
    seen = [row for row in visits if inside(row["日付"])]
    expected: dict[tuple[str, str | None], Number] = {
        **counts("meetings_held", held, "会議名"),
        **counts("audits_done", audited, "点検種別"),
        ("audit_findings", None): total(audited, "指摘件数"),
        ("seminars_held", None): len(offered),
        ("seminar_participants", None): total(offered, "参加者数"),
        ("web_page_visits", None): total(seen, "閲覧数"),
    }
    for page in tally(seen, "ページ"):
        expected["web_page_visits", str(page)] = total(
            [row for row in seen if row["ページ"] == page], "閲覧数"
        )
    exports = {
        "meeting_log": meetings,
        "audits": audits,
        "seminars": seminars,
        "web_visits": visits,
    }
    assert counted(tmp_path, "activities", exports) == expected
