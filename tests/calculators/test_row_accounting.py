from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.calculators.interface import FALSE, TRUE, UNKNOWN, Disposition
from kpicli.calculators.row_accounting import Exclusion, dispose
from kpicli.loaders.cells.column_codes import NO_DAY
from kpicli.loaders.rows.dataset import Dataset
from kpicli.loaders.rows.row_days import RowDays
from support.small_project import Project


def test_every_row_of_a_count_is_accounted_for(tmp_path: Path) -> None:
    """Each row goes to the first that applies; together they are the usable and faulty."""
    project = Project(tmp_path).export(
        "elderly",
        [
            "E1,2025/4/1,生保,①,済,はい",  # counted
            "E2,2025/9/30,損保,電話確認,,",  # counted
            "E3,2025/5/1,団体,④,,",  # not selected
            "E4,2025/10/1,団体,該当なし,,",  # not selected before anything else
            "E5,,生保,電話確認,,",  # no date
            "E6,2025/3/31,生保,該当なし,,",  # out of period before excluded
            "E7,2025/5/1,生保,該当なし,,",  # excluded
            "E8,2025/5/1,,電話確認,,",  # undetermined: the line is needed
            "E9,2025/5/1,生保,訪問,,",  # undetermined: the method makes the parts
            "E10,2025/10/1,生保,訪問,,",  # likewise, but out of period
            ",2025/5/1,生保,電話確認,,",  # undetermined: no key, so faulty as a whole
        ],
    )
    result = project.summarize("elderly_cases")
    own = result.accounting
    assert (own.usable, own.faulty) == (10, 1)
    assert (own.counted, own.not_selected, own.no_date, own.out_of_period) == (2, 2, 1, 2)
    assert own.excluded == (("対応方法 = 該当なし", 1),)
    assert own.undetermined == 3
    assert (result.value().status, result.value().faulty_rows) == ("provisional", 3)


@pytest.mark.parametrize(
    ("row", "undetermined"),
    [
        ("1.23E+11,2025/5/1,生保,不満,A,", 0),  # its line rules it out
        ("1.23E+11,2025/3/31,損保,不満,A,", 0),  # its date does
        ("V1,2025/9/31,損保,不満,A,", 1),  # its date may be any
        ("V1,2025/9/31,生保,不満,A,", 0),
        ("V1,2025/5/1,火災,不満,A,", 1),
        ("V1,2025/5/1,,不満,A,", 1),  # blank where the filter needs a value
        ("1.23E+11,2025/5/1,損保,不満,A,", 1),
        (",2025/5/1,損保,不満,A,", 1),
        (",2025/5/1,生保,不満,A,", 0),
    ],
)
def test_only_rows_that_may_belong_to_a_figure_leave_it_provisional(
    row: str, undetermined: int, tmp_path: Path
) -> None:
    """A faulty or blank row is undetermined unless its readable cells rule it out."""
    project = Project(tmp_path).export("voices", [row, "V2,2025/5/1,損保,感謝,A,"])
    result = project.summarize("voices_nonlife")
    assert result.number() == 1
    assert result.accounting.undetermined == undetermined
    assert result.value().status == ("provisional" if undetermined else "ok")


def test_a_cell_that_the_kpi_does_not_read_leaves_no_doubt(tmp_path: Path) -> None:
    """苦情 in 声の区分 is a fault, but お客様の声(損保) asks for the line alone."""
    project = Project(tmp_path).export("voices", ["V1,2025/5/1,損保,苦情,A,"])
    result = project.summarize("voices_nonlife")
    assert (result.number(), result.value().status) == (1, "ok")
    assert [fault.kind.code for fault in result.summary.faults] == ["D102"]


def test_a_blank_date_of_its_own_is_no_date(tmp_path: Path) -> None:
    """A row without 改善日 is no improvement, and no doubt."""
    project = Project(tmp_path).export(
        "voices", ["V1,2025/5/1,生保,不満,A,", "V2,2025/5/1,生保,不満,A,2025/6/1"]
    )
    result = project.summarize("complaint_improvements")
    assert (result.number(), result.accounting.no_date) == (1, 1)
    assert result.value().status == "ok"


def test_a_row_without_a_date_is_no_date_even_where_the_numerator_is_blank(tmp_path: Path) -> None:
    """What rules a row out goes before what is unknown of it."""
    project = Project(tmp_path).export("elderly", ["E1,,生保,①,,", "E2,2025/5/1,生保,①,済,はい"])
    result = project.summarize("elderly_explained")
    assert (result.accounting.no_date, result.accounting.undetermined) == (1, 0)
    assert result.value().status == "ok"


TRUTHS = st.sampled_from((FALSE, UNKNOWN, TRUE))
ROWS = 8
"""Rows of the dataset of which `dispose` is asked, one of which is faulty."""


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return a dataset of eight rows, the last of which has no key."""
    rows = [f"V{n},2025/5/1,生保,不満,A," for n in range(ROWS - 1)]
    rows.append(",2025/5/1,生保,不満,A,")
    return Project(tmp_path_factory.mktemp("voices")).export("voices", rows).load("voices")


def put(row: Mapping[str, int], exclusions: int) -> int:
    """Return where a row goes, rule by rule as the domain has them."""
    dated = row["day"] != NO_DAY
    if row["selected"] == FALSE:
        return Disposition.NOT_SELECTED
    if not dated and not row["undated"]:
        return Disposition.NO_DATE
    if dated and not row["inside"]:
        return Disposition.OUT_OF_PERIOD
    truths = [row[f"excluded {number}"] for number in range(exclusions)]
    if TRUE in truths:
        return Disposition.EXCLUDED + truths.index(TRUE)
    if dated and row["later"]:
        return Disposition.NOT_YET_DUE
    unsure = row["undated"] or row["unknown"] or row["faulty"] or row["selected"] == UNKNOWN
    return Disposition.UNDETERMINED if unsure or UNKNOWN in truths else Disposition.COUNTED


@given(data=st.data(), exclusions=st.integers(0, 3))
def test_a_row_goes_to_the_first_that_applies(
    voices: Dataset, data: st.DataObject, exclusions: int
) -> None:
    """Whatever is true of a row, it goes where the rules put it, one after the other."""
    truths = ["selected", *(f"excluded {number}" for number in range(exclusions))]
    marks = ["inside", "undated", "unknown", "later"]
    drawn = st.fixed_dictionaries(
        {
            "day": st.sampled_from((NO_DAY, 20_000)),
            **dict.fromkeys(truths, TRUTHS),
            **dict.fromkeys(marks, st.sampled_from((0, 1))),
        }
    )
    rows = data.draw(st.lists(drawn, min_size=ROWS, max_size=ROWS))
    table = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    masks = {name: table[name].astype(np.bool_) for name in marks}
    state = dispose(
        voices,
        table["selected"].astype(np.int8),
        RowDays.of(table["day"].astype(np.int32)),
        masks["inside"],
        masks["undated"],
        masks["unknown"],
        masks["later"],
        [Exclusion(name, table[name].astype(np.int8)) for name in truths[1:]],
    )
    faulty = voices.faulty.tolist()
    assert faulty == [False] * (ROWS - 1) + [True]
    expected = [put({**row, "faulty": faulty[n]}, exclusions) for n, row in enumerate(rows)]
    assert state.tolist() == expected
