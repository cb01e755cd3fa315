"""Rows of several files side by side, each with the way back to its own file."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kpicli.loaders.rows.joining import Joined, join
from support.small_project import Project


@pytest.fixture
def joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Joined:
    """Return the rows of two files, the second without the column チーム."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,東,", ",,,,,"])
    header = "受付番号,受付日,商品区分,声の区分"
    project.export("voices", ["V2,2025/5/2,損保,x", "V3,,生保,不満"], header=header)
    made: list[Joined] = []

    def kept(*arguments: object) -> Joined:
        made.append(join(*arguments))  # type: ignore[arg-type] # as it was called
        return made[-1]

    monkeypatch.setattr("kpicli.loaders.load.join", kept)
    project.load("voices")
    return made[0]


def test_rows_are_numbered_through(joined: Joined) -> None:
    """The files follow one another; blank rows keep their number."""
    assert len(joined) == 4
    assert [joined.file_of(row) for row in range(4)] == [0, 0, 1, 1]
    assert joined.files_of(np.array([3, 0])).tolist() == [1, 0]
    assert joined.not_data.tolist() == [False, True, False, False]


def test_cells_say_one_value_none_or_what_cannot_be_read(joined: Joined) -> None:
    """A blank cell, and a column that the file lacks, say nothing; an unknown code is None."""
    rows = np.arange(4)
    assert joined.read(rows, "category") == [("感謝",), (), None, ("不満",)]
    assert joined.read(rows, "team") == [("東",), (), (), ()]
    assert joined.read(rows[2:], "received_on") == [(date(2025, 5, 2),), ()]
    assert {name: marks.tolist() for name, marks in joined.unreadable.items()} == {
        "category": [False, False, True, False]
    }


def test_the_way_back_to_the_files(joined: Joined) -> None:
    """Places and texts are the files' own; a column that a file lacks is empty text."""
    place = joined.place(2, "category")
    assert (place.file, place.row, place.column) == ("voices1.csv", 2, "声の区分")
    assert joined.texts([3, 0, 2], ["voice_id", "category", "team"]) == {
        "voice_id": ["V3", "V1", "V2"],
        "category": ["不満", "感謝", "x"],
        "team": ["", "東", ""],
    }
    assert [
        (part.file.label, places.tolist(), numbers.tolist())
        for part, places, numbers in joined.by_file(np.array([3, 0, 2]))
    ] == [("voices0.csv", [1], [0]), ("voices1.csv", [0, 2], [1, 0])]


def test_the_bytes_of_rows_of_one_file(joined: Joined) -> None:
    """Rows that follow one another are the bytes that stand in the file."""
    records = joined.records(2, 2)
    assert records is not None
    assert records.data.decode() == "V2,2025/5/2,損保,x\nV3,,生保,不満\n"
