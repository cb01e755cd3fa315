"""Groups side by side: figures as rows, months or other groups as columns, the whole as the last.

Summary -> CrossTable -> cross_block (a page, a terminal) | wide.py (csv, tsv, frames), a sheet
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language, Unit
from kpicli.catalog.measures import KINDS
from kpicli.model.figures import LEVELS, UNFILLED, Figure, KpiHead, dimensions_of
from kpicli.model.measured import Measured
from kpicli.model.periods import is_span_kind
from kpicli.model.summary import Summary
from kpicli.model.value import Status, without_rows
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock, by_principle, kpi_blocks
from kpicli.output.page.document import Column, Cross, Line, Section
from kpicli.output.page.legend import tone_of
from kpicli.output.page.phrases import (
    depth_of,
    group_phrase,
    item_phrase,
    origin_phrase,
    principle_phrase,
    status_phrase,
    target_phrase,
    title_phrase,
)
from kpicli.output.page.words import item_name
from kpicli.output.sentences import month_words
from kpicli.values.numbers import grouped

MOST_GROUPS = 12
"""A page sets as many groups side by side at most; more are lines below one another."""

Groups = dict[str, tuple[Cluster, KpiHead]]
"""A cluster of each group, and the KPI that it is of."""


class CrossRow(Struct, frozen=True):
    """A total, part, group or other line of a KPI: one figure a column, None where there is none.

    `split` is by what the KPI is split into such lines, `item` which of them it is.
    """

    head: KpiHead
    depth: int
    name: str
    figures: tuple[Figure | None, ...]
    split: str | None = None
    item: str | None = None

    @property
    def whole(self) -> Figure | None:
        """Return the figure outside any group."""
        return self.figures[-1]

    @property
    def adds_up(self) -> bool:
        """Return whether the groups, if any, make up the whole: where the numbers do add up."""
        if not any(self.figures[:-1]):
            return self.head.additive
        numbers = [None if f is None else f.value.number for f in self.figures]
        *groups, whole = [Decimal(0) if number is None else Decimal(number) for number in numbers]
        return self.head.additive and sum(groups) == whole


class CrossTable(Struct, frozen=True):
    """Rows by principle ("" for none) under the names of the groups, then that of the whole.

    `codes` are what programs call the groups. The whole is a total only where the groups of every
    row make it up; else it is told as 全体.
    """

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    total: bool
    sections: tuple[tuple[str, tuple[CrossRow, ...]], ...]

    @property
    def rows(self) -> tuple[CrossRow, ...]:
        """Return all rows."""
        return tuple(row for _, rows in self.sections for row in rows)


def cross_table(
    summary: Summary, language: Language, most: int | None = MOST_GROUPS
) -> CrossTable | None:
    """Return the table of a summary that is grouped, unless it has more than `most` groups.

    None where it has none, and where figures stand beside those of other periods.
    """
    blocks = kpi_blocks(summary)
    *crossed, by = dimensions_of(summary.by) or ("",)
    groups = _groups(blocks, by)
    if not groups or summary.compared or summary.trend or (most and len(groups) > most):
        return None
    sections = tuple(
        (
            name,
            tuple(
                row
                for block in found
                for row in (
                    _crossed_rows(block, groups, (crossed[0], by), language)
                    if crossed
                    else _rows(block, groups, language)
                )
            ),
        )
        for name, found in by_principle(blocks).items()
    )
    total = all(row.adds_up for _, rows in sections for row in rows)
    return CrossTable(*_names(groups, language), total, sections)


def _groups(blocks: Sequence[KpiBlock], by: str) -> Groups:
    """Return a cluster of each group, in the order of the first KPI that has it, blanks last."""
    found: Groups = {}
    for block in blocks:
        for cluster in (each for each in block.groups if each.first.by == by):
            found.setdefault(cluster.first.group or "", (cluster, block.head))
    if UNFILLED in found:
        found[UNFILLED] = found.pop(UNFILLED)
    return found


def _names(groups: Groups, language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the groups are called by programs and by people, who say 4月 within a year."""
    firsts = [(cluster.first, head) for cluster, head in groups.values()]
    if not is_span_kind(firsts[0][0].by):
        named = tuple(group_phrase(first, head, language) for first, head in firsts)
        return named, named
    periods = [first.period for first, _ in firsts]
    codes = tuple(period.name for period in periods)
    if firsts[0][0].by != "month":
        return codes, tuple(period.label(language) for period in periods)
    months = tuple(month_words(period, language) for period in periods)
    return codes, months if language == "ja" and len(set(months)) == len(months) else codes


def _rows(block: KpiBlock, groups: Groups, language: Language) -> Iterator[CrossRow]:
    """Yield the total of a KPI and its lines; parts that are months are columns, not lines."""
    own = {cluster.first.group or "": cluster for cluster in block.groups}
    clusters = [*(own.get(name) for name in groups), block.whole]
    of_time = any(is_span_kind(cluster.first.by) for cluster in block.groups)
    known = [
        {} if cluster is None else {_key(figure): figure for figure in cluster.figures}
        for cluster in clusters
    ]
    title = title_phrase(block.head, language, split=block.split)
    total = (None if cluster is None else cluster.total for cluster in clusters)
    yield CrossRow(block.head, 0, title, tuple(total))
    lines = {key: f for figures in (known[-1], *known[:-1]) for key, f in figures.items()}
    for key, figure in lines.items():
        if figure.kind != "total" and not (of_time and figure.part == "month"):
            name = item_phrase(figure, block.head, language)
            cells = tuple(
                figures.get(key) or _without_rows(figure, cluster, block.head)
                for figures, cluster in zip(known, clusters, strict=True)
            )
            item = item_name(figure, block.head, language)
            yield CrossRow(block.head, depth_of(figure), name, cells, figure.part, item)


