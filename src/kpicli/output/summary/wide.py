"""Figures in columns: a column a group, or a column a period, for spreadsheets and frames."""

from collections.abc import Sequence

from kpicli.base.errors import UsageError
from kpicli.base.wording import Language, Text
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.summary import Series, Summary
from kpicli.output.data.records import Cell, Column, Records
from kpicli.output.page.phrases import origin_phrase, status_phrase
from kpicli.output.page.words import item_name
from kpicli.output.summary.cross import CrossRow, cross_table

_FIXED = ("kpi", "title", "part", "item", "unit")
_NEITHER = UsageError(
    Text("横に並べるものがありません", "there is nothing to set side by side"),
    Text(
        "分けた値(--by)か、いくつもの期間(--trend)の一方を選び、比較は外してください",
        "take either groups (--by) or several periods (--trend), without a comparison",
    ),
)


def wide_records(summary: Summary, language: Language) -> Records:
    """Return a record a figure, its numbers side by side, and last what a bare one cannot say.

    A summary of several periods has a column a period; else those of `by` have a column a group,
    then the total (or `whole`, where groups do not add up). Raises `UsageError` where there is
    neither, or both.
    """
    if summary.trend and summary.by is None:
        names = tuple(period.name for period in summary.trend_periods)
        periods = (_period_row(each, summary, names, language) for each in summary.trend)
        return Records(_columns(names), tuple(periods))
    table = cross_table(summary, language, most=None)
    if table is None:
        raise _NEITHER
    names = (*table.codes, "total" if table.total else "whole")
    groups = (_group_row(row, names, language) for row in table.rows if any(row.figures))
    return Records(_columns(names), tuple(groups))


def _columns(numbers: Sequence[str]) -> tuple[Column, ...]:
    fixed = (Column(name) for name in _FIXED)
    return (*fixed, *(Column(name, "number") for name in numbers), Column("status"))


def _group_row(row: CrossRow, names: Sequence[str], language: Language) -> tuple[Cell, ...]:
    head = row.head
    title = head.title.in_language(language)
    fixed = (head.id, title, row.split, row.item, _unit(head, language))
    return (*fixed, *_numbers(names, row.figures, language))


def _period_row(
    series: Series, summary: Summary, names: Sequence[str], language: Language
) -> tuple[Cell, ...]:
    own = series.own
    head = summary.kpis[own.kpi]
    title, item = head.title.in_language(language), item_name(own, head, language)
    fixed = (own.kpi, title, own.part, item, _unit(head, language))
    return (*fixed, *_numbers(names, series.figures, language))


def _unit(head: KpiHead, language: Language) -> str:
    return "%" if head.percentage else head.unit.in_language(language)


def _numbers(
    names: Sequence[str], figures: Sequence[Figure | None], language: Language
) -> tuple[Cell, ...]:
    """Return the number in each column, and the marks of those that have any."""
    marks = (
        (name, " ".join(filter(None, _marks(figure, language))))
        for name, figure in zip(names, figures, strict=True)
        if figure is not None
    )
    said = "; ".join(f"{name}: {mark}" for name, mark in marks if mark)
    numbers = (None if figure is None else figure.value.number for figure in figures)
    return (*numbers, said or None)


def _marks(figure: Figure, language: Language) -> tuple[str, str]:
    return origin_phrase(figure.origin, language), status_phrase(figure.value, language)
