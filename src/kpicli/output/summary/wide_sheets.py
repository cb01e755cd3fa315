"""The sheets クロス集計 and 推移 for people: a column a group or a period, numbers real ones."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.summary import Series, Summary
from kpicli.output.data.front import Front, FrontCell, FrontColumn, FrontRow, Look
from kpicli.output.page import words
from kpicli.output.page.legend import source_lines
from kpicli.output.page.phrases import (
    depth_of,
    item_phrase,
    origin_phrase,
    principle_phrase,
    status_phrase,
    target_phrase,
    title_phrase,
)
from kpicli.output.page.trend import TrendTable
from kpicli.output.summary.cross import CrossRow, CrossTable
from kpicli.output.summary.front import front_sheet, number_cell

_ITEM, _UNIT, _NUMBER, _REMARKS = 44, 7, 13, 30


def cross_front(summary: Summary, table: CrossTable, language: Language) -> Front:
    """Return a table with groups side by side: bands of principles, parts below their total."""
    whole = words.TOTAL if table.total else words.WHOLE
    names = (*table.groups, whole.in_language(language))
    targeted = any(row.whole is not None and row.whole.targets for row in table.rows)
    remarks = (words.TARGET,) if targeted else ()
    rows = [
        row
        for name, members in table.sections
        for row in (
            _band(principle_phrase(name, language)),
            *(_cross_row(row, names, language, targeted=targeted) for row in members),
        )
    ]
    heads = [text.in_language(language) for text in (*remarks, words.STATUS)]
    if not any(row.cells[-1].content for row in rows if not row.band):
        heads, rows = heads[:-1], [_without_last(row) for row in rows]
    sheet = words.CROSS_SHEET.in_language(language)
    return front_sheet(summary, language, sheet, (), _columns(names, heads, language), rows)


def _cross_row(
    row: CrossRow, names: Sequence[str], language: Language, *, targeted: bool
) -> FrontRow:
    own = [None if each is None else _marks(each, language) for each in row.figures]
    marks = dict(zip(names, own, strict=True))
    target = "" if row.whole is None else target_phrase(row.whole, row.head, language)
    said = ([target or None] if targeted else []) + [_said(marks.items(), language)]
    return _row(row.name, row.depth, row.head, row.figures, said, language)


def trend_front(
    summary: Summary, language: Language, kinds: Collection[str] = ("frozen", "entered")
) -> Front:
    """Return the trend with a column a period, and what the numbers need said at the end.

    That is the value's state, where it comes from if not from where its period's others do, and
    where the definition changed. `kinds` are the origins whose sources are named below.
    """
    table = TrendTable(summary, language)
    names = ["\n".join((column.name, *column.under)) for column in table.columns]
    notes = words.NOTES.in_language(language)
    rows: list[FrontRow] = []
    principle: str | None = None
    for series in summary.trend:
        head = summary.kpis[series.own.kpi]
        first = head.principles[0] if head.principles else ""
        if first != principle:
            rows.append(_band(principle_phrase(first, language)))
            principle = first
        rows.append(_trend_row(series, head, table))
    sheet = words.TREND_SHEET.in_language(language)
    lines = source_lines(summary, language, kinds)
    columns = _columns(names, [notes], language)
    return front_sheet(summary, language, sheet, (), columns, rows, tuple(lines))


def _trend_row(series: Series, head: KpiHead, table: TrendTable) -> FrontRow:
    own, language = series.own, table.language
    marks = [
        (
            figure.period.label(language),
            " ".join(
                filter(None, (table.mark(figure, place), status_phrase(figure.value, language)))
            ),
        )
        for place, figure in enumerate(series.figures)
    ]
    said = [text for text in (_said(marks, language), *_breaks(series, language)) if text]
    notes = words.LIST_SEPARATOR.in_language(language).join(said)
    name = _name(own, head, language)
    return _row(name, depth_of(own), head, series.figures, [notes or None], language)


def _name(figure: Figure, head: KpiHead, language: Language) -> str:
    name = title_phrase(head, language, split=False)
    if figure.kind != "total":
        name = item_phrase(figure, head, language)
    group = words.group_name(figure, head, language)
    return f"{name} {group}" if group else name


def _breaks(series: Series, language: Language) -> Iterator[str]:
    for old, new in series.breaks:
        yield words.BREAK_BETWEEN.filled(
            before=old.period.label(language), after=new.period.label(language)
        ).in_language(language)


def _columns(names: Sequence[str], remarks: Sequence[str], language: Language) -> list[FrontColumn]:
    return [
        FrontColumn(words.ITEM.in_language(language), _ITEM, wraps=True),
        FrontColumn(words.UNIT.in_language(language), _UNIT),
        *(FrontColumn(name, _NUMBER, wraps=True) for name in names),
        *(FrontColumn(head, _REMARKS, wraps=True) for head in remarks),
    ]


def _without_last(row: FrontRow) -> FrontRow:
    return row if row.band else replace(row, cells=row.cells[:-1])


def _band(text: str) -> FrontRow:
    return FrontRow((FrontCell(text),), band=True)


def _row(
    name: str,
    depth: int,
    head: KpiHead,
    figures: Iterable[Figure | None],
    remarks: Iterable[str | None],
    language: Language,
) -> FrontRow:
    """Return a row: a total in bold, its parts indented below it; blank where there is no value."""
    look: Look = "plain" if depth else "bold"
    unit = None if head.percentage else head.unit.in_language(language) or None
    cells = (
        FrontCell() if each is None else number_cell(each.value, head, language, look=look)
        for each in figures
    )
    return FrontRow(
        (
            FrontCell(name, look=look, indent=2 * depth),
            FrontCell(unit),
            *cells,
            *(FrontCell(text) for text in remarks),
        )
    )


def _marks(figure: Figure, language: Language) -> str:
    origin = origin_phrase(figure.origin, language)
    return " ".join(filter(None, (origin, status_phrase(figure.value, language))))


def _said(marks: Iterable[tuple[str, str | None]], language: Language) -> str | None:
    """Return what numbers of columns need said, each after the name of its column."""
    said = [f"{name}: {mark}" for name, mark in marks if mark]
    return words.LIST_SEPARATOR.in_language(language).join(said) or None
