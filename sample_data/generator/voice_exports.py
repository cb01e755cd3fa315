"""The three exports of お客様の声: one fiscal year, then April to June, then June to September."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.chance import Chance
from generator.days import H1_2025, MIXED, DateWriter
from generator.tables import LINES, Row, variant, write_table
from generator.voices import FIRST_EXPORT, Voice, make_voices

HEADER = [
    *("受付番号", "受付日", "商品区分", "声の区分", "チーム", "担当者"),
    *("内容", "改善日", "改善内容", "保険会社報告日", "保険会社改善日"),
]
CATEGORIES: dict[str, Sequence[str]] = {
    "感謝": ("お褒め", "感謝の声", "感謝　"),
    "不満": ("ご不満",),
    "要望": ("ご要望",),
}
EVE = date(2025, 3, 27)
"""The last voices of the year before stand in the spring export too, all the same."""
TEAMS = {"生保": ("生保",), "損保": ("損保-1課", "損保-2課"), "団体": ("団体",)}
DASHES = {"損保-1課": ("損保‐1課", "損保－１課"), "損保-2課": ("損保‐2課", "損保－２課")}


class Export:
    """One export: its own way of writing dates and codes, and the last day that it knows of."""

    def __init__(self, name: str, known_until: date | None = None) -> None:
        self._chance = Chance(name)
        self._written = DateWriter(self._chance, MIXED)
        self._known_until = known_until

    def row(self, voice: Voice) -> Row:
        """Return the voice as this export shows it: what came later is still blank."""
        improved = self._known(voice.improved)
        line = variant(self._chance, voice.line, LINES)
        category = variant(self._chance, voice.category, CATEGORIES)
        return [
            *(voice.number, self._written(voice.received), line, category),
            *(self._team(voice), voice.staff, voice.content, self._written(improved)),
            voice.improvement if improved else "",
            self._written(self._known(voice.reported)),
            self._written(self._known(voice.insurer_improved)),
        ]

    def _known(self, day: date | None) -> date | None:
        late = day is not None and self._known_until is not None and day > self._known_until
        return None if late else day

    def _team(self, voice: Voice) -> str:
        teams = TEAMS[voice.line]
        return variant(self._chance, teams[int(voice.staff[1:]) % len(teams)], DASHES)


def write_voices(folder: Path) -> None:
    """Write the three files, cp932 with CRLF; June stands in both files of 2025."""
    voices = make_voices()
    last_year = [v for v in voices if v.received < H1_2025.first]
    eve = [v for v in last_year if v.received >= EVE and not v.improved and not v.reported][-3:]
    spring = [v for v in voices if H1_2025.first <= v.received <= FIRST_EXPORT]
    summer = [v for v in voices if v.received >= date(2025, 6, 1)]
    exports = [
        ("お客様の声_2024年度.csv", Export("voices-2024"), last_year),
        ("お客様の声_2025年4-6月.csv", Export("voices-spring", FIRST_EXPORT), [*eve, *spring]),
        ("お客様の声_2025年6-9月.csv", Export("voices-summer"), summer),
    ]
    for name, export, chosen in exports:
        write_table(folder / name, HEADER, [export.row(v) for v in chosen], "cp932")
