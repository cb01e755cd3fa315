"""The `where` of the catalogue: a structured filter, validated as data and never evaluated as code.

A table joins its columns with *and*; a list of tables joins them with *or*. A column is tested by

- a value, or a list of values of which any fits: `category = "不満"`, `line = ["生保", "損保"]`
- `{ not = … }`: none of the value or values
- `{ before = … }`, `{ on_or_before = … }`, `{ after = … }`, `{ on_or_after = … }`: a date, or
  `"@as_of"`, `"@start"`, `"@end"` (of the period), or `"@column"` (another date of the row)
- `{ missing = true }` or `{ missing = false }`: the cell is blank, or is not
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator

Operator = Literal["in", "not_in", "before", "on_or_before", "after", "on_or_after", "missing"]
Operand = str | int | date | bool

DateOperator = Literal["before", "on_or_before", "after", "on_or_after"]
DATE_OPERATORS: tuple[DateOperator, ...] = ("before", "on_or_before", "after", "on_or_after")
SCOPE_REFERENCES = ("@as_of", "@start", "@end")


@dataclass(frozen=True, slots=True)  # pydantic validates and hashes it with the catalogue
class Test:
    """One condition on one column. `operands` holds one date or flag, or any number of values."""

    column: str
    operator: Operator
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)  # likewise
class Where:
    """Alternatives (or) of tests (and). One alternative without tests fits every row."""

    alternatives: tuple[tuple[Test, ...], ...] = ((),)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns it tests or refers to, each once, in order."""
        names: dict[str, None] = {}
        for test in self.tests:
            names[test.column] = None
            names.update(dict.fromkeys(references(test)))
        return tuple(names)

    @property
    def decides_blanks_of(self) -> frozenset[str]:
        """Return the columns of which it says by `missing` what a blank cell means."""
        return frozenset(test.column for test in self.tests if test.operator == "missing")

    @property
    def tests(self) -> tuple[Test, ...]:
        """Return all tests of all alternatives."""
        return tuple(test for alternative in self.alternatives for test in alternative)


def references(test: Test) -> list[str]:
    """Return the other columns of the row that the test compares with."""
    return [
        operand[1:]
        for operand in test.operands
        if test.operator in DATE_OPERATORS
        and isinstance(operand, str)
        and operand not in SCOPE_REFERENCES
    ]


def selected_values(where: Where) -> dict[str, frozenset[str]]:
    """Return, per column, the only values that a filter can select: those of all alternatives."""
    by_alternative = [
        {
            test.column: frozenset(str(operand) for operand in test.operands)
            for test in alternative
            if test.operator == "in"
        }
        for alternative in where.alternatives
    ]
    shared = set.intersection(*map(set, by_alternative))
    return {name: frozenset().union(*(own[name] for own in by_alternative)) for name in shared}


def unselected_values(where: Where, column: str) -> frozenset[str]:
    """Return the values of a column that every alternative of a filter rules out."""
    return frozenset.intersection(
        *(
            frozenset(
                str(operand)
                for test in alternative
                if test.column == column and test.operator == "not_in"
                for operand in test.operands
            )
            for alternative in where.alternatives
        )
    )


def parse_where(raw: object) -> Where:
    """Return the filter that a TOML value describes; `ValueError` says what is wrong with it."""
    if isinstance(raw, Where):
        return raw
    tables = raw if isinstance(raw, list) else [raw]
    if not tables:
        raise ValueError("a list of alternatives needs at least one table")
    return Where(tuple(_alternative(table) for table in tables))


def _alternative(raw: object) -> tuple[Test, ...]:
    if not isinstance(raw, dict):
        raise ValueError('a filter is a table such as { category = "不満" }, or a list of tables')
    return tuple(test for column, spec in raw.items() for test in _tests(str(column), spec))


def _tests(column: str, spec: object) -> list[Test]:
    if not isinstance(spec, dict):
        return [Test(column, "in", _values(column, spec))]
    if not spec:
        raise ValueError(f"{column}: the condition is empty")
    return [_test(column, str(word), operand) for word, operand in spec.items()]


def _test(column: str, word: str, operand: object) -> Test:
    if word == "not":
        return Test(column, "not_in", _values(column, operand))
    if word == "missing":
        if not isinstance(operand, bool):
            raise ValueError(f"{column}.missing: true or false")
        return Test(column, "missing", (operand,))
    for operator in DATE_OPERATORS:
        if word == operator:
            return Test(column, operator, (_date(column, word, operand),))
    words = ", ".join(("not", *(o for o in get_args(Operator) if not o.endswith("in"))))
    raise ValueError(f"{column}: {word!r} is no condition; there are: {words}")


def _values(column: str, spec: object) -> tuple[Operand, ...]:
    values = spec if isinstance(spec, list) else [spec]
    if not values or not all(isinstance(v, str | int) and not isinstance(v, bool) for v in values):
        raise ValueError(f"{column}: a text, a whole number, or a list of them")
    return tuple(values)


def _date(column: str, word: str, operand: object) -> Operand:
    if type(operand) is date:
        return operand
    if isinstance(operand, str) and operand.startswith("@"):
        return operand
    raise ValueError(f'{column}.{word}: a date such as 2025-04-01, "@as_of", "@end" or "@column"')


WhereField = Annotated[Where, BeforeValidator(parse_where)]
"""A field of a pydantic model that holds a `where`."""
