"""The relations of kpicli's own tidy columns, whose meaning is known without reading labels."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from kpicli.audit.numbers import Number
from kpicli.audit.relations import Kind, Linear, Relation, Term, percentage
from kpicli.audit.table import Spot, Table
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.model.figures import LEVELS, OF_WHICH
from kpicli.model.periods import is_span_kind
from kpicli.output.page.tidy import COLUMNS, ITEMS
from kpicli.output.summary.table import SPANS, TITLES
from kpicli.output.workbook.heads import HEADS


class KnownKpi(Struct, frozen=True):
    """A KPI of the settings; `anew`: each span of time counts rows of its own (a stock)."""

    kpi: Kpi | ComposedKpi
    anew: bool = False


KnownKpis = Callable[[], Mapping[str, KnownKpi]]
"""Returns the KPIs that are known, by id; asked only where a table is kpicli's own."""

_NEEDED = {"period", "start", "end", "kpi", "by", "group", "part", "item", "value", "unit"}
_RATIO = _NEEDED | {"numerator", "denominator"}


class _Row(Struct, frozen=True):
    """One figure: its row in the file, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    @property
    def span(self) -> tuple[str, str]:
        return self.cells["start"], self.cells["end"]

    @property
    def item(self) -> tuple[str, str]:
        return self.cells["part"], self.cells["item"]

    @property
    def group(self) -> tuple[str, str]:
        return self.cells["by"], self.cells["group"]


def is_own(table: Table) -> bool:
    """Tell whether the first row names kpicli's tidy columns."""
    return bool(table.rows) and set(_names(table)) >= _RATIO


def _names(table: Table) -> tuple[str, ...]:
    """Return the names of the columns as csv has them; a workbook's sheet has heads for people."""
    return tuple(_COLUMN_OF.get(text, text) for text in table.rows[0])


_COLUMN_OF: Mapping[str, str] = {
    said: name
    for texts in (HEADS, TITLES)
    for name in (*COLUMNS, *ITEMS)
    if name in texts
    for said in (texts[name].ja, texts[name].en)
}
_SPAN_OF: Mapping[str, str] = {
    said: span for span, text in SPANS.items() for said in (text.ja, text.en)
}


def own_labels(table: Table) -> dict[int, str]:
    """Return what each row is called: period, KPI, group and item."""
    return {
        row.number: " ".join(filter(None, (row.cells[name] for name in _SHOWN)))
        for row in _rows(table)
    }


_SHOWN = ("period", "kpi", "group", "item")
_ADDED_NOWHERE = ("memo", OF_WHICH)


def own_relations(table: Table, known_kpis: KnownKpis) -> Iterator[Relation]:
    """Yield percentages; parts and rules against the total; groups against the whole; periods.

    Memos and parts of which are in no sum. What adds up, exactly or with overlaps, and over which
    periods, the kind of each KPI says; a KPI that is not known may be of any kind, so its parts may
    overlap and its periods are left alone.
    """
    known = known_kpis()
    rows = list(_rows(table))
    places = {name: column for column, name in enumerate(_names(table), 1)}
    figures = _Figures(table, places, known)
    by_kpi: dict[str, list[_Row]] = {}
    for row in rows:
        yield from figures.percentage(row)
        if _sums(known.get(row.cells["kpi"])) is not Sums.NONE and row.cells["unit"] != "%":
            by_kpi.setdefault(row.cells["kpi"], []).append(row)
    for own in by_kpi.values():
        yield from figures.parts(own)
        yield from figures.groups(own)
        yield from figures.crossed(own)
        yield from figures.periods(own)


