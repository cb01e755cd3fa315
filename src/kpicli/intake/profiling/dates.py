"""The dates of a column: how many can be read, how they are written, and on which days they lie."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import DateForms, date_reader
from kpicli.values.dates import Order
from kpicli.values.folding import fold

ZONE = ZoneInfo("Asia/Tokyo")
"""Where days begin for exports whose settings say nothing else, as settings have it."""
_SAMPLE = 400
_SHARE = 0.9
"""Of so many cells has to be true what is said of a column."""
_SERIAL = 5
_ORDERS: tuple[Order, ...] = ("dmy", "mdy")
_YEAR_LAST = re.compile("[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{4}(?![0-9])")
"""How a date with its year behind it begins."""

Form = Literal["western", "era", "digits", "serial", "time", "offset"]
"""How a date is written: 2025/4/1, 令和7年4月1日, 20250401, 45748; with a time, or an offset."""


class Dates(Struct, frozen=True):
    """The dates of a column: how many can be read, how many not, and how they lie over months.

    `forms` are the ways in which they are written, the most frequent first. `order` is that in
    which dates that end in their year are read, as in settings; None where there is none of them.
    """

    readable: int
    unreadable: int
    first: date
    last: date
    months: Mapping[tuple[int, int], int]
    forms: tuple[Form, ...] = ()
    order: Order | None = None


def dates_of(
    counts: Mapping[Cell, int], numbers: float, *, of_days: bool
) -> tuple[Dates | None, Mapping[Order, Dates]]:
    """Return the dates of a column; and those of each order, where both are possible.

    `numbers` is the share of cells that are numbers, `of_days` says that the header speaks of days.
    A part above 12 says which is the day (`31/12/2025`), as long as no other cell says the
    contrary: then such dates are left unread.
    """
    plain = _dates(counts, numbers, of_days=of_days)
    possible = _possible_orders(counts)
    read = {order: _dates(counts, numbers, order, of_days=of_days) for order in possible}
    orders = {order: dates for order, dates in read.items() if dates is not None}
    first = next(iter(orders.values()), plain)
    return first, orders if len(orders) > 1 else {}


def _possible_orders(cells: Iterable[Cell]) -> Sequence[Order]:
    """Return the orders of day and month that dates with the year behind them may have.

    None where there is no such date, and where one can only be of this order, another only of that.
    """
    texts = (fold(text_of(cell)) for cell in cells if isinstance(cell, str))
    late = [text for text in texts if _YEAR_LAST.match(text)]
    fits = [{order for order in _ORDERS if _is_date(text, order)} for text in late]
    alone = {order for own in fits if len(own) == 1 for order in own}
    if len(alone) > 1 or not any(fits):
        return ()
    return [order for order in _ORDERS if order in (alone or _ORDERS)]


def _is_date(text: str, order: Order) -> bool:
    return date_reader(ZONE, DateForms(order=order))(text).value is not None


def _dates(
    counts: Mapping[Cell, int], numbers: float, order: Order | None = None, *, of_days: bool
) -> Dates | None:
    """Return the dates of a column; None where most of its cells are none.

    Plain numbers are dates only under a header that says so: five digits are ids as well.
    """
    some = list(islice((cell for cell in counts if fold(text_of(cell))), _SAMPLE))
    plain = numbers >= _SHARE and not any(isinstance(cell, date) for cell in some)
    if plain and not of_days and not _eight_digits(some):
        return None
    read = date_reader(ZONE, DateForms(order=order))
    if sum(read(cell).value is not None for cell in some) < _SHARE * len(some) / 2:
        return None
    months: Counter[tuple[int, int]] = Counter()
    forms: Counter[Form] = Counter()
    days: list[date] = []
    unreadable = 0
    for cell in counts:
        if not fold(text_of(cell)):
            continue
        reading = read(cell)
        if isinstance(reading.value, date):
            days.append(reading.value)
            months[reading.value.year, reading.value.month] += counts[cell]
            forms[_form(cell)] += counts[cell]
        elif reading.fault is not None:
            unreadable += counts[cell]
    readable = months.total()
    if readable < (readable + unreadable) / 2 or not days:
        return None
    ways = tuple(form for form, _ in forms.most_common())
    return Dates(
        readable, unreadable, min(days), max(days), dict(sorted(months.items())), ways, order
    )


def _form(cell: Cell) -> Form:
    text = "" if isinstance(cell, date) else fold(text_of(cell))
    if not text:
        return "western"  # as a workbook stores it
    if text.isdecimal():
        return "digits" if len(text) > _SERIAL else "serial"
    if re.match(r"[^0-9]", text):
        return "era"
    if ":" in text or "時" in text:
        return "offset" if re.search(r"(Z|[+-][0-9]{2}:?[0-9]{2})$", text) else "time"
    return "western"


def _eight_digits(cells: Sequence[Cell]) -> bool:
    texts = [fold(text_of(cell)) for cell in cells]
    return all(len(text) == 8 and text[:2] in ("19", "20") for text in texts)
