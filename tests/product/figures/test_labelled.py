"""Scores and codes with their label in the cell: `5:とても満足`, `1.感謝`."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from support.small_project import Project

SETTINGS = """[source.answers]
title = "アンケート"
rhythm = "continuous"
key = "number"
[source.answers.columns]
number = { headers = "番号", type = "id", required = true }
on = { headers = "日付", type = "date", required = true }
score = { headers = "満足度", type = "number", labelled = true }
plain = { headers = "点", type = "number" }
kind = { headers = "種別", type = "code", codes = "kinds" }
[codes.kinds.values]
"1" = []
"2" = []
"苦情" = []
[kpi.own]
title = "試し"
source = "answers"
"""
HEADER = "番号,日付,満足度,点,種別"
ROWS = [
    "1,2025/4/1,5:とても満足,5:とても満足,1.感謝",
    "2,2025/4/2,４：満足,4,２）要望",
    "3,2025/4/3,3. ふつう,3.0,2",
    "4,2025/4/4,2,2,苦情",
    "5,2025/4/5,とても満足,1,1.苦情",  # no number at all; a number and another value
]


def project(folder: Path, kpi: str) -> Project:
    """Return a project with answers and one KPI over them."""
    return Project(folder).export("answers", ROWS, header=HEADER).toml(SETTINGS + kpi)


def test_the_number_before_a_label_counts(tmp_path: Path) -> None:
    """5 + 4 + 3 + 2; a label without a number cannot be read."""
    result = project(tmp_path, 'measure = "sum"\nof = "score"').summarize("own")
    assert (result.number(), result.value().faulty_rows) == (14, 1)


def test_nothing_is_taken_off_where_it_is_not_declared(tmp_path: Path) -> None:
    """Without `labelled` the first row is in doubt: 4 + 3 + 2 + 1."""
    result = project(tmp_path, 'measure = "sum"\nof = "plain"').summarize("own")
    assert (result.number(), result.value().faulty_rows) == (10, 1)


def test_a_code_goes_by_the_number_that_its_table_lists(tmp_path: Path) -> None:
    """The label may be anything, but no other value of the table."""
    result = project(tmp_path, 'measure = "count"\nparts = { by = "kind" }').summarize("own")
    assert result.items() == {"1": 1, "2": 2, "苦情": 1}
    assert result.value().faulty_rows == 1


def test_only_numbers_are_labelled(tmp_path: Path) -> None:
    """A code table says so by its values; elsewhere the key is an error."""
    own = project(tmp_path, 'measure = "count"')
    own.tables = own.tables.replace('type = "date"', 'type = "date", labelled = true')
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert 'only a column of type "number" is `labelled`' in str(error.value)
