"""Every type of error that pydantic knows is said in both languages, never in its own words."""

import re
from datetime import date

import pytest
from pydantic import BaseModel, ValidationError, field_validator
from pydantic_core import PydanticKnownError
from pydantic_core._pydantic_core import list_all_errors
from pydantic_core.core_schema import ErrorType

from kpicli.catalog.validation.problems import problems_of
from kpicli.catalog.validation.words import OTHER, WORDS, remedy_of, words_of

JAPANESE = re.compile("[ぁ-んァ-ン一-龥]")
EVERY = {each["type"]: each for each in list_all_errors()}


@pytest.mark.parametrize("kind", EVERY)
def test_no_sentence_of_the_library_reaches_a_person(kind: ErrorType) -> None:
    """Whatever error a model gives, now or with a later field, both languages are our own."""
    context = EVERY[kind]["example_context"]

    class Model(BaseModel):
        field: int

        @field_validator("field", mode="before")
        @classmethod
        def _refuse(cls, _: object) -> object:
            raise PydanticKnownError(kind, context)

    with pytest.raises(ValidationError) as error:
        Model.model_validate({"field": 3})
    (problem,) = problems_of(error.value, {"field": 3}, {})
    theirs = error.value.errors()[0]["msg"]
    assert JAPANESE.search(problem.text.ja)
    assert theirs not in problem.text.ja
    assert theirs not in problem.text.en
    assert (problem.text == OTHER) == (kind not in WORDS) or "value" in problem.text.en


def test_words_are_of_errors_that_there_are() -> None:
    """A misspelt type would never be said; `path_type` is of pydantic's part in Python."""
    assert set(WORDS) - {"path_type"} <= set(EVERY)


def test_bounds_are_named() -> None:
    """The number that a value must reach stands in the words."""
    assert words_of("greater_than_equal", {"ge": 1}).ja == "1 以上の数を書いてください"
    assert words_of("too_long", {"max_length": 2, "actual_length": 3}).en == (
        "at most 2 are wanted, not 3"
    )
    assert "{ … }" in words_of("dict_type", {}).ja


@pytest.mark.parametrize(
    ("kind", "written", "remedy"),
    [
        ("string_type", 9, "quote"),
        ("string_type", date(2025, 4, 1), "quote"),
        ("string_type", ["2025H1"], "unlist"),
        ("string_type", ["a", "b"], ""),
        ("string_type", {"a": 1}, ""),
        ("int_parsing", "vier", "unquote"),
        ("bool_parsing", "はい", "unquote"),
        ("tuple_type", 9, "list"),
        ("too_short", [], ""),
        ("greater_than_equal", 0, ""),
    ],
)
def test_what_may_mend_a_value(kind: str, written: object, remedy: str) -> None:
    """Quotes and brackets are what a value of another type may lack, or have too many of."""
    assert remedy_of(kind, written) == remedy
