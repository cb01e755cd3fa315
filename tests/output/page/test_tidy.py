from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from kpicli.model.judgements import TargetJudgement, TargetStatus
from kpicli.model.summary import Summary
from kpicli.output.page.tidy import COLUMN_TYPES, COLUMNS, target_code, tidy_rows


def test_ratio_row(summary: Summary) -> None:
    """A ratio's row has the percentage as a decimal, both counts, comparisons and target."""
    row = tidy_rows(summary)[1]
    assert tuple(row) == COLUMNS
    assert row == {
        "period": "2025H1",
        "start": date(2025, 4, 1),
        "end": date(2025, 9, 30),
        "kpi": "talks",
        "title": "自動車保険の継続案内前の対話",
        "principles": "2",
        "by": None,
        "group": None,
        "part": None,
        "item": None,
        "value": Decimal("70.6"),
        "unit": "%",
        "numerator": 178,
        "denominator": 252,
        "previous": Decimal("68.8"),
        "year_ago": None,
        "target": ">=80%/half",
        "target_status": "missed",
        "status": "ok",
        "faulty_rows": 0,
        "origin": "computed",
        "definition": None,
    }


def test_every_cell_is_of_its_column_type(summary: Summary) -> None:
    """A cell is blank or of the type of its column; a column of integers holds no decimal."""
    types: dict[str, type | tuple[type, ...]] = {
        "text": str,
        "date": date,
        "integer": int,
        "number": (int, Decimal),
    }
    assert COLUMN_TYPES["value"] == "number"
    assert COLUMN_TYPES["numerator"] == "integer"
    assert COLUMN_TYPES["start"] == "date"
    for row in tidy_rows(summary):
        for name, cell in row.items():
            assert cell is None or isinstance(cell, types[COLUMN_TYPES[name]]), name


def test_rules_and_notes_say_so(summary: Summary) -> None:
    """Labelled rules and notes are told apart from parts, whatever their figure calls them."""
    figures = tuple(replace(figure, part="kind") for figure in summary.figures if figure.part)
    rows = tidy_rows(replace(summary, figures=figures))
    assert [row["part"] for row in rows] == [*["kind"] * 3, "rule", "rule", "memo", "kind"]


def test_blank_part_has_a_name(summary: Summary) -> None:
    """The blank part is called 未記入, and is not taken for the total."""
    assert tidy_rows(summary)[6]["item"] == "未記入"


def test_no_data_is_not_zero(summary: Summary) -> None:
    """A part of zero has the value 0; a figure without data has none."""
    rows = {(row["kpi"], row["item"]): row for row in tidy_rows(summary)}
    assert (rows["voices", "不満"]["value"], rows["voices", "不満"]["status"]) == (0, "ok")
    assert (rows["navi", None]["value"], rows["navi", None]["status"]) == (None, "no_data")


def test_target_codes(summary: Summary) -> None:
    """A target's code begins with no sign that a spreadsheet takes for a formula."""
    most = TargetJudgement("at_most", Decimal(0), "half", TargetStatus.MET)
    exact = TargetJudgement("equal", Decimal("1E+2"), "year", TargetStatus.MET)
    assert target_code(most, summary.kpis["voices"]) == "<=0/half"
    assert target_code(exact, summary.kpis["talks"]) == "100%/year"
