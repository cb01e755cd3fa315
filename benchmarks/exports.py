"""Seeded exports of voices (お客様の声) of any size, with the figures that are in them.

A row is a function of the seed and its number, so that it can be written again in another file,
and the files do not depend on the size of the pieces in which they are made.
"""

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.answers import Answer, merged
from benchmarks.dates import DAYS, day
from benchmarks.plan import CODECS, DECLARED, Plan, Written
from benchmarks.rows import CATEGORY_COUNT, LINE_COUNT, Numbers, Rows, Vocabulary, draw
from benchmarks.words import CATEGORY_WORDS, HEADER, LINE_WORDS
from benchmarks.workbooks import workbook

PIECE = 1 << 18
"""Rows that are made at a time."""

NAMES = "お客様の声_*"
"""The files' names before the suffix: `*` is a number."""

HALF_BEGINS = 365
"""The covered day on which 2025H1 begins; it ends with the last one."""


def write_exports(plan: Plan, folder: Path) -> Written:
    """Write the files, a kpicli.toml that names and covers them, and what is in them.

    Raises `FileExistsError` where the folder holds exports already: they would be counted too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.glob(f"{NAMES}.*")):
        raise FileExistsError(f"{folder} holds {NAMES} already")
    names, writer = (f"{NAMES}.csv", _text) if not plan.columns else (f"{NAMES}.xlsx", workbook)
    written = Written(usable=plan.own, duplicate=plan.repeated, superseded=plan.replaced)
    raw = np.zeros(LINE_COUNT * CATEGORY_COUNT, np.int64)
    half, improved, reported = raw.copy(), raw.copy(), raw.copy()
    for number in range(plan.files):
        path = folder / names.replace("*", f"{number + 1:03}")
        with writer(plan, path) as add:
            for rows, first_time in _rows(plan, number):
                add(rows)
                raw += _counted(rows.words)
                if first_time:
                    half += _counted(rows.latest_words[rows.day >= HALF_BEGINS])
                    improved += _counted(rows.latest_words[_in_half(rows.improved_on)])
                    reported += _counted(rows.latest_words[_in_half(rows.reported_on)])
        written.files.append(str(path))
        written.size += path.stat().st_size
    written.raw, written.half = _answer(raw), _answer(half)
    written.improved = sum(line.get("不満", 0) for line in _answer(improved).values())
    written.reported = {line: sum(n.values()) for line, n in _answer(reported).items()}
    covers = f"{day(0):%Y-%m}..{day(DAYS - 1):%Y-%m}"
    declared = f', encoding = "{plan.encoding}"' if plan.encoding in DECLARED else ""
    (folder / "kpicli.toml").write_text(
        f'[exports]\nvoices = {{ files = "{names}", covers = "{covers}"{declared} }}\n',
        encoding="utf-8",
    )
    written.save(folder)
    return written


@contextmanager
def _text(plan: Plan, path: Path) -> Iterator[Callable[[Rows], object]]:
    vocabulary = Vocabulary(plan.styles, plan.long_length, CODECS[plan.encoding], plan.cells)
    mark = codecs.BOM_UTF16_LE if plan.encoding == "utf-16" else b""
    with path.open("wb") as file:
        file.write(mark + HEADER.encode(vocabulary.codec))
        yield lambda rows: file.write(vocabulary.encoded(rows))


def _rows(plan: Plan, number: int) -> Iterator[tuple[Rows, bool]]:
    """Yield the rows of a file in pieces, each with whether they are there for the first time."""
    first, stop = plan.own * number // plan.files, plan.own * (number + 1) // plan.files
    again = range(first - plan.again, first) if number else range(0)
    if plan.files == 1:
        again = range(stop - plan.again, stop)
    spans = [(again, False), (range(first, stop), True)]
    for span, first_time in spans if number else reversed(spans):
        for start in range(span.start, span.stop, PIECE):
            numbers = np.arange(start, min(start + PIECE, span.stop))
            yield _drawn(plan, numbers, first_time), first_time


def _drawn(plan: Plan, numbers: Numbers, first: bool) -> Rows:
    """Draw rows; those that the next file supersedes are the older version the first time."""
    rows = draw(numbers, plan.own, plan.seed, len(plan.styles), plan.long_share)
    if not plan.replaced:
        return rows
    file = ((numbers + 1) * plan.files - 1) // plan.own
    place = numbers - (plan.own * (file + 1) // plan.files - plan.again)
    share = plan.replaced // plan.borders
    ahead = (place + 1) * share // plan.again
    changed = (place >= 0) & (file < plan.files - 1) & (ahead > place * share // plan.again)
    return rows.revised(changed, ahead, older=first)


def _in_half(days: Numbers) -> npt.NDArray[np.bool_]:
    return (days >= HALF_BEGINS) & (days < DAYS)


def _counted(words: Numbers) -> Numbers:
    return np.bincount(words, minlength=LINE_COUNT * CATEGORY_COUNT)


def _answer(counts: Numbers) -> Answer:
    pairs = [(line, category) for line, _, _ in LINE_WORDS for category, _, _ in CATEGORY_WORDS]
    return merged(dict(zip(pairs, counts.tolist(), strict=True)))
