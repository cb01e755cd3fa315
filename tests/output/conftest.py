"""A small summary, built by hand, that holds one of everything a format must show."""

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from msgspec.structs import replace

from kpicli.base.faults import UNREADABLE_DATE, Fault, Place
from kpicli.base.wording import Text
from kpicli.catalog.texts import parse_text, parse_unit
from kpicli.model.accounting import KpiAccounting, SourceAccounting
from kpicli.model.figures import Comparison, Figure, FigureKind, KpiHead
from kpicli.model.judgements import TargetJudgement, TargetStatus
from kpicli.model.periods import Period
from kpicli.model.summary import InputFile, SourceReport, Summary
from kpicli.model.value import Status, Value

THIS = Period.of("half", date(2025, 4, 1))
PREVIOUS = Period.of("half", date(2024, 10, 1))
YEAR_AGO = Period.of("half", date(2024, 4, 1))
MONTHS = tuple(Period.of("month", date(2025, month, 1)) for month in (4, 5))
MARCH = Period.of("month", date(2025, 3, 1))

HEADS = (
    KpiHead(
        "meetings", parse_text("コンプライアンス会議"), ("1",), parse_unit("回"), "count", 1, True
    ),
    KpiHead(
        "talks",
        parse_text("自動車保険の継続案内前の対話"),
        ("2",),
        parse_unit("件"),
        "ratio",
        1,
        False,
        percentage=True,
    ),
    KpiHead(
        "agreed",
        parse_text("説明に納得しての契約(生保)"),
        ("2",),
        parse_unit("件"),
        "ratio",
        1,
        False,
        percentage=True,
    ),
    KpiHead("voices", parse_text("お客様の声"), ("2", "7"), parse_unit("件"), "count", 1, True),
    KpiHead("missed", parse_text("対応漏れ"), ("2",), parse_unit("件"), "rules", 1, True),
    KpiHead(
        "navi",
        parse_text("意向確認ナビの使用(生保)"),
        ("3", "4"),
        parse_unit("件"),
        "count",
        1,
        True,
        (Text("「意向確認ナビ」の列がありません", "the column 意向確認ナビ is missing"),),
    ),
    KpiHead(
        "schemes",
        parse_text("制度を説明し成約した顧客"),
        ("6",),
        parse_unit("名"),
        "distinct",
        1,
        False,
    ),
)


def count(number: int | None, status: Status = Status.OK, faulty: int = 0) -> Value:
    """Return a count."""
    return Value(number, None, None, status, faulty)


def ratio(numerator: int, denominator: int, percent: str | None) -> Value:
    """Return a ratio, undefined where `percent` is None."""
    if percent is None:
        return Value(None, numerator, denominator, Status.UNDEFINED, 0)
    return Value(Decimal(percent), numerator, denominator, Status.OK, 0)


def figure(
    kpi: str,
    value: Value,
    kind: FigureKind = "total",
    part: str | None = None,
    item: str | None = None,
) -> Figure:
    """Return a figure of the period outside any group."""
    return Figure(kpi, kind, THIS, None, None, part, item, value)


def monthly(kpi: str, month: Period, value: Value) -> Figure:
    """Return the total of a month in a summary grouped by month."""
    return Figure(kpi, "total", month, "month", month.name, None, None, value)


def target(
    direction: Literal["at_least", "at_most", "equal"],
    bound: str,
    per: Literal["month", "half"],
    status: TargetStatus,
    missed: tuple[Period, ...] = (),
) -> TargetJudgement:
    """Return a judged target."""
    return TargetJudgement(direction, Decimal(bound), per, status, missed)


def against(
    kind: Literal["previous", "year_ago"], period: Period, value: Value, change: int | str | None
) -> Comparison:
    """Return a comparison; a change written as a string is in points."""
    points = Decimal(change) if isinstance(change, str) else change
    return Comparison(kind, period, value, points)


