"""The relations of a table: the patterns of its labels, put to its cells."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kpicli.audit.differences import difference_patterns, percentage_patterns
from kpicli.audit.labels import is_people, is_stock, meaning
from kpicli.audit.layout import Block, Line
from kpicli.audit.numbers import Number, Part
from kpicli.audit.patterns import Pattern, groups, short_total_patterns, total_patterns
from kpicli.audit.periods import period_patterns
from kpicli.audit.relations import Linear, Percentage, Relation, Term
from kpicli.audit.table import Spot, Table

_COUNTS: tuple[Part, ...] = ("value", "numerator", "denominator")
_NOT_ADDED = {"rate", "aside"}
_BESIDE = {"previous", "aside", "difference"}


def find_relations(table: Table, block: Block) -> Iterator[Relation]:
    """Yield everything that the labels of a block, and its cells themselves, promise."""
    for along, across, turned in (
        (block.rows, block.columns, False),
        (block.columns, block.rows, True),
    ):
        side = _Side(table, across, turned)
        for pattern in _patterns(along):
            yield from side.relations(pattern)
    yield from _own_ratios(table, block)
    yield from _lone_ratios(table, block)


def _patterns(lines: Sequence[Line]) -> Iterator[Pattern]:
    for entries in groups(lines):
        yield from total_patterns(entries)
        yield from period_patterns(entries)
        yield from difference_patterns(entries)
        yield from percentage_patterns(entries)
    yield from short_total_patterns(lines)


class _Side(Struct, frozen=True):
    """One way to read a table: the patterns run along one side, `across` are the others' lines."""

    table: Table
    across: Sequence[Line]
    turned: bool

    def relations(self, pattern: Pattern) -> Iterator[Relation]:
        """Yield the pattern for each line across in which its result is printed."""
        for cross in self.across:
            if pattern.kind == "percentage":
                yield from self._percentage(pattern, cross)
            elif pattern.kind == "difference":
                yield from self._difference(pattern, cross)
            elif _adds_up(pattern, cross):
                for part in _COUNTS:
                    yield from self._sum(pattern, cross, part)

    def _spot(self, line: Line, cross: Line, part: Part) -> Spot:
        row, column = (cross, line) if self.turned else (line, cross)
        return Spot(row.number, column.number, part)

    def _term(self, line: Line, cross: Line, part: Part) -> Term | None:
        """Return a number; without amount for a blank or a text, None where another number is."""
        spot = self._spot(line, cross, part)
        numbers = self.table.numbers(spot.row, spot.column)
        if not numbers:
            return Term(spot, Number(None))
        return Term(spot, numbers[part]) if part in numbers else None

    def _printed(self, line: Line, cross: Line, part: Part) -> Term | None:
        term = self._term(line, cross, part)
        return term if term is not None and term.number.amount is not None else None

    def _sum(self, pattern: Pattern, cross: Line, part: Part) -> Iterator[Relation]:
        result = self._printed(pattern.result, cross, part)
        parts = [self._term(line, cross, part) for line in pattern.plus]
        plus = tuple(term for term in parts if term is not None)
        if result is None or len(plus) < len(parts) or _all_blank(plus):
            return
        if _one_unit((*plus, result)):
            overlapping = _are_people((*plus, result), pattern.result, cross)
            yield Linear(pattern.kind, result, plus, overlapping=overlapping)

    def _difference(self, pattern: Pattern, cross: Line) -> Iterator[Relation]:
        for part in ("value", "percent"):
            now = self._printed(pattern.plus[0], cross, part)
            then = self._printed(pattern.minus[0], cross, part)
            result = self._printed(pattern.result, cross, "value")
            if result is None and part == "percent":
                result = self._printed(pattern.result, cross, "percent")
            if now is None or then is None or result is None:
                continue
            if pattern.signed and not (result.number.signed or result.number.amount == 0):
                continue
            if part == "percent" or _one_unit((now, then, result)):
                yield Linear("difference", result, (now,), (then,))

    def _percentage(self, pattern: Pattern, cross: Line) -> Iterator[Relation]:
        numerator = self._printed(pattern.plus[0], cross, "value")
        denominator = self._printed(pattern.minus[0], cross, "value")
        rate = self._printed(pattern.result, cross, "percent")
        if rate is None:
            rate = _as_percent(self._printed(pattern.result, cross, "value"), pattern.result)
        if numerator is not None and denominator is not None and rate is not None:
            yield Percentage(rate, numerator, denominator)


def _all_blank(terms: Sequence[Term]) -> bool:
    return all(term.number.amount is None for term in terms)


def _as_percent(term: Term | None, line: Line) -> Term | None:
    """Return a rate printed without % where its label has one, or where it is above 1."""
    if term is None or term.number.amount is None:
        return None
    labelled = any(sign in line.label.lower() for sign in ("%", "％", "percent"))
    return term if labelled or line.unit == "%" or abs(term.number.amount) > 1 else None


def _adds_up(pattern: Pattern, cross: Line) -> bool:
    lines = (pattern.result, *pattern.plus, cross)
    kinds = {meaning(text).kind for line in lines for text in line.path}
    if kinds & _NOT_ADDED or any(line.unit == "%" for line in lines):
        return False
    return pattern.kind != "period" or not any(is_stock(line.label) for line in lines)


def _one_unit(terms: Sequence[Term]) -> bool:
    return len({term.number.unit for term in terms} - {None}) < 2


def _are_people(terms: Sequence[Term], result: Line, cross: Line) -> bool:
    written = {term.number.unit for term in terms} - {None}
    written |= {line.unit for line in (result, cross)} - {""}
    if written:
        return bool(written & {"名", "人"})
    return is_people(result.label) or is_people(cross.label)


def _own_ratios(table: Table, block: Block) -> Iterator[Relation]:
    """Yield the cells that write a fraction together with its percentage."""
    for row in block.rows:
        for column in block.columns:
            numbers = table.numbers(row.number, column.number)
            if "percent" in numbers and "numerator" in numbers:
                yield _ratio(table, (row.number, column.number), (row.number, column.number))


def _lone_ratios(table: Table, block: Block) -> Iterator[Relation]:
    """Yield the one fraction and the one percentage of a row, which leave no other reading.

    Columns of an earlier period, a target or a difference are not looked at.
    """
    columns = [
        column.number
        for column in block.columns
        if not any(meaning(text).kind in _BESIDE for text in column.path)
    ]
    for row in block.rows:
        cells = [(c, table.numbers(row.number, c)) for c in columns]
        fractions = [c for c, found in cells if "numerator" in found]
        rates = [c for c, found in cells if "percent" in found]
        if len(fractions) == len(rates) == 1 and fractions != rates:
            yield _ratio(table, (row.number, rates[0]), (row.number, fractions[0]))


def _ratio(table: Table, rate: tuple[int, int], fraction: tuple[int, int]) -> Percentage:
    numbers = table.numbers(*fraction)
    return Percentage(
        Term(Spot(*rate, "percent"), table.numbers(*rate)["percent"]),
        Term(Spot(*fraction, "numerator"), numbers["numerator"]),
        Term(Spot(*fraction, "denominator"), numbers["denominator"]),
    )
