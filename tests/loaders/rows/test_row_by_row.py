"""A table without numbers: each line is a row of its own (`key = "row"`)."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.small_project import Project, accounted, codes

SOURCE = """[source.cases]
title = "発生記録"
rhythm = "continuous"
key = "row"
[source.cases.columns]
on = { headers = ["発生日"], type = "date", required = true }
kind = { headers = ["手口"], type = "text" }
note = { headers = ["備考"], type = "free_text" }
[kpi.cases]
title = "件数"
source = "cases"
measure = "count"
"""
HEADER = "発生日,手口,備考"


def project(folder: Path, *files: Sequence[str]) -> Project:
    """Return a project with a file for each list of lines."""
    made = Project(folder).toml(SOURCE)
    for number, lines in enumerate(files):
        # two files of equal bytes would be one file
        made.export("cases", [*lines, f"2025/7/{number + 1},別,"], header=HEADER)
    return made


TWICE = ["2025/4/1,自転車盗,", "2025/4/1,自転車盗,", "2025/5/2,車上ねらい,"]


def test_equal_lines_of_one_file_all_count(tmp_path: Path) -> None:
    """Two cases of one day and kind are two."""
    made = project(tmp_path, TWICE)
    assert accounted(made.load("cases")) == {"read": 4, "usable": 4}
    assert made.summarize("cases", "2025-04..2025-06").number() == 3


def test_shared_lines_count_as_often_as_in_the_file_that_has_most(tmp_path: Path) -> None:
    """Twice in one export and three times in the other: three."""
    made = project(tmp_path, TWICE, [*TWICE[:2], TWICE[0], "2025/6/1,自転車盗,"])
    assert accounted(made.load("cases")) == {"read": 9, "usable": 7, "duplicate": 2}
    assert made.summarize("cases", "2025-04..2025-06").number() == 5


def test_lines_that_differ_in_a_remark_are_others(tmp_path: Path) -> None:
    """Equal means all declared columns, free text too; spelling of a date does not count."""
    lines = ["2025-04-01,自転車盗,", "2025/4/1,自転車盗,再"]
    made = project(tmp_path, TWICE, lines)
    assert made.summarize("cases", "2025-04").number() == 3


def test_a_blank_or_unreadable_cell_makes_no_row_faulty(tmp_path: Path) -> None:
    """There is no key to break: the cell alone is at fault."""
    made = project(tmp_path, ["2025/4/1,,", "2025/4/31,自転車盗,"])
    assert accounted(made.load("cases")) == {"read": 3, "usable": 3}
    assert made.summarize("cases", "2025-04").value().faulty_rows == 1


LINES = st.lists(st.sampled_from(["2025/4/1,甲,", "2025/4/1,乙,", "2025/5/1,甲,"]), max_size=6)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(LINES, min_size=1, max_size=3))
def test_the_greatest_number_of_each_line_counts(tmp_path: Path, files: list[list[str]]) -> None:
    """By another road: the union of multisets."""
    union: Counter[str] = Counter()
    for lines in files:
        union |= Counter(lines)
    made = project(tmp_path, *files)
    assert made.summarize("cases", "2025-04..2025-05").number() == union.total()


def test_numbers_of_another_unit_are_told(tmp_path: Path) -> None:
    """What is told of a table with numbers is told of one without."""
    text = SOURCE.replace('"手口"], type = "text"', '"手口"], type = "number"')
    made = (
        Project(tmp_path)
        .toml(text)
        .export("cases", ["2025/4/1,85%,", "2025/4/2,0.9,"], header=HEADER)
    )
    assert codes(made.load("cases")) == {"D157": 1}


def test_a_column_is_still_named_as_key(tmp_path: Path) -> None:
    """A list of one column called row is a key as any other."""
    text = SOURCE.replace('key = "row"', 'key = ["on"]')
    made = Project(tmp_path).toml(text).export("cases", TWICE[1:], header=HEADER)
    assert accounted(made.load("cases")) == {"read": 2, "usable": 2}


def test_a_line_with_a_damaged_cell_may_be_that_of_another_export(tmp_path: Path) -> None:
    """What agrees in all that can be read is in doubt, not one more; what has its twin is one."""
    damaged = ["2025/4/1,#N/A,", "2025/5/2,車上ねらい,"]
    made = project(tmp_path, ["2025/4/1,自転車盗,", "2025/5/2,車上ねらい,"], damaged)
    assert accounted(made.load("cases")) == {"read": 6, "usable": 4, "duplicate": 1, "faulty": 1}
    value = made.summarize("cases", "2025-04..2025-06").value()
    assert (value.number, value.status, value.faulty_rows) == (2, "provisional", 1)


def test_a_damaged_line_beside_all_its_likes_is_a_row_of_its_own(tmp_path: Path) -> None:
    """Both exports have the line that it could be: it is another, and counts where it can."""
    lines = ["2025/4/1,自転車盗,"]
    made = project(tmp_path, lines, [*lines, "2025/4/1,#N/A,"])
    assert accounted(made.load("cases")) == {"read": 5, "usable": 4, "duplicate": 1}
    value = made.summarize("cases", "2025-04..2025-06").value()
    assert (value.number, value.status) == (2, "ok")


def test_a_column_that_one_export_lacks_leaves_its_lines_in_doubt(tmp_path: Path) -> None:
    """Without 手口 nobody can say which lines are the same; those of other days count."""
    made = project(tmp_path, ["2025/4/1,自転車盗,", "2025/5/2,車上ねらい,"])
    made.export("cases", ["2025/4/1", "2025/6/2"], header="発生日")
    value = made.summarize("cases", "2025-04..2025-06").value()
    assert (value.number, value.status, value.faulty_rows) == (3, "provisional", 1)
    (fault,) = [f for f in made.load("cases").faults if f.kind.code == "D210"]
    assert (fault.place.row, fault.count) == (2, 1)
    assert fault.other is not None
    assert fault.other.row == 2
