"""The rows of figures on the report sheet: one a figure, with comparisons, target, state, check."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.judgements import TargetStatus
from kpicli.model.periods import ComparisonKind
from kpicli.model.summary import Summary
from kpicli.model.value import Status, Value
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock, compared_period
from kpicli.output.page.phrases import (
    depth_of,
    heading_phrases,
    item_phrase,
    origin_phrase,
    status_phrase,
    target_phrase,
    title_phrase,
    value_phrase,
)
from kpicli.output.workbook.canvas import BOXED, Canvas, CellStyle, address
from kpicli.output.workbook.cell_numbers import (
    change_format,
    number_format,
    percentage_formula,
    stored,
    unit_format,
)
from kpicli.report import labels

NUMBER = CellStyle(boxed=True)
GONE = CellStyle(boxed=True, right=True, color="7F7F7F")
TONES = {
    TargetStatus.MET: "006100",
    TargetStatus.MISSED: "C00000",
    TargetStatus.PENDING: "7F6000",
    TargetStatus.ONGOING: "7F6000",
    TargetStatus.NEXT: "000000",
}
VALUE, UNIT, NUMERATOR, DENOMINATOR, FIRST_COMPARED = 2, 3, 4, 5, 6


class Columns(Struct, frozen=True):
    """The columns of the report sheet; two for each comparison."""

    compared: tuple[ComparisonKind, ...]

    @property
    def target(self) -> int:
        """Return the column of the target."""
        return FIRST_COMPARED + 2 * len(self.compared)

    @property
    def status(self) -> int:
        """Return the column of the state."""
        return self.target + 1

    @property
    def last(self) -> int:
        """Return the last column, that of the check."""
        return self.status + 1

    def of(self, comparison: Comparison) -> int:
        """Return the column of a comparison's value; the change stands right of it."""
        return FIRST_COMPARED + 2 * self.compared.index(comparison.kind)

    def headings(self, summary: Summary, language: Language) -> list[str]:
        """Return the headings; a comparison is named with the dates of its period."""
        heads = [words.ITEM, words.VALUE, labels.UNIT, labels.NUMERATOR, labels.DENOMINATOR]
        texts = [text.in_language(language) for text in heads]
        for kind in self.compared:
            period = compared_period(summary, kind)
            dates = () if period is None else heading_phrases(period, language)
            texts.append("\n".join((words.COMPARED[kind].in_language(language), *dates)))
            texts.append(labels.CHANGE.in_language(language))
        last = (words.TARGET, words.STATUS, labels.CHECK)
        return [*texts, *(text.in_language(language) for text in last)]


