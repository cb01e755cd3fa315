"""What every KPI has, whatever its kind: targets, columns, and the sources that it needs."""

from datetime import date
from typing import Any

import pytest

from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.catalog.read import read_catalog

OWN: dict[str, Any] = {"title": "試し", "source": "voices", "measure": "count"}


def made(**changed: object) -> Kpi:
    """Return a KPI of the user's own that counts voices, changed."""
    return read_catalog({"kpi": {"own": {**OWN, **changed}}}, "kpicli.toml").kpi["own"]


def test_a_kpi_uses_every_column_that_it_names() -> None:
    """Date, exclusions, filter, references and parts, each once; months are no column."""
    kpi = made(
        date=["improved_on", "received_on"],
        exclude={"team": "東"},
        where={"category": "不満", "improved_on": {"after": "@received_on"}},
        parts={"by": "line"},
    )
    assert kpi.columns == ("improved_on", "received_on", "team", "category", "line")
    assert kpi.used == tuple(("voices", name) for name in kpi.columns)
    assert made(parts={"by": "month"}).columns == ()


def test_a_numerator_elsewhere_needs_its_source_too() -> None:
    """Its own source comes first, and each filter with the source that it is on."""
    kpi = read_catalog().kpi["explaining_staff"]
    assert kpi.sources == ("staff", "explanations")
    assert [name for source, name in kpi.used if source == "explanations"] == [
        *("staff", "scheme", "line"),
    ]
    assert [source for source, _ in kpi.filters] == ["staff", "staff", "explanations"]


@pytest.mark.parametrize(
    ("where", "uses"),
    [
        ({"improved_on": {"after": "@as_of"}}, True),
        ([{"category": "不満"}, {"improved_on": {"on_or_before": "@as_of"}}], True),
        ({"improved_on": {"after": "@end"}}, False),
        ({"category": "不満"}, False),
    ],
)
def test_whether_the_as_of_date_matters(where: object, uses: bool) -> None:
    """Only where a filter compares with it."""
    assert made(where=where).uses_as_of is uses


def test_by_which_date_a_row_counts() -> None:
    """The base date where none is named; else the first filled one of those that are."""
    voices = read_catalog().source["voices"]
    assert [t.en for t in made().date_words(voices)] == ["Date: received on (both ends)"]
    kpi = made(date=["improved_on", "received_on"])
    assert [t.ja for t in kpi.date_words(voices)] == [
        "日付: 改善日、空欄なら 受付日(期間の両端を含む)"
    ]


def test_a_figure_that_no_export_holds() -> None:
    """It is entered as a number or as a percentage, which outputs tell apart by its kind."""
    assert EnteredKpi(title="NPS").measure == "entered"
    rate = EnteredKpi(title="継続率", ratio=True)
    assert (rate.measure, rate.percentage) == ("entered_ratio", True)


def test_a_target_holds_from_its_first_day() -> None:
    """The day is a date of TOML, and stays one."""
    (target,) = made(targets=[{"at_most": 3, "per": "month", "since": date(2025, 10, 1)}]).targets
    assert (target.per, target.since) == ("month", date(2025, 10, 1))
