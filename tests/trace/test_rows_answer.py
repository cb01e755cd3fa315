import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from kpicli.base.wording import Language
from kpicli.output.formats import Options, render
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.evidence import find_evidence
from kpicli.trace.recount import Evidence
from kpicli.trace.rows_answer import rows_answer
from kpicli.trace.rows_request import RowsRequest
from support.one_run import period
from support.small_project import TODAY, Project

ROWS = (
    "V1,2025/4/1,損保,感謝,損保-1課,",
    "V2,令和7年5月2日,生保,感謝,損保-1課,",
    "V3,2025/6/3,生保,,損保-1課,",
)
TABLE = """\
お客様の声 感謝: 2件
2025年度上期 (2025-04-01..2025-09-30)
根拠の行: 2 行(数え直して一致)

[voices0.csv]
行  受付番号  受付日                       声の区分
2   V1        2025/4/1 => 2025-04-01       感謝
3   V2        令和7年5月2日 => 2025-05-02  感謝
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return three voices, one of which has no category."""
    return Project(tmp_path).export("voices", ROWS, covers="2025-04..2025-09")


def evidence(project: Project, item: str | None = None, *, doubtful: bool = False) -> Evidence:
    """Return the voices of the half, or those of an item, with their rows."""
    request = RowsRequest(Request(period("2025H1"), ("voices",)), item, doubtful=doubtful)
    return find_evidence(read_settings(project.config), request, TODAY)


def shown(name: str, asked: Evidence, language: Language = "ja") -> str:
    """Return the rows in a text format."""
    text = render(name, rows_answer(asked), Options(language))
    assert isinstance(text, str)
    return text


def test_a_table_of_rows(project: Project) -> None:
    """The figure, then by file a line per row: its cells, and what they were read as."""
    assert shown("text", evidence(project, "感謝")) == TABLE


@pytest.mark.parametrize(
    ("language", "way", "read"),
    [
        ("ja", "確定していません(下の「要確認」)", "2025/9/31 => (値なし)"),
        ("en", "may belong to it (below, as provisional)", "2025/9/31 => (no value)"),
    ],
)
def test_a_cell_without_a_value_says_so(
    tmp_path: Path, language: Language, way: str, read: str
) -> None:
    """What could not be read is followed by words; whoever sees the rows is not sent to them."""
    rows = (ROWS[0], "V9,2025/9/31,損保,感謝,損保-1課,")
    project = Project(tmp_path).export("voices", rows, covers="2025-04..2025-09")
    text = shown("text", evidence(project, doubtful=True), language)
    assert read in text
    assert way in " ".join(text.split())
    assert "doubtful" not in text
    assert "doubtful" in shown("text", evidence(project), language)


def test_records_are_the_rows(project: Project) -> None:
    """Csv has the same cells, each as in the file and as read, behind the place of the row."""
    first, second = csv.DictReader(io.StringIO(shown("csv", evidence(project, "感謝"))))
    assert list(first) == [
        *("source", "file", "sheet", "row", "line", "role", "rule"),
        *("voice_id", "voice_id_read", "received_on", "received_on_read"),
        *("category", "category_read"),
    ]
    assert list(second.values()) == [
        *("voices", "voices0.csv", "", "3", "3", "counted", ""),
        *("V2", "V2", "令和7年5月2日", "2025-05-02", "感謝", "感謝"),
    ]


def test_a_workbook_has_the_headers_of_the_files(project: Project) -> None:
    """Columns are called as in the file, and what a row counts for is said in words."""
    book = render("xlsx", rows_answer(evidence(project, "感謝")), Options("ja"))
    assert isinstance(book, bytes)
    heads, _, second = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values
    assert heads == (
        *("元データ", "ファイル", "シート", "行", "ファイルの行", "役割", "理由"),
        *("受付番号", "受付番号(読んだ値)", "受付日", "受付日(読んだ値)"),
        *("声の区分", "声の区分(読んだ値)"),
    )
    assert second == (
        *("voices", "voices0.csv", None, 3, 3, "数えた行", None),
        *("V2", "V2", "令和7年5月2日", "2025-05-02", "感謝", "感謝"),
    )


def test_json_has_the_records_under_rows(project: Project) -> None:
    """The object says which figure it is, and holds as many rows as csv."""
    whole = evidence(project)
    read = json.loads(shown("json", whole))
    rows = list(csv.reader(io.StringIO(shown("csv", whole))))
    cells = [["" if cell is None else str(cell) for cell in r.values()] for r in read["rows"]]
    assert cells == rows[1:]
    del read["rows"]
    assert read == {
        "schema_version": 1,
        "kpi": "voices",
        "period": "2025H1",
        "start": "2025-04-01",
        "end": "2025-09-30",
        "item": None,
        "figure": "3件",
        "status": "ok",
        "faulty_rows": 0,
    }


@pytest.mark.slow
def test_large_fractions_are_printed_as_everywhere(tmp_path: Path) -> None:
    """Numerator and denominator have their thousands apart, as in the summary."""
    rows = [f"A{n},2025/4/1,自動車,{'有' if n < 1700 else '無'},有" for n in range(2500)]
    project = Project(tmp_path).export("renewals", rows, covers="2025-04..2025-09")
    request = RowsRequest(Request(period("2025H1"), ("renewal_talks",)))
    found = find_evidence(read_settings(project.config), request, TODAY)
    assert shown("text", found).splitlines()[0].endswith(": 1,700/2,500件 68.0%")
    assert json.loads(shown("json", found))["figure"] == "1,700/2,500件 68.0%"


@pytest.mark.parametrize("name", ["未記入", "(blank)"])
def test_rows_of_blank_cells(project: Project, name: str) -> None:
    """The rows without a category are asked for by what either language calls them."""
    blank = evidence(project, name)
    assert [row.place.row for row in blank.rows] == [4]
    assert shown("text", blank).startswith("お客様の声 未記入: 1件\n")
    assert shown("text", blank, "en").startswith("Customer voices (blank): 1 case\n")