def _crossed_rows(
    block: KpiBlock, groups: Groups, dimensions: tuple[str, str], language: Language
) -> Iterator[CrossRow]:
    """Yield the total of a KPI, then the groups of the first dimension."""
    first, second = dimensions
    crossed = LEVELS.join(dimensions)
    known = {(cluster.first.by, cluster.first.group): cluster.total for cluster in block.groups}
    whole = None if block.whole is None else block.whole.total
    title = title_phrase(block.head, language, split=block.split)
    totals = (known.get((second, column)) for column in groups)
    yield CrossRow(block.head, 0, title, (*totals, whole))
    own = _groups([block], first)
    names, said = _names(own, language) if own else ((), ())
    for row, name, shown in zip(own, names, said, strict=True):
        total = known[first, row]
        cells = tuple(
            known.get((crossed, f"{row}{LEVELS}{column}")) or _no_rows(total, crossed, block.head)
            for column in groups
        )
        yield CrossRow(block.head, 1, shown, (*cells, total), first, name)


def _no_rows(total: Figure | None, by: str, head: KpiHead) -> Figure | None:
    """Return the figure of a group that has none of the rows of a total.

    What is made of other KPIs has no number there: nothing is known of those.
    """
    if total is None:
        return None
    kind = KINDS.get(head.measure)
    value = without_rows(total.value, Measured(None) if kind is None else kind.count(()))
    return replace(total, by=by, value=value, comparisons=(), targets=())


def _without_rows(figure: Figure, cluster: Cluster | None, head: KpiHead) -> Figure | None:
    """Return the figure of a part in a group in which it has no row; None for any other kind."""
    total = None if cluster is None else cluster.total
    if total is None or figure.kind not in ("part", "subpart"):
        return None
    own = replace(total, kind=figure.kind, part=figure.part, item=figure.item, under=figure.under)
    return _no_rows(own, total.by or "", head)


def _key(figure: Figure) -> tuple[str, str | None, str | None]:
    return figure.kind, figure.part, figure.item


def cross_block(table: CrossTable, language: Language) -> Cross:
    """Return the table for people: units in the names, states in the cells, targets last."""
    units = {row.head.unit for row in table.rows}
    once = next(iter(units)) if len(units) == 1 else None
    whole = words.TOTAL if table.total else words.WHOLE
    names = (*table.groups, whole.in_language(language))
    columns = [Column(f"g{n}", name, right=True) for n, name in enumerate(names)]
    targeted = any(row.whole is not None and row.whole.targets for row in table.rows)
    if targeted:
        columns.append(Column("target", words.TARGET.in_language(language)))
    sections = tuple(
        Section(
            principle_phrase(name, language),
            tuple(_line(row, language, once=once is not None, targeted=targeted) for row in rows),
        )
        for name, rows in table.sections
    )
    item = words.ITEM.in_language(language)
    return Cross(_with_unit(item, once, language), tuple(columns), sections)


def _with_unit(name: str, unit: Unit | None, language: Language) -> str:
    """Return a name with the unit of its numbers, `声 (件)`."""
    said = "" if unit is None else unit.in_language(language)
    return f"{name} ({said})" if said else name


def _line(row: CrossRow, language: Language, *, once: bool, targeted: bool) -> Line:
    name = row.name if once or row.depth else _with_unit(row.name, row.head.unit, language)
    cells = [_cell(figure, row.head, language) for figure in row.figures]
    if targeted:
        cells.append("" if row.whole is None else target_phrase(row.whole, row.head, language))
    return Line(row.depth, name, tuple(cells), "" if row.whole is None else tone_of(row.whole))


def _cell(figure: Figure | None, head: KpiHead, language: Language) -> str:
    """Return a number with what must be known of it: origin, state, how its target stands."""
    if figure is None:
        return ""
    share = "" if figure.share is None else f"({figure.share}%)"
    judged = ""
    if figure.by is not None and figure.target is not None:
        judged = words.TARGET_STATUSES[figure.target.status].in_language(language)
    marks = () if figure.value.status is Status.NO_DATA else _marks(figure, language)
    phrases = (_number(figure, head), share, *marks, judged)
    return " ".join(filter(None, phrases))


def _number(figure: Figure, head: KpiHead) -> str:
    value = figure.value
    number = "-" if value.number is None else grouped(value.number)
    if not head.percentage or figure.kind == "memo":
        return number
    percent = "" if value.number is None else f"{number}%"
    if value.numerator is None or value.denominator is None:
        return percent or number
    return f"{grouped(value.numerator)}/{grouped(value.denominator)} {percent}".strip()


def _marks(figure: Figure, language: Language) -> tuple[str, str]:
    return origin_phrase(figure.origin, language), status_phrase(figure.value, language)
