"""Exports of programs that only write some sources: forms, cases, records with tables."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.dialects import Dialect, Export, table_of, text_of

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


def _record_table(
    export: Export,
    path: Path,
    rows: Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]],
    *,
    repeated: bool,
) -> Export:
    """Write records, each its own cells and the lines of its table, as kintone does.

    Where they are `repeated`, each line has the cells of its record, as some exports do.
    """
    header = rows[0]
    table = [["レコードの開始行", "レコード番号", *header[0], *header[1][0]]]
    for number, (own, lines) in enumerate(rows[1:], 1):
        again = [str(number), *own] if repeated else ["" for _ in (number, *own)]
        table += [["*", str(number), *own, *lines[0]], *(["", *again, *line] for line in lines[1:])]
    path.with_suffix(".csv").write_text(text_of(table), encoding="utf-8-sig")
    return export


def records(export: Export, path: Path, chance: random.Random) -> Export:
    """Write an app whose records have a table of what was done about them."""
    header, *rows = table_of(export)
    own = [
        (
            row,
            [
                [f"2025/0{chance.randrange(4, 10)}/10", f"S{n:03}", "電話をした記録です"]
                for n in range(chance.randrange(1, 4))
            ],
        )
        for row in rows
    ]
    return _record_table(
        export,
        path,
        [(header, [["訪問した日", "訪問者", "訪問の記録"]]), *own],
        repeated=chance.random() < 0.5,
    )


def record_lines(export: Export, path: Path, chance: random.Random) -> Export:
    """Write an app of meetings whose records have a table of those who came: a line for each."""
    of_lines = ("staff", "attended")
    own = [name for name in export.columns if name not in of_lines]
    lines = [name for name in export.columns if name in of_lines]
    by_session: dict[str, list[int]] = {}
    for row, session in enumerate(export.columns["session"]):
        by_session.setdefault(session, []).append(row)
    columns = {
        name: [
            cells[by_session[session][0]] if name in own else cells[row]
            for row, session in enumerate(export.columns["session"])
        ]
        for name, cells in export.columns.items()
    }
    same = Export(export.source, columns, export.headers)
    header = ([same.headers[n] for n in own], [[same.headers[n] for n in lines]])
    rows = [
        ([columns[n][members[0]] for n in own], [[columns[n][m] for n in lines] for m in members])
        for members in by_session.values()
    ]
    return _record_table(same, path, [header, *rows], repeated=chance.random() < 0.5)


SOURCES: Mapping[str, tuple[str, str]] = {
    "forms": ("survey", "survey_answers"),
    "cases": ("voices", "voice_log"),
    "records": ("voices", "voice_log"),
    "record_lines": ("training", "attendance"),
}
"""The dialects, each with the pack and the source that it writes."""
DIALECTS: Mapping[str, Dialect] = {
    "forms": forms,
    "cases": cases,
    "records": records,
    "record_lines": record_lines,
}
