"""Kind `rules`: a row counts once, under the first rule that holds."""

import pytest
from pydantic import TypeAdapter, ValidationError

from kpicli.catalog.measures.rules import RulesKpi
from kpicli.catalog.read import read_catalog
from kpicli.model.measured import CountedRow, Measured

BASE = {"id": "own", "title": "漏れ", "source": "responses", "measure": "rules"}
RULE = {"label": "期限超過", "date": "due_on", "where": {"status": "未対応"}}


def made(**changed: object) -> RulesKpi:
    """Return a KPI of one rule, changed."""
    return TypeAdapter(RulesKpi).validate_python({**BASE, "rules": [RULE], **changed})


def test_its_columns_are_those_of_all_rules_and_memos() -> None:
    """Each once, dates and exclusions among them; what dates a memo dates no rule."""
    kpi = made(
        rules=[{**RULE, "exclude": {"kind": "新規"}}],
        memos=[{**RULE, "label": "参考", "date": "found_on"}],
    )
    assert kpi.columns == ("status", "due_on", "kind", "found_on")
    assert kpi.dates == ("due_on",)
    assert kpi.exclusions == (("kind", ("新規",)),)
    assert kpi.wheres[1:] == (kpi.rules[0].where, kpi.memos[0].where)


def test_whether_the_as_of_date_matters() -> None:
    """Where a rule ends with it, or a filter compares with it; else not."""
    assert not made().uses_as_of
    assert made(rules=[{**RULE, "until_as_of": True}]).uses_as_of
    late = {**RULE, "where": {"completed_on": {"after": "@as_of"}}}
    assert made(rules=[late]).uses_as_of


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rules": []}, "at least 1 item"),
        ({"date": "due_on"}, "date and exclude belong into the rules"),
        ({"exclude": {"kind": "新規"}}, "date and exclude belong into the rules"),
        ({"rules": [{**RULE, "carried_in": True}]}, "carried_in is for memos"),
    ],
)
def test_what_a_rule_must_say_itself(changed: dict[str, object], said: str) -> None:
    """The KPI as a whole has no date of its own and counts no row of another period."""
    with pytest.raises(ValidationError, match=said):
        made(**changed)


def test_each_rule_is_told_with_its_dates() -> None:
    """What it counts, by which date, and until when; memos are marked as never added."""
    catalog = read_catalog()
    kpi = made(
        rules=[{**RULE, "date": ["found_on", "due_on"], "until_as_of": True}],
        memos=[{**RULE, "label": "前", "carried_in": True, "exclude": {"kind": "新規"}}],
    )
    assert [words.en for words in kpi.rule_words(catalog)] == [
        "Rule '期限超過': status is open; dated by found on, else due on"
        " (in the period, up to the as-of date)",
        "Memo (never added) '前': status is open; dated by due on (before the period)",
        "Excluded: kind is new business",
    ]


def test_counted_rows_are_counted() -> None:
    """By which rule does not matter for the whole."""
    assert RulesKpi.count([CountedRow(), CountedRow()]) == Measured(2)
