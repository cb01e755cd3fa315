"""Generated exports: seeded, of the size asked for, and holding the figures that they say."""

import csv
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks import exports
from benchmarks.answers import Answer, merged
from benchmarks.dates import DATE_STYLES
from benchmarks.exports import write_exports
from benchmarks.plan import CELLS, CODECS, Plan, Written
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.values.dates import parse_date
from support.small_project import TODAY

SMALL = Plan(rows=3_000, files=3, duplicates=0.05, superseded=0.02, long_share=0.02)


def counted(folder: Path) -> Summary:
    """Count what was written, by line."""
    settings = read_settings(folder / "kpicli.toml")
    period = Period.parse("2025H1", fiscal=settings.fiscal, today=TODAY)
    return summarize(settings, Request(period, ("voices",), by="line"), TODAY)


def answer(summary: Summary) -> Answer:
    """Return the counts by line and category of a Summary."""
    found: Answer = {}
    for figure in summary.figures:
        if figure.group and figure.part == "category" and figure.value.number:
            assert figure.item is not None
            found.setdefault(figure.group, {})[figure.item] = int(figure.value.number)
    return found


def digests(written: Written) -> list[str]:
    """Return a digest of every file."""
    return [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in written.files]


def records(written: Written, codec: str) -> list[list[str]]:
    """Return the rows of all files below their headers, by the standard library."""
    found = []
    for name in written.files:
        with Path(name).open(encoding=codec, newline="") as file:
            found += list(csv.reader(file, strict=True))[1:]
    return found


@pytest.mark.parametrize(
    "plan",
    [
        SMALL,
        replace(SMALL, files=1),
        replace(SMALL, files=40, seed=2),
        replace(SMALL, duplicates=0.0, superseded=0.0),
        replace(SMALL, styles=tuple(DATE_STYLES)),
        *(replace(SMALL, encoding=encoding) for encoding in CODECS),
        *(replace(SMALL, cells=cells) for cells in CELLS),
        replace(SMALL, cells="quoted", encoding="utf-16"),
    ],
    ids=str,
)
def test_kpicli_counts_what_was_written(tmp_path: Path, plan: Plan) -> None:
    """The figures and the accounting are those that the generator has drawn, without a fault."""
    written = write_exports(plan, tmp_path)
    summary = counted(tmp_path)
    (source,) = summary.sources
    accounting = source.accounting
    assert answer(summary) == written.half
    assert (accounting.read, accounting.faulty, accounting.not_data) == (plan.rows, 0, 0)
    assert (accounting.usable, accounting.duplicate, accounting.superseded) == (
        written.usable,
        written.duplicate,
        written.superseded,
    )
    assert {file.encoding for file in summary.files} == {plan.encoding}


def test_the_figures_agree_with_plain_python(tmp_path: Path) -> None:
    """A dictionary over the raw rows, the last one of a number winning, has the same counts."""
    written = write_exports(SMALL, tmp_path)
    rows = records(written, "cp932")
    latest = {row[0]: row for row in rows}
    span = (date(2025, 4, 1), date(2025, 9, 30))
    half = [row for row in latest.values() if span[0] <= plain_date(row[1]) <= span[1]]
    assert merged(Counter((row[2], row[3]) for row in half)) == written.half
    assert merged(Counter((row[2], row[3]) for row in rows)) == written.raw
    assert len(latest) == written.usable


def test_the_outcomes_agree_with_plain_python(tmp_path: Path) -> None:
    """Improvements of complaints and reports by line, of the last row of each number."""
    written = write_exports(replace(SMALL, styles=("slash",)), tmp_path)
    latest = {row[0]: row for row in records(written, "cp932")}.values()
    span = (date(2025, 4, 1), date(2025, 9, 30))
    improved = [row for row in latest if row[7] and span[0] <= plain_date(row[7]) <= span[1]]
    reported = [row for row in latest if row[9] and span[0] <= plain_date(row[9]) <= span[1]]
    by_line = merged(Counter((row[2], row[3]) for row in reported))
    assert sum("不満" in row[3] for row in improved) == written.improved > 0
    assert {line: sum(n.values()) for line, n in by_line.items()} == written.reported


