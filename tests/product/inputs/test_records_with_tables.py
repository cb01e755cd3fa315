"""kintone's exports of records with a table: a row for each line of it, or for each record."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from support.command_line import Run
from support.small_project import Project, accounted, places
from support.wide_tables import text

TABLES = """[source.visits]
title = "訪問記録"
rhythm = "continuous"
key = ["record", "no"]
[source.visits.columns]
record = { headers = "レコード番号", type = "id", required = true }
on = { headers = "訪問日", type = "date", required = true }
team = { headers = "チーム", type = "code", codes = "names" }
no = { headers = "行", type = "number" }
product = { headers = "商品", type = "code", codes = "names" }
count = { headers = "提案数", type = "number" }
[codes.names]
open = true
[kpi.proposals]
title = "提案数"
source = "visits"
measure = "sum"
of = "count"
parts = { by = "product" }
[kpi.visits]
title = "訪問"
source = "visits"
measure = "count"
parts = { by = "team" }
"""
PARENTS = 'parent = ["レコード番号", "訪問日", "チーム"]'
LINES = f'explode = {{ {PARENTS}, line = "no" }}'
KINTONE = (
    '"レコードの開始行","レコード番号","訪問日","チーム","表","商品","提案数"',
    '"*","12","2025-04-01","東","501","自動車","2"',
    '"","","","","502","火災","x"',
    '"*","13","2025-04-31","西","503","自動車","4"',
    '"","","","","504","自動車","5"',
    '"*","14","2025-05-02","東","","",""',
    '"*","15","2025-05-03","","505","火災\n地震","7"',
    '"","","","","506","※特約",""',
)


def visits(folder: Path, *lines: str, options: str = LINES, tables: str = TABLES) -> Project:
    """Return a project of visits in one file."""
    own = Project(folder).toml("catalogue = []").toml(tables)
    (folder / "訪問.csv").write_bytes(text(*lines, encoding="cp932"))
    own.exports["visits"] = [f'{{ files = "訪問.csv", covers = "2025-04..2025-09", {options} }}']
    return own


def test_a_row_for_each_line_of_the_table(tmp_path: Path) -> None:
    """The record's cells are those of its first line: one that cannot be read is a fault of all."""
    own = visits(tmp_path, *KINTONE)
    data = own.load("visits")
    assert accounted(data) == {"read": 7, "usable": 6, "not_data": 1}
    assert [
        (f.kind.code, f.place.row, f.place.line, f.place.column, f.count) for f in data.faults
    ] == [
        ("D336", 6, 6, None, 1),
        ("D105", 3, 3, "提案数", 1),
        ("D101", 4, 4, "訪問日", 2),
    ]
    frame = data.frame[["record", "no", "product"]].astype(str).values.tolist()
    assert frame == [
        ["12", "1.0", "自動車"],
        ["12", "2.0", "火災"],
        ["13", "1.0", "自動車"],
        ["13", "2.0", "自動車"],
        ["15", "1.0", "火災 地震"],
        ["15", "2.0", "※特約"],
    ]
    value = own.summarize("proposals").value()
    assert (value.number, value.faulty_rows) == (9, 4)


RECORDS = """[source.visits]
title = "訪問記録"
rhythm = "continuous"
key = "record"
[source.visits.columns]
record = { headers = "レコード番号", type = "id", required = true }
on = { headers = "訪問日", type = "date", required = true }
team = { headers = "チーム", type = "code", codes = "names" }
product = { headers = "商品", type = "code", codes = "names" }
[codes.names]
open = true
[kpi.visits]
title = "訪問"
source = "visits"
measure = "count"
parts = { by = "team" }
"""


def test_a_row_for_each_record(tmp_path: Path) -> None:
    """With a key of the record alone its first line is the row, a record without a table too."""
    own = visits(tmp_path, *KINTONE, options=f"explode = {{ {PARENTS} }}", tables=RECORDS)
    data = own.load("visits")
    assert accounted(data) == {"read": 7, "usable": 4, "not_data": 3}
    told = [(f.kind.code, f.place.row, f.count) for f in data.faults]
    assert told == [("D335", 3, 3), ("D101", 4, 1)]
    value = own.summarize("visits", "2025-05").value()
    assert (value.number, value.faulty_rows) == (2, 1)


def test_a_column_that_is_forgotten(tmp_path: Path) -> None:
    """A column of the record that `parent` lacks is a warning: it is blank below the first line."""
    options = 'explode = { parent = ["record", "on"], line = "no" }'
    data = visits(tmp_path, *KINTONE, options=options).load("visits")
    assert [(f.kind.code, f.detail) for f in data.faults if f.level == "warning"] == [
        ("D337", "チーム")
    ]


