"""Exports made up for a built-in pack, and the figures that kpicli counts in them."""

import csv
import random
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import kpicli
from kpicli.catalog.read import pack_text
from kpicli.model.value import Status
from support.counted_again import assert_counted_again

Row = Mapping[str, object]
"""A row by its headers: text, numbers, dates, None for a blank cell."""
Number = int | Fraction | tuple[int, int]
"""A count, an exact mean or median, or the two numbers of a ratio."""
Figures = Mapping[tuple[str, str | None], Number]
"""Figures by KPI and part (None: the total)."""

START, END = date(2025, 4, 1), date(2025, 9, 30)
"""The period that is counted, 2025H1."""
COVERS = "2022-01..2025-12"
TODAY = date(2026, 6, 1)
SEEDS = (1, 2, 3)
"""Each makes other rows."""
UNDATED = ("register", "snapshot")
"""Rhythms whose exports have no `covers`."""


def inside(day: object) -> bool:
    """Return whether a cell is a date of the period."""
    return isinstance(day, date) and START <= day <= END


def days_between(first: object, second: object) -> int:
    """Return the days from one cell to another, both of them dates."""
    if not isinstance(first, date) or not isinstance(second, date):
        raise TypeError(f"no dates: {first!r}, {second!r}")
    return (second - first).days


def some_day(chance: random.Random, first: date = date(2025, 1, 1), days: int = 364) -> date:
    """Return a day within so many days from the first."""
    return first + timedelta(days=chance.randint(0, days))


def later(chance: random.Random, day: date, most: int, blank: float = 0.3) -> date | None:
    """Return a day up to so many days after another, or none by chance."""
    return None if chance.random() < blank else day + timedelta(days=chance.randint(0, most))


def share(rows: Iterable[Row], condition: Callable[[Row], bool]) -> tuple[int, int]:
    """Return how many of the rows fit, and how many there are."""
    fits = [condition(row) for row in rows]
    return sum(fits), len(fits)


def tally(rows: Iterable[Row], header: str) -> dict[object, int]:
    """Return how many rows have each value of a column."""
    counted: dict[object, int] = {}
    for row in rows:
        counted[row[header]] = counted.get(row[header], 0) + 1
    return counted


def total(rows: Iterable[Row], header: str) -> int:
    """Return the sum of a column of whole numbers."""
    return sum(int(str(row[header])) for row in rows)


def counts(kpi: str, rows: Sequence[Row], header: str) -> dict[tuple[str, str | None], Number]:
    """Return the count of the rows and of each part."""
    figures: dict[tuple[str, str | None], Number] = {(kpi, None): len(rows)}
    for value, number in tally(rows, header).items():
        figures[kpi, str(value)] = number
    return figures


def write_csv(file: Path, rows: Sequence[Row]) -> None:
    """Write rows as a CSV; dates as `2025/4/1`, blanks empty."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow(map(_cell, row.values()))


def _cell(value: object) -> object:
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return "" if value is None else value


def counted(folder: Path, pack: str, exports: Mapping[str, Sequence[Row]]) -> Figures:
    """Return what kpicli counts of every KPI of a pack in 2025H1, parts of nothing left out.

    Raises where a figure is in doubt or not final: the rows are all readable; and where what
    `rows --all` has of a KPI does not give its figures again.
    """
    sources = tomllib.loads(pack_text(pack))["source"]
    lines = []
    for source, rows in exports.items():
        write_csv(folder / f"{source}.csv", rows)
        covers = "" if sources[source]["rhythm"] in UNDATED else f', covers = "{COVERS}"'
        lines.append(f'{source} = {{ files = "{source}.csv"{covers} }}')
    settings = "\n".join([f'catalogue = ["{pack}"]', "[exports]", *lines, ""])
    (folder / "kpicli.toml").write_text(settings, encoding="utf-8")
    summary = kpicli.summarize("2025H1", config=folder / "kpicli.toml", today=TODAY)
    assert_counted_again(summary, folder / "kpicli.toml", TODAY, folder)
    figures: dict[tuple[str, str | None], Number] = {}
    for figure in summary.figures:
        value = figure.value
        if value.status is not Status.OK or value.faulty_rows:
            raise AssertionError(f"{figure.kpi} {figure.item}: {value}")
        if value.denominator is not None and value.numerator is not None:
            figures[figure.kpi, figure.item] = (int(value.numerator), int(value.denominator))
        elif value.unrounded is not None:
            figures[figure.kpi, figure.item] = value.unrounded
        elif value.number or figure.item is None:
            figures[figure.kpi, figure.item] = int(value.number or 0)
    if {kpi for kpi, _ in figures} != set(tomllib.loads(pack_text(pack))["kpi"]):
        raise AssertionError("not every KPI of the pack is counted")
    return figures
