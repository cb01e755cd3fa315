"""Rows that know their month or year alone: which of them a period cuts, and what one answers for.

Their day is the first of their span, as far as a period of whole spans is asked for: then it lies
where the whole span does.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.loaders.cells.column_codes import NO_DAY, day_number, day_of
from kpicli.values.fiscal import end_of_months
from kpicli.values.moments import Moment, column_of

if TYPE_CHECKING:
    from kpicli.calculators.scope import Scope
    from kpicli.catalog.sources.tables import SourceTables
    from kpicli.loaders.cells.coverage import Coverage
    from kpicli.loaders.rows.dataset import Dataset, Mask
    from kpicli.loaders.rows.row_days import Days, RowDays


def last_days(days: "RowDays", months: int) -> "RowDays":
    """Return the last day of the months that a row leaves open, of which `days` have the first."""
    return replace(days, by_code=_ends(days.by_code, months)) if months else days


def _ends(days: "Days", months: int) -> "Days":
    ends = [
        NO_DAY if day == NO_DAY else day_number(end_of_months(day_of(day), months))
        for day in days.tolist()
    ]
    return np.array(ends, np.int32)


def cut_apart(days: "RowDays", months: int, scope: "Scope") -> "Mask":
    """Mark the rows of which nothing says whether they lie in the scope.

    Its period begins or ends within their span, or the day up to which it is counted does. A span
    that today cuts is counted as far as it is there.
    """
    if not months:
        return np.zeros(len(days), np.bool_)
    last = (scope.period.end, scope.until) if scope.until_is_asked_for else (scope.period.end,)
    borders = [day_number(scope.period.start) - 1, *map(day_number, last)]

    def cut(firsts: "Days") -> "Mask":
        ends = _ends(firsts, months)
        marks = np.zeros(len(firsts), np.bool_)
        for border in borders:
            marks |= (firsts <= border) & (ends > border)
        marks &= firsts != NO_DAY
        return marks

    return days.marks(cut)


def answering(
    coverage: "Coverage",
    dataset: "Dataset",
    datings: Sequence[str | Moment],
    tables: "SourceTables",
) -> "Coverage":
    """Return the coverage, which answers for the periods that the rows' dates can tell apart."""
    names = [column_of(dating) for dating in datings]
    months = dataset.source.months_open(names)
    if not months:
        return replace(coverage, months_open=0, begins=frozenset())
    begins = {
        move(value).month
        for dating in datings
        for move in (_move(dating, tables),)
        for value in dataset.column(column_of(dating)).values
        if isinstance(value, date)
    }
    return replace(coverage, months_open=months, begins=frozenset(begins))


def _move(dating: str | Moment, tables: "SourceTables") -> Callable[[date], date]:
    if isinstance(dating, Moment):
        return partial(dating.of, working_days=tables.working_days)
    return lambda day: day


def why_no_answer(coverage: "Coverage", header: Text) -> Text:
    """Return why rows, dated by a column, cannot answer for a period."""
    if coverage.months_open == 1:
        return Text(
            f"「{header.ja}」は月までしか分からないので、月の途中で始まるか終わる期間は数えられません",
            f"{header.en} knows the month alone: only periods of whole months can be counted",
        )
    if len(coverage.begins) > 1:
        return Text(
            f"「{header.ja}」は年までしか分からず、年度と暦年が混じっているので、数えられません",
            f"{header.en} knows the year alone, and fiscal years stand there among calendar ones: "
            "nothing can be counted",
        )
    (begin,) = coverage.begins or (None,)
    ja = "" if begin is None else f"({begin}月から)"
    en = "" if begin is None else f", from month {begin} on"
    return Text(
        f"「{header.ja}」は年までしか分からないので、1 年{ja}に満たない期間は数えられません",
        f"{header.en} knows the year alone: only whole years{en} can be counted",
    )
