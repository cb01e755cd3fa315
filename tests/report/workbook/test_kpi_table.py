"""What the columns of a KPI's table are, and how a row finds its numbers."""

from datetime import date
from decimal import Decimal

from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.figures import Comparison, Figure, FigureKind, KpiHead
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.output.page.blocks import Cluster, KpiBlock
from kpicli.report.workbook.kpi_table import Field, comparisons_of, fields, values_of

HALF = Period.of("half", date(2025, 4, 1))
BEFORE = Period.of("half", date(2024, 10, 1))
VOICES = KpiHead("voices", parse_text("お客様の声"), ("2",), parse_unit("件"), "count", 1, True)
TALKS = KpiHead(
    "talks", parse_text("対話"), ("2",), parse_unit("件"), "ratio", 1, False, percentage=True
)


def value(number: int) -> Value:
    """Return a count."""
    return Value(number, None, None, Status.OK, 0)


def figure(
    kind: FigureKind,
    number: int,
    item: str | None = None,
    part: str | None = None,
    *comparisons: Comparison,
) -> Figure:
    """Return a figure of the half."""
    return Figure("voices", kind, HALF, None, None, part, item, value(number), comparisons)


def block(head: KpiHead, *figures: Figure) -> KpiBlock:
    """Return a KPI with these figures of the whole period and no groups."""
    return KpiBlock(head, Cluster(figures), ())


def test_parts_come_before_their_total_and_notes_after() -> None:
    """Each figure is a column, once, however many rows have it."""
    made = block(
        VOICES,
        figure("total", 3),
        figure("memo", 1, "期限後", "memo"),
        figure("part", 2, "感謝", "category"),
        figure("part", 1, "", "category"),
    )
    assert fields(made, "ja") == (
        Field(("part", "感謝"), "number", "感謝"),
        Field(("part", ""), "number", "未記入"),
        Field(("total", None), "number", "実績"),
        Field(("memo", "期限後"), "number", "(参考) 期限後"),
    )


def test_a_ratio_has_three_columns() -> None:
    """Numerator, denominator and percentage, so that the percentage can be calculated anew."""
    made = block(TALKS, figure("total", 3))
    assert fields(made, "en") == (
        Field(("total", None), "numerator", "Numerator"),
        Field(("total", None), "denominator", "Denominator"),
        Field(("total", None), "number", "Ratio"),
    )


def test_months_are_rows_and_no_columns() -> None:
    """Parts by month would say the same twice."""
    made = block(VOICES, figure("total", 3), figure("part", 3, "2025-04", "month"))
    assert [field.heading for field in fields(made, "ja")] == ["実績"]


def test_a_row_finds_its_numbers_by_kind_and_item() -> None:
    """A part called like the total's KPI is still another figure."""
    before = Comparison("previous", BEFORE, value(2), Decimal(1))
    total, part = figure("total", 3, None, None, before), figure("part", 1, "感謝", "category")
    cluster = Cluster((total, part))
    assert values_of(cluster) == {("total", None): value(3), ("part", "感謝"): value(1)}
    assert comparisons_of(cluster, "previous") == {("total", None): before}
    assert comparisons_of(cluster, "year_ago") == {}
