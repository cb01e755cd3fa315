"""The recount's small steps: rows with certain cells, distinct cells, numbers per item."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from recount.dates import read_day
from recount.files import Row
from recount.rules import method_of

Value = int | tuple[int, int]
"""A count, or numerator and denominator."""
Counts = dict[tuple[str, str], Value]
"""Values by KPI and item; the total's item is empty."""
LINES = ("生保", "損保", "団体")


def where(rows: Iterable[Row], **wanted: str) -> list[Row]:
    """Return the rows whose cells equal what is wanted, by header."""
    return [row for row in rows if all(row[header] == value for header, value in wanted.items())]


def number_of(rows: Iterable[Row], **wanted: str) -> int:
    """Return the number of rows whose cells equal what is wanted."""
    return len(where(rows, **wanted))


def distinct(rows: Iterable[Row], header: str) -> set[str]:
    """Return the different cells of a column."""
    return {row[header] for row in rows}


def day_of(row: Row, header: str) -> date:
    """Return the day in a cell that is never blank."""
    day = read_day(row[header])
    assert day is not None
    return day


def split(kpi: str, rows: list[Row], header: str, items: Iterable[str]) -> Counts:
    """Return the number of rows, and of those per item; every row has to be one of the items."""
    return _tally(kpi, [row[header] for row in rows], items)


def by_method(kpi: str, rows: list[Row], methods: Iterable[str]) -> Counts:
    """Return the number of cases, and of those per method; 該当なし is no case."""
    found = [method_of(row) for row in rows]
    return _tally(kpi, [method for method in found if method != "該当なし"], methods)


def _tally(kpi: str, values: list[str], items: Iterable[str]) -> Counts:
    counted = Counter(values)
    parts: Counts = {(kpi, item): counted.pop(item, 0) for item in items}
    if counted:
        raise ValueError(f"{kpi}: {sorted(counted)} is none of the items")
    return {(kpi, ""): len(values), **parts}
