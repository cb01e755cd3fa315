"""Usual layouts of Japanese tables: the right ones are never accused, a wrong cell is found."""

from random import Random

import pytest

from kpicli.audit.table import squared
from support.statistical_tables import made_table
from support.usual_tables import audited_rows, planted_errors, usual_tables, with_cell

_GENERATED = 150


@pytest.mark.parametrize("name", list(usual_tables()))
def test_a_right_table_is_not_accused(name: str) -> None:
    """Whatever its layout, nothing in it is called wrong."""
    assert audited_rows(usual_tables()[name]).of("wrong") == ()


@pytest.mark.parametrize(("name", "cell", "text"), planted_errors())
def test_a_planted_error_is_found(name: str, cell: str, text: str) -> None:
    """One changed cell makes a relation wrong that it stands in."""
    audit = audited_rows(with_cell(usual_tables()[name], cell, text))
    assert cell in [spot.cell for spot in audit.named()]


def test_there_are_enough_tables_and_errors() -> None:
    """The two sets are as large as they are said to be."""
    assert len(usual_tables()) >= 160
    assert len(planted_errors()) >= 200


def test_generated_tables_are_not_accused() -> None:
    """Random tables of usual layouts, right by construction, have nothing wrong."""
    for seed in range(_GENERATED):
        rows, _ = made_table(seed)
        assert audited_rows(squared(rows, f"{seed}")).of("wrong") == (), seed


def test_most_errors_in_generated_tables_are_found() -> None:
    """Of single digits changed in random tables nine in ten are found, and named among others."""
    found = tried = 0
    for seed in range(_GENERATED):
        rows, cells = made_table(seed)
        random = Random(seed)
        digits = [
            (row, column, at)
            for row, column in cells
            for at, sign in enumerate(rows[row][column])
            if sign.isdecimal()
        ]
        if not digits:
            continue
        row, column, at = random.choice(digits)
        text = rows[row][column]
        other = str((int(text[at]) + random.randint(1, 9)) % 10)
        rows[row][column] = text[:at] + other + text[at + 1 :]
        named = [spot.cell for spot in audited_rows(squared(rows, f"{seed}")).named()]
        tried += 1
        found += f"{chr(65 + column)}{row + 1}" in named
    assert tried >= 100
    assert found >= 0.9 * tried