class FigureRows(Struct, frozen=True):
    """Writes the figures of KPIs; the title of each leads to its sheet."""

    canvas: Canvas
    columns: Columns
    sheets: dict[str, str]

    def write(self, row: int, block: KpiBlock) -> int:
        """Write a KPI's figures outside any group from `row` on; return the row after them."""
        head, cluster = block.head, block.whole
        lines = () if cluster is None else cluster.lines
        title = title_phrase(head, self.canvas.language, split=bool(lines))
        self.canvas.write_link(
            row, 1, title, self.sheets[head.id], CellStyle(bold=True, boxed=True, wrapped=True)
        )
        self.canvas.raise_row(row, self.canvas.lines_of(1, title))
        total = None if cluster is None else cluster.total
        self._cells(row, total, head)
        for number, figure in enumerate(lines, row + 1):
            name = item_phrase(figure, head, self.canvas.language)
            self.canvas.write(number, 1, name, replace(BOXED, indent=2 * depth_of(figure)))
            self._cells(number, figure, head)
        if cluster is not None and total is not None:
            self._check(row, cluster, total, head)
        return row + 1 + len(lines)

    def _cells(self, row: int, figure: Figure | None, head: KpiHead) -> None:
        for column in range(2, self.columns.last + 1):
            self.canvas.write(row, column, None, BOXED)
        if figure is None:
            return
        self._number(row, VALUE, figure.value, head, bold=figure.kind == "total")
        unit = "%" if head.percentage else self.canvas.localized(head.unit)
        self.canvas.write(row, UNIT, unit, BOXED)
        self._counts(row, figure.value, head)
        for comparison in figure.comparisons:
            self._comparison(row, comparison, head)
        target = target_phrase(figure, head, self.canvas.language)
        tone = TONES[figure.target.status] if figure.target else "000000"
        self.canvas.write(row, self.columns.target, target or None, replace(BOXED, color=tone))
        states = " ".join(self._states(figure))
        self.canvas.write(row, self.columns.status, states or None, replace(BOXED, color="C00000"))
        for column, text in ((self.columns.target, target), (self.columns.status, states)):
            self.canvas.raise_row(row, self.canvas.lines_of(column, text))

    def _number(
        self, row: int, column: int, value: Value, head: KpiHead, *, bold: bool = False
    ) -> None:
        """Write a number, or in its place the state that says why there is none."""
        number = stored(value, head)
        if number is None:
            state = words.STATUSES.get(value.status, words.STATUSES[Status.NO_DATA])
            self.canvas.write(row, column, self.canvas.localized(state), GONE)
        elif value.dates is not None:
            self.canvas.write_words(row, column, value_phrase(value, head, self.canvas.language))
        else:
            style = replace(NUMBER, bold=bold, format=number_format(value, head))
            self.canvas.write(row, column, number, style)

    def _counts(self, row: int, value: Value, head: KpiHead) -> None:
        counts = {NUMERATOR: value.numerator, DENOMINATOR: value.denominator}
        for column, count in counts.items():
            style = replace(NUMBER, format=unit_format(head, self.canvas.language, count))
            self.canvas.write(row, column, count, style)

    def _comparison(self, row: int, comparison: Comparison, head: KpiHead) -> None:
        column = self.columns.of(comparison)
        self._number(row, column, comparison.value, head)
        style = replace(NUMBER, format=change_format(comparison.change, head))
        self.canvas.write(row, column + 1, comparison.change, style)

    def _states(self, figure: Figure) -> Iterator[str]:
        """Yield what marks the figure, or one that it is compared with: its origin, its state."""
        language = self.canvas.language
        own_marks = origin_phrase(figure.origin, language), status_phrase(figure.value, language)
        yield from filter(None, own_marks)
        for comparison in figure.comparisons:
            marks = (
                origin_phrase(comparison.origin, language),
                status_phrase(comparison.value, language),
            )
            state = " ".join(filter(None, marks))
            if state and comparison.value.number is not None:
                name = self.canvas.localized(words.COMPARED[comparison.kind])
                yield self.canvas.localized(labels.NAMED.filled(name=name, value=state))

    def _check(self, row: int, cluster: Cluster, total: Figure, head: KpiHead) -> None:
        formula = _difference(row, cluster, total, head)
        if formula is not None:
            self.canvas.write_formula(
                row, self.columns.last, formula, 0, replace(NUMBER, color="7F7F7F")
            )


def _difference(row: int, cluster: Cluster, total: Figure, head: KpiHead) -> str | None:
    """Return the formula that must come to 0; None where nothing adds up to the total."""
    cell = address(row, VALUE)
    if head.percentage:
        if total.value.number is None or total.value.numerator is None:
            return None
        top, bottom = address(row, NUMERATOR), address(row, DENOMINATOR)
        return f"{percentage_formula(top, bottom, total.value, head)}-{cell}"
    kind = "part" if any(figure.kind == "part" for figure in cluster.lines) else "rule"
    rows = [n for n, f in enumerate(cluster.lines, row + 1) if f.kind == kind]
    numbers = [f.value.number for f in cluster.lines if f.kind == kind]
    if not rows or not head.additive or None in (*numbers, total.value.number):
        return None
    added = ",".join(_runs(rows))
    return f"SUM({added})-{cell}"


def _runs(rows: list[int]) -> Iterator[str]:
    """Yield the ranges of cells that the values in some rows are, in order."""
    first = 0
    for place, row in enumerate(rows, 1):
        if place == len(rows) or rows[place] != row + 1:
            yield f"{address(rows[first], VALUE)}:{address(row, VALUE)}"
            first = place
