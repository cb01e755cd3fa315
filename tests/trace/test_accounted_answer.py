"""`rows --all` as people, spreadsheets and programs get it."""

import csv
import io
import json
from pathlib import Path

import pytest
from pyarrow import parquet

from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from support.command_line import Run, process
from support.composed_project import composed_project
from support.counted_again import accounted, by_query
from support.one_run import period
from support.small_project import TODAY, Project

VOICES = (
    "V1,2025/4/1,損保,感謝,損保-1課,",
    "V2,2025/3/31,生保,不満,,",
    'V3,2025/6/3,生保,"?","損保\n1課",',
    "V4,2025/6/31,生保,不満,,",
    "V5,2025/7/1,生保,感謝,,",
    "V5,2025/7/1,生保,感謝,,",
    ",合計,,,6,",
)
LATER = ("V1,2025/4/1,損保,不満,損保-1課,", "V6,2025/9/30,団体,要望,,")
TABLE = """\
file,row,line,disposition,faults,day,part
voices0.csv,2,2,superseded,,,
voices0.csv,3,3,out_of_period,,2025-03-31,不満
voices0.csv,4,4,undetermined,D102,2025-06-03,
voices0.csv,5,6,undetermined,D101,,不満
voices0.csv,6,7,counted,,2025-07-01,感謝
voices0.csv,7,8,duplicate,,,
voices0.csv,8,9,not_data,,,
voices1.csv,2,2,counted,,2025-04-01,不満
voices1.csv,3,3,counted,,2025-09-30,要望
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return two exports of voices with whatever can become of a row."""
    own = Project(tmp_path).export("voices", VOICES, covers="2025-01..2025-08")
    return own.export("voices", LATER, covers="2025-04..2025-09")


def test_where_each_row_went(project: Project, run_in: Run) -> None:
    """Every row stands there once, with its place, its disposition, its faults and its part."""
    folder = project.config.parent
    asked = ("rows", "voices", "-p", "2025H1", "--all")
    done = run_in(folder, *asked, "-f", "csv")
    assert done.code == 0, done.err
    records = list(csv.DictReader(io.StringIO(done.text)))
    shown = io.StringIO()
    names = TABLE.splitlines()[0].split(",")
    writer = csv.DictWriter(shown, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    assert shown.getvalue() == TABLE
    tabs = run_in(folder, *asked, "-f", "tsv").text
    assert list(csv.DictReader(io.StringIO(tabs), delimiter="\t")) == records
    rows = json.loads(run_in(folder, *asked, "-f", "json").out)["rows"]
    as_text = [{n: "" if v is None else str(v) for n, v in row.items()} for row in rows]
    assert as_text == records
    assert run_in(folder, *asked, "-o", "rows.parquet").code == 0
    typed = parquet.read_table(folder / "rows.parquet").to_pylist()
    assert [{n: "" if v is None else str(v) for n, v in row.items()} for row in typed] == records
    assert run_in(folder, *asked, "-o", "rows.xlsx").code == 0


def test_what_people_read(project: Project, run_in: Run) -> None:
    """On a screen stands how many rows of each file went where."""
    done = run_in(project.config.parent, "rows", "voices", "-p", "2025H1", "--all", "-f", "text")
    assert (
        done.text
        == """\
お客様の声: 全 9 行の行き先
2025年度上期 (2025-04-01..2025-09-30)

ファイル     数えた  期間外  要確認  重複  差し替え  空行・合計など
voices0.csv       1       1       2     1         1               1
voices1.csv       2
"""
    )


def test_the_period_before(project: Project, run_in: Run) -> None:
    """`--of` asks for the rows of another period."""
    folder = project.config.parent
    asked = ("rows", "voices", "-p", "2025H1", "--all", "--of", "previous", "-f", "json")
    rows = json.loads(run_in(folder, *asked).out)["rows"]
    assert [row["row"] for row in rows if row["disposition"] == "counted"] == [3]
    assert {row["period"] for row in rows} == {"2024H2"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--item", "感謝"), "--all has every row, so that --item cannot stand beside it"),
        (("--by", "line", "--group", "損保"), "so that --group cannot stand beside it"),
        (("--doubtful",), "so that --doubtful cannot stand beside it"),
        (("--by", "content"), "the rows of voices do not split by content"),
    ],
)
def test_what_cannot_be_asked(project: Project, options: tuple[str, ...], said: str) -> None:
    """What asks for one figure does not go with all rows, nor a column that rows lack."""
    asked = ("--lang", "en", "rows", "voices", "-p", "2025H1", "--all", *options)
    done = process(*asked, folder=project.config.parent)
    assert done.code == 2
    assert said in done.err


def test_made_of_others(tmp_path: Path) -> None:
    """A figure made of others has the rows of each component, which the query gives one by one."""
    own = composed_project(
        tmp_path,
        ["C1,2025/4/1,自動車,A店,10", "C2,2025/5/1,火災,A店,20", "C3,2024/5/1,火災,A店,20"],
        ["P1,2020/4/1,,自動車", "P2,2021/4/1,2025/9/1,火災", "P3,2022/4/1,,火災"],
    )
    rows = accounted(read_settings(own.config), "rate", Request(period("2025H1")), TODAY, tmp_path)
    assert by_query(rows) == {("complaints",): 2, ("in_force",): 2}
    totals = [f for f in own.summarize("rate").summary.figures if f.kind == "total"]
    assert [figure.value.number for figure in totals] == [1]
