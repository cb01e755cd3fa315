"""Figures as tables: some KPIs beside what they are compared with, one over periods or months."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.periods import ComparisonKind, Period
from kpicli.model.summary import Summary
from kpicli.model.value import Origin, Status
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock, kpi_blocks
from kpicli.output.page.phrases import (
    bound_phrase,
    depth_of,
    figure_phrase,
    item_phrase,
    origin_phrase,
    span_value_phrase,
    status_phrase,
    value_phrase,
)
from kpicli.output.page.row_tables import joint_rows
from kpicli.output.page.trend import NO_VALUE, TrendTable, with_former_figures
from kpicli.output.sentences import change_words, group_span_words, month_words
from kpicli.report import labels
from kpicli.report.model import Edition, Report
from kpicli.report.page.table import Cell, Column, Row, Table, badge
from kpicli.values.numbers import grouped


class Tables:
    """Lays out tables on a report, in one language; `notes` are the numbers of KPIs' footnotes."""

    def __init__(self, report: Report, language: Language, notes: dict[str, int]) -> None:
        self.summary, self.language, self.notes = report.summary, language, notes
        self.edition: Edition = report.edition
        self.taken_over = uniform_origins(report.summary)
        self.blocks = {block.head.id: block for block in kpi_blocks(report.summary)}

    def figures(self, names: Sequence[str]) -> Table | None:
        """Return KPIs beside what they are compared with, their targets and states.

        Names of comparisons among them choose which ones are shown. Columns in which nothing
        stands are left out; None where no line is left.
        """
        chosen = [kind for kind in self.summary.compared if kind in names]
        compared = tuple(chosen) or self.summary.compared
        blocks = self._named(names)
        lines = [line for block in blocks for line in self._lines(block)]
        keys = ["value", *(key for kind in compared for key in (kind, f"{kind}_change"))]
        rows = [self._row(line, (*keys, "target", "status")) for line in lines]
        said = [any(row.cells[at].shown for row in rows) for at in range(len(keys))]
        rows = [
            _not_compared(row, said) if figure is not None and figure.part == "month" else row
            for row, (_, figure, _, _) in zip(rows, lines, strict=True)
        ]
        columns = [self._column(key) for key in (*keys, "target", "status")]
        return self._table("figures", blocks, columns, rows)

    def trend(self, names: Sequence[str]) -> Table | None:
        """Return KPIs over the periods that there are values of, the earliest first.

        Those are the periods of the summary's trend, else the own one and those compared with it.
        """
        if self.summary.trend:
            return self._trend(names)
        blocks = self._named(names)
        periods = sorted({p for block in blocks for p in self._periods(block)}, key=_start)
        columns = [Column(p.name, p.label(self.language)) for p in periods]
        rows = []
        for name, figure, head, depth in (line for block in blocks for line in self._lines(block)):
            cells = tuple(self._then(figure, head, period) for period in periods)
            rows.append(Row(depth, name, cells, self._note(head, depth)))
        return self._table("trend", blocks, columns, rows)

    def _trend(self, names: Sequence[str]) -> Table | None:
        """Return the KPIs' series; where the definition changed, a remark says so."""
        summary = with_former_figures(self.summary)
        trend = TrendTable(summary, self.language, marked=self.edition == "internal")
        known = {block.head.id: block for block in kpi_blocks(summary)}
        blocks = [known[name] for name in names if name in known]
        columns = [Column(c.key, " ".join((c.name, *c.under))) for c in trend.columns]
        rows = []
        for name, figure, head, depth in (line for block in blocks for line in self._lines(block)):
            cells = {} if figure is None else trend.cells(figure, head)
            if cells or figure is None:
                shown = (cells.get(column.key, NO_VALUE) for column in columns)
                texts = tuple(Cell("" if text == NO_VALUE else text) for text in shown)
                rows.append(Row(depth, name, texts, self._note(head, depth)))
        table = self._table("trend", blocks, columns, rows)
        changed = trend.changes([block.head.id for block in blocks])
        said = words.LIST_SEPARATOR.in_language(self.language).join(changed)
        return table if table is None else replace(table, remark=said)

    def months(self, names: Sequence[str]) -> Table | None:
        """Return KPIs and their parts over the months of the period, and in the whole period.

        Where the summary is by quarter, half or year, those stand in the place of months.
        A unit that all of them have stands once, at the head of the table.
        """
        blocks = self._named(names)
        units = {None if block.head.percentage else block.head.unit for block in blocks}
        once = len(units) == 1 and None not in units
        months = list(dict.fromkeys(g.first.period for b in blocks for g in b.groups))
        by = next((g.first.by for b in blocks for g in b.groups), None)
        columns = [Column(m.name, group_span_words(by, m, self.language)) for m in months]
        columns.append(Column("total", labels.TOTAL.in_language(self.language)))
        rows = []
        for block in blocks:
            by_month = {group.first.period: group for group in block.groups}
            for name, figure, head, depth in self._lines(block):
                if figure is not None and figure.part == "month":
                    continue
                same = [_same(figure, by_month.get(month)) for month in months]
                cells = tuple(self._stated(each, head, once=once) for each in (*same, figure))
                rows.append(Row(depth, name, cells, self._note(head, depth)))
        table = self._table("months", blocks, columns, rows)
        if table is None or not once:
            return table
        unit = blocks[0].head.unit.in_language(self.language)
        item = labels.IN_UNIT.filled(item=table.item, unit=unit).in_language(self.language)
        return replace(table, item=item)

    def _named(self, names: Sequence[str]) -> list[KpiBlock]:
        return [self.blocks[name] for name in names if name in self.blocks]

    def _table(
        self, kind: str, blocks: list[KpiBlock], columns: list[Column], rows: list[Row]
    ) -> Table | None:
        rows = [row for row in rows if not row.depth or any(cell.shown for cell in row.cells)]
        used = [any(row.cells[at].shown for row in rows) for at in range(len(columns))]
        if not any(used):
            return None
        kept = tuple(
            Row(row.depth, row.name, tuple(compress(row.cells, used)), row.note, row.doubtful)
            for row in rows
        )
        titles = words.LIST_SEPARATOR.in_language(self.language).join(
            block.head.title.in_language(self.language) for block in blocks
        )
        item = labels.INDICATOR.in_language(self.language)
        return Table(kind, titles, item, tuple(compress(columns, used)), kept)

    def _column(self, key: str) -> Column:
        kind, _, change = key.partition("_change")
        if change or key.endswith("_change"):
            return Column(key, labels.CHANGE.in_language(self.language))
        names = {"value": labels.NOW, "target": words.TARGET, "status": words.STATUS}
        name = names.get(key) or words.COMPARED[kind]
        return Column(key, name.in_language(self.language), number=key not in ("target", "status"))

    def _lines(self, block: KpiBlock) -> Iterator[tuple[str, Figure | None, KpiHead, int]]:
        """Yield name, figure, KPI and depth of every line of a KPI.

        One without data has one line alone, and not a line for each of its parts.
        """
        whole = block.whole or Cluster(())
        yield block.head.title.in_language(self.language), whole.total, block.head, 0
        for figure in whole.lines if any(map(_has_data, whole.figures)) else ():
            yield self._item(figure, block.head), figure, block.head, depth_of(figure)

    def _item(self, figure: Figure, head: KpiHead) -> str:
        by_month = figure.part == "month" and figure.item is not None
        months = {month.name: month for month in figure.period.months()} if by_month else {}
        month = months.get(figure.item or "")
        shown = item_phrase(figure, head, self.language)
        return shown if month is None else month_words(month, self.language)

    def _row(self, line: tuple[str, Figure | None, KpiHead, int], keys: Iterable[str]) -> Row:
        name, figure, head, depth = line
        cells = {"value": self._value(figure, head)}
        if figure is not None:
            for comparison in figure.comparisons:
                cells[comparison.kind] = self._other(comparison, head)
                cells[f"{comparison.kind}_change"] = self.change(comparison, head)
            cells["target"] = self.target(figure, head)
            cells["status"] = Cell(status_phrase(figure.value, self.language))
        doubtful = figure is not None and figure.value.status is not Status.OK
        shown = tuple(cells.get(key, Cell()) for key in keys)
        return Row(depth, name, shown, self._note(head, depth), doubtful)

    def _note(self, head: KpiHead, depth: int) -> int:
        return 0 if depth else self.notes.get(head.id, 0)

    def _value(self, figure: Figure | None, head: KpiHead) -> Cell:
        if figure is None or figure.value.status is Status.NO_DATA:
            return Cell()
        marked = "" if self.edition == "public" else origin_phrase(figure.origin, self.language)
        return Cell(" ".join(filter(None, (figure_phrase(figure, head, self.language), marked))))

    def _stated(self, figure: Figure | None, head: KpiHead, *, once: bool) -> Cell:
        """Return a value with its state, which has no column; without its unit if said `once`."""
        if figure is None:
            return Cell()
        number = None if figure.value.dates is not None else figure.value.number
        shown = grouped(number) if once and number is not None else self._value(figure, head).text
        state = status_phrase(figure.value, self.language)
        return Cell(" ".join(filter(None, (shown, state))))

    def _other(self, comparison: Comparison, head: KpiHead) -> Cell:
        if comparison.value.status is Status.NO_DATA:
            return Cell()
        marked = self.edition == "internal" and comparison.kind not in self.taken_over
        phrases = (
            value_phrase(comparison.value, head, self.language),
            origin_phrase(comparison.origin, self.language) if marked else "",
            status_phrase(comparison.value, self.language),
        )
        return Cell(" ".join(filter(None, phrases)))

    def change(self, comparison: Comparison, head: KpiHead) -> Cell:
        """Return a change in words with its arrow, good or bad where the KPI says which is better.

        A change of nothing is neither, and has no arrow.
        """
        change = comparison.change
        if change is None:
            return Cell()
        said = change_words(change, head, self.language)
        if change == 0:
            return Cell(said)
        tone = ""
        if head.better is not None:
            tone = "good" if (change > 0) is (head.better == "higher") else "bad"
        return Cell(f"{labels.ARROWS[change > 0]} {said}", tone)

    def target(self, figure: Figure, head: KpiHead) -> Cell:
        """Return what the targets ask for, with a badge for each."""
        said, badges = [], []
        for target in figure.targets:
            own = span_value_phrase(target, head, self.language)
            bound = bound_phrase(target, head, self.language)
            said.append(f"{bound} ({own})" if own else bound)
            badges.append(badge(target.status, self.language))
        return Cell(
            words.LIST_SEPARATOR.in_language(self.language).join(said), badges=tuple(badges)
        )

    def joint(self) -> Table | None:
        """Return the targets that any of several KPIs reaches, with each KPI; None without any."""
        rows = tuple(
            Row(
                each.depth,
                each.name,
                (Cell(each.bound, badges=(badge(each.status, self.language),)), Cell(each.value)),
            )
            for each in joint_rows(self.summary, self.language)
        )
        columns = (
            Column("target", words.TARGET.in_language(self.language), number=False),
            Column("value", words.VALUE.in_language(self.language)),
        )
        heading = words.ANY_OF_THEM.in_language(self.language)
        item = words.ITEM.in_language(self.language)
        return Table("targets", heading, item, columns, rows) if rows else None

    def _periods(self, block: KpiBlock) -> Iterator[Period]:
        for figure in () if block.whole is None else block.whole.figures:
            yield figure.period
            for comparison in figure.comparisons:
                if comparison.value.status is not Status.NO_DATA:
                    yield comparison.period

    def _then(self, figure: Figure | None, head: KpiHead, period: Period) -> Cell:
        if figure is None or figure.period == period:
            return self._value(figure, head)
        others = (c for c in figure.comparisons if c.period == period)
        other = next(others, None)
        return Cell() if other is None else self._other(other, head)