HALF_FIGURES = (
    replace(
        figure("meetings", count(6)),
        targets=(target("at_least", "1", "month", TargetStatus.MET),),
    ),
    replace(
        figure("talks", ratio(178, 252, "70.6")),
        comparisons=(
            against("previous", PREVIOUS, ratio(1650, 2400, "68.8"), "1.8"),
            against("year_ago", YEAR_AGO, ratio(0, 0, None), None),
        ),
        targets=(target("at_least", "80", "half", TargetStatus.MISSED, (THIS,)),),
    ),
    figure("agreed", ratio(0, 0, None)),
    replace(
        figure("voices", count(1841)),
        comparisons=(
            against("previous", PREVIOUS, count(1841), 0),
            against("year_ago", YEAR_AGO, count(2000, Status.PARTIAL), -159),
        ),
    ),
    figure("voices", count(1840), "part", "category", "感謝"),
    figure("voices", count(0), "part", "category", "不満"),
    figure("voices", count(1), "part", "category", ""),
    replace(
        figure("missed", count(3, Status.PROVISIONAL, 2)),
        targets=(target("at_most", "0", "half", TargetStatus.PENDING),),
    ),
    figure("missed", count(1), "rule", "rule", "点検で判明"),
    figure("missed", count(2, Status.PROVISIONAL, 2), "rule", "rule", "期限超過"),
    figure("missed", count(4), "memo", "memo", "期限後に完了"),
    figure("navi", count(None, Status.NO_DATA)),
    replace(
        figure("schemes", count(124), "part", "scheme", "高額療養費制度"),
        comparisons=(
            against("previous", PREVIOUS, count(108), 16),
            against("year_ago", YEAR_AGO, count(None, Status.NO_DATA), None),
        ),
    ),
)

ACCOUNTING = SourceAccounting(
    read=12345, usable=12000, duplicate=300, superseded=40, not_data=3, faulty=2
)
ROWS = (KpiAccounting("missed", "responses", 9, 2, 3, 4, 1, 0, (("取消", 1),), 2),)
FAULT = Fault(
    UNREADABLE_DATE,
    "responses",
    Place("対応\x1b[31m.csv", line=7, row=5, column="対応期限"),
    value="2025/9/31",
)


def built(heads: tuple[KpiHead, ...], figures: tuple[Figure, ...], by: str | None) -> Summary:
    """Return a summary of the half around `figures`, with comparisons where there is no `by`."""
    kpis = {head.id: head for head in heads}
    return Summary(
        period=THIS,
        as_of=date(2025, 9, 30),
        by=by,
        compared=() if by else ("previous", "year_ago"),
        kpis=kpis,
        figures=figures,
        accounting=ROWS if "missed" in kpis else (),
        sources=(SourceReport("responses", parse_text("対応記録"), ACCOUNTING, MONTHS),),
        files=(InputFile("responses", "対応\x1b[31m.csv", "ab" * 32, "cp932", None, ACCOUNTING),),
        faults=(FAULT,),
        catalogue_hash="c0ffee",
        version="0.1.0",
    )


@pytest.fixture
def summary() -> Summary:
    """Return a half with comparisons, targets and every status."""
    return built(HEADS, HALF_FIGURES, None)


@pytest.fixture
def by_month() -> Summary:
    """Return two KPIs by month, one of which does not add up; one month missed its target."""
    first = replace(
        monthly("meetings", MONTHS[0], count(0)),
        targets=(target("at_least", "1", "month", TargetStatus.MISSED, (MONTHS[0],)),),
    )
    totals = (
        replace(
            figure("meetings", count(5)),
            targets=(target("at_least", "1", "month", TargetStatus.MISSED, (MONTHS[0],)),),
        ),
        first,
        monthly("meetings", MONTHS[1], count(5)),
        figure("talks", ratio(3, 4, "75.0")),
        monthly("talks", MONTHS[0], ratio(1, 2, "50.0")),
        monthly("talks", MONTHS[1], ratio(2, 2, "100.0")),
    )
    return built(HEADS[:2], totals, "month")


@pytest.fixture
def hostile() -> Summary:
    """Return a KPI in groups whose names attack a spreadsheet, a terminal and markup."""
    names = ("=1+1", "\x1b[31m", "[red]x[/red]", "a|b", "＋1", "二行\n目", "\u202e逆", "-5", "")
    groups = tuple(
        Figure("voices", "total", THIS, "team", name, None, None, count(number))
        for number, name in enumerate(names, start=1)
    )
    return built(HEADS[3:4], (figure("voices", count(45)), *groups), "team")
