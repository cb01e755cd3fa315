import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from kpicli.base.wording import Language
from kpicli.checks.answer import check_answer
from kpicli.output.formats import Options, render
from kpicli.output.interface import Answer
from support.inspected import inspection
from support.small_project import HEADERS, Project

HEADER = f"{HEADERS['voices']},保険会社報告日,保険会社改善日"
ROWS = ("V1,2025/9/31,生保,感謝,,,,", "V2,2025/2/30,生保,感謝,,,,")


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Return what is found in two voices whose dates cannot be read: faults, and two gaps."""
    project = Project(tmp_path).export("voices", ROWS, covers="2025-04..2025-04", header=HEADER)
    return check_answer(inspection(project, period="2025-04"))


def shown(name: str, answer: Answer, options: Options | None = None) -> str:
    """Return what was found in a text format."""
    text = render(name, answer, options or Options())
    assert isinstance(text, str)
    return text


def test_markdown(answer: Answer) -> None:
    """A heading a kind, under it what it means, what to do, and every place by its source."""
    lines = shown("markdown", answer, Options("en")).splitlines()
    assert lines[:10] == [
        "# Check",
        "",
        "Checked: 1 source, 1 file, 2 rows.",
        "",
        "checks on time: 2025-04 (2025-04-01..2025-04-30)",
        "",
        "Fault 2 / Warning 2 / Note 0",
        "",
        "## \\[Fault D101\\] Unreadable date (2)",
        "",
    ]
    assert lines[12:15] == [
        "- Customer voices",
        '  - voices0.csv row 2 column "受付日"',
        '  - voices0.csv row 3 column "受付日"',
    ]


def test_values_stand_in_a_column_of_their_own(answer: Answer) -> None:
    """The cells are the last column of csv, and there only where they are asked for."""
    bare = list(csv.DictReader(io.StringIO(shown("csv", answer))))
    full = list(csv.DictReader(io.StringIO(shown("csv", answer, Options(show_values=True)))))
    assert [(row["code"], row["row"]) for row in bare] == [
        *(("D101", "2"), ("D101", "3")),
        *(("D401", ""), ("D404", "")),
    ]
    assert "value" not in bare[0]
    assert [row.pop("value") for row in full] == ["2025/9/31", "2025/2/30", "", ""]
    assert full == bare


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", ("不備", "お客様の声")), ("en", ("Fault", "Customer voices"))],
)
def test_a_workbook_says_levels_and_sources_in_words(
    answer: Answer, language: Language, said: tuple[str, str]
) -> None:
    """As the page does; csv has the names that programs know."""
    book = render("xlsx", answer, Options(language))
    assert isinstance(book, bytes)
    _, first, *_ = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values
    assert (first[0], first[1], first[3]) == ("D101", *said)


def test_json_counts_what_csv_lists(answer: Answer) -> None:
    """The object has the number of each level, and the findings as the summary has them."""
    read = json.loads(shown("json", answer))
    assert (read["schema_version"], read["counts"]) == (1, {"fault": 2, "warning": 2, "note": 0})
    assert [fault["place"]["row"] for fault in read["faults"]] == [2, 3, None, None]
