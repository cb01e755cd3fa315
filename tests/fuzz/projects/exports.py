"""Sharing what happened out to exports that overlap, each a view of its own day."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from fuzz.projects.catalogue import CODES, PEOPLE, Source
from fuzz.projects.draft import Export, Line, Thing
from fuzz.projects.records import FIRST, LAST, Cell

CODECS = (
    ("utf-8", "csv"),
    ("utf-8-sig", "csv"),
    ("cp932", "csv"),
    ("cp932", "csv"),
    ("utf-16", "txt"),
    ("iso2022_jp", "csv"),
    ("utf-8", "tsv"),
    ("xlsx", "xlsx"),
    ("xlsx", "xlsx"),
)
EARLIER_BLANKS = {"f_voices": "improved", "f_cases": "done"}
"""A date that an earlier export did not know yet."""


def share_out(
    rng: random.Random, source: Source, things: Sequence[Thing], covered: str | None
) -> list[Export]:
    """Return the exports of a source, the earliest first; a later one reaches further."""
    number = 1 if source is PEOPLE else rng.choice((1, 1, 2, 2, 3, 4))
    exports: list[Export] = []
    for place, (start, end) in enumerate(_windows(rng, number)):
        codec, suffix = rng.choice(CODECS)
        last = place == number - 1
        held = [t for t in things if _held(t.record.get(source.base), start, end, last)]
        lines = [Line(thing, dict(thing.record)) for thing in held]
        options: dict[str, object] = {} if covered is None else {"covers": covered}
        exports.append(Export(source, f"{source.id}{place}.{suffix}", codec, lines, options))
    if source.key is not None:
        for own, later in pairwise(exports):
            _age(rng, source, own, {id(line.thing) for line in later.lines})
        for export in exports:  # the same line twice in one file is one row
            twice = rng.sample(export.lines, len(export.lines) // 20)
            export.lines += [Line(line.thing, dict(line.record)) for line in twice]
    return exports


def _windows(rng: random.Random, number: int) -> list[tuple[date, date]]:
    step = (LAST - FIRST).days // number
    cuts = [FIRST + timedelta(days=step * n) for n in range(number)] + [LAST]
    spans = list(pairwise(cuts))
    return [
        (start - timedelta(days=rng.choice((0, 30, 75))) if n else start, end)
        for n, (start, end) in enumerate(spans)
    ]


def _held(day: Cell, start: date, end: date, last: bool) -> bool:
    return start <= day <= end if isinstance(day, date) else last


def _age(rng: random.Random, source: Source, export: Export, later: set[int]) -> None:
    """Let some rows that a later export has too be as they stood before they were changed."""
    for line in export.lines:
        if id(line.thing) not in later or rng.random() < 0.6:
            continue
        blank = EARLIER_BLANKS.get(source.id)
        if blank is not None and rng.random() < 0.7:
            line.record[blank] = None
        else:
            codes = [n for n, c in source.columns.items() if c.kind == "code"]
            name = rng.choice(codes)
            line.record[name] = rng.choice([*CODES[source.columns[name].codes or ""].values])
