"""A problem says in both languages which key is wrong, why, and what was meant."""

import pickle

from kpicli.base.problems import InvalidValue, invalid, joined, misnamed, problem


def test_a_problem_is_placed_by_who_reads_the_table() -> None:
    """The path grows from the inside out; the table itself is no part of it."""
    inner = problem("where.line", "条件が空です", "the condition is empty")
    assert inner.below("kpi.own").path == "kpi.own.where.line"
    assert problem("", "空です", "it is empty").below("codes.x").line("ja") == "codes.x: 空です"
    assert problem("", "空です", "it is empty").line("en") == "it is empty"
    assert joined("", "a", "", "b") == "a.b"


def test_a_wrong_name_has_the_nearest_or_all() -> None:
    """What was meant is kept beside the words, so that it can be put into the file."""
    near = misnamed("exports", "ありません", "no such source", "voicez", ["voices", "staff"])
    assert (near.slip, near.meant) == ("voicez", "voices")
    assert near.line("ja") == "exports: ありません(「voices」のことですか)"
    assert near.line("en") == "exports: no such source (did you mean 'voices'?)"
    far = misnamed("", "ありません", "none", 7, ["voices", "staff"])
    assert (far.slip, far.meant) == ("7", "")
    assert far.line("ja") == "ありません(使えるもの: voices, staff)"


def test_an_invalid_value_is_a_value_error_and_travels() -> None:
    """Pydantic catches it as one; another process gets it whole."""
    error = invalid("数です", "a number", "bins")
    assert isinstance(error, ValueError)
    assert str(error) == "bins: a number"
    other = pickle.loads(pickle.dumps(error))
    assert isinstance(other, InvalidValue)
    assert other.problems == error.problems
