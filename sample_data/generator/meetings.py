"""会議記録: which meeting was held when; a few rows, all told by hand."""

from datetime import date
from pathlib import Path

from generator.chance import Chance
from generator.days import PLAIN, DateWriter
from generator.tables import write_table

COMPLIANCE = {
    "コンプライアンス会議": [
        *(date(2024, 10, 17), date(2024, 11, 21), date(2024, 12, 19), date(2025, 3, 31)),
        *(date(2025, 4, 17), date(2025, 6, 19), date(2025, 8, 21), date(2025, 9, 30)),
        date(2025, 10, 1),
    ],
    "コンプライアンス推進会議": [date(2025, 2, 20), date(2025, 5, 15), date(2025, 7, 17)],
}
"""Six in 2025H1 under two names, one in each month; 2025-10-01 lies outside."""
CIRCULATED = [
    *(date(2024, 11, 8), date(2024, 12, 6), date(2025, 1, 10), date(2025, 3, 7)),
    *(date(2025, 4, 11), date(2025, 5, 9), date(2025, 6, 13)),
    *(date(2025, 7, 11), date(2025, 8, 8), date(2025, 9, 12)),
]
OTHER = {
    "営業会議": [date(2024, 10, 7), date(2025, 1, 6), date(2025, 4, 7), date(2025, 7, 7)],
    "システム連絡会": [date(2025, 5, 26)],
}


def write_meetings(folder: Path) -> None:
    """Write 会議記録.csv (cp932, CRLF); one meeting stands there twice."""
    written = DateWriter(Chance("meetings"), PLAIN)
    held = [(day, name) for name, days in {**COMPLIANCE, **OTHER}.items() for day in days]
    held += [(day, "お客様の声の回覧") for day in CIRCULATED]
    held.sort()
    rows = [[f"M{n:03}", written(day), name] for n, (day, name) in enumerate(held, start=1)]
    twice = next(row for row, (day, _) in zip(rows, held, strict=True) if day == CIRCULATED[-1])
    rows.append([twice[0], "令和7年9月12日", twice[2]])
    write_table(folder / "会議記録.csv", ["会議番号", "開催日", "会議名"], rows, "cp932")
