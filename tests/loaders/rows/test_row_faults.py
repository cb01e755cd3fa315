"""What the kept rows give to tell, each with its place."""

from pathlib import Path

import pytest

from support.small_project import Project, accounted, codes, places


def loaded(folder: Path, *files: list[str]) -> Project:
    """Return a project with a file of お客様の声 for each list of rows."""
    project = Project(folder)
    for rows in files:
        project.export("voices", rows)
    return project


@pytest.mark.parametrize(
    ("old", "warned"),
    [
        ("V1,2025/6/1,生保,不満,東,", True),  # a team is a code of an open list
        ("V1,2025/6/1,生保,不満,西,2025/6/2", False),  # 改善日 was entered later
        ("V1,2025/6/1,生保,感謝,西,", True),  # the category changed
        ("V1,2025/6/2,生保,不満,西,", True),  # the base date changed
        ("V1,2025/6/1,損保,不満,西,", True),
    ],
)
def test_a_changed_base_date_or_code_is_a_warning_with_both_places(
    old: str, warned: bool, tmp_path: Path
) -> None:
    """The key may have been used twice: the warning names the row that counts and the other."""
    dataset = loaded(
        tmp_path, [old], ["V2,2025/9/1,生保,感謝,,", "V1,2025/6/1,生保,不満,西,"]
    ).load("voices")
    assert dataset.accounting.superseded == 1
    found = [fault for fault in dataset.faults if fault.kind.code == "D203"]
    assert len(found) == warned
    for fault in found:
        assert fault.other is not None
        assert (fault.place.file, fault.place.row) == ("voices1.csv", 3)
        assert (fault.other.file, fault.other.row) == ("voices0.csv", 2)


def test_a_tie_is_a_fault_of_both_rows(tmp_path: Path) -> None:
    """Two exports that are equally new: nothing says which row counts, so neither does."""
    project = loaded(tmp_path, ["V1,2025/6/1,生保,感謝,,"], ["V1,2025/6/1,生保,不満,,"])
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 2, "faulty": 2}
    assert places(dataset, "D202") == [
        ("voices0.csv", 2, "受付番号"),
        ("voices1.csv", 2, "受付番号"),
    ]
    result = project.summarize("voices")
    assert (result.number(), result.value().status, result.value().faulty_rows) == (
        None,
        "provisional",
        2,
    )


def test_a_row_without_its_key_is_a_fault(tmp_path: Path) -> None:
    """A blank number beside other cells cannot be told apart from others."""
    dataset = (
        Project(tmp_path)
        .export("voices", ["V1,2025/4/1,生保,感謝,,", ",2025/4/2,生保,感謝,,"])
        .load("voices")
    )
    assert accounted(dataset) == {"read": 2, "usable": 1, "faulty": 1}
    assert places(dataset, "D201") == [("voices0.csv", 3, "受付番号")]


def test_a_row_without_a_date_is_usable_and_told(tmp_path: Path) -> None:
    """It belongs to no period; a warning says how many there are, and where the first is."""
    rows = ["V1,2025/4/1,生保,感謝,,", "V2,,生保,感謝,,", "V3,,生保,感謝,,"]
    project = Project(tmp_path).export("voices", rows)
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 3}
    assert codes(dataset) == {"D154": 2}
    assert places(dataset, "D154") == [("voices0.csv", 3, "受付日")]
    assert project.summarize("voices").accounting.no_date == 2
