"""The tidy rows: one figure a row, the same columns everywhere, values with their real types."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from kpicli.base.wording import Language, listed
from kpicli.model.figures import LEVELS, OF_WHICH, Figure, KpiHead
from kpicli.model.judgements import TargetJudgement
from kpicli.model.summary import Summary
from kpicli.model.value import Value
from kpicli.output.data.records import Cell, CellType, Column
from kpicli.output.page.words import group_name, item_name, item_words
from kpicli.output.sentences import dates_words
from kpicli.values.numbers import exact

COLUMN_TYPES: Mapping[str, CellType] = MappingProxyType(
    {
        "period": "text",
        "start": "date",
        "end": "date",
        "kpi": "text",
        "title": "text",
        "principles": "text",
        "by": "text",
        "group": "text",
        "part": "text",
        "item": "text",
        "value": "number",
        "unit": "text",
        "numerator": "integer",
        "denominator": "integer",
        "previous": "number",
        "year_ago": "number",
        "target": "text",
        "target_status": "text",
        "status": "text",
        "faulty_rows": "integer",
        "origin": "text",
        "definition": "text",
    }
)
"""The columns in order, each with its type; scripts of users rely on both."""

SHARE = "share"
"""A further column, the last one, where a figure has a share."""

DATES = "dates"
"""A further column, the last one, where the value of a figure is dates: these as they are shown."""

ITEMS = ("item_1", "item_2")
"""Further columns where parts have parts of their own: the names of a part, level by level."""

COLUMNS = tuple(COLUMN_TYPES)
"""The names of the columns, in order."""


_SIGNS: Mapping[str, str] = {
    "at_least": ">=",
    "at_most": "<=",
    "above": ">",
    "below": "<",
    "equal": "",
}


def target_code(target: TargetJudgement, head: KpiHead) -> str:
    """Return a target in short: `>=1/month`, `<=0/half`, `>=100%/half`, `>=1/half each shops`.

    An exact one has no sign (`100%/half`): a leading `=` is a formula to a spreadsheet.
    """
    percent = "%" if head.percentage else ""
    each = "" if target.every is None else f" each {target.every.source}"
    return f"{_SIGNS[target.direction]}{exact(target.bound)}{percent}/{target.per}{each}"


def _part(figure: Figure) -> str | None:
    return figure.kind if figure.kind in {"rule", "memo", OF_WHICH} else figure.part


def _compared(figure: Figure, kind: Literal["previous", "year_ago"]) -> int | Decimal | None:
    """Return the compared number if it is final: a bare cell cannot say that it is not."""
    final = (
        c.value.number for c in figure.comparisons if c.kind == kind and c.value.status == "ok"
    )
    return next(final, None)


def tidy_row(
    figure: Figure, head: KpiHead, language: Language = "ja", *, other_definition: bool = False
) -> dict[str, Cell]:
    """Return one figure as a tidy row, its keys those of `COLUMNS` in their order.

    None stands where there is nothing: no group, no part, no comparison asked for or no data in
    it, no target, and no value because it is undefined or has no data (`status` says which). Of
    several targets all are named, and the worst status is said. `definition` is blank unless the
    value comes of another definition than today's.
    Strings are as they were read; who writes them to a file makes them safe.
    """
    value, target = figure.value, figure.target
    return {
        "period": figure.period.name,
        "start": figure.period.start,
        "end": figure.period.end,
        "kpi": figure.kpi,
        "title": head.title.in_language(language),
        "principles": ";".join(head.principles),
        "by": figure.by,
        "group": group_name(figure, head, language),
        "part": _part(figure),
        "item": item_name(figure, head, language),
        "value": value.number,
        "unit": "%" if head.percentage else head.unit.in_language(language),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "previous": _compared(figure, "previous"),
        "year_ago": _compared(figure, "year_ago"),
        "target": "; ".join(target_code(each, head) for each in figure.targets) or None,
        "target_status": None if target is None else target.status.value,
        "status": value.status.value,
        "faulty_rows": value.faulty_rows,
        "origin": figure.origin.kind,
        "definition": "other" if other_definition else None,
    }


def tidy_columns(summary: Summary) -> tuple[Column, ...]:
    """Return the columns of the tidy rows.

    Those of two levels are there where any figure is of the second, the ones of shares and dates
    where any has some.
    """
    types = dict(COLUMN_TYPES)
    if any(figure.kind == "subpart" for figure in summary.figures):
        types |= dict.fromkeys(ITEMS, "text")
    if any(figure.share is not None for figure in summary.figures):
        types[SHARE] = "number"
    if any(figure.value.dates is not None for figure in summary.figures):
        types[DATES] = "text"
    return tuple(Column(name, kind) for name, kind in types.items())


def tidy_rows(summary: Summary, language: Language = "ja") -> list[dict[str, Cell]]:
    """Return every figure as a tidy row, in the order of the summary, those of a trend too.

    A blank item or group is called 未記入, in English `(blank)`.

    Notes (`memo`) and labelled rules (`rule`) say so in `part`; principles are joined by a
    semicolon (`2;7`).
    """
    further = tidy_columns(summary)[len(COLUMNS) :]
    rows = []
    for figure, other in summary.figures_of_all_periods:
        head = summary.kpis[figure.kpi]
        row = tidy_row(figure, head, language, other_definition=other)
        names = _levels(figure, head, language)
        values: dict[str, Cell] = {SHARE: figure.share, DATES: _dates(figure.value, language)}
        values |= dict(zip(ITEMS, names, strict=False))
        rows.append(row | {column.name: values.get(column.name) for column in further})
    return rows


def _dates(value: Value, language: Language) -> str | None:
    """Return dates as `2025-04-10 (保険業法); 2025-05-12`, or what is said of there being any."""
    dates = value.dates
    if dates is None or dates.shown_as == "yes_no":
        return None if dates is None else dates_words(dates, value.number, language)
    beside = (listed(entry.beside, "・").in_language(language) for entry in dates.entries)
    return "; ".join(
        f"{day} ({texts})" if texts else day
        for day, texts in zip(dates.written, beside, strict=True)
    )


def _levels(figure: Figure, head: KpiHead, language: Language) -> Iterator[str]:
    """Yield the names of a part, level by level; nothing for what is no part."""
    columns = (figure.part or "").split(LEVELS)
    if figure.kind in ("part", "subpart"):
        for name, column in zip(figure.items, columns, strict=True):
            yield item_words(name, column, head.labels, language)


def uncounted(figure: Figure) -> Iterator[str]:
    """Yield the columns whose value was published or entered, not counted in this run."""
    if figure.origin.kind != "computed":
        yield "value"
    for comparison in figure.comparisons:
        if comparison.origin.kind != "computed":
            yield comparison.kind