class _Figures(Struct, frozen=True):
    table: Table
    places: Mapping[str, int]
    known: Mapping[str, KnownKpi]

    def percentage(self, row: _Row) -> Iterator[Relation]:
        value = self._term(row, "value")
        numerator, denominator = self._term(row, "numerator"), self._term(row, "denominator")
        terms = (value, numerator, denominator)
        if row.cells["unit"] == "%" and all(term.number.amount is not None for term in terms):
            yield percentage(value, numerator, denominator)

    def parts(self, rows: Sequence[_Row]) -> Iterator[Relation]:
        """Yield the parts of each total, one relation for each way of splitting it."""
        for total in (row for row in rows if row.item == ("", "")):
            split: dict[str, list[_Row]] = {}
            for row in rows:
                if (row.span, row.group) == (total.span, total.group) and row.item[0]:
                    split.setdefault(row.item[0], []).append(row)
            for parts in (
                rows for split_by, rows in split.items() if split_by not in _ADDED_NOWHERE
            ):
                yield from self._sum("total", total, parts)
        yield from self._parts_of_parts(rows)

    def _parts_of_parts(self, rows: Sequence[_Row]) -> Iterator[Relation]:
        """Yield the parts of the second level, against the part that they make up."""
        places = {(row.span, row.group, row.item): row for row in rows}
        below: dict[int, tuple[_Row, list[_Row]]] = {}
        for row in rows:
            first, two, _ = row.cells["part"].partition(LEVELS)
            part = places.get((row.span, row.group, (first, row.cells.get(ITEMS[0], ""))))
            if two and part is not None:
                below.setdefault(part.number, (part, []))[1].append(row)
        for part, parts in below.values():
            yield from self._sum("total", part, parts)

    def groups(self, rows: Sequence[_Row]) -> Iterator[Relation]:
        """Yield the groups of each whole: those of time lie in its span, others share it."""
        for whole in (row for row in rows if row.group == ("", "") and row.item[0] != "memo"):
            found: dict[str, dict[str, _Row]] = {}
            for row in rows:
                by, group = row.group
                if by and row.item == whole.item and _belongs(row, whole):
                    found.setdefault(by, {})[group] = row
            kpi = self.known.get(whole.cells["kpi"])
            for by, groups in found.items():
                if kpi is None or not kpi.anew or not is_span_kind(by):
                    yield from self._sum("group", whole, list(groups.values()))

    def crossed(self, rows: Sequence[_Row]) -> Iterator[Relation]:
        """Yield the cells of two dimensions, against the totals of the groups of each."""
        by_name = {row.group: row for row in rows if row.item == ("", "")}
        for by in dict.fromkeys(name for name, _ in by_name if LEVELS in name):
            first, second = by.split(LEVELS)
            kpi = self.known.get(rows[0].cells["kpi"])
            if kpi is not None and kpi.anew and any(map(is_span_kind, (first, second))):
                continue
            tops, sides = ([g for b, g in by_name if b == name] for name in (first, second))
            for one in tops:
                cells = [by_name.get((by, f"{one}{LEVELS}{other}")) for other in sides]
                yield from self._sum("group", by_name[first, one], [c for c in cells if c])
            for other in sides:
                cells = [by_name.get((by, f"{one}{LEVELS}{other}")) for one in tops]
                yield from self._sum("group", by_name[second, other], [c for c in cells if c])

    def periods(self, rows: Sequence[_Row]) -> Iterator[Relation]:
        """Yield the shorter periods that fill a longer one without gap."""
        plain = [row for row in rows if row.group == ("", "") and row.item[0] != "memo"]
        kpi = self.known.get(plain[0].cells["kpi"]) if plain else None
        if kpi is None or not kpi.kpi.sums_over_periods or kpi.anew:
            return
        for whole in plain:
            inside = [r for r in plain if r.item == whole.item and _inside(r, whole)]
            for length in dict.fromkeys(_months(row) for row in inside):
                parts = sorted((r for r in inside if _months(r) == length), key=lambda r: r.span)
                if _fill(parts, whole):
                    yield from self._sum("period", whole, parts)

    def _sum(self, kind: Kind, total: _Row, parts: Sequence[_Row]) -> Iterator[Relation]:
        result, plus = self._term(total, "value"), [self._term(row, "value") for row in parts]
        printed = any(term.number.amount is not None for term in plus)
        if result.number.amount is not None and printed:
            exact = _sums(self.known.get(total.cells["kpi"])) is Sums.EXACT
            yield Linear(kind, result, tuple(plus), overlapping=not exact)

    def _term(self, row: _Row, column: str) -> Term:
        spot = Spot(row.number, self.places[column])
        return Term(spot, self.table.numbers(spot.row, spot.column).get("value", Number(None)))


def _sums(known: KnownKpi | None) -> Sums:
    return Sums.OVERLAPPING if known is None else known.kpi.sums


def _rows(table: Table) -> Iterator[_Row]:
    names = _names(table)
    for number, texts in enumerate(table.rows[1:], 2):
        if any(texts):
            cells = dict(zip(names, texts, strict=True))
            cells["by"] = _SPAN_OF.get(cells["by"], cells["by"])
            yield _Row(number, cells)


def _belongs(group: _Row, whole: _Row) -> bool:
    if is_span_kind(group.cells["by"]):
        return group.span == whole.span or _inside(group, whole)
    return group.span == whole.span


def _inside(row: _Row, whole: _Row) -> bool:
    (start, end), (first, last) = row.span, whole.span
    return row.span != whole.span and bool(start) and first <= start and end <= last


def _months(row: _Row) -> int:
    """Return the length of a period in whole months."""
    start, end = (text.split("-") for text in row.span)
    try:
        return 12 * (int(end[0]) - int(start[0])) + int(end[1]) - int(start[1]) + 1
    except (ValueError, IndexError):
        return 0


def _fill(parts: Sequence[_Row], whole: _Row) -> bool:
    try:
        spans = [tuple(date.fromisoformat(text) for text in row.span) for row in (*parts, whole)]
    except ValueError:
        return False
    *own, (first, last) = spans
    if len(own) < 2 or (own[0][0], own[-1][1]) != (first, last):
        return False
    return all(after[0] - before[1] == timedelta(days=1) for before, after in pairwise(own))
