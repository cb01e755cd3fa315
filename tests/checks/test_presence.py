"""Lines, teams and staff that were there last period and are not in this one."""

from pathlib import Path

from support.inspected import inspection
from support.small_project import Project

HEADER = "受付番号,受付日,商品区分,声の区分,チーム,担当者"
BEFORE = [
    "V1,2024/11/1,生保,感謝,生保,S001",
    "V2,2024/11/2,団体,感謝,団体,S002",
    "V3,2024/11/3,損保,感謝,損保,S003",
]
NOW = ["V4,2025/5/1,生保,感謝,生保,S001", "V5,2025/5/2,損保,感謝,損保,S009"]


def told(
    project: Project, *, show_personal: bool = False, sources: tuple[str, ...] = ()
) -> list[tuple[str | None, str]]:
    """Return header and detail of every value that is gone."""
    result = inspection(project, *sources, period="2025H1", show_personal=show_personal)
    return [(f.place.column, f.detail_in("ja")) for f in result.faults if f.kind.code == "D405"]


def test_what_is_gone(tmp_path: Path) -> None:
    """Codes that are gone are named, people only counted; who is new is no matter."""
    project = Project(tmp_path).export("voices", [*BEFORE, *NOW], header=HEADER)
    assert told(project) == [("商品区分", "団体"), ("チーム", "団体"), ("担当者", "2 / 3")]


def test_people_by_name(tmp_path: Path) -> None:
    """With leave the people are named."""
    project = Project(tmp_path).export("voices", [*BEFORE, *NOW], header=HEADER)
    assert told(project, show_personal=True)[-1] == ("担当者", "S002, S003")


def test_who_has_left(tmp_path: Path) -> None:
    """Who had left before the period is not expected, also when voices alone are checked."""
    project = Project(tmp_path).export("voices", [*BEFORE, *NOW], header=HEADER)
    register = [
        "S001,生保,2020/4/1,",
        "S002,団体,2020/4/1,2025/3/31",
        "S003,損保,2020/4/1,2025/4/1",
    ]
    project.export("staff", register, covers=None)
    assert told(project)[-1] == ("担当者", "1 / 3")
    assert told(project, sources=("voices",))[-1] == ("担当者", "1 / 3")


def test_all_go_on(tmp_path: Path) -> None:
    """Nothing is told when all that was there is there."""
    rows = [*BEFORE, *(row.replace("V", "W").replace("2024/11", "2025/5") for row in BEFORE)]
    assert told(Project(tmp_path).export("voices", rows, header=HEADER)) == []


def test_no_rows_at_all(tmp_path: Path) -> None:
    """A period without any row is a missing export, told elsewhere."""
    assert told(Project(tmp_path).export("voices", BEFORE, header=HEADER)) == []
    (tmp_path / "b").mkdir()
    assert told(Project(tmp_path / "b").export("voices", NOW, header=HEADER)) == []


def test_column_that_a_file_lacks(tmp_path: Path) -> None:
    """A column that one of the files lacks is not compared."""
    project = Project(tmp_path).export("voices", BEFORE, header=HEADER)
    project.export("voices", ["V4,2025/5/1,感謝"], header="受付番号,受付日,声の区分")
    assert told(project) == []
