"""Cells of several values, each of which counts: parts overlap, the whole counts rows."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from support.command_line import process
from support.small_project import Project

SETTINGS = """[source.visits]
title = "訪問"
rhythm = "continuous"
key = "number"
[source.visits.columns]
number = { headers = "番号", type = "id", required = true }
on = { headers = "日付", type = "date", required = true }
how = { headers = "方法", type = "code", codes = "ways" }
team = { headers = "班", type = "text" }
[source.visits.columns.boxes]
type = "code"
codes = "ways"
from = { options = { "電話" = "電話欄", "面談" = "面談欄" } }
[codes.ways]
several = "each"
[codes.ways.values]
"面談" = ["訪問"]
"電話" = []
"郵送" = []
[kpi.own]
title = "試し"
source = "visits"
"""
HEADER = "番号,日付,方法,班,電話欄,面談欄"
ROWS = [
    "1,2025/4/1,電話;面談,東,○,○",
    "2,2025/4/2,訪問・電話,西,,○",
    "3,2025/4/3,郵送,東,,",
    "4,2025/4/4,,西,○,",
    "5,2025/4/5,電話;FAX,東,?,",  # one of the two is no value
]


def project(folder: Path, kpi: str, rows: list[str] = ROWS) -> Project:
    """Return a project with visits and one KPI over them."""
    return Project(folder).export("visits", rows, header=HEADER).toml(SETTINGS + kpi)


def test_each_part_counts_its_own(tmp_path: Path) -> None:
    """A visit by telephone and in person is in both parts, and one visit of the whole."""
    result = project(tmp_path, 'measure = "count"\nparts = { by = "how" }').summarize("own")
    assert result.number() == 4
    assert result.items() == {"面談": 2, "電話": 2, "郵送": 1, "未記入": 1}
    assert "rows have several values of how: 4 rows, 6 in all parts" in result.remarks
    assert result.value().faulty_rows == 1


def test_ticked_boxes_count_each(tmp_path: Path) -> None:
    """Of two ticked boxes both count."""
    result = project(tmp_path, 'measure = "count"\nparts = { by = "boxes" }').summarize("own")
    assert result.items() == {"面談": 2, "電話": 2, "郵送": None, "未記入": 1}


@pytest.mark.parametrize(
    ("where", "counted", "undetermined"),
    [
        ('{ how = "電話" }', 2, 2),  # 4 is blank, 5 cannot be read
        ('{ how = ["電話", "郵送"] }', 3, 2),
        ('{ how = { not = "電話" } }', 1, 2),
        ('{ boxes = "面談" }', 2, 2),
    ],
)
def test_filters_see_every_value(
    where: str, counted: int, undetermined: int, tmp_path: Path
) -> None:
    """A filter fits a cell that holds the value, whatever else it holds."""
    result = project(tmp_path, f'measure = "count"\nwhere = {where}').summarize("own")
    assert (result.accounting.counted, result.accounting.undetermined) == (counted, undetermined)


def test_groups_and_rows_agree(tmp_path: Path) -> None:
    """`--by` splits so, too, and `rows` of a part lists each of its rows."""
    own = project(tmp_path, 'measure = "count"')
    assert own.summarize("own", by="how").groups() == {"面談": 2, "電話": 2, "郵送": 1, "未記入": 1}
    asked = ("rows", "own", "--period", "2025H1", "--by", "how", "--group", "電話", "-f", "csv")
    shown = process(*asked, folder=tmp_path)
    assert [line.split(",")[3] for line in shown.text.splitlines()[1:]] == ["2", "3"]


def test_open_tables_take_any_of_them(tmp_path: Path) -> None:
    """Values that the table does not list count, too."""
    own = project(tmp_path, 'measure = "count"\nparts = { by = "how" }')
    own.tables = own.tables.replace('several = "each"', 'several = "each"\nopen = true')
    assert own.summarize("own").items() == {"面談": 2, "電話": 3, "郵送": 1, "FAX": 1, "未記入": 1}


def test_a_value_cannot_hold_what_separates(tmp_path: Path) -> None:
    """`;` stands between values, and in none."""
    own = project(tmp_path, 'measure = "count"')
    own.tables = own.tables.replace('"電話" = []', '"電;話" = []')
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert "no value holds ';'" in str(error.value)


WAYS = ("面談", "電話", "郵送")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WAYS), min_size=1, max_size=3), min_size=1, max_size=20))
def test_parts_agree_with_a_count_by_hand(cells: list[list[str]]) -> None:
    """Counted again: in how many cells a value stands, however often."""
    by_hand = Counter(way for cell in cells for way in set(cell))
    with tempfile.TemporaryDirectory() as folder:
        rows = [f"{n},2025/4/1,{'、'.join(cell)},東,," for n, cell in enumerate(cells)]
        result = project(Path(folder), 'measure = "count"\nparts = { by = "how" }', rows).summarize(
            "own"
        )
    assert result.number() == len(cells)
    assert result.items() == {way: by_hand[way] for way in WAYS}


def test_what_is_counted_once_is_no_such_column(tmp_path: Path) -> None:
    """Distinct values of cells that hold several would be combinations: that is refused."""
    own = project(tmp_path, 'measure = "distinct"\nof = "how"')
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert "kpi.own.of: 'how' may hold several values, of which each counts" in str(error.value)
