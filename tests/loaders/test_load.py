"""Loading the files of a source."""

from pathlib import Path

from support.small_project import Project, accounted, codes


def test_each_file_has_its_own_accounting(tmp_path: Path) -> None:
    """The files' sums are those of the source, and a row is booked where it stands."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,", "合計,,,,,"])
    project.export("voices", ["V1,2025/4/1,生保,感謝,,", ",2025/9/1,生保,感謝,,"])
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
    dataset = Project(tmp_path).export("voices", rows).export("voices", rows).load("voices")
    assert accounted(dataset) == {"read": 1, "usable": 1}
    assert codes(dataset) == {"D310": 1}


def test_a_file_of_a_header_alone_is_read(tmp_path: Path) -> None:
    """An export without rows is an export: where it is declared to be whole, figures are 0."""
    project = Project(tmp_path).export("voices", [])
    assert accounted(project.load("voices")) == {}
    assert project.summarize("voices").number() == 0