def test_without_a_marker_and_with_repeated_cells(tmp_path: Path) -> None:
    """A record ends where the number changes; cells may repeat those of the record."""
    lines = (
        "レコード番号,訪問日,チーム,商品,提案数",
        "1,2025/4/1,東,自動車,1",
        "1,2025/4/1,東,火災,2",
        "2,2025/4/2,西,火災,3",
        ",,,自動車,4",
    )
    own = visits(tmp_path, *lines)
    assert accounted(own.load("visits")) == {"read": 4, "usable": 4}
    assert own.summarize("visits").items() == {"東": 2, "西": 2}


def test_two_exports_that_are_joined_and_one_that_overlaps(tmp_path: Path) -> None:
    """A header among the lines ends a record and is told; equal lines of exports are one."""
    own = visits(tmp_path, *KINTONE[:3], *KINTONE[:1], *KINTONE[6:])
    (tmp_path / "訪問2.csv").write_bytes(text(*KINTONE[:3]))
    own.exports["visits"] += [own.exports["visits"][0].replace("訪問.csv", "訪問2.csv")]
    data = own.load("visits")
    assert accounted(data) == {"read": 7, "usable": 4, "duplicate": 2, "not_data": 1}
    assert ("D316", 4) in [(f.kind.code, f.place.row) for f in data.faults]


Records = st.lists(
    st.tuples(
        st.sampled_from(["2025/4/1", "2025/6/30", "2025/9/1"]),
        st.sampled_from(["東", "西", ""]),
        st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 99)), max_size=4),
    ),
    min_size=1,
    max_size=5,
)


@given(Records, st.booleans())
@settings(max_examples=30, deadline=None)
def test_it_is_the_flat_table(
    records: Sequence[tuple[str, str, Sequence[tuple[str, int]]]], marked: bool
) -> None:
    """Figures are those of the table in which every line repeats its record."""
    head = "レコード番号,訪問日,チーム,商品,提案数"
    nested, flat = [], []
    for number, (day, team, table) in enumerate(records, 1):
        for line, (product, count) in enumerate(table or [("", "")], 1):
            own = f"{number},{day},{team}" if line == 1 else ",,"
            mark = ("*," if line == 1 else ",") if marked else ""
            nested.append(f"{mark}{own},{product},{count}")
            if table:
                flat.append(f"{number},{day},{team},{product},{count},{line}")
    marker = "レコードの開始行," if marked else ""
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        exploded = visits(Path(one), marker + head, *nested)
        plain = visits(Path(other), f"{head},行", *flat, options='encoding = "cp932"')
        names = ["record", "on", "team", "no", "product", "count"]
        frames = [
            own.load("visits").frame[names].astype(str).values.tolist() for own in (exploded, plain)
        ]
        assert frames[0] == frames[1]
        for kpi in ("visits", "proposals"):
            figures = [own.summarize(kpi).summary.figures for own in (exploded, plain)]
            assert figures[0] == figures[1]


def test_rows_name_the_line(tmp_path: Path, run_in: Run) -> None:
    """`rows` shows the record, the number of the line, and where the line stands."""
    folder = visits(tmp_path, *KINTONE).config.parent
    asked = ("proposals", "--period", "2025-05", "--format", "json")
    rows = json.loads(run_in(folder, "rows", *asked).text)["rows"]
    assert [(r["row"], r["line"], r["record"], r["on"], r["no_read"]) for r in rows][:1] == [
        (7, 7, "15", "2025-05-03", "1")
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("explode = { parent = [] }", "explode.parent"),
        (
            'explode = { parent = "番号" }',
            "explode.parent: no column '番号' (there are: レコード番号,",
        ),
        ('explode = { parent = "record", line = "nr" }', "explode.line: visits has no column 'nr'"),
        ('explode = { parent = ["record", "no"], line = "no" }', "'no' is made"),
        ('explode = { parent = "record" }, fill_down = "record"', "'record' is a parent already"),
    ],
)
def test_settings_that_are_refused(tmp_path: Path, options: str, told: str) -> None:
    """A slip is named by its key, with the nearest name."""
    with pytest.raises(SettingsError) as caught:
        visits(tmp_path, *KINTONE, options=options).load("visits")
    assert told in str(caught.value)


def test_places(tmp_path: Path) -> None:
    """A key that stands in the first line alone is named there, a broken table cell where it is."""
    lines = (
        KINTONE[0],
        '"*","1.2E+11","2025/4/1","東","1","自動車","1"',
        '"","","","","2","火災","2"',
    )
    data = visits(tmp_path, *lines).load("visits")
    assert places(data, "D104") == [("訪問.csv", 2, "レコード番号")]
    assert accounted(data) == {"read": 2, "faulty": 2}
