"""A trend as people read it: expected tables written out, marks, breaks and gaps."""

import csv
import json
import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import Definition, Figure, KpiHead
from kpicli.model.periods import Period
from kpicli.model.summary import Series, Summary
from kpicli.model.value import COMPUTED, NOTHING, Origin, Status, Value
from kpicli.output.formats import Options, render
from kpicli.output.page.trend import with_former_figures
from kpicli.output.summary.answer import summary_answer

OWN = Period.parse("2025H1", today=date(2025, 11, 1))
PERIODS = OWN.last(4)
ENTERED = Origin("entered", "旧ページ", date(2025, 10, 5))
FROZEN = Origin("frozen", "published/2024H1.json", date(2024, 11, 1), 1)
OLD, NOW = Definition(1, "aa"), Definition(2, "bb")
CASES = parse_unit("件")
HEADS = (
    KpiHead("voices", parse_text("お客様の声"), ("2",), CASES, "count", 2, additive=True),
    KpiHead(
        "talks",
        parse_text("継続前の対話"),
        ("2",),
        parse_unit("件"),
        "ratio",
        2,
        additive=False,
        percentage=True,
    ),
)


def count(number: int, status: Status = Status.OK, faulty: int = 0) -> Value:
    """Return a number of rows."""
    return Value(number, None, None, status, faulty)


def ratio(over: int, under: int, percent: str) -> Value:
    """Return a ratio."""
    return Value(Decimal(percent), over, under, Status.OK, 0)


def series(kpi: str, item: str | None, *points: tuple[Value, Origin]) -> Series:
    """Return a series: what was frozen is of the older definition, the counted of the newest."""
    definitions = {"computed": NOW, "frozen": OLD, "entered": None}
    part = None if item is None else "category"
    figures = [
        Figure(
            kpi, "total" if item is None else "part", period, None, None, part, item, value,
            origin=origin, definition=definitions[origin.kind],
        )
        for period, (value, origin) in zip(PERIODS, points, strict=True)
    ]  # fmt: skip
    return Series(tuple(figures))


@pytest.fixture
def trend() -> Summary:
    """Return four halves: entered, frozen under an older definition, counted twice.

    The ratio has no value in the first, and its second was counted, not frozen. 要望 was last
    counted two halves ago.
    """
    nothing = (NOTHING, COMPUTED)
    all_series = (
        series("voices", None, (count(1612), ENTERED), (count(260), FROZEN),
               (count(406, Status.PARTIAL), COMPUTED), (count(841), COMPUTED)),
        series("voices", "感謝", (count(1600), ENTERED), (count(250), FROZEN),
               (count(400, Status.PROVISIONAL, 2), COMPUTED), (count(841), COMPUTED)),
        series("voices", "要望", nothing, (count(10), FROZEN), (count(0), COMPUTED),
               (count(0), COMPUTED)),
        series("talks", None, nothing, (ratio(1, 2, "50.0"), COMPUTED),
               (Value(None, 0, 0, Status.UNDEFINED, 0), COMPUTED),
               (ratio(178, 252, "70.6"), COMPUTED)),
    )  # fmt: skip
    shown = tuple(replace(s.own, definition=None) for s in all_series if s.own.item != "要望")
    return Summary(
        period=OWN, as_of=date(2025, 9, 30), by=None, compared=(),
        kpis={head.id: head for head in HEADS}, figures=shown, accounting=(), sources=(), files=(),
        faults=(), catalogue_hash="c0ffee", version="0.1.0", trend=all_series,
    )  # fmt: skip


def rendered(summary: Summary, form: str, width: int | None = None, language: str = "ja") -> str:
    """Return the summary in a format of text."""
    options = Options(language="en" if language == "en" else "ja", width=width)
    text = render(form, summary_answer(summary), options)
    assert isinstance(text, str)
    return text


TABLE = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)

項目          2023年度 下期   2024年度 上期        2024年度 下期    2025年度 上期
                   [入力値]        [公表値]
