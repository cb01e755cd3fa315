import subprocess
import sys
import time
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import UnknownName, UsageError
from kpicli.calculators import split
from support.command_line import environment
from support.small_project import Project

ROWS = [
    "V1,2025/4/30,生保,感謝,東,",
    "V2,2025/5/1,損保,不満,西,",
    "V3,2025/5/31,損保,感謝,,",
    "V4,2025/9/30,生命保険,感謝,東,",
]


def test_months_hold_every_month_of_the_period(tmp_path: Path) -> None:
    """Each month is a group with its own parts, months of zero too, and they add up."""
    result = Project(tmp_path).export("voices", ROWS).summarize("voices", by="month")
    assert result.groups() == {
        "2025-04": 1,
        "2025-05": 2,
        "2025-06": 0,
        "2025-07": 0,
        "2025-08": 0,
        "2025-09": 1,
    }
    assert (result.number("感謝", "2025-05"), result.number("不満", "2025-05")) == (1, 1)
    assert result.figure(group="2025-05").period.dates == "2025-05-01..2025-05-31"


def test_months_are_cut_to_the_period(tmp_path: Path) -> None:
    """A month that the period holds in part counts its days in the period alone."""
    project = Project(tmp_path).export("voices", ROWS)
    result = project.summarize("voices", "2025-04-15..2025-05-30", by="month")
    assert list(result.groups().values()) == [1, 1]
    last = [figure for figure in result.summary.figures if figure.kind == "total"][-1]
    assert last.period.dates == "2025-05-01..2025-05-30"


def test_a_row_in_doubt_without_a_date_is_in_doubt_in_every_month(tmp_path: Path) -> None:
    """An unreadable date may be any month's; a readable one is its own month's alone."""
    rows = [*ROWS, "V5,2025/4/31,生保,感謝,東,", "V6,2025/6/1,生保,苦情,東,"]
    result = Project(tmp_path).export("voices", rows).summarize("voices", by="month")
    doubts = [result.value(group=f"2025-0{month}").faulty_rows for month in range(4, 10)]
    assert doubts == [1, 1, 2, 1, 1, 1]


def test_a_group_of_rows_in_doubt_alone_is_shown(tmp_path: Path) -> None:
    """It has no number: nobody can say whether it has rows, so it is not left out in silence."""
    rows = [*ROWS, "V5,2025/4/31,生保,感謝,南,", "V6,2024/4/1,生保,感謝,北,"]
    result = Project(tmp_path).export("voices", rows).summarize("voices", by="team")
    assert result.groups() == {"東": 2, "西": 1, "南": None, "未記入": 1}
    assert result.value(group="南").status == "provisional"
    assert result.value(group="東").status == "ok"


def test_a_code_column_groups_by_its_list_and_blank(tmp_path: Path) -> None:
    """By line: the values of the list in its order, zeros too."""
    project = Project(tmp_path).export("voices", ROWS)
    assert project.summarize("voices", by="line").groups() == {"生保": 2, "損保": 2, "団体": 0}


def test_a_cell_that_cannot_be_read_leaves_every_group_in_doubt(tmp_path: Path) -> None:
    """It may hold any value or none: 未記入 is in doubt too, but not made up where no row is."""
    rows = [*ROWS, "V5,2025/6/1,#N/A,感謝,#N/A,"]
    result = Project(tmp_path).export("voices", rows).summarize("voices", by="team")
    own = {f.group: f.value for f in result.summary.figures if f.group and f.kind == "total"}
    assert {team: value.number for team, value in own.items()} == {"東": 2, "西": 1, "未記入": 1}
    assert {value.status for value in own.values()} == {"provisional"}
    by_line = Project(tmp_path).export("voices", rows).summarize("voices", by="line")
    assert "未記入" not in by_line.groups()


def test_an_open_column_groups_by_what_is_there(tmp_path: Path) -> None:
    """By team: each team that has rows, the blank ones last as 未記入."""
    project = Project(tmp_path).export("voices", ROWS)
    groups = project.summarize("voices", by="team").groups()
    assert groups == {"東": 2, "西": 1, "未記入": 1}
    assert list(groups)[-1] == "未記入"


