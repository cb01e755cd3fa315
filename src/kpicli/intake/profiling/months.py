"""Months as columns: a table of numbers by month, and what speaks against adding them up."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.intake.profiling.month_headers import are_in_a_row, days_of, month_of
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import date_reader, read_number
from kpicli.loaders.shapes.fill import may_be_total
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

if TYPE_CHECKING:
    from kpicli.intake.profiling.tables import Grid

_YEAR_ALONE = re.compile(r"(?:(?:令和|R) ?(?:元|[0-9]{1,2})|(?:FY)?20[0-9]{2}) ?年?度?")
_NOTHING = re.compile("[-－ー—―‐*]+")
_FEWEST = 3
"""So many months side by side are no accident."""
_SUMMED = 3
"""Of so many rows one may be the sum of the others by accident no more."""

_NOT_IN_A_ROW = Text("月の列が順に続いていません", "its months are not in a row")
_NO_YEAR = Text(
    "何年か不明です(ファイル名を 件数_2025年度.csv などに)",
    "nothing says its year: name it 件数_2025年度.csv or so",
)
_NO_NUMBERS = Text("月の列に数でないものがあります", "its months hold more than numbers")
_NOT_COUNTS = Text("割合は月ごとに足せません", "percentages do not add up")
_NO_LABELS = Text(
    "行が何の数か、見出しのある一つの列で分かりません",
    "no column with a header says what each row is of",
)
_SEVERAL = Text("同じ名前の行が複数あります", "several rows have one name")
_SUM_ROW = Text(
    "ほかの合計らしい行があります(「合計」としてください)",
    "a row may be the sum of the others: call it 合計",
)
_TOTALS = Text("合計が合いません", "its totals do not add up")
_GAP = Text("数のない月が途中にあります", "a month between others has no number")


_DATES_ABOVE = Text(
    "列の見出しが月の日付です。「2025年4月」のような文字に直してください",
    "its headers are dates of months: write them as text, such as 2025年4月",
)
_DAYS_ABOVE = Text(
    "列が 1 日ずつの表です。月ごとの表か、1 行が 1 件の出力にしてください",
    "its columns are days: make it a table by month, or export a line for each case",
)
_TWO_ROWS = Text(
    "見出しが年と月の 2 行です。「2025年4月」のように 1 行にしてください",
    "its header has two rows, years above months: make them one, such as 2025年4月",
)
_REACH = 30


class MonthColumns(Struct, frozen=True):
    """Columns of months, from `first` to `last`, the last one with a number in it.

    `places` are their columns, `labels` those that say what a row is of. `total` is the sum of the
    `filled` cells; `blanks` are cells that say that there is nothing. `checked` says that totals
    stand beside or below them, and are right. Where `problem` says what is wrong nothing else is
    known.
    """

    places: tuple[int, ...]
    problem: Text | None = None
    labels: tuple[int, ...] = ()
    first: date = date.min
    last: date = date.min
    total: Decimal = Decimal(0)
    filled: int = 0
    blanks: tuple[str, ...] = ()
    checked: bool = False

    @property
    def covers(self) -> str:
        """Return the months that it holds, as settings have them."""
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"


def month_columns(grid: "Grid", rows: Sequence[int]) -> MonthColumns | None:
    """Return the columns of months of a grid; None where less than three stand there."""
    if grid.header is None:
        return None
    labels = [fold(shown_header(text_of(cell))) for cell in grid.rows[grid.header]]
    places = tuple(place for place, label in enumerate(labels) if month_of(label) is not None)
    if len(places) < _FEWEST:
        return None
    above = grid.rows[grid.header - 1] if grid.header else ()
    if not labels[0] and text_of(_cell(above, 0)).strip() and _has_years(above, places):
        return MonthColumns(places, _TWO_ROWS)
    try:
        return _read(grid, rows, labels, places)
    except _UnfitError as error:
        return MonthColumns(places, error.why)


def without_header(rows: Sequence[Sequence[Cell]]) -> Text | None:
    """Return why a sheet without a header may be a table of periods side by side, and what to do.

    Dates one after the other, or months below years, stand where names of columns should; None
    where they do not.
    """
    for above, row in pairwise([[], *rows[:_REACH]]):
        days = [day for cell in row if (day := _day(cell)) is not None]
        if len(days) >= _FEWEST and 2 * len(days) > _count(row) and _rises(days):
            months = {(day.year, day.month) for day in days}
            return _DATES_ABOVE if len(months) == len(days) else _DAYS_ABOVE
        months_here = sum(month_of(fold(text_of(cell))) is not None for cell in row)
        if months_here >= _FEWEST and _has_years(above, range(1, len(above))):
            return _TWO_ROWS
    return None


def _day(cell: Cell) -> date | None:
    value = date_reader(UTC)(cell).value if text_of(cell).strip() else None
    return value if isinstance(value, date) else None


def _rises(days: Sequence[date]) -> bool:
    return all(before < after for before, after in pairwise(days))


def _count(row: Sequence[Cell]) -> int:
    return sum(bool(text_of(cell).strip()) for cell in row)


def _has_years(row: Sequence[Cell], places: Iterable[int]) -> bool:
    """Return whether years stand at some places of a row."""
    texts = (fold(text_of(_cell(row, place))) for place in places)
    return any(_YEAR_ALONE.fullmatch(text) for text in texts)


class _UnfitError(Exception):
    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def _read(
    grid: "Grid", rows: Sequence[int], labels: Sequence[str], places: tuple[int, ...]
) -> MonthColumns:
    numbers = {row: _numbers([_cell(grid.rows[row], place) for place in places]) for row in rows}
    data = [row for row, own in numbers.items() if any(each is not None for each in own)]
    if not data:
        raise _UnfitError(_NO_NUMBERS)
    headers = [labels[place] for place in places]
    if not are_in_a_row(headers):
        raise _UnfitError(_NOT_IN_A_ROW)
    days = days_of(headers, _said(grid))
    if not days:
        raise _UnfitError(_NO_YEAR)
    named = _labels(grid, labels, places, data)
    _refuse_sums(grid, [numbers[row] for row in data], named, data)
    columns = list(zip(*(numbers[row] for row in data), strict=True))
    filled = [any(each is not None for each in column) for column in columns]
    last = max(place for place, own in enumerate(filled) if own)
    first = filled.index(True)
    if not all(filled[first : last + 1]):
        raise _UnfitError(_GAP)
    cells = [each for row in data for each in numbers[row] if each is not None]
    return MonthColumns(
        places,
        None,
        named,
        days[first],
        days[last],
        sum(cells, Decimal(0)),
        len(cells),
        _words_for_nothing(_cell(grid.rows[row], place) for row in data for place in places),
        _checked(grid, labels, places, {row: numbers[row] for row in data}),
    )


def _said(grid: "Grid") -> list[str]:
    """Return what stands around a table: its file, its sheet, the rows above the header."""
    above = [text_of(cell) for row in grid.rows[: grid.header] for cell in row]
    return [grid.file, grid.sheet or "", *above]


def _numbers(cells: Sequence[Cell]) -> list[Decimal | None]:
    numbers: list[Decimal | None] = []
    for cell in cells:
        text = fold(text_of(cell))
        if not text or _NOTHING.fullmatch(text):
            numbers.append(None)
            continue
        reading = read_number(cell)
        if reading.fault is not None or reading.value is None:
            raise _UnfitError(_NO_NUMBERS)
        if "%" in text or reading.unit == "%":
            raise _UnfitError(_NOT_COUNTS)
        numbers.append(Decimal(str(reading.value)))
    return numbers


def _labels(
    grid: "Grid", labels: Sequence[str], places: Sequence[int], data: Sequence[int]
) -> tuple[int, ...]:
    """Return the columns that say what each row of data is of; none where there is one row."""
    texts = {
        place: [fold(text_of(_cell(grid.rows[row], place))) for row in data]
        for place, label in enumerate(labels)
        if place not in places and not is_total(label)
    }
    named = {place: own for place, own in texts.items() if all(own) and not _are_numbers(own)}
    headed = {place: own for place, own in named.items() if labels[place]}
    if len(set(zip(*headed.values(), strict=True)) if headed else {()}) < len(data):
        raise _UnfitError(_SEVERAL if named == headed and headed else _NO_LABELS)
    return tuple(headed)


def _are_numbers(texts: Sequence[str]) -> bool:
    return all(read_number(text).fault is None for text in texts)


def _refuse_sums(
    grid: "Grid",
    numbers: Sequence[Sequence[Decimal | None]],
    labels: Sequence[int],
    data: Sequence[int],
) -> None:
    """Raise where a row may be the sum of others: by its name, or by all of its numbers."""
    if len(data) == 1:
        return
    for row in data:
        if any(may_be_total(fold(text_of(_cell(grid.rows[row], place)))) for place in labels):
            raise _UnfitError(_SUM_ROW)
    if len(data) < _SUMMED:
        return
    sums = _sums(numbers)
    for own in numbers:
        if any(own) and [2 * (each or 0) for each in own] == sums:
            raise _UnfitError(_SUM_ROW)


def _sums(numbers: Sequence[Sequence[Decimal | None]]) -> list[Decimal]:
    columns = zip(*numbers, strict=True)
    return [sum((each or Decimal(0) for each in column), Decimal(0)) for column in columns]


def _checked(
    grid: "Grid",
    labels: Sequence[str],
    places: Sequence[int],
    numbers: Mapping[int, Sequence[Decimal | None]],
) -> bool:
    """Return whether there are totals beside or below all numbers; raise where they are wrong."""
    beside = [place for place, label in enumerate(labels) if label and is_total(label)]
    seen = False
    for place in beside:
        for row, own in numbers.items():
            (said,) = _numbers([_cell(grid.rows[row], place)])
            if said is not None and said != sum((each or Decimal(0) for each in own), Decimal(0)):
                raise _UnfitError(_TOTALS)
            seen |= said is not None
    below = [row for row in range(max(numbers) + 1, len(grid.rows)) if _says_total(grid.rows[row])]
    for row in below[-1:]:
        said_below = _numbers([_cell(grid.rows[row], place) for place in places])
        if any(each is not None for each in said_below):
            if [each or 0 for each in said_below] != _sums([*numbers.values()]):
                raise _UnfitError(_TOTALS)
            seen = True
    return seen


def _says_total(row: Sequence[Cell]) -> bool:
    first = next((text for cell in row if (text := fold(text_of(cell)))), "")
    return is_total(first)


def _words_for_nothing(cells: Iterable[Cell]) -> tuple[str, ...]:
    texts = dict.fromkeys(text_of(cell).strip() for cell in cells)
    return tuple(text for text in texts if text and _NOTHING.fullmatch(fold(text)))


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None