---------------------------------------------------------------------------------
原則2
お客様の声          1,612件           260件     | 406件 一部のみ            841件
  感謝              1,600件           250件  | 400件 要確認(2件)            841件
  要望                    -            10件                | 0件              0件
継続前の対話              -  50.0% [集計値]             算出不可  178/252件 70.6%
---------------------------------------------------------------------------------

注
- 入力値 2023年度下期: 旧ページ(2025-10-05 入力)
- 公表値 2024年度上期: published/2024H1.json 第1版(2024-11-01 凍結)
- 要確認: 読めない値や空欄があり、数えるか決められない行がある。数値は確定していない
- 一部のみ: 出力データにない月か、まだ来ていない日の行がある。未確定
- 算出不可: 分母が0
- [公表値]: 公表時に凍結した値。今の出力から数え直したものではない
- [集計値]: 公表値がない項目で、今の出力から数えた値
- 「-」: データなし。公表値も入力値もなく、出力データがその期間を含まない(0件ではない)
- 「|」: ここで定義が変わった。前後の値は比べられない
- [入力値]: 出力からは数えられず、手で入力した値
"""

TEXT = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)
2023年度 下期: [入力値]
2024年度 上期: [公表値]

[原則2]
お客様の声              841件
    2023年度 下期 1,612件  2024年度 上期 260件  2024年度 下期 | 406件 一部のみ
  感謝                  841件
      2023年度 下期 1,600件  2024年度 上期 250件
      2024年度 下期 | 400件 要確認(2件)
  要望                    0件
      2023年度 下期 -  2024年度 上期 10件  2024年度 下期 | 0件
継続前の対話  178/252件 70.6%
    2023年度 下期 -  2024年度 上期 50.0% [集計値]  2024年度 下期 算出不可
"""

MARKDOWN = """\
# FY2025H1

2025-04-01 to 2025-09-30 (as of 2025-09-30)

## Principle 2

| Figure | FY2023H2<br>\\[entered\\] | FY2024H1<br>\\[published\\] | FY2024H2 | FY2025H1 |
| --- | ---: | ---: | ---: | ---: |
| お客様の声 | 1,612 cases | 260 cases | \\| 406 cases partial | 841 cases |
| - 感謝 | 1,600 cases | 250 cases | \\| 400 cases to check (2 rows) | 841 cases |
| - 要望 | - | 10 cases | \\| 0 cases | 0 cases |
| 継続前の対話 | - | 50.0% \\[counted\\] | undefined | 178/252 cases 70.6% |
"""

CHANGED = "2024年度上期 と 2024年度下期 のあいだで定義が変わり、比べられない"
SHEET: list[list[str | float | None]] = [
    ["2025年度上期"],
    ["2025-04-01 から 2025-09-30 まで (2025-09-30 時点)"],
    ["項目", "単位", "2023年度 下期\n[入力値]", "2024年度 上期\n[公表値]", "2024年度 下期",
     "2025年度 上期", "注"],
    ["原則2"],
    ["お客様の声", "件", 1612, 260, 406, 841, f"2024年度下期: 一部のみ、{CHANGED}"],
    ["感謝", "件", 1600, 250, 400, 841, f"2024年度下期: 要確認(2件)、{CHANGED}"],
    ["要望", "件", None, 10, 0, 0, f"2023年度下期: データなし、{CHANGED}"],
    ["継続前の対話", None, None, 0.5, None, 0.706,
     "2023年度下期: データなし、2024年度上期: [集計値]、2024年度下期: 算出不可"],
    ["入力値 2023年度下期: 旧ページ(2025-10-05 入力)"],
    ["公表値 2024年度上期: published/2024H1.json 第1版(2024-11-01 凍結)"],
]  # fmt: skip


def test_table(trend: Summary) -> None:
    """Periods are columns, parts are rows; marks stand in the heads, and beside what differs."""
    assert rendered(trend, "table", 120) == TABLE


