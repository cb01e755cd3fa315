import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl

from kpicli.base.faults import Place
from kpicli.base.wording import Text
from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.output.formats import Options, render
from kpicli.reconcile.answer import diff_answer
from kpicli.reconcile.changes import Cause, Effect, KpiDiff, Move, PeriodDiff, RowChange

HALF = Period.of("half", date(2025, 4, 1))
RATIO = Move(
    "total",
    None,
    None,
    Value(Decimal("50.0"), 1, 2, Status.OK, 0),
    Value(Decimal("75.0"), 3, 4, Status.OK, 0),
    (
        Effect(Cause.REMOVED, 1, Decimal("-50.0"), -1, -1, Fraction(-50)),
        Effect(Cause.ADDED, 3, Decimal("75.0"), 3, 3, Fraction(75)),
    ),
)
GONE = Move(
    "part",
    "category",
    "=x\x1b[31m",
    Value(1234, None, None, Status.OK, 0),
    Value(None, None, None, Status.NO_DATA, 0),
    why=Text("データのない側があります", "one of the two has no data"),
)
ROWS = (
    RowChange("aaaaaaaa", Cause.REMOVED, "renewals", ("",), "古い.csv", None),
    RowChange(
        "bbbbbbbb", Cause.ADDED, "renewals", ("",), None, Place("新\x1b.xlsx", "表", 7),
        (("talked", None, "有"),), superseded=True,
    ),
)  # fmt: skip
TALKS = KpiDiff("talks", parse_text("対話"), parse_unit("件"), True, (1, 2), True, (RATIO,), ROWS)
VOICES = KpiDiff("voices", parse_text("声"), parse_unit("件"), False, (1, 1), False, (GONE,), ())
DIFF = PeriodDiff(
    HALF, "published/2025H1.json", 2, date(2025, 10, 10), "公表", False,
    (date(2025, 9, 30), date(2025, 9, 30)), 62, (TALKS, VOICES),
    (Text("カタログが違います", "changed"),),
)  # fmt: skip


def shown(name: str, options: Options | None = None) -> str:
    """Return the diff in a text format."""
    text = render(name, diff_answer([DIFF]), options or Options())
    assert isinstance(text, str)
    return text


def test_text() -> None:
    """Every move with its causes, then the rows; nothing that controls a terminal."""
    assert (
        shown("text", Options("en", 80))
        == """\
FY2025H1 (2025-04-01..2025-09-30)
published/2025H1.json edition 2, frozen on 2025-10-10
Note: 公表
frozen before it was final
Note: changed
Figures that moved: 2 of 62

対話 (talks)
  Definition: version 1 => 2
  total: 1/2 cases 50.0% => 3/4 cases 75.0% (+25.0pt)
    removed since                    numerator -1, denominator -1 (1 row)
    added since                      numerator +3, denominator +3 (3 rows)
  Rows:
    aaaaaaaa  removed since  was in 古い.csv
    bbbbbbbb  added since  新\\x1b.xlsx sheet "表" row 7  talked: - => 有
      superseded by a later export

声 (voices)
  =x\\x1b[31m: 1,234 cases => - no data
    one of the two has no data
"""
    )


def test_lines_fold() -> None:
    """No line is wider than asked for, in Japanese either."""
    from rich.cells import cell_len

    assert max(cell_len(line) for line in shown("text", Options("ja", 40)).splitlines()) <= 40


def test_records() -> None:
    """A record for the definition, each figure, effect and row; formulas are inert."""
    assert shown("csv").splitlines()[1:] == [
        "2025H1,2,talks,対話,,,definition,1,2,,definition,,,,,,,,",
        "2025H1,2,talks,対話,total,,figure,50.0,75.0,25.0,,,2,2,,,,,",
        "2025H1,2,talks,対話,total,,effect,,,-50.0,removed,1,-1,-1,,,,,",
        "2025H1,2,talks,対話,total,,effect,,,75.0,added,3,3,3,,,,,",
        "2025H1,2,talks,対話,,,row,,,,removed,,,,aaaaaaaa,renewals,古い.csv,,",
        "2025H1,2,talks,対話,,,row,,,,added,,,,bbbbbbbb,renewals,新\\x1b.xlsx,7,talked: - => 有",
        "2025H1,2,voices,声,part,'=x\\x1b[31m,figure,1234,,,,,,,,,,,",
    ]


def test_a_workbook_says_causes_in_words() -> None:
    """Heads, what a record is of and its cause are Japanese; csv has what programs know."""
    book = render("xlsx", diff_answer([DIFF]), Options("ja"))
    assert isinstance(book, bytes)
    heads, *rows = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].values
    places = [heads.index(head) for head in ("版", "内訳", "記録", "凍結時", "今", "原因")]
    assert [tuple(row[place] for place in places) for row in rows][:3] == [
        (2, None, "定義", 1, 2, "定義の変更"),
        (2, None, "数値", 50, 75, None),
        (2, None, "変化の原因", None, None, "なくなった行"),
    ]


def test_json() -> None:
    """Numbers as they are, percentages as strings, a version of the shape."""
    text = shown("json")
    assert text.startswith('{\n  "schema_version": 1,\n  "periods": [')
    assert '"difference": "25.0"' in text
    assert "\x1b" not in text
