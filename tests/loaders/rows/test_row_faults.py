"""What the kept rows give to tell, each with its place."""

from pathlib import Path

import pytest

from kpicli.model.value import Status
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


JUNE = [f"V{day},2025/6/{day},生保,不満,西,2025/6/20" for day in range(1, 11)]
BLANK = [row.removesuffix("2025/6/20") for row in JUNE]


def test_a_blank_that_would_overwrite_a_date_is_told_and_in_doubt(tmp_path: Path) -> None:
    """Ten improvements of June are gone in the later export: no final 0, and both places."""
    project = loaded(tmp_path, JUNE, [*BLANK, "V99,2025/7/1,生保,不満,西,"])
    lost = [fault for fault in project.load("voices").faults if fault.kind.code == "D208"]
    assert [(f.place.file, f.place.row, f.place.column) for f in lost] == [
        ("voices1.csv", row, "改善日") for row in range(2, 12)
    ]
    assert [f.other.file for f in lost if f.other is not None] == ["voices0.csv"] * 10
    improved = project.summarize("complaint_improvements").value()
    assert (improved.number, improved.status, improved.faulty_rows) == (
        None,
        Status.PROVISIONAL,
        10,
    )
    voices = project.summarize("voices").value()
    assert (voices.number, voices.status) == (11, Status.OK)  # it does not ask for the column


def test_an_export_that_does_not_know_a_column_overwrites_nothing(tmp_path: Path) -> None:
    """With `absent` the dates of the first export stay, and what the later corrects counts."""
    project = loaded(tmp_path, JUNE)
    later = [row.replace("生保", "損保") for row in BLANK]
    last = "V99,2025/7/1,生保,不満,西,"
    project.export("voices", [*later, last], options=', absent = ["improved_on"]')
    dataset = project.load("voices")
    assert "D208" not in codes(dataset)
    improved = project.summarize("complaint_improvements", by="line")
    assert improved.value().status is Status.OK
    assert improved.groups()["損保"] == 10


def test_the_latest_date_stays_of_several(tmp_path: Path) -> None:
    """Of two earlier exports the later one's date is kept."""
    first, second = "V1,2025/6/1,生保,不満,西,2025/6/2", "V1,2025/6/1,生保,不満,西,2025/4/3"
    project = loaded(tmp_path, [second, "V3,2025/7/1,生保,不満,西,"], [first])
    rows = ["V1,2025/6/1,生保,不満,西,", "V2,2025/8/1,生保,不満,西,"]
    project.export("voices", rows, options=', absent = ["improved_on"]')
    assert project.summarize("complaint_improvements", "2025-04").number() == 1


def test_rows_against_holds_are_told(tmp_path: Path) -> None:
    """The first of them in each file, with their number; they count all the same."""
    project = Project(tmp_path)
    rows = ["V1,2025/6/1,団体,不満,,", "V2,2025/6/2,損保,不満,,", "V3,2025/6/3,生保,不満,,"]
    project.export("voices", rows, options=', holds = { line = "団体" }')
    (fault,) = (f for f in project.load("voices").faults if f.kind.code == "D209")
    assert (fault.place.row, fault.place.column, fault.count) == (3, "商品区分", 2)


def test_a_blank_date_in_a_key_is_not_called_a_number(tmp_path: Path) -> None:
    """職員名簿 is told apart by 在籍開始日, too: the column is named, not a number."""
    dataset = Project(tmp_path).export("staff", ["S001,東,,"], covers=None).load("staff")
    (fault,) = (f for f in dataset.faults if f.kind.code == "D201")
    assert fault.place.column == "在籍開始日"
    assert "日付" in fault.kind.message.ja
    assert "番号" not in fault.kind.advice.ja


def test_a_file_without_any_date_leaves_nothing_but_doubt(tmp_path: Path) -> None:
    """Three rows of somewhere in the declared span: blank and provisional, never a final 0."""
    rows = [f"V{n},,生保,感謝,," for n in range(3)]
    project = Project(tmp_path).export("voices", rows)
    (told,) = [fault for fault in project.load("voices").faults if fault.kind.code == "D154"]
    assert (told.kind.cause, told.count) == ("most", 3)
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (None, Status.PROVISIONAL, 3)
    assert project.summarize("voices", "2030H1").value().status is Status.NO_DATA


def test_a_file_without_any_date_is_in_doubt_wherever_others_cover(tmp_path: Path) -> None:
    """Nothing says of which month it is, so that it may be of the other file's."""
    project = Project(tmp_path).export("voices", ["V9,2025/4/1,生保,感謝,,"], covers=None)
    project.export("voices", ["V1,,生保,感謝,,", "V2,,生保,感謝,,"], covers=None)
    value = project.summarize("voices", "2025-04").value()
    assert (value.number, value.status, value.faulty_rows) == (1, Status.PROVISIONAL, 2)


@pytest.mark.parametrize(("blank", "dated", "doubts"), [(6, 5, 6), (6, 6, 0), (5, 1, 0), (1, 0, 1)])
def test_most_rows_without_a_date_are_in_doubt(
    tmp_path: Path, blank: int, dated: int, doubts: int
) -> None:
    """More than half and more than five, or all of them; fewer are only told."""
    rows = [f"V{n},,生保,感謝,," for n in range(blank)]
    rows += [f"W{n},2025/4/1,生保,感謝,," for n in range(dated)]
    project = Project(tmp_path).export("voices", rows)
    assert codes(project.load("voices")) == {"D154": blank}
    value = project.summarize("voices").value()
    assert (value.number, value.faulty_rows) == (dated or None, doubts)


def test_rows_that_are_meant_to_have_no_date_can_be_left_out(tmp_path: Path) -> None:
    """What the advice says is what helps: a filter on the base date rules them out."""
    rows = [*(f"V{n},,生保,感謝,," for n in range(9)), "W1,2025/4/1,生保,感謝,,"]
    project = Project(tmp_path).export("voices", rows)
    project.toml(
        '[kpi.dated_voices]\ntitle = "声"\nsource = "voices"\nunit = "件"\nmeasure = "count"\n'
        "where = { received_on = { missing = false } }"
    )
    value = project.summarize("dated_voices").value()
    assert (value.number, value.status) == (1, Status.OK)
