import json

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.json import render
from kpicli.output.summary.answer import summary_answer

ACCOUNTING = {
    "read": 12345,
    "usable": 12000,
    "duplicate": 300,
    "superseded": 40,
    "not_data": 3,
    "faulty": 2,
}
COUNTED = {"kind": "computed", "source": None, "on": None, "edition": None, "note": None}
HALF = {
    "name": "2025H1",
    "label": "2025年度上期",
    "kind": "half",
    "start": "2025-04-01",
    "end": "2025-09-30",
}


def test_envelope(summary: Summary) -> None:
    """What a reader needs to compare two runs stands at the top, in a fixed order."""
    read = json.loads(render(summary_answer(summary), Options()))
    assert list(read) == [
        "schema_version",
        "kpicli_version",
        "catalogue_hash",
        "fiscal_year",
        "period",
        "as_of",
        "by",
        "compared",
        "left_out",
        "kpis",
        "sources",
        "files",
        "faults",
        "faults_left_out",
        "trend",
        "targets",
    ]
    assert read["schema_version"] == 1
    assert read["fiscal_year"] == {
        "starts": 4,
        "named_by": "first",
        "halves": ["上期", "下期"],
    }
    assert read["period"] == HALF
    assert (read["as_of"], read["by"], read["compared"]) == (
        "2025-09-30",
        None,
        ["previous", "year_ago"],
    )


def test_ratio(summary: Summary) -> None:
    """Counts are integers, percentages and their changes decimal strings."""
    total = json.loads(render(summary_answer(summary), Options()))["kpis"][1]["figures"]["total"]
    previous, year_ago = total.pop("comparisons")
    assert total.pop("targets") == [total["target"]]
    assert total == {
        "value": "70.6",
        "numerator": 178,
        "denominator": 252,
        "status": "ok",
        "faulty_rows": 0,
        "dates": None,
        "share": None,
        "origin": COUNTED,
        "components": [],
        "target": {
            "direction": "at_least",
            "bound": "80",
            "per": "half",
            "status": "missed",
            "missed": [HALF],
            "spans": [],
            "value": None,
            "so_far": None,
            "each": None,
            "reached": [],
        },
    }
    assert (previous["period"]["name"], previous["value"], previous["change"]) == (
        "2024H2",
        "68.8",
        "1.8",
    )
    assert (year_ago["value"], year_ago["status"], year_ago["change"]) == (None, "undefined", None)


def test_kpi_with_rules(summary: Summary) -> None:
    """Rules and notes stand apart from parts, with the KPI's row accounting."""
    kpi = json.loads(render(summary_answer(summary), Options()))["kpis"][4]
    figures = kpi["figures"]
    assert [(each["item"], each["value"]) for each in figures["rules"]] == [
        ("点検で判明", 1),
        ("期限超過", 2),
    ]
    assert [(each["item"], each["value"]) for each in figures["memos"]] == [("期限後に完了", 4)]
    assert figures["parts"] == []
    assert kpi["accounting"] == [
        {
            "kpi": "missed",
            "source": "responses",
            "usable": 9,
            "faulty": 2,
            "counted": 3,
            "not_selected": 4,
            "no_date": 1,
            "out_of_period": 0,
            "not_yet_due": 0,
            "excluded": [{"rule": "取消", "rows": 1}],
            "undetermined": 2,
        }
    ]


def test_remarks_follow_the_language(summary: Summary) -> None:
    """Remarks and faults are worded in the language asked for."""
    read = json.loads(render(summary_answer(summary), Options(language="en")))
    assert read["kpis"][5]["remarks"] == ["the column 意向確認ナビ is missing"]
    assert read["faults"][0]["title"] == "Unreadable date"


def test_groups(by_month: Summary) -> None:
    """Each group carries its period and its own figures."""
    groups = json.loads(render(summary_answer(by_month), Options()))["kpis"][0]["figures"]["groups"]
    assert [(g["by"], g["group"], g["period"]["end"], g["total"]["value"]) for g in groups] == [
        ("month", "2025-04", "2025-04-30", 0),
        ("month", "2025-05", "2025-05-31", 5),
    ]


def test_sources_and_files(summary: Summary) -> None:
    """Sources and files come with their row accounting, files with path, hash and encoding."""
    read = json.loads(render(summary_answer(summary), Options()))
    assert read["sources"] == [
        {
            "id": "responses",
            "title": "対応記録",
            "accounting": ACCOUNTING,
            "covered": ["2025-04", "2025-05"],
        }
    ]
    assert read["files"] == [
        {
            "source": "responses",
            "path": "対応\x1b[31m.csv",
            "sha256": "ab" * 32,
            "encoding": "cp932",
            "sheet": None,
            "accounting": ACCOUNTING,
        }
    ]


def test_cell_values_only_on_request(summary: Summary) -> None:
    """A faulty cell's value is there only with `show_values`; its place always is."""
    without = json.loads(render(summary_answer(summary), Options()))["faults"][0]
    shown = json.loads(render(summary_answer(summary), Options(show_values=True)))["faults"][0]
    assert without == {
        "code": "D101",
        "cause": "",
        "level": "fault",
        "title": "読めない日付",
        "message": "日付として読めません",
        "advice": "2025/4/1 や 令和7年4月1日 のように、実在する日付を年から書いてください",
        "detail": "",
        "source": "responses",
        "place": {
            "file": "対応\x1b[31m.csv",
            "sheet": None,
            "row": 5,
            "line": 7,
            "column": "対応期限",
        },
        "other": None,
        "count": 1,
    }
    assert shown == {**without, "value": "2025/9/31"}


def test_hidden_characters_read_back(hostile: Summary) -> None:
    """What is escaped for the terminal reads back as it was, Japanese is left as it is."""
    strange = "\x7f\x9b\u202e\u2028\U000e0041\ud800声"
    head = replace(hostile.kpis["voices"], title=Text(strange, "strange"))
    shown = render(summary_answer(replace(hostile, kpis={"voices": head})), Options())
    assert '"title": "\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41\\ud800声"' in shown
    assert json.loads(shown)["kpis"][0]["title"] == strange