def test_text(trend: Summary) -> None:
    """Plain lines have the own value at the right, the earlier ones below it; marks stand once."""
    assert rendered(trend, "text").startswith(TEXT)


def test_markdown(trend: Summary) -> None:
    """The sign of a break does not end a cell of a pipe table."""
    assert rendered(trend, "markdown", language="en").startswith(MARKDOWN)


def test_html(trend: Summary) -> None:
    """A page has the same columns and cells."""
    page = rendered(trend, "html")
    shown = re.sub("<[^>]+>", "", page)
    assert "2024年度 上期[公表値]" in shown
    assert "| 406件 一部のみ" in shown


def test_sheet(trend: Summary) -> None:
    """The workbook has numbers that calculate; states, sources and breaks stand beside in words."""
    book = render("xlsx", summary_answer(trend), Options())
    assert isinstance(book, bytes)
    sheet = load_workbook(BytesIO(book))["推移"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows == [[*row, *[None] * (7 - len(row))] for row in SHEET]
    assert render("xlsx", summary_answer(trend), Options()) == book


def test_tidy_rows(trend: Summary) -> None:
    """Every figure of every period is a row, KPI by KPI, the oldest period first."""
    rows = list(csv.DictReader(StringIO(rendered(trend, "csv"))))
    assert [(r["period"], r["item"], r["value"], r["origin"], r["definition"]) for r in rows] == [
        ("2023H2", "", "1612", "entered", ""),
        ("2023H2", "感謝", "1600", "entered", ""),
        ("2023H2", "要望", "", "computed", ""),
        ("2024H1", "", "260", "frozen", "other"),
        ("2024H1", "感謝", "250", "frozen", "other"),
        ("2024H1", "要望", "10", "frozen", "other"),
        ("2024H2", "", "406", "computed", ""),
        ("2024H2", "感謝", "400", "computed", ""),
        ("2024H2", "要望", "0", "computed", ""),
        ("2025H1", "", "841", "computed", ""),
        ("2025H1", "感謝", "841", "computed", ""),
        ("2023H2", "", "", "computed", ""),
        ("2024H1", "", "50.0", "computed", ""),
        ("2024H2", "", "", "computed", ""),
        ("2025H1", "", "70.6", "computed", ""),
    ]


def test_json(trend: Summary) -> None:
    """Each point has its value, origin, definition, and whether it breaks with the one before."""
    told = json.loads(rendered(trend, "json"))["trend"]
    assert [period["name"] for period in told["periods"]] == [p.name for p in PERIODS]
    first = told["series"][0]
    assert (first["kpi"], first["kind"], first["item"]) == ("voices", "total", None)
    assert [point["value"] for point in first["points"]] == [1612, 260, 406, 841]
    assert [point["breaks"] for point in first["points"]] == [False, False, True, False]
    versions = [point["definition"] and point["definition"]["version"] for point in first["points"]]
    assert versions == [None, 1, 2, 2]
    assert told["series"][3]["points"][1] == {
        "period": "2024H1", "value": "50.0", "numerator": 1, "denominator": 2, "status": "ok",
        "faulty_rows": 0, "breaks": False, "definition": {"version": 2, "digest": "bb"},
        "dates": None,
        "origin": {"kind": "computed", "source": None, "on": None, "edition": None, "note": None},
    }  # fmt: skip


def test_what_only_an_earlier_period_had_is_a_row(trend: Summary) -> None:
    """It stands among its kind; without any such figure the summary is as it was."""
    shown = with_former_figures(trend)
    assert [(f.kpi, f.item) for f in shown.figures] == [
        ("voices", None), ("voices", "感謝"), ("voices", "要望"), ("talks", None),
    ]  # fmt: skip
    assert with_former_figures(shown) is shown


def test_a_summary_without_trend_has_no_columns_of_it(summary: Summary) -> None:
    """Nothing of this shows where no trend was asked for."""
    assert summary.trend == ()
    assert "推移" not in rendered(summary, "table")
    assert json.loads(rendered(summary, "json"))["trend"] is None
