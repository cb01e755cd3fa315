"""Where every row read goes: usable, duplicate, superseded, not data, faulty."""

from pathlib import Path

from support.small_project import HEADERS, Project, accounted, places


def test_rows_without_a_key_are_not_duplicates_of_each_other(tmp_path: Path) -> None:
    """Two rows that lack their number are two faults, however alike they are."""
    dataset = Project(tmp_path).export("voices", [",2025/4/2,生保,感謝,,"] * 2).load("voices")
    assert accounted(dataset) == {"read": 2, "faulty": 2}


def test_a_key_column_that_may_be_blank_is_part_of_the_key(tmp_path: Path) -> None:
    """An exam without subjects has a blank 科目; it is a key like any other."""
    rows = [
        "2025/5/1,S001,公的保険アドバイザー,,合格",
        "2025/5/1,S001,公的保険アドバイザー,,合格",
        "2025/5/1,S001,公的保険アドバイザー,法規,合格",
    ]
    dataset = Project(tmp_path).export("qualifications", rows).load("qualifications")
    assert accounted(dataset) == {"read": 3, "usable": 2, "duplicate": 1}


def test_title_rows_are_read_and_no_data(tmp_path: Path) -> None:
    """The rows above the header are in the sum, and row numbers are the file's own."""
    header = f"お客様の声一覧\n出力日,2025/10/1\n\n{HEADERS['voices']}"
    project = Project(tmp_path).export("voices", ["V1,2025/4/31,生保,感謝,,"], header=header)
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 4, "usable": 1, "not_data": 3}
    assert places(dataset, "D101") == [("voices0.csv", 5, "受付日")]
