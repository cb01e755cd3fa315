"""The `where` of the catalogue: a structured filter, validated as data and never evaluated as code.

A table joins its columns with *and*; a list of tables joins them with *or*. A column is tested by

- a value, or a list of values of which any fits: `category = "不満"`, `line = ["生保", "損保"]`
- `{ not = … }`: none of the value or values
- `{ before = … }`, `{ on_or_before = … }`, `{ after = … }`, `{ on_or_after = … }`: a date, or
  `"@as_of"`, `"@start"`, `"@end"` (of the period), or `"@column"` (another date of the row), each
  also with a shift: `"@column + 3 months"`, `"@end - 10 business days"`
- `{ at_least = … }`, `{ at_most = … }`, `{ above = … }`, `{ below = … }`: a number, or `"@column"`
  (another number of the row)
- `{ missing = true }` or `{ missing = false }`: the cell is blank, or is not
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic.json_schema import JsonSchemaValue

from kpicli.base.problems import InvalidValue, invalid, misnamed
from kpicli.catalog.texts import Before
from kpicli.values.moments import UNITS, Moment, parse_moment

DateOperator = Literal["before", "on_or_before", "after", "on_or_after"]
NumberOperator = Literal["at_least", "at_most", "above", "below"]
Operator = Literal["in", "not_in", "missing"] | DateOperator | NumberOperator
Operand = str | int | date | bool | Decimal | Moment

DATE_OPERATORS: tuple[DateOperator, ...] = get_args(DateOperator)
NUMBER_OPERATORS: tuple[NumberOperator, ...] = get_args(NumberOperator)
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


def base_of(operand: Operand) -> Operand:
    """Return a moment's base without the shift, any other operand as it is."""
    return operand.base if isinstance(operand, Moment) else operand


def references(test: Test) -> list[str]:
    """Return the other columns of the row that the test compares with."""
    bases = map(base_of, test.operands) if test.operator in COMPARISONS else ()
    return [b[1:] for b in bases if isinstance(b, str) and b not in SCOPE_REFERENCES]


def scope_references(test: Test) -> list[str]:
    """Return what of the run the test compares with: its as-of date, its period's ends."""
    bases = map(base_of, test.operands) if test.operator in COMPARISONS else ()
    return [str(base) for base in bases if base in SCOPE_REFERENCES]


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
    """Return the filter that a TOML value describes; `InvalidValue` says what is wrong with it."""
    if isinstance(raw, Where):
        return raw
    tables = raw if isinstance(raw, list) else [raw]
    if not tables:
        raise invalid(
            "「または」の一覧には表が一つ以上要ります",
            "a list of alternatives needs at least one table",
        )
    return Where(tuple(_alternative(table) for table in tables))


def _alternative(raw: object) -> tuple[Test, ...]:
    if not isinstance(raw, dict):
        raise invalid(
            '条件は { category = "不満" } のような表か、表の一覧で書きます',
            'a filter is a table such as { category = "不満" }, or a list of tables',
        )
    return tuple(test for column, spec in raw.items() for test in _tests(str(column), spec))


def _tests(column: str, spec: object) -> list[Test]:
    if not isinstance(spec, dict):
        return [Test(column, "in", _values(column, spec))]
    if not spec:
        raise invalid("条件が空です", "the condition is empty", column)
    return [_test(column, str(word), operand) for word, operand in spec.items()]


def _test(column: str, word: str, operand: object) -> Test:
    if word == "not":
        return Test(column, "not_in", _values(column, operand))
    if word == "missing":
        if not isinstance(operand, bool):
            raise invalid("true か false です", "true or false", f"{column}.missing")
        return Test(column, "missing", (operand,))
    for operator, parse in COMPARISONS.items():
        if word == operator:
            return Test(column, operator, (parse(column, word, operand),))
    if word in UNITS:
        moment = f'{{ on_or_before = "@… - {operand} {word}" }}'
        raise invalid(
            f"ずらした日付は一つの値で書きます: {column} = {moment}",
            f"a shifted date is one value: {column} = {moment}",
            column,
        )
    words = ("not", "missing", *COMPARISONS)
    ja, en = f"「{word}」という条件はありません", f"{word!r} is no condition"
    raise InvalidValue(misnamed(column, ja, en, word, words))


def _values(column: str, spec: object) -> tuple[Operand, ...]:
    values = tuple(_value(column, each) for each in (spec if isinstance(spec, list) else [spec]))
    if not values:
        raise _no_value(column)
    return values


def _value(column: str, value: object) -> Operand:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise _no_value(column)


def _no_value(column: str) -> InvalidValue:
    return invalid(
        "文字列か数、またはその一覧を書いてください", "a text, a number, or a list of them", column
    )


def _date(column: str, word: str, operand: object) -> Operand:
    if type(operand) is date:
        return operand
    if isinstance(operand, str):
        moment = parse_moment(operand)
        if moment is not None and (not isinstance(moment.base, str) or moment.base[0] == "@"):
            return moment
        if operand.startswith("@") and not any(sign in operand for sign in " +"):
            return operand
    units = ", ".join(UNITS)
    raise invalid(
        '2025-04-01 のような日付か "@start"、"@end"、"@as_of"、"@列"、またはそれを '
        f'{units} でずらしたもの("@列 - 28 days" など)を書いてください',
        'a date such as 2025-04-01, "@start", "@end", "@as_of" or "@column", or one of '
        f'them with a shift in {units}, as in "@column - 28 days"',
        f"{column}.{word}",
    )


def _number(column: str, word: str, operand: object) -> Operand:
    if isinstance(operand, int | float) and not isinstance(operand, bool):
        return Decimal(repr(operand))
    if isinstance(operand, str) and operand.startswith("@") and operand not in SCOPE_REFERENCES:
        return operand
    raise invalid(
        '9 や 0.5 のような数か "@列" を書いてください',
        'a number such as 9 or 0.5, or "@column"',
        f"{column}.{word}",
    )


COMPARISONS: dict[DateOperator | NumberOperator, Callable[[str, str, object], Operand]] = {
    **dict.fromkeys(DATE_OPERATORS, _date),
    **dict.fromkeys(NUMBER_OPERATORS, _number),
}
"""How what stands beside each comparing word is read."""


def _written(_: object) -> JsonSchemaValue:
    """Return the JSON Schema of a filter: a table of conditions, or a list of such tables."""
    value: JsonSchemaValue = {"type": ["string", "number"]}
    values = {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}
    words: JsonSchemaValue = dict.fromkeys(COMPARISONS, value)
    tests = {"not": values, "missing": {"type": "boolean"}, **words}
    test = {"type": "object", "properties": tests, "additionalProperties": False}
    column = {"anyOf": [*values["anyOf"], {**test, "minProperties": 1}]}
    table = {"type": "object", "additionalProperties": column}
    return {"anyOf": [table, {"type": "array", "items": table, "minItems": 1}]}


WhereField = Annotated[Where, Before(parse_where, _written)]
"""A field of a pydantic model that holds a `where`."""