def plain_date(text: str) -> date:
    """Return the day that a cell says, by cutting it at whatever is no digit."""
    era = text[0] in "R令"
    year, month, day = "".join(c if c.isdigit() else " " for c in text).split()[:3]
    return date(int(year) + (2018 if era else 0), int(month), int(day))


def test_a_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    """The same plan writes the same bytes, and another seed others."""
    first = digests(write_exports(SMALL, tmp_path / "first"))
    assert digests(write_exports(SMALL, tmp_path / "again")) == first
    assert digests(write_exports(replace(SMALL, seed=2), tmp_path / "other")) != first


def test_the_pieces_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows made a hundred at a time are the same as those made at once."""
    first = digests(write_exports(SMALL, tmp_path / "first"))
    monkeypatch.setattr(exports, "PIECE", 100)
    assert digests(write_exports(SMALL, tmp_path / "pieces")) == first


def test_a_row_takes_about_92_bytes(tmp_path: Path) -> None:
    """Two million rows of the default are about 185 MB."""
    written = write_exports(Plan(rows=50_000), tmp_path)
    assert 90 <= written.size / 50_000 <= 95


def test_long_cells_have_line_breaks(tmp_path: Path) -> None:
    """As many cells as asked for are quoted, about as long as asked, and hold both line ends."""
    plan = replace(SMALL, rows=20_000, long_share=0.1, long_length=300)
    contents = [row[6] for row in records(write_exports(plan, tmp_path), "cp932")]
    long = [content for content in contents if "\n" in content]
    assert 0.09 < len(long) / len(contents) < 0.11
    assert all(290 <= len(content) <= 330 for content in long)
    assert all("\r\n" in content and ", と" in content and '"' in content for content in long)


@pytest.mark.parametrize("cells", CELLS)
def test_cells_are_the_same_however_they_are_written(tmp_path: Path, cells: str) -> None:
    """In quotes they mean the same; the others differ in the sign before, or in line breaks."""
    plan = replace(SMALL, long_share=0.1)
    usual = records(write_exports(plan, tmp_path / "usual"), "cp932")
    written = write_exports(replace(plan, cells=cells), tmp_path / "other")
    rows = records(written, "cp932")
    if cells == "inches":
        assert any(row[6].startswith('5"') for row in rows)
        rows = [[*row[:6], row[6].removeprefix('5"'), *row[7:]] for row in rows]
    if cells == "unbroken":
        assert not any("\n" in row[6] or "\r" in row[6] for row in rows)
        usual = [[*r[:6], re.sub("[\r\n]", " ", r[6]), *r[7:]] for r in usual]
    assert rows == usual
    lines = Path(written.files[0]).read_bytes().splitlines()
    assert (cells == "quoted") == (lines[1].count(b'"') >= 22)


@pytest.mark.parametrize("style", DATE_STYLES)
def test_a_style_is_a_date_that_kpicli_reads(tmp_path: Path, style: str) -> None:
    """Whatever the style, the hundred rows lie on the covered days in order."""
    plan = Plan(rows=100, files=1, styles=(style,), duplicates=0, long_share=0)
    cells = [row[1] for row in records(write_exports(plan, tmp_path), "cp932")]
    days = [date(2024, 4, 1) + timedelta(days=place * 548 // 100) for place in range(100)]
    assert [parse_date(cell, ZoneInfo("Asia/Tokyo")) for cell in cells] == days


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"encoding": "euc_kr"}, "encoding"),
        ({"cells": "bold"}, "bold"),
        ({"styles": ("american",)}, "american"),
        ({"files": 1_000}, "files"),
        ({"duplicates": 0.9}, "repeats"),
    ],
)
def test_a_plan_that_cannot_be_written_is_refused(change: dict[str, object], told: str) -> None:
    """An unknown encoding or style, too many files or repeats are named before anything is made."""
    with pytest.raises(ValueError, match=told):
        replace(SMALL, **change)  # type: ignore[arg-type] # what is wrong is the point


def test_exports_are_not_written_among_others(tmp_path: Path) -> None:
    """A folder that holds exports is refused: the settings would name those too."""
    write_exports(SMALL, tmp_path)
    with pytest.raises(FileExistsError, match="already"):
        write_exports(SMALL, tmp_path)


def test_what_was_written_can_be_read_again(tmp_path: Path) -> None:
    """The figures lie beside the files."""
    written = write_exports(SMALL, tmp_path)
    assert Written.read(tmp_path) == written
