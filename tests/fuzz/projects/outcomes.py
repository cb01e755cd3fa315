"""What becomes of one row under a KPI: filters in three values, dates, rules, exclusions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fuzz.projects.catalogue import CODES, Kpi, Rule, Source, Test, Where
from fuzz.projects.records import Cell, Record
from fuzz.projects.spans import Span

UNKNOWN = Decimal("7654321.5")
"""An amount that a blank may stand for, and its negative another."""


@dataclass(frozen=True)
class Row:
    """A row as a KPI counts it."""

    record: Record
    day: date
    label: str | None = None
    numerator: bool = False
    value: Cell = None
    """What `of` names: an identity or an amount."""
    later: bool = False
    """Whether its rule ends before its day."""


def holds(where: Where, record: Record, source: Source, span: Span) -> bool | None:
    """Return whether a filter holds; None where a blank leaves it open."""
    decided = {column for own in where for column, word, _ in own if word == "missing"}
    results = [
        _all(_test(test, record, source, span, decided) for test in alternative)
        for alternative in where
    ]
    if True in results:
        return True
    return None if None in results else False


def _all(results: Iterable[bool | None]) -> bool | None:
    every = list(results)
    if False in every:
        return False
    return None if None in every else True


def _test(test: Test, record: Record, source: Source, span: Span, decided: set[str]) -> bool | None:
    column, word, operands = test
    cell = record[column]
    if word == "missing":
        return (cell is None) is operands[0]
    if word in ("in", "not"):
        if cell is None:
            table = source.columns[column].codes
            blank_is_value = table is not None and CODES[table].blank
            return (word == "not") if blank_is_value else None
        return (cell in operands) is (word == "in")
    (operand,) = operands
    names = [column]
    other: Cell | bool = operand
    if isinstance(operand, str):
        scope = {"@as_of": span.as_of, "@start": span.start, "@end": span.end}
        other = scope.get(operand, record.get(operand[1:]))
        names += [operand[1:]] if operand not in scope else []
    blanks = {name for name in names if record[name] is None}
    if blanks:
        return False if blanks & decided else None
    assert isinstance(cell, date)
    assert isinstance(other, date)
    return {
        "before": cell < other,
        "on_or_before": cell <= other,
        "after": cell > other,
        "on_or_after": cell >= other,
    }[word]


def _excluded(exclude: Mapping[str, str], record: Record) -> bool:
    return any(record[column] == value for column, value in exclude.items())


def _day(columns: Sequence[str], record: Record) -> date | None:
    days = (record[column] for column in columns)
    return next((day for day in days if isinstance(day, date)), None)


def outcomes(kpi: Kpi, record: Record, span: Span) -> list[Row | None]:
    """Return in which ways a row may count; more than one where a blank leaves it open."""
    if kpi.rules:
        return _by_rules(kpi, record, span)
    fits = holds(kpi.where, record, kpi.source, span)
    day = _day(kpi.dates, record)
    if fits is False or day is None or _excluded(kpi.exclude, record):
        return [None]
    top = holds(kpi.numerator, record, kpi.source, span) if kpi.measure == "ratio" else False
    values = [record[name] for name in kpi.of] or [None]
    if kpi.of and values == [None]:
        unlike = f"? {record.get('no')} {record[kpi.source.base]}"
        values = [unlike] if kpi.source.columns[kpi.of[0]].kind == "id" else [UNKNOWN, -UNKNOWN]
    tops = (False, True) if top is None else (top,)
    rows: list[Row | None] = [Row(record, day, None, t, value) for value in values for t in tops]
    return (
        [*rows, None]
        if fits is None or values[0] != (record[kpi.of[0]] if kpi.of else None)
        else rows
    )


def _by_rules(kpi: Kpi, record: Record, span: Span) -> list[Row | None]:
    ways: list[Row | None] = []
    for rule in kpi.rules:
        fits = holds(rule.where, record, kpi.source, span)
        if fits is not False:
            ways.append(_by_rule(rule, record, span))
        if fits is True:
            return ways
    return [*ways, None]


def _by_rule(rule: Rule, record: Record, span: Span) -> Row | None:
    day = _day(rule.date, record)
    if day is None or _excluded(rule.exclude, record):
        return None
    return Row(record, day, rule.label, later=rule.until_as_of and day > span.as_of)