def _not_compared(row: Row, said: Sequence[bool]) -> Row:
    """Return the line of a month with a sign in the columns of comparisons, which it has not.

    Blank they would say that the month had no data. `said` are the columns that other lines fill.
    """
    cells = list(row.cells)
    for at, known in enumerate(said):
        if at and known and not cells[at].shown:
            cells[at] = Cell(NO_VALUE)
    return replace(row, cells=tuple(cells))


def uniform_origins(summary: Summary) -> dict[ComparisonKind, Origin]:
    """Return the comparisons of which every value was taken over from one kind of place.

    Such a place is named once, in the head of a report; others are marked cell by cell.
    """
    origins: dict[ComparisonKind, dict[str, Origin]] = {}
    for figure in summary.figures:
        for comparison in figure.comparisons:
            if comparison.value.status is not Status.NO_DATA:
                found = origins.setdefault(comparison.kind, {})
                found.setdefault(comparison.origin.kind, comparison.origin)
    return {
        kind: next(iter(found.values()))
        for kind, found in origins.items()
        if len(found) == 1 and "computed" not in found
    }


def _has_data(figure: Figure) -> bool:
    values = (figure.value, *(comparison.value for comparison in figure.comparisons))
    return any(value.status is not Status.NO_DATA for value in values)


def _same(figure: Figure | None, group: Cluster | None) -> Figure | None:
    """Return the figure of a group that is the same item as a figure of the whole."""
    if figure is None or group is None:
        return None
    same = (figure.kind, figure.part, figure.item)
    return next((f for f in group.figures if (f.kind, f.part, f.item) == same), None)


def _start(period: Period) -> tuple[object, object]:
    return period.start, period.end
