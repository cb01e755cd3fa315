"""Dates whose year, month and day stand in columns apart, in CSV and xlsx."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpicli
from kpicli.base.errors import InputError
from kpicli.model.value import Status
from support.command_line import Run
from support.inspected import inspection
from support.small_project import TODAY, Project, codes
from support.workbooks import book_of, saved

SPEC = """[source.claims]
title = "事故報告"
rhythm = "continuous"
key = KEY
[source.claims.columns]
number = { headers = "番号", type = "id" }
on = { headers = HEADERS, type = "TYPE", required = true }
kind = { headers = "区分", type = "code", codes = "claim_kinds" }
closed = { headers = ["完了年", "完了月", "完了日"], type = "date" }
[codes.claim_kinds.values]
"自動車" = []
"火災" = []
[kpi.claims]
title = "事故報告"
source = "claims"
measure = "count"
[kpi.closed]
title = "完了"
source = "claims"
measure = "count"
date = "closed"
"""
HEADER = "番号,年,月,日,区分,完了年,完了月,完了日"


def claims(
    folder: Path,
    rows: Sequence[str],
    *,
    header: str = HEADER,
    headers: str = '["年", "月", "日"]',
    kind: str = "date",
    key: str = '"number"',
    covers: str | None = "2025-04..2025-09",
) -> Project:
    """Return a project whose dates stand apart."""
    own = Project(folder).export("claims", rows, header=header, covers=covers)
    spec = SPEC.replace("HEADERS", headers).replace("TYPE", kind).replace("KEY", key)
    return own.toml(spec)


ROWS = [
    "1,2025,4,1,自動車,2025,5,2",
    "2,２０２５年,05月,3日,火災,,,",
    "3,R7,6,30,自動車,令和7,7,1",
]


def test_the_cells_are_one_date(tmp_path: Path) -> None:
    """Digits, words and eras; a date that is not there is blank; the base date covers."""
    own = claims(tmp_path, ROWS, covers=None)
    assert own.summarize("claims", "2025Q1", by="month").groups() == {
        "2025-04": 1,
        "2025-05": 1,
        "2025-06": 1,
    }
    assert own.summarize("claims", "2025Q1").value().status is Status.OK
    assert own.summarize("closed", "2025-05").number() == 1
    frame = own.load("claims").frame
    assert [day.date() for day in frame["on"]] == [
        date(2025, 4, 1),
        date(2025, 5, 3),
        date(2025, 6, 30),
    ]
    assert set(frame.columns) == {"on", "kind", "closed", "@faulty", "@file", "@row"}


@pytest.mark.parametrize(
    ("cells", "cause", "shown"),
    [
        ("25,6,1", "short_year", "25年6月1日"),
        (",6,1", "no_year", "6月1日"),
        ("2025,6,", "no_day", "2025年6月"),
        ("2025,13,1", "no_such_day", "2025年13月1日"),
        ("令和元,4,30", "outside_era", "令和元年4月30日"),
        ("2025,2,30", "no_such_day", "2025年2月30日"),
    ],
)
def test_nothing_is_guessed(cells: str, cause: str, shown: str, tmp_path: Path) -> None:
    """The fault names the three columns, and what was read."""
    own = claims(tmp_path, [*ROWS, f"4,{cells},自動車,,,"])
    (fault,) = (each for each in inspection(own).faults if each.level == "fault")
    assert (fault.kind.name, fault.place.row, fault.place.column, fault.value) == (
        f"D101.{cause}",
        5,
        "年・月・日",
        shown,
    )
    assert own.summarize("claims", "2025Q1").value().faulty_rows == 1


def test_lines_that_are_no_data_are_none(tmp_path: Path) -> None:
    """The header once more, a total below and an empty line are known as in any table."""
    rows = [*ROWS, HEADER, ",,,,,,,", ",,,,合計3件,,,"]
    result = claims(tmp_path, rows).summarize("claims", "2025Q1")
    assert (result.number(), result.value().status) == (3, Status.OK)
    (source,) = result.summary.sources
    assert (source.accounting.read, source.accounting.not_data) == (6, 3)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_era_of_its_own_and_headers_that_come_twice(form: str, tmp_path: Path) -> None:
    """元号 stands before its year; `年#2` is the second; months need no day."""
    header = ["番号", "元号", "年", "月", "日", "区分", "年", "月", "日"]
    rows: list[list[object]] = [
        ["1", "令和", 7, 4, 1, "自動車", 2025, 5, 2],
        ["2", "平成", "31", 4, 30, "火災", 2025, 6, 3],
        ["3", "令和", "元", 5, 1, "火災", None, None, None],
    ]
    own = claims(
        tmp_path,
        [",".join("" if cell is None else str(cell) for cell in row) for row in rows],
        header=",".join(header),
        headers='["元号", "年#1", "月#1", "日#1"]',
        covers=None,
    )
    own.tables = own.tables.replace('["完了年", "完了月", "完了日"]', '["年#2", "月#2", "日#2"]')
    if form == "xlsx":
        (tmp_path / "c.xlsx").write_bytes(saved(book_of(header, *rows)))
        own.exports["claims"] = ['"c.xlsx"']
    frame = own.load("claims").frame
    assert [day.date() for day in frame["on"]] == [
        date(2025, 4, 1),
        date(2019, 4, 30),
        date(2019, 5, 1),
    ]
    assert [day.date() for day in frame["closed"].dropna()] == [date(2025, 5, 2), date(2025, 6, 3)]


def test_months_stand_apart_too(tmp_path: Path) -> None:
    """年 and 月 are a month; a table of lines without a number has them in its key."""
    rows = ["2025,4,自動車", "2025,4,火災", "R7,05,火災"]
    own = claims(
        tmp_path,
        rows,
        header="年,月,区分",
        headers='["年", "月"]',
        kind="month",
        key='["on", "kind"]',
        covers=None,
    )
    assert own.summarize("claims", "2025-04..2025-05", by="month").groups() == {
        "2025-04": 2,
        "2025-05": 1,
    }
    assert own.summarize("claims", "2025-04-01..2025-04-15").number() is None


def test_a_built_in_column_may_stand_apart(tmp_path: Path) -> None:
    """The export names the headers of a column that the catalogue has in one."""
    own = Project(tmp_path).export(
        "voices",
        ["V1,2025,4,1,生保,感謝", "V2,2025,9,30,損保,不満"],
        header="受付番号,受付年,受付月,受付日,商品区分,声の区分",
        options=', headers = { received_on = ["受付年", "受付月", "受付日"] }',
    )
    assert own.summarize("voices").items() == {"感謝": 1, "不満": 1, "要望": 0, "その他": 0}


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    """Where the date is required, the error names the header that the file lacks."""
    with pytest.raises(InputError, match="the required column '月'"):
        claims(tmp_path, ["1,2025,1,自動車"], header="番号,年,日,区分").load("claims")


def test_shapes_and_dates_apart_do_not_mix(tmp_path: Path) -> None:
    """A grouped report with a date in three columns is refused, with what to do."""
    own = claims(tmp_path, ROWS)
    own.exports["claims"] = [own.exports["claims"][0].replace(" }", ', fill_down = ["kind"] }')]
    with pytest.raises(InputError, match="together with unpivot or fill_down"):
        own.load("claims")


def test_rows_show_the_date_as_it_is_read(run_kpicli: Run, tmp_path: Path) -> None:
    """`rows` has the three cells as one, and the day that they are."""
    assert claims(tmp_path, ROWS[1:2]).config.exists()
    out = run_kpicli({}, "rows", "claims", "--period", "2025-05", "-f", "csv").text
    header, row = (line.split(",") for line in out.splitlines())
    cells = dict(zip(header, row, strict=True))
    assert (cells["on"], cells["on_read"]) == ("2025年05月3日", "2025-05-03")


def test_overlapping_exports_are_counted_once(tmp_path: Path) -> None:
    """The same row written with and without zeros is the same row."""
    own = claims(tmp_path, ["1,2025,4,1,自動車,,,"]).export(
        "claims", ["1,2025,04,01,自動車,,,", "2,2025,05,01,火災,,,"], header=HEADER
    )
    dataset = own.load("claims")
    assert (dataset.accounting.usable, dataset.accounting.duplicate) == (2, 1)
    assert codes(dataset) == {}


@settings(deadline=None, max_examples=25)
@given(st.lists(st.dates(date(2024, 1, 1), date(2025, 10, 31)), min_size=1, max_size=40))
def test_columns_apart_count_as_one_does(
    tmp_path_factory: pytest.TempPathFactory, days: list[date]
) -> None:
    """The same days in one column and in three give the same figures, month by month."""
    folder = tmp_path_factory.mktemp("apart")
    three = [f"{n},{d.year},{d.month},{d.day},自動車,,," for n, d in enumerate(days)]
    (folder / "one").mkdir()
    one = [f"{n},{d.isoformat()},自動車,,," for n, d in enumerate(days)]
    apart = claims(folder, three, covers="2024-01..2025-10")
    whole = claims(
        folder / "one",
        one,
        header="番号,報告日,区分,完了年,完了月,完了日",
        headers='["報告日"]',
        covers="2024-01..2025-10",
    )
    own, other = (
        kpicli.summarize(
            "2024-01..2025-10", kpis=["claims"], by="month", config=p.config, today=TODAY
        )
        for p in (apart, whole)
    )
    assert [(f.group, f.value) for f in own.figures] == [(f.group, f.value) for f in other.figures]
    assert own.figures[0].value.number == len(days)
