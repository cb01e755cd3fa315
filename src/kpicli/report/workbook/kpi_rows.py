"""The rows of a KPI's table: months or other spans, their sum, the period, comparisons."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.model.bounds import SPANS
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.periods import ComparisonKind, Period
from kpicli.model.value import Origin, Value
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock
from kpicli.output.page.phrases import origin_phrase, status_phrase, target_phrase, value_phrase
from kpicli.output.workbook.canvas import BOXED, LABEL, Canvas, CellStyle, address
from kpicli.output.workbook.cell_numbers import (
    change_format,
    number_format,
    percentage_formula,
    stored,
    unit_format,
)
from kpicli.report import labels
from kpicli.report.workbook.kpi_table import FIRST, Field, Key, comparisons_of, fields, values_of

NUMBER = CellStyle(boxed=True)
DAY = CellStyle(boxed=True, format="yyyy-mm-dd")
CHECK = CellStyle(boxed=True, color="7F7F7F")


class KpiRows(Struct, frozen=True):
    """Writes the rows of one KPI's table."""

    canvas: Canvas
    head: KpiHead
    fields: tuple[Field, ...]
    targeted: bool

    @classmethod
    def of(cls, canvas: Canvas, block: KpiBlock) -> "KpiRows":
        """Return the writer for a KPI; a column for its target is there if it has one."""
        clusters = (*(() if block.whole is None else (block.whole,)), *block.groups)
        targeted = any(figure.targets for cluster in clusters for figure in cluster.figures)
        return cls(canvas, block.head, fields(block, canvas.language), targeted)

    @property
    def added(self) -> tuple[int, ...]:
        """Return the columns that make up the total: the parts, or else the rules."""
        if not self.head.additive or self.column(("total", None)) is None:
            return ()
        for kind in ("part", "rule"):
            columns = [n for n, field in enumerate(self.fields, FIRST) if field.key[0] == kind]
            if columns:
                return tuple(columns)
        return ()

    @property
    def check(self) -> int | None:
        """Return the column of the check; None where nothing adds up to the total."""
        return FIRST + len(self.fields) if self.added else None

    @property
    def status(self) -> int:
        """Return the column of the state; a target stands right of it."""
        return FIRST + len(self.fields) + (1 if self.added else 0)

    @property
    def last(self) -> int:
        """Return the last column."""
        return self.status + (1 if self.targeted else 0)

    @property
    def headings(self) -> list[str]:
        """Return the headings of all columns."""
        localized = self.canvas.localized
        numbers = [field.heading for field in self.fields]
        check = [localized(labels.CHECK)] if self.added else []
        days = [localized(labels.PERIOD), localized(labels.FIRST_DAY), localized(labels.LAST_DAY)]
        target = [localized(words.TARGET)] if self.targeted else []
        return [*days, *numbers, *check, localized(words.STATUS), *target]

    def column(self, key: Key) -> int | None:
        """Return the column of a figure's number."""
        columns = (
            n for n, f in enumerate(self.fields, FIRST) if f.key == key and f.facet == "number"
        )
        return next(columns, None)

    def cluster(self, row: int, cluster: Cluster, *, bold: bool = False) -> None:
        """Write the figures of a month or of the whole period."""
        origins = [figure.origin for figure in cluster.figures if figure.part != "month"]
        self._values(row, cluster.first.period, values_of(cluster), origins, bold=bold)
        total = cluster.total
        if total is not None and self.targeted:
            self._target(row, total)

    def sums(self, row: int, months: Sequence[Cluster], whole: Cluster) -> None:
        """Write the sums of the months at `row`, which follows them, and the check two rows below.

        The figures of the period, counted as a whole, stand between them. Only for figures that
        add up.
        """
        span = SPANS[months[0].first.by or "month"]
        for at, label, style in (
            (row, labels.SUM_OF_SPANS, LABEL),
            (row + 2, labels.SPANS_CHECK, BOXED),
        ):
            self.blank(at, self.canvas.localized(label.filled(span=span.ja, en=span.en)), style)
        counted = values_of(whole)
        for column, field in enumerate(self.fields, FIRST):
            value, known = counted.get(field.key), _numbers(months, field.key)
            if value is None or value.number is None or not known:
                continue
            style = replace(NUMBER, bold=True, format=number_format(value, self.head))
            cells = f"{address(row - len(months), column)}:{address(row - 1, column)}"
            self.canvas.write_formula(row, column, f"SUM({cells})", added(known), style)
            check = f"{address(row, column)}-{address(row + 1, column)}"
            self.canvas.write_formula(row + 2, column, check, added(known) - value.number, CHECK)

    def compared(self, row: int, cluster: Cluster, kind: ComparisonKind, whole: int) -> int:
        """Write another period and the change from it to row `whole`; return the row after."""
        comparisons = comparisons_of(cluster, kind)
        if not comparisons:
            return row
        period = next(iter(comparisons.values())).period
        name = self.canvas.localized(words.COMPARED[kind])
        label = f"{name} {period.label(self.canvas.language)}"
        values = {key: comparison.value for key, comparison in comparisons.items()}
        origins = [each.origin for each in comparisons.values() if each.value.number is not None]
        self._values(row, period, values, origins, label=label)
        self.blank(row + 1, self.canvas.localized(labels.CHANGE_FROM.filled(name=name)))
        for column, field in enumerate(self.fields, FIRST):
            comparison = comparisons.get(field.key)
            if comparison is not None and field.facet == "number":
                self._change((row, whole), column, comparison)
        return row + 2

    def _values(
        self,
        row: int,
        period: Period,
        values: Mapping[Key, Value],
        origins: Iterable[Origin],
        *,
        label: str | None = None,
        bold: bool = False,
    ) -> None:
        self.blank(row, label or period.label(self.canvas.language), LABEL if bold else BOXED)
        self.canvas.write(row, 2, period.start, DAY)
        self.canvas.write(row, 3, period.end, DAY)
        for column, field in enumerate(self.fields, FIRST):
            value = values.get(field.key)
            if value is not None:
                self._number((row, column), field, value, bold=bold)
        self._row_check(row, values)
        states = dict.fromkeys(
            (
                *(origin_phrase(origin, self.canvas.language) for origin in origins),
                *(status_phrase(value, self.canvas.language) for value in values.values()),
            )
        )
        shown = " ".join(state for state in states if state)
        self.canvas.write(row, self.status, shown or None, replace(BOXED, color="C00000"))
        self.canvas.raise_row(row, self.canvas.lines_of(self.status, shown))

    def _number(self, cell: tuple[int, int], field: Field, value: Value, *, bold: bool) -> None:
        row, column = cell
        if field.facet != "number":
            count = value.numerator if field.facet == "numerator" else value.denominator
            shown = unit_format(self.head, self.canvas.language, count)
            self.canvas.write(row, column, count, replace(NUMBER, bold=bold, format=shown))
            return
        if value.dates is not None and value.number is not None and field.key[0] != "memo":
            self.canvas.write_words(
                row, column, value_phrase(value, self.head, self.canvas.language)
            )
            return
        number = stored(value, self.head) if field.key[0] != "memo" else value.number
        style = replace(NUMBER, bold=bold, format=number_format(value, self.head))
        if number is None or value.denominator is None or not self.head.percentage:
            self.canvas.write(row, column, number, style)
            return
        cells = address(row, column - 2), address(row, column - 1)
        formula = percentage_formula(*cells, value, self.head)
        self.canvas.write_formula(row, column, formula, number, style)

    def _row_check(self, row: int, values: Mapping[Key, Value]) -> None:
        columns, total = self.added, self.column(("total", None))
        if not columns or total is None:
            return
        shown = [values.get(self.fields[column - FIRST].key) for column in (*columns, total)]
        numbers = [
            value.number for value in shown if value is not None and value.number is not None
        ]
        if len(numbers) != len(shown):
            return
        formula = (
            f"SUM({address(row, columns[0])}:{address(row, columns[-1])})-{address(row, total)}"
        )
        result = sum(numbers[:-1]) - numbers[-1]
        self.canvas.write_formula(row, FIRST + len(self.fields), formula, result, CHECK)

    def _change(self, rows: tuple[int, int], column: int, comparison: Comparison) -> None:
        (other, whole), change = rows, comparison.change
        style = replace(NUMBER, format=change_format(change, self.head))
        if change is None:
            return
        if self.head.percentage or comparison.value.unrounded is not None:
            # the change is of exact shares and means, which the cells show rounded
            self.canvas.write(other + 1, column, change, style)
            return
        formula = f"{address(whole, column)}-{address(other, column)}"
        self.canvas.write_formula(other + 1, column, formula, change, style)

    def _target(self, row: int, total: Figure) -> None:
        phrase = target_phrase(total, self.head, self.canvas.language)
        self.canvas.write(row, self.status + 1, phrase or None, BOXED)
        self.canvas.raise_row(row, self.canvas.lines_of(self.status + 1, phrase))

    def blank(self, row: int, label: str, style: CellStyle = BOXED) -> None:
        """Write a row's label and box all its cells."""
        for column in range(2, self.last + 1):
            self.canvas.write(row, column, None, BOXED)
        self.canvas.write(row, 1, label, style)


def _numbers(months: Sequence[Cluster], key: Key) -> list[int | Decimal]:
    numbers = [values[key].number for values in map(values_of, months) if key in values]
    return [number for number in numbers if number is not None]


def added(numbers: Sequence[int | Decimal]) -> int | Decimal:
    """Return the sum, a whole number where all of them are."""
    total: int | Decimal = 0
    for number in numbers:
        total += number
    return total
