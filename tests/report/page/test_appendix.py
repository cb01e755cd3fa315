"""The end of a report: where the rows went, and for which months."""

import pytest
from msgspec.structs import replace

from kpicli.model.periods import Period
from kpicli.report.page.appendix import Definition, accounting_grids, definition_entries
from support.periods import parse
from support.report_fixtures import TOP, Make


def test_the_rows_of_sources_and_kpis_are_accounted_for(make: Make) -> None:
    """One table of sources, one of KPIs in their sources, one of what the run is known by."""
    sources, kpis, run = accounting_grids(make(TOP).summary, "ja")
    assert {line.name: line.cells for line in sources.lines} == {
        "継続案内": ("3", "3", "0", "0", "0", "0", "2024-04..2025-09"),
        "お客様の声": ("6", "6", "0", "0", "0", "0", "2024-04..2025-09"),
    }
    assert {line.name: line.cells[:6] for line in kpis.lines} == {
        "自動車保険の継続案内前の対話": ("継続案内", "3", "0", "3", "0", "0"),
        "お客様の声": ("お客様の声", "6", "0", "3", "0", "0"),
        "お客様の声(損保)": ("お客様の声", "6", "0", "2", "4", "0"),
    }
    assert run.lines[0].cells == ("2025-04-01 から 2025-09-30 まで (2025-09-30 時点)",)


@pytest.mark.parametrize(
    ("months", "shown"),
    [
        ((), ""),
        (("2025-04",), "2025-04"),
        (("2024-12", "2025-01", "2025-02"), "2024-12..2025-02"),
        (("2025-04", "2025-06"), "2025-04 2025-06"),
    ],
)
def test_months_that_follow_are_a_span(make: Make, months: tuple[str, ...], shown: str) -> None:
    """A gap is never hidden in a span."""
    summary = make(TOP).summary
    covered: tuple[Period, ...] = tuple(map(parse, months))
    source = replace(summary.sources[0], covered=covered)
    sources, *_ = accounting_grids(replace(summary, sources=(source,)), "ja")
    assert sources.lines[0].cells[-1] == shown


def test_every_kpi_is_defined_in_the_language(make: Make) -> None:
    """Title, id and lines in the order of the figures."""
    entries = list(definition_entries(make(TOP), "en"))
    assert [entry.id for entry in entries] == [
        *("renewal_talks", "voices", "navi_uses", "voices_nonlife"),
    ]
    lines = ("Source: Customer voices (voices)", "Measure: number of rows")
    assert entries[1] == Definition("Customer voices", "voices", (*lines, *entries[1].lines[2:]))
