"""Rows that contradict themselves."""

from pathlib import Path

from support.inspected import found, inspection
from support.small_project import Project

PROPOSALS = "点検番号,点検日,商品区分,点検結果,意向確認ナビ,募集人,点検者"
RESPONSES = "案件番号,受付日,案件種別,商品区分,ステータス,対応期限,完了日,点検結果"


def test_checker_is_staff(tmp_path: Path) -> None:
    """Every row that its own staff checked is told by its place; blanks and others are not."""
    rows = (
        "P1,2025/4/1,生保,明瞭,有,S001,S002",
        "P2,2025/4/2,生保,明瞭,有,S003,Ｓ００３",
        "P3,2025/4/3,生保,明瞭,有,,",
        "P4,2025/4/4,生保,明瞭,有,S002,S002",
    )
    project = Project(tmp_path).export("proposals", rows, header=PROPOSALS)
    assert found(project, "D204") == [(3, "点検者が募集人本人"), (5, "点検者が募集人本人")]
    places = [f.place.column for f in inspection(project).faults if f.kind.code == "D204"]
    assert places == ["点検者", "点検者"]


def test_file_without_checker(tmp_path: Path) -> None:
    """A file that lacks one of the columns is left alone."""
    project = Project(tmp_path).export("proposals", ["P1,2025/4/1,生保,明瞭,有"])
    assert found(project, "D204") == []


def test_completed_before_received(tmp_path: Path) -> None:
    """A completion before the receipt is told; on the same day it is none, nor without a date."""
    rows = (
        "A1,2025/4/10,新規,生保,済,2025/5/1,2025/4/9,良",
        "A2,2025/4/10,新規,生保,済,2025/5/1,2025/4/10,良",
        "A3,2025/4/10,新規,生保,対応中,2025/5/1,,良",
        "A4,2025/4/10,新規,生保,済,2025/5/1,4月9日,良",
    )
    project = Project(tmp_path).export("responses", rows, header=RESPONSES)
    assert found(project, "D205") == [(2, "完了日が受付日より前")]


def test_closed_without_date(tmp_path: Path) -> None:
    """済 without 完了日 is told under any spelling of 済; an unreadable date is no blank."""
    rows = (
        "A1,2025/4/10,新規,生保,済,2025/5/1,,良",
        "A2,2025/4/10,新規,生保,完了,2025/5/1,,良",
        "A3,2025/4/10,新規,生保,済,2025/5/1,5月1日,良",
        "A4,2025/4/10,新規,生保,済,2025/5/1,2025/5/1,良",
        "A5,2025/4/10,新規,生保,取消,,,良",
    )
    project = Project(tmp_path).export("responses", rows, header=RESPONSES)
    told = [(2, "済なのに完了日がない"), (3, "済なのに完了日がない")]
    assert found(project, "D206") == told


def test_open_without_due_date(tmp_path: Path) -> None:
    """An open case without 対応期限 is told, a blank status being open."""
    rows = (
        "A1,2025/4/10,新規,生保,対応中,,,良",
        "A2,2025/4/10,新規,生保,,,,良",
        "A3,2025/4/10,新規,生保,対応中,2025/5/1,,良",
    )
    project = Project(tmp_path).export("responses", rows, header=RESPONSES)
    assert [row for row, _ in found(project, "D206")] == [2, 3]


def test_hundreds_of_rows(tmp_path: Path) -> None:
    """Nothing is capped: three hundred rows are three hundred findings."""
    rows = [f"A{i},2025/4/10,新規,生保,済,2025/5/1,,良" for i in range(300)]
    project = Project(tmp_path).export("responses", rows, header=RESPONSES)
    assert len(found(project, "D206")) == 300


def test_own_check(tmp_path: Path) -> None:
    """A check of the user's own is a table in kpicli.toml."""
    project = Project(tmp_path).export("voices", ["V1,2025/5/1,生保,不満,,2025/4/1"])
    project.toml(
        "[check.improved]\n"
        'title = "改善日が受付日より前"\nsource = "voices"\nkind = "order"\n'
        'earlier = "received_on"\nlater = "improved_on"'
    )
    assert found(project, "D205") == [(2, "改善日が受付日より前")]
