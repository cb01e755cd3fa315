"""An entry of exports is read as it is meant: paths alone, constants as cells, digits of ids."""

from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from kpicli.catalog.read import read_catalog
from kpicli.settings.tables.export import Export, Exports


class Declared(BaseModel):
    """A table that has entries of exports."""

    voices: Exports


def entries(raw: object) -> tuple[Export, ...]:
    """Return the entries that a value of the settings declares."""
    return Declared.model_validate({"voices": raw}).voices


def test_a_path_alone_is_an_entry() -> None:
    """So is a table; a list holds either."""
    one = Export(files=("a.csv",))
    assert entries("a.csv") == entries({"files": "a.csv"}) == entries(["a.csv"]) == (one,)
    assert entries(["a.csv", {"files": ["b.csv"]}]) == (one, Export(files=("b.csv",)))


def test_constants_are_cells() -> None:
    """A number and a date are what a text file would say; true and false are no cell."""
    raw = {"files": "a.csv", "constants": {"n": 12, "on": date(2025, 4, 1), "line": "生保"}}
    assert entries(raw)[0].constants == {"n": "12", "on": "2025-04-01", "line": "生保"}
    with pytest.raises(ValidationError, match="constants"):
        entries({"files": "a.csv", "constants": {"yes": True}})


def test_one_width_is_that_of_the_ids_in_the_key() -> None:
    """A table of widths names columns of its own."""
    voices = read_catalog().source["voices"]
    assert entries({"files": "a.csv", "id_width": 6})[0].widths(voices) == {"voice_id": 6}
    own = {"files": "a.csv", "id_width": {"staff_id": 4}}
    assert entries(own)[0].widths(voices) == {"staff_id": 4}


def test_an_export_of_a_register_answers_for_its_day() -> None:
    """For the days before it, too, where ended rows stay in it."""
    day = date(2025, 9, 30)
    assert Export(files=("a.csv",)).state is None
    assert Export(files=("a.csv",), as_of=day).state == (day, day)
    first, last = Export(files=("a.csv",), as_of=day, keeps_ended=True).state or (day, day)
    assert (first < date(1950, 1, 1), last) == (True, day)


@pytest.mark.parametrize(
    "raw",
    [
        {"files": "{covers}_{covers}.csv"},
        {"files": "{covers}/a.csv"},
        {"files": "{covers}.csv", "covers": "2025H1"},
        {"files": "a.xlsx", "sheet": "{covers}", "covers": "2025H1"},
    ],
)
def test_a_span_stands_once_in_a_name(raw: dict[str, object]) -> None:
    """In that of a file or a sheet, and not beside a span that is declared."""
    with pytest.raises(ValidationError, match="cover"):
        entries(raw)
