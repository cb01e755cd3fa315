"""該当なし as a row or a whole sheet: no case, and a month that is covered without one."""

from pathlib import Path

import pytest

from kpicli.model.value import Status
from support.inspected import inspection
from support.small_project import Project, codes
from support.workbooks import book_of, saved

VOICE = "V1,2025/4/1,生保,感謝,,"


@pytest.mark.parametrize(
    "row",
    [
        "該当なし,2025/5/31,,,,",
        ",2025/5/31,該当なし,,,",
        ",2025/5/1,,（該当なし）,,",
        "該当者なし,2025/5/31,該当者なし,該当なし,,",
        "該当案件はありません。,2025/5/15,,,,",
    ],
)
def test_a_month_without_a_case_is_covered(row: str, tmp_path: Path) -> None:
    """It was counted as a voice where it stood under the number; May is 0, and known to be."""
    own = Project(tmp_path).export("voices", [VOICE, row], covers=None)
    result = own.summarize("voices", "2025-04..2025-05", by="month")
    assert result.groups() == {"2025-04": 1, "2025-05": 0}
    assert (result.number(), result.value().status) == (1, Status.OK)
    assert codes(own.load("voices")) == {"D322": 1}
    assert own.summarize("voices", "2025-06").value().status is Status.NO_DATA
    found = {fault.kind.code for fault in inspection(own, period="2025-05").faults}
    assert "D401" not in found


def test_a_sparse_source_knows_its_zero_then(tmp_path: Path) -> None:
    """Without a declaration a month without a meeting is unknown; with the row it is 0."""
    header = "会議番号,開催日,会議名"
    meeting = "M1,2025/4/1,コンプライアンス会議"
    own = Project(tmp_path).export("meetings", [meeting], header=header, covers=None)
    assert own.summarize("compliance_meetings", "2025-05").value().status is Status.NO_DATA
    own = Project(tmp_path).export(
        "meetings", [meeting, ",2025/5/31,該当なし"], header=header, covers=None
    )
    may = own.summarize("compliance_meetings", "2025-05").value()
    assert (may.number, may.status) == (0, Status.OK)
    assert own.summarize("compliance_meetings", "2025-06").value().status is Status.NO_DATA


@pytest.mark.parametrize("sheet", [["該当なし"], [None, None, "該当なし"]])
def test_a_whole_sheet_says_so_of_what_it_covers(sheet: list[str | None], tmp_path: Path) -> None:
    """Each sheet covers the month in its name; that of May has no case."""
    book = book_of(["受付番号", "受付日", "声の区分"], ["V1", "2025/4/1", "感謝"])
    book.worksheets[0].title = "2025年4月"
    may = book.create_sheet("2025年5月")
    may.append(["受付番号", "受付日", "声の区分"])
    may.append(sheet)
    (tmp_path / "v.xlsx").write_bytes(saved(book))
    own = Project(tmp_path)
    own.exports["voices"] = ['{ files = "v.xlsx", sheet = "{covers}" }']
    result = own.summarize("voices", "2025-04..2025-05", by="month")
    assert result.groups() == {"2025-04": 1, "2025-05": 0}
    assert result.value().status is Status.OK
    assert codes(own.load("voices")) == {"D322": 1}
    assert not {f.kind.code for f in inspection(own, period="2025-05").faults} & {"D401", "D315"}


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("V2,2025/5/1,生保,不満,該当なし,", 2),  # a team of that name
        ("V2,2025/5/1,該当なし,感謝,,", 2),
        ("該当なし,2025/5/1,生保,感謝,,", 2),  # something stands beside it
    ],
)
def test_a_row_with_more_is_a_case(row: str, number: int, tmp_path: Path) -> None:
    """Only a row that says nothing else is none."""
    own = Project(tmp_path).export("voices", [VOICE, row], covers=None)
    accounting = own.load("voices").accounting
    assert (accounting.usable, accounting.not_data) == (number, 0)
