"""Where every row read goes: usable, duplicate, superseded, not data, faulty."""

from pathlib import Path

import pytest

from support.small_project import HEADERS, Project, accounted, codes, places


def settled(folder: Path, rows: list[str], header: str | None = None) -> Project:
    """Return a project with one file of お客様の声."""
    return Project(folder).export("voices", rows, header=header)


@pytest.mark.parametrize(
    "row",
    [
        "",
        ",,,,,",
        " ,　,,,,",
        "合計,,,,,",
        ",合計,,120,,",
        ",,,小計,,",
        ",2025/4/1,生保,,総計,",
    ],
)
def test_blank_and_total_rows_are_no_data(row: str, tmp_path: Path) -> None:
    """A row with nothing in it, or without a key beside 合計, 小計 or 総計, is not counted."""
    dataset = settled(tmp_path, ["V1,2025/4/1,生保,感謝,,", row]).load("voices")
    assert accounted(dataset) == {"read": 2, "usable": 1, "not_data": 1}
    assert codes(dataset) == {}


@pytest.mark.parametrize("row", ["V2,2025/4/1,生保,,合計,", "V2,2025/4/1,生保,感謝,小計,"])
def test_a_total_word_beside_a_key_is_data(row: str, tmp_path: Path) -> None:
    """A row that has its number is a row, whatever a cell says."""
    dataset = settled(tmp_path, ["V1,2025/4/1,生保,感謝,,", row]).load("voices")
    assert accounted(dataset) == {"read": 2, "usable": 2}


def test_a_row_without_its_key_is_a_fault(tmp_path: Path) -> None:
    """A blank number beside other cells cannot be told apart from others."""
    dataset = settled(tmp_path, ["V1,2025/4/1,生保,感謝,,", ",2025/4/2,生保,感謝,,"]).load("voices")
    assert accounted(dataset) == {"read": 2, "usable": 1, "faulty": 1}
    assert places(dataset, "D201") == [("voices0.csv", 3, "受付番号")]


def test_rows_without_a_key_are_not_duplicates_of_each_other(tmp_path: Path) -> None:
    """Two rows that lack their number are two faults, however alike they are."""
    dataset = settled(tmp_path, [",2025/4/2,生保,感謝,,"] * 2).load("voices")
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
    dataset = settled(tmp_path, ["V1,2025/4/31,生保,感謝,,"], header).load("voices")
    assert accounted(dataset) == {"read": 4, "not_data": 3, "faulty": 1}
    assert places(dataset, "D101") == [("voices0.csv", 5, "受付日")]


def test_a_row_without_a_date_is_usable_and_told(tmp_path: Path) -> None:
    """It belongs to no period; a warning says how many there are, and where the first is."""
    rows = ["V1,2025/4/1,生保,感謝,,", "V2,,生保,感謝,,", "V3,,生保,感謝,,"]
    project = settled(tmp_path, rows)
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 3}
    assert codes(dataset) == {"D154": 2}
    assert places(dataset, "D154") == [("voices0.csv", 3, "受付日")]
    assert project.summarize("voices").accounting.no_date == 2


def test_each_file_has_its_own_accounting(tmp_path: Path) -> None:
    """The files' sums are those of the source, and a row is booked where it stands."""
    project = settled(tmp_path, ["V1,2025/4/1,生保,感謝,,", "合計,,,,,"])
    project.export("voices", ["V1,2025/4/1,生保,感謝,,", "V2,2025/9/1,生保,苦情,,"])
    dataset = project.load("voices")
    names = ("read", "usable", "duplicate", "superseded", "not_data", "faulty")
    rows = [[getattr(f.accounting, name) for name in names] for f in dataset.files]
    assert rows == [[2, 1, 0, 0, 1, 0], [2, 0, 1, 0, 0, 1]]
    assert accounted(dataset) == {
        "read": 4,
        "usable": 1,
        "duplicate": 1,
        "not_data": 1,
        "faulty": 1,
    }


def test_the_same_file_given_twice_is_one_file(tmp_path: Path) -> None:
    """A copy under another name is read once, and told."""
    rows = ["V1,2025/4/1,生保,感謝,,"]
    dataset = settled(tmp_path, rows).export("voices", rows).load("voices")
    assert accounted(dataset) == {"read": 1, "usable": 1}
    assert codes(dataset) == {"D310": 1}


def test_a_file_of_a_header_alone_is_read(tmp_path: Path) -> None:
    """An export without rows is an export: where it is declared to be whole, figures are 0."""
    project = settled(tmp_path, [])
    assert accounted(project.load("voices")) == {}
    assert project.summarize("voices").number() == 0
