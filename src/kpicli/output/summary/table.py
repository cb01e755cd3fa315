"""The sheet データ of a summary: the tidy rows as an office pivots them, each total once."""

from kpicli.base.wording import Language, Text
from kpicli.model.figures import LEVELS, Figure
from kpicli.model.summary import Summary
from kpicli.output.data.records import Cell, Column, Records, fitting
from kpicli.output.page import words
from kpicli.output.page.phrases import origin_phrase, status_phrase, target_phrase
from kpicli.output.page.tidy import tidy_columns, tidy_rows, uncounted
from kpicli.output.page.words import group_name
from kpicli.output.summary.names import figure_names

_OF_GROUPS = Text("{group}別の{kind}", "{kind} by {group}")
SPANS = {
    "month": Text("月", "month"),
    "quarter": Text("四半期", "quarter"),
    "half": Text("半期", "half"),
    "year": Text("年度", "year"),
}
"""What groups of time are called."""
TITLES = {
    "kind": Text("区分", "Kind"),
    "by": Text("分け方", "Grouped by"),
    "group": Text("分けた値", "Group"),
    "value": words.VALUE,
    "previous": words.COMPARED["previous"],
    "year_ago": words.COMPARED["year_ago"],
    "target": words.TARGET,
    "target_status": words.JUDGEMENT,
    "status": words.STATUS,
    "origin": Text("由来", "Origin"),
    "definition": Text("定義", "Definition"),
    "part": Text("内訳の列", "Part column"),
    "share": Text("構成比(%)", "Share (%)"),
    "item_1": Text("内訳1", "Part 1"),
    "item_2": Text("内訳2", "Part 2"),
}
"""The heads of columns that have none in common with other commands, by the names in csv."""
_HIDDEN = ("kpi", "part", "target_status", "definition")
_FIRST = ("period", "start", "end", "title", "kind")


def summary_table(summary: Summary, language: Language) -> Records:
    """Return the figures, one a row, with 区分: a sum over 合計 counts every total once.

    Figures of groups are of another kind (`月別の合計`), so that no sum has them twice. Ids and
    what programs read stand in hidden columns.
    """
    declared = {each.name: each for each in tidy_columns(summary)} | {"kind": Column("kind")}
    order = (*_FIRST, *(name for name in declared if name not in _FIRST))
    columns = tuple(
        Column(name, declared[name].type, TITLES.get(name), hidden=name in _HIDDEN)
        for name in order
    )
    figures = [figure for figure, _ in summary.figures_of_all_periods]
    rows = [
        tuple((row | _in_words(figure, summary, language)).get(name) for name in order)
        for figure, row in zip(figures, tidy_rows(summary, language), strict=True)
    ]
    names = figure_names(summary)
    value = order.index("value")
    return Records(
        fitting(columns, rows),
        tuple(rows),
        frozenset(
            (place, order.index(column))
            for place, figure in enumerate(figures)
            for column in uncounted(figure)
        ),
        {
            (place, value): names[id(figure)]
            for place, figure in enumerate(figures)
            if figure.kind != "total" and id(figure) in names
        },
    )


def _in_words(figure: Figure, summary: Summary, language: Language) -> dict[str, Cell]:
    """Return the cells that people read in words."""
    head = summary.kpis[figure.kpi]
    kind = words.KINDS[figure.kind].in_language(language)
    by = None
    if figure.by is not None:
        names = figure.by.split(LEVELS)
        by = LEVELS.join(SPANS[n].in_language(language) if n in SPANS else n for n in names)
        kind = _OF_GROUPS.filled(group=by, kind=kind).in_language(language)
    return {
        "kind": kind,
        "by": by,
        "group": group_name(figure, head, language),
        "target": target_phrase(figure, head, language) or None,
        "status": status_phrase(figure.value, language) or None,
        "origin": origin_phrase(figure.origin, language) or None,
    }
