import csv
import io
import json
from pathlib import Path

import pytest

from kpicli.base.wording import Language
from kpicli.output.formats import Options, render
from kpicli.output.interface import Answer
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.explanation import explain
from kpicli.trace.explanation_answer import explain_answer
from support.one_run import period
from support.small_project import TODAY, Project

ROWS = (
    "V1,2025/4/1,損保,感謝,損保-1課,",
    "V1,2025/4/1,損保,感謝,損保-1課,",
    "V2,2025/10/2,生保,感謝,,",
    "V3,2025/5/3,生保,不満,,",
    "V4,x,生保,不満,,",
)
STEPS = {
    "read": 5,
    "not_data": 0,
    "duplicate": 1,
    "superseded": 0,
    "candidates": 4,
    "faulty": 0,
    "not_selected": 0,
    "no_date": 0,
    "out_of_period": 1,
    "not_yet_due": 0,
    "undetermined": 1,
    "counted": 2,
}
"""Five rows: one twice, one after the period, one without a date that can be read."""
TEXT = """\
お客様の声 (voices)
2025年度上期 (2025-04-01..2025-09-30) 2025-09-30 時点
  数値: 2件 要確認(1 行)
  感謝: 1件
  不満: 1件 要確認(1 行)
  要望: 0件
  その他: 0件

[定義]
  出力: お客様の声
  数え方: 行数
  日付: 受付日(期間の両端を含む)
  内訳: 声の区分
  定義の版: 1

[使った列]
  受付番号 (お客様の声)
  受付日 (お客様の声)
  声の区分 (お客様の声)

[ファイル]
  voices0.csv utf-8 5 行

[行の内訳: お客様の声]
    読み込んだ行                              5
  - データでない行(空行・表題・合計)          0
  - 重複                                      1
  - 新しい出力に差し替え                      0
  = 数える候補の行                            4
    うち不備                                  0
  - 対象外の行                                0
  - 日付のない行                              0
  - 期間外                                    1
  - 未到来                                    0
  - 要確認(判定できない)                      1
  = 数えた行                                  2
"""


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Return how the voices of a half came about."""
    project = Project(tmp_path).export("voices", ROWS, covers="2025-04..2025-10")
    settings = read_settings(project.config)
    return explain_answer(explain(settings, Request(period("2025H1"), ("voices",)), TODAY))


def shown(name: str, answer: Answer, language: Language = "ja") -> str:
    """Return the explanation in a text format."""
    text = render(name, answer, Options(language))
    assert isinstance(text, str)
    return text


def test_text(answer: Answer) -> None:
    """Figures, definition, columns, files, and every step from the rows read to those counted."""
    assert shown("text", answer) == TEXT


def test_steps_are_records(answer: Answer) -> None:
    """Csv has every step with its rows, the same as the text, and they lead to the figure."""
    rows = list(csv.DictReader(io.StringIO(shown("csv", answer))))
    steps = {row["name"]: int(row["rows"]) for row in rows if row["record"] == "step"}
    assert steps == STEPS
    printed = TEXT.partition("[行の内訳")[2].splitlines()[1:]
    assert list(steps.values()) == [int(line.split()[-1]) for line in printed]
    (whole, *_) = [row for row in rows if row["record"] == "figure"]
    assert (whole["value"], whole["unit"], whole["faulty_rows"]) == ("2", "件", "1")
    (file,) = [row for row in rows if row["record"] == "file"]
    assert (file["file"], file["rows"], file["encoding"]) == ("voices0.csv", "5", "utf-8")
    assert {(row["kpi"], row["start"], row["period"]) for row in rows} == {
        ("voices", "2025-04-01", "2025H1")
    }


def test_json(answer: Answer) -> None:
    """The object holds figures, files and accounting as the summary's does."""
    read = json.loads(shown("json", answer))
    assert (read["kpi"], read["as_of"], read["unit"]) == ("voices", "2025-09-30", "件")
    assert [each["header"] for each in read["columns"]] == ["受付番号", "受付日", "声の区分"]
    assert [(f["kind"], f["item"], f["value"]) for f in read["figures"]][:2] == [
        ("total", None, 2),
        ("part", "感謝", 1),
    ]
    (accounting,) = read["accounting"]
    assert {name: accounting[name] for name in ("counted", "out_of_period", "undetermined")} == {
        "counted": 2,
        "out_of_period": 1,
        "undetermined": 1,
    }
    assert read["files"][0]["accounting"]["read"] == 5


def test_markdown_and_english(answer: Answer) -> None:
    """A page has the same blocks under headings, in either language."""
    headings = [line for line in shown("markdown", answer, "en").splitlines() if line[:1] == "#"]
    assert headings == [
        "# Customer voices (voices)",
        "## Definition",
        "## Columns used",
        "## Files",
        "## Rows of Customer voices",
    ]


def test_an_id_stands_once_behind_a_title_in_english(tmp_path: Path) -> None:
    """A title without English goes by its id already; another title has it behind it."""
    project = Project(tmp_path).export("voices", ROWS)
    project.toml('[source.voices]\nextends = true\ntitle = "声の記録"')
    for title, shown in (
        ('"声の数"', "声の数 (n)"),
        ('{ ja = "声", en = "Voices" }', "Voices (n)"),
    ):
        kpi = f'[kpi.n]\ntitle = {title}\nsource = "voices"\nmeasure = "count"\n'
        kpi += 'parts = { by = "category" }\n'
        kpi += 'targets = [{ at_least = 1, per = "month", part = "感謝" }]'
        own = Project(tmp_path, project.exports, project.top, project.tables + kpi)
        settings = read_settings(own.config)
        request = Request(period("2025H1"), kpis=("n",))
        answer = explain_answer(explain(settings, request, TODAY))
        shown_as = render("text", answer, Options("en"))
        lines = (shown_as if isinstance(shown_as, str) else shown_as.decode()).splitlines()
        assert lines[0] == shown
        assert "  Source: 声の記録 (voices)" in lines
        assert [line for line in lines if "Target" in line] == [
            "  Target: thanks: at least 1 case a month"
        ]
