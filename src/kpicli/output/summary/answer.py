"""The answer of `summarize`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpicli.base.wording import Language
from kpicli.model.summary import Summary
from kpicli.output.data.records import Records, Sheet, fitting
from kpicli.output.interface import Answer, Options
from kpicli.output.page import words
from kpicli.output.page.tidy import COLUMNS, tidy_columns, tidy_rows, uncounted

if TYPE_CHECKING:
    from kpicli.output.data.front import Front
    from kpicli.output.interface import Json
    from kpicli.output.page.document import Document


def summary_answer(summary: Summary) -> Answer:
    """Return the summary as an answer.

    Only with `show_values` json holds faulty cells, and members that did not reach a target are
    named.
    """
    return Answer(
        title=words.FIGURES_SHEET,
        records=lambda options: _records(summary, options),
        document=lambda options: _document(summary, options),
        content=lambda options: _content(summary, options),
        sheets=lambda options: _sheets(summary, options),
        day=summary.as_of,
        front=lambda options: _front(summary, options),
        table=lambda options: _table(summary, options),
    )


def brief_answer(summary: Summary) -> Answer:
    """Return the answer of the totals alone, without the accounting of rows.

    A KPI that has no total keeps its parts.
    """
    from msgspec.structs import replace

    whole = {figure.kpi for figure in summary.figures if figure.kind == "total"}
    totals = tuple(f for f in summary.figures if f.kind == "total" or f.kpi not in whole)
    trend = tuple(s for s in summary.trend if s.own.kind == "total" or s.own.kpi not in whole)
    own = replace(summary, figures=totals, trend=trend, accounting=(), sources=(), files=())
    return replace(summary_answer(own), sheets=lambda _: ())


# A pipe takes the records alone: what lays out pages and objects is loaded by those who ask for it.


def _document(summary: Summary, options: Options) -> "Document":
    from kpicli.output.page.page import summary_document

    shown = _shown(summary, options)
    if summary.by is None:
        return summary_document(shown, options.language)
    from kpicli.output.summary.cross import cross_block, cross_table

    table = cross_table(shown, options.language)
    cross = None if table is None else cross_block(table, options.language)
    return summary_document(shown, options.language, cross)


def _records(summary: Summary, options: Options) -> Records:
    if not options.wide:
        return summary_records(summary, options.language)
    from kpicli.output.summary.wide import wide_records

    return wide_records(summary, options.language)


def _content(summary: Summary, options: Options) -> "dict[str, Json]":
    from kpicli.output.summary.content import summary_content

    return summary_content(_shown(summary, options), options)


def _shown(summary: Summary, options: Options) -> Summary:
    return summary if options.show_values else summary.without_members


def _front(summary: Summary, options: Options) -> "Front":
    from kpicli.output.summary.front import summary_front

    return summary_front(summary, options.language)


def _table(summary: Summary, options: Options) -> Records:
    from kpicli.output.summary.table import summary_table

    return summary_table(summary, options.language)


def _sheets(summary: Summary, options: Options) -> "tuple[Sheet | Front, ...]":
    from kpicli.output.summary.sheets import accounting_sheet, joint_sheet
    from kpicli.output.summary.wide_sheets import trend_front

    trend = (trend_front(summary, options.language),) if summary.trend else ()
    joint = (joint_sheet(summary, options.language),) if summary.joint_targets else ()
    told = summary.sources or summary.accounting
    accounting = (accounting_sheet(summary, options.language),) if told else ()
    return (*_cross_sheet(summary, options), *trend, *joint, *accounting)


def _cross_sheet(summary: Summary, options: Options) -> "Iterator[Front]":
    if summary.by is None:
        return
    from kpicli.output.summary.cross import cross_table
    from kpicli.output.summary.wide_sheets import cross_front

    table = cross_table(summary, options.language, most=None)
    if table is not None:
        yield cross_front(summary, table, options.language)


def summary_records(summary: Summary, language: Language) -> Records:
    """Return the tidy rows as records."""
    declared = tidy_columns(summary)
    rows = [tuple(row[each.name] for each in declared) for row in tidy_rows(summary, language)]
    columns = fitting(declared, rows)
    taken_over = (
        (place, COLUMNS.index(name))
        for place, (figure, _) in enumerate(summary.figures_of_all_periods)
        for name in uncounted(figure)
    )
    return Records(columns, tuple(rows), frozenset(taken_over))
