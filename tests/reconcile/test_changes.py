"""Moves of a figure: their effects come to the whole difference, or there is no move."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text
from kpicli.model.value import Status, Value
from kpicli.reconcile.changes import Cause, Effect, Move, less

BEFORE, AFTER = (Value(number, None, None, Status.OK, 0) for number in (10, 13))
ADDED = Effect(Cause.ADDED, 4, 4, None, None, Fraction(4))
REMOVED = Effect(Cause.REMOVED, 1, -1, None, None, Fraction(-1))


def test_effects_that_come_to_the_difference_pass() -> None:
    """13 - 10 is 4 rows more and one less."""
    move = Move("total", None, None, BEFORE, AFTER, (ADDED, REMOVED))
    assert move.difference == 3


@pytest.mark.parametrize("effects", [(), (ADDED,), (REMOVED,), (ADDED, REMOVED, REMOVED)])
def test_effects_that_do_not_are_refused(effects: tuple[Effect, ...]) -> None:
    """An effect too few or too many is a contradiction; without rows a reason stands instead."""
    with pytest.raises(InternalError, match="but number moved by 3"):
        Move("total", None, None, BEFORE, AFTER, effects)
    told = Move("total", None, None, BEFORE, AFTER, effects, Text("理由", "why"))
    assert told.difference == 3


def test_a_fraction_is_held_to_its_parts() -> None:
    """A ratio's numerator and denominator add up even where the percentage cannot be followed."""
    before = Value(Decimal("50.0"), 1, 2, Status.OK, 0)
    after = Value(Decimal("100.0"), 2, 2, Status.OK, 0)
    right = Effect(Cause.ADDED, 1, Decimal("50.0"), 1, 0, Fraction(50))
    assert Move("total", None, None, before, after, (right,)).difference == Decimal("50.0")
    wrong = Effect(Cause.ADDED, 1, Decimal("50.0"), 0, 1, Fraction(50))
    with pytest.raises(InternalError, match="but numerator moved by 1"):
        Move("total", None, None, before, after, (wrong,))


def test_a_difference_needs_both_sides() -> None:
    """Where either value is missing there is none."""
    assert (less(3, 1), less(None, 1), less(3, None)) == (2, None, None)
