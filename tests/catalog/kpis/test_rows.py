"""Which rows count is declared by the columns that date them, and by the largest numbers."""

import pytest
from pydantic import BaseModel, ValidationError

from kpicli.catalog.kpis.rows import Datings, Top, TopField
from kpicli.catalog.read import read_catalog
from kpicli.values.moments import parse_moment


class Declared(BaseModel):
    """A table that says which rows count."""

    date: Datings = ()
    top: TopField | None = None


def test_one_date_column_or_several() -> None:
    """A shifted column is a moment, a plain one stays its name."""
    assert Declared.model_validate({"date": "improved_on"}).date == ("improved_on",)
    dates = Declared.model_validate({"date": ["improved_on", "received_on + 37 months"]}).date
    assert dates == ("improved_on", parse_moment("received_on + 37 months"))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"date": [3]}, "the name of a date column"),
        ({"top": 20}, r'top = \{ by = "column", most = 20 \}'),
        ({"top": {"by": "amount", "most": 0}}, "greater than or equal to 1"),
    ],
)
def test_what_is_no_choice_of_rows_is_refused(raw: dict[str, object], said: str) -> None:
    """With the form that is meant."""
    with pytest.raises(ValidationError, match=said):
        Declared.model_validate(raw)


def test_the_largest_in_words() -> None:
    """By the column's own header, in both languages, and what the others are excluded as."""
    voices = read_catalog().source["voices"]
    top = Top(by="received_on", most=20)
    assert top.words(voices).en == "the 20 largest by received on (ties all in, blanks last)"
    assert top.words(voices).ja == "受付日 の大きい順に 20 件(同じ値はすべて含み、空欄は最後)"
    assert top.rest(voices).en == "not among the 20 largest by received on"
