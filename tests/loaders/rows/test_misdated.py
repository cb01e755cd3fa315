"""A slipped year: what it must not stretch, and the figures that it leaves in doubt."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.rows.misdated import in_both
from kpicli.model.value import Status
from support.small_project import HEADERS, Project, codes, places

ROWS = [f"V{day},2025/{4 + day % 6}/{day},生保,感謝,," for day in range(1, 25)]

LEDGER = """[source.ledger]
title = "台帳"
key = ["number", "received_on"]
rhythm = "continuous"
[source.ledger.columns]
number = { headers = "案件番号", type = "id", required = true }
received_on = { headers = "受付日", type = "date", required = true }
kind = { headers = "案件種別", type = "code", codes = "case_kind" }
[kpi.kept]
title = "保全"
source = "ledger"
where = { kind = "保全" }
measure = "count"
"""


@pytest.mark.parametrize("day", ["2052/6/30", "1925/5/1"])
def test_a_slipped_year_does_not_stretch_coverage(tmp_path: Path, day: str) -> None:
    """No export covers the years between: they have no data, and the half is marked."""
    project = Project(tmp_path).export("voices", [*ROWS, f"V99,{day},生保,感謝,,"], covers=None)
    dataset = project.load("voices")
    assert dataset.coverage.spans == ((date(2025, 4, 1), date(2025, 9, 30)),)
    assert places(dataset, "D207") == [("voices0.csv", 26, "受付日")]
    for period in ("2024H2", "2030H1", "1930H1", "2052H1"):
        assert project.summarize("voices", period).value().status is Status.NO_DATA
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (24, Status.PROVISIONAL, 1)


def test_a_slipped_year_leaves_other_files_alone(tmp_path: Path) -> None:
    """Only figures over the file's own other dates are in doubt."""
    before = [f"U{day},2024/{4 + day % 6}/{day},生保,感謝,," for day in range(1, 25)]
    project = Project(tmp_path).export("voices", before, covers=None)
    project.export("voices", [*ROWS, "V99,1925/5/1,生保,感謝,,"], covers=None)
    assert project.summarize("voices", "2024H1").value().status is Status.OK
    assert project.summarize("voices").value().status is Status.PROVISIONAL


def test_a_row_of_another_kind_leaves_a_figure_alone(tmp_path: Path) -> None:
    """What the row's readable cells rule out is not in doubt."""
    rows = [*ROWS, "V99,1925/5/1,損保,感謝,,"]
    project = Project(tmp_path).export("voices", rows, covers=None)
    assert project.summarize("voices_nonlife").value().faulty_rows == 1
    life = Project(tmp_path).export("voices", rows, covers=None).summarize("voices", by="line")
    assert life.value(group="生保").status is Status.OK


def test_a_slipped_year_does_not_make_an_export_the_later_one(tmp_path: Path) -> None:
    """The corrections of the second export win, whatever year a row of the first has."""
    project = Project(tmp_path).export("voices", [*ROWS, "V99,2052/6/30,生保,感謝,,"], covers=None)
    later = [row.replace("感謝", "不満") for row in ROWS[-4:]]
    project.export("voices", [*later, "V30,2025/10/1,生保,感謝,,"], covers=None)
    result = project.summarize("voices")
    assert (result.number("感謝"), result.number("不満")) == (20, 4)


CASES = [f"C{n},2025/{4 + n % 6}/{n},保全,生保,済,,,," for n in range(1, 25)]


@pytest.mark.parametrize(("number", "kept"), [("C5", 23), ("C99", 24)])
@pytest.mark.parametrize("day", ["2052/9/5", "2025/9/31", ""])
def test_what_a_row_without_its_day_may_repeat_is_in_doubt(
    number: str, kept: int, day: str, tmp_path: Path
) -> None:
    """The base date is part of the key: a row of the same number may have been replaced by it."""
    project = Project(tmp_path).export("ledger", CASES, header=HEADERS["responses"], covers=None)
    later = [*CASES[20:], f"{number},{day},新規,生保,済,,,,", "C30,2025/10/1,新規,生保,済,,,,"]
    project.export("ledger", later, header=HEADERS["responses"], covers=None)
    project.toml(LEDGER)
    value = project.summarize("kept").value()
    doubted = number == "C5"
    assert (value.number, value.faulty_rows) == (kept, 1 if doubted else 0)
    assert value.status is (Status.PROVISIONAL if doubted else Status.OK)
    assert project.summarize("kept", "2025-04").value().status is Status.OK  # C5 is of September


def test_an_old_date_within_the_declared_span_is_believed(tmp_path: Path) -> None:
    """The settings say that the export goes back so far."""
    rows = [*ROWS, "V99,1999/5/1,生保,感謝,,"]
    project = Project(tmp_path).export("voices", rows, covers="1999-04..2025-09")
    assert codes(project.load("voices")) == {}
    assert project.summarize("voices").value().status is Status.OK
    assert project.summarize("voices", "1999H1").number() == 1


def test_many_rows_after_today_are_one_warning(tmp_path: Path) -> None:
    """The first is named, with their number."""
    rows = [f"W{day},2026/5/{day},生保,感謝,," for day in range(1, 21)]
    dataset = Project(tmp_path).export("voices", [*ROWS, *rows], covers=None).load("voices")
    (fault,) = (fault for fault in dataset.faults if fault.kind.code == "D207")
    assert (fault.count, fault.place.row) == (20, 26)
    assert dataset.coverage.spans[-1][1] == date(2025, 9, 30)


def test_a_numeral_beside_a_slipped_year_means_nothing(tmp_path: Path) -> None:
    """② of 2052 is 複数回募集, of 2025 it was 複数人募集: every part is in doubt, not one alone."""
    header = "対応番号,対応日,商品区分,対応方法"
    rows = [f"E{day},2025/{4 + day % 6}/{day},生保,電話確認" for day in range(1, 25)]
    rows += ["E97,2025/5/1,生保,②", "E98,2025/5/1,生保,③", "E99,2052/5/1,生保,②"]
    project = Project(tmp_path).export("elderly", rows, header=header, covers="2025-04..2025-09")
    result = project.summarize("elderly_cases")
    parts = {f.item: f.value for f in result.summary.figures if f.kind == "part"}
    assert (parts["複数人募集"].number, parts["複数回募集"].number) == (1, 1)
    assert {value.status for value in parts.values()} == {Status.PROVISIONAL}


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_rows_in_both_are_found_as_sets_find_them(few: set[int], many: set[int]) -> None:
    """Of rows in any order and others in ascending order, those that both name are returned."""
    both = in_both(np.array([*few], np.int64), np.array(sorted(many), np.int64))
    assert both.tolist() == sorted(few & many)
