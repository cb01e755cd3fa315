from datetime import date
from decimal import Decimal

import pytest

from kpicli.catalog.conditions import Test as Condition
from kpicli.catalog.conditions import Where, parse_where, references, scope_references
from kpicli.values.moments import Moment


@pytest.mark.parametrize(
    ("raw", "tests"),
    [
        ({}, ()),
        ({"category": "不満"}, (Condition("category", "in", ("不満",)),)),
        ({"line": ["生保", "損保"]}, (Condition("line", "in", ("生保", "損保")),)),
        ({"attempt": 1}, (Condition("attempt", "in", (1,)),)),
        ({"line": {"not": "生保"}}, (Condition("line", "not_in", ("生保",)),)),
        ({"line": {"not": ["生保", "損保"]}}, (Condition("line", "not_in", ("生保", "損保")),)),
        ({"done": {"missing": True}}, (Condition("done", "missing", (True,)),)),
        ({"done": {"before": "@as_of"}}, (Condition("done", "before", ("@as_of",)),)),
        (
            {"done": {"after": date(2025, 4, 1), "on_or_before": "@due"}, "line": "生保"},
            (
                Condition("done", "after", (date(2025, 4, 1),)),
                Condition("done", "on_or_before", ("@due",)),
                Condition("line", "in", ("生保",)),
            ),
        ),
    ],
)
def test_a_table_is_tests_that_all_hold(raw: object, tests: tuple[Condition, ...]) -> None:
    """Every column of a table gives its tests, in order, as one alternative."""
    assert parse_where(raw) == Where((tests,))


def test_a_list_of_tables_is_alternatives() -> None:
    """Tables in a list are joined by or."""
    where = parse_where([{"a": "x"}, {"b": "y"}])
    assert where.alternatives == ((Condition("a", "in", ("x",)),), (Condition("b", "in", ("y",)),))
    assert where.columns == ("a", "b")


def test_a_filter_names_the_columns_it_refers_to() -> None:
    """A reference to another date is a column that the filter needs; @as_of is none."""
    where = parse_where({"done": {"after": "@due", "before": "@as_of"}, "line": "生保"})
    assert where.columns == ("done", "due", "line")
    assert [references(test) for test in where.tests] == [["due"], [], []]


def test_a_moment_may_be_shifted() -> None:
    """A shift follows a date, a place in the period or a column; without one nothing changes."""
    where = parse_where(
        {
            "done": {
                "on_or_before": "@due - 28 days",
                "after": "@end + 1 month",
                "before": "2024-02-29 + 1 year",
            }
        }
    )
    assert [test.operands for test in where.tests] == [
        (Moment("@due", -28, "days"),),
        (Moment("@end", 1, "months"),),
        (Moment(date(2024, 2, 29), 1, "years"),),
    ]
    assert where.columns == ("done", "due")
    assert [scope_references(test) for test in where.tests] == [[], ["@end"], []]


def test_numbers_are_compared_by_what_they_are() -> None:
    """A number keeps its decimals, and a column may stand in its place."""
    where = parse_where({"score": {"at_least": 9, "below": 9.5, "above": "@least"}})
    assert [test.operands for test in where.tests] == [
        (Decimal(9),),
        (Decimal("9.5"),),
        ("@least",),
    ]
    assert where.columns == ("score", "least")


def test_a_parsed_filter_is_taken_as_it_is() -> None:
    """Parsing twice is parsing once, and no filter fits every row."""
    where = parse_where({"line": "生保"})
    assert parse_where(where) is where
    assert Where().alternatives == ((),)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("category = 1", "a filter is a table"),
        ([], "at least one table"),
        (["x"], "a filter is a table"),
        ({"line": {}}, "line: the condition is empty"),
        ({"line": []}, "line: a text, a number"),
        ({"line": True}, "line: a text, a number"),
        ({"line": date(2025, 4, 1)}, "line: a text, a number"),
        ({"line": {"is": "x"}}, r"'is' is no condition"),
        ({"line": {"in": ["x"]}}, "'in' is no condition"),
        ({"done": {"missing": "yes"}}, "done.missing: true or false"),
        ({"done": {"before": "2025-04-01"}}, "done.before: a date such as 2025-04-01"),
        ({"done": {"before": 20250401}}, "done.before: a date"),
        ({"done": {"before": "@due + 3 weeks"}}, "in days, months, years, business days"),
        ({"done": {"before": "due + 3 days"}}, "done.before: a date"),
        ({"done": {"before": "@due+"}}, "done.before: a date"),
        ({"done": {"before": "2025-02-30 + 1 day"}}, "done.before: a date"),
        ({"score": {"at_least": "9"}}, "score.at_least: a number such as 9"),
        ({"score": {"below": True}}, "score.below: a number"),
        ({"score": {"below": "@as_of"}}, "score.below: a number"),
    ],
)
def test_what_is_no_filter_is_refused_in_words(raw: object, said: str) -> None:
    """A wrong filter is never evaluated as code, guessed or passed over."""
    with pytest.raises(ValueError, match=said.split(";")[0].replace(".", r"\.")) as error:
        parse_where(raw)
    assert said in str(error.value)
