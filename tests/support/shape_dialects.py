"""Exports of programs that only write some sources: forms, cases, records with tables."""

import random
from collections.abc import Mapping
from pathlib import Path

from support.dialects import Export, table_of, text_of

_QUESTIONS = {
    "answered_on": "タイムスタンプ",
    "shop": "ご利用の店舗を教えてください",
    "satisfaction": "本日の対応にご満足いただけましたか",
    "recommend": "当社をご友人に勧めたいと思いますか(0～10)",
}
_FIELDS = {
    "number": "Case Number",
    "received_on": "Date/Time Opened",
    "kind": "Type",
    "staff": "Case Owner",
    "content": "Subject",
    "answered_on": "Date/Time Closed",
}


def forms(export: Export, path: Path, chance: random.Random) -> Export:
    """Write answers of a form: questions for headers, no number, lists in cells."""
    columns = {name: export.columns[name] for name in _QUESTIONS}
    stamped = [f"{day} 14:{n % 60:02}:07" for n, day in enumerate(columns["answered_on"])]
    other = Export(export.source, {**columns, "answered_on": stamped}, _QUESTIONS)
    header, *rows = table_of(other)
    ways = ("チラシ", "紹介, チラシ", "ホームページ, 紹介", "紹介")
    table = [
        [*header, "ご来店のきっかけ(複数選択可)", "ご意見・ご感想をお聞かせください"],
        *([*row, chance.choice(ways), chance.choice(("", "丁寧な説明でした"))] for row in rows),
    ]
    path.with_suffix(".csv").write_text(text_of(table), encoding="utf-8")
    return other


def cases(export: Export, path: Path, chance: random.Random) -> Export:
    """Write a report of Salesforce's cases, under its own names of fields."""
    columns = {name: export.columns[name] for name in _FIELDS}
    for name in ("received_on", "answered_on"):
        columns[name] = [f"{day} 10:05" if day else "" for day in columns[name]]
    other = Export(export.source, columns, _FIELDS)
    header, *rows = table_of(other)
    table = [
        [*header, "Status", "Case Origin"],
        *([*row, chance.choice(("New", "Closed")), chance.choice(("電話", "Web"))] for row in rows),
    ]
    path.with_suffix(".csv").write_text(text_of(table), encoding="utf-8-sig")
    return other


SOURCES: Mapping[str, tuple[str, str]] = {
    "forms": ("survey", "survey_answers"),
    "cases": ("voices", "voice_log"),
}
"""The dialects, each with the pack and the source that it writes."""
DIALECTS = {"forms": forms, "cases": cases}