@pytest.mark.parametrize("most", [3, 2])
def test_a_column_of_too_many_values(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A split into more values than anybody reads is refused with their number, blank ones too."""
    monkeypatch.setattr(split, "MOST_ITEMS", most)
    project = Project(tmp_path).export("voices", ROWS)
    if most == 3:
        assert project.summarize("voices", by="team").groups() == {"東": 2, "西": 1, "未記入": 1}
        return
    with pytest.raises(UsageError) as error:
        project.summarize("voices", by="team")
    assert error.value.message.en == (
        "the column チーム (team) has 3 values; figures are split into 2 at most"
    )


@pytest.mark.slow
def test_a_column_of_very_many_values(tmp_path: Path) -> None:
    """A column with a value a row is refused before anything is made for each of them."""
    rows = [f"V{number},2025/4/30,生保,感謝,T{number}," for number in range(20_000)]
    project = Project(tmp_path).export("voices", rows)
    begun = time.monotonic()
    with pytest.raises(UsageError, match=r"has 20,000 values; figures are split into 10,000"):
        project.summarize("voices", by="team")
    assert time.monotonic() - begun < 30


def test_distinct_counts_are_recomputed_by_group(tmp_path: Path) -> None:
    """A customer of two lines counts in each, and once in the whole."""
    project = Project(tmp_path).export(
        "explanations",
        [
            "R1,2025/4/1,C00001,高額療養費制度,有,生保,S001",
            "R2,2025/4/1,C00001,高額療養費制度,有,損保,S001",
            "R3,2025/4/1,C00002,高額療養費制度,有,損保,S001",
        ],
    )
    result = project.summarize("scheme_explanations", by="line")
    scheme = "高額療養費制度"
    assert result.number(scheme) == 2
    assert [result.number(scheme, line) for line in ("生保", "損保", "団体")] == [1, 2, 0]


def test_parts_by_month_are_told_for_a_half_and_not_for_a_month(tmp_path: Path) -> None:
    """提案理由 is split by month; a single month is not split once more."""
    project = Project(tmp_path).export(
        "proposals", ["K1,2025/8/1,生保,不明瞭,有", "K2,2025/8/31,生保,不明瞭,無"]
    )
    half = project.summarize("unclear_reasons").items()
    assert half == {f"2025-0{month}": 2 * (month == 8) for month in range(4, 10)}
    assert project.summarize("unclear_reasons", "2025-08").items() == {}


def test_a_kpi_without_the_column_says_that_it_has_no_groups(tmp_path: Path) -> None:
    """Where a file lacks the column, the total stands alone, with a remark."""
    header = "受付番号,受付日,声の区分"
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,感謝"], header=header)
    result = project.summarize("voices", by="team")
    assert (result.number(), result.groups()) == (1, {})
    assert "cannot be grouped by 'team'" in result.remarks


def test_a_personal_column_needs_leave(tmp_path: Path) -> None:
    """Grouping by a person is refused, and so is a column that does not exist."""
    project = Project(tmp_path).export("voices", ROWS)
    with pytest.raises(UsageError):
        kpicli.summarize("2025H1", kpis=["voices"], by="staff", config=project.config)
    with pytest.raises(UnknownName):
        kpicli.summarize("2025H1", kpis=["voices"], by="colour", config=project.config)


_SUM = """
import numpy as np
from kpicli.base.errors import InternalError
from kpicli.calculators.split import Slice, Subset, require_all

def subset(*rows):
    return Subset(np.array(rows, np.int64), *(np.zeros(0, np.int64),) * 2)

def told(overlapping, *parts):
    slices = [Slice(str(n), subset(*rows)) for n, rows in enumerate(parts)]
    try:
        require_all(subset(1, 2, 3), slices, overlapping=overlapping)
    except InternalError as error:
        return error.message.en
    return ""

print(told(False, (1, 3), (2,)), told(False, (1,), (2,)), told(False, (1, 2), (2, 3)), sep="|")
print(told(True, (1, 3), (2, 3)), told(True, (1,), (1, 2)), told(True), sep="|")
"""


@pytest.mark.parametrize("flag", [[], ["-O"]])
def test_parts_have_every_row_and_but_once(flag: list[str]) -> None:
    """A row that no part has is an error of kpicli, with assertions off too; so is one in two."""
    done = subprocess.run(
        [sys.executable, *flag, "-c", _SUM],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.stdout.splitlines() == [
        "|the parts have 2 rows of 3|the parts have 4 rows of 3",
        "|the parts have 2 rows of 3|the parts have 0 rows of 3",
    ]
