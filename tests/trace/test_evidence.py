"""The rows behind every figure: as many as it says, and the very ones."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date

import pytest

from kpicli.base.errors import UnknownName, UsageError
from kpicli.loaders.load import load
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import ComparisonKind, Period
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, read_settings
from kpicli.trace.evidence import find_evidence, gather
from kpicli.trace.recount import Evidence, masked
from kpicli.trace.rows_request import RowsRequest
from support.root import ROOT

TODAY = date(2026, 4, 1)
PERIODS = ("2025H1", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09")


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Return the sample project's settings."""
    return read_settings(ROOT / "kpicli.toml")


@pytest.fixture(scope="module")
def datasets(settings: Settings) -> Mapping[str, Dataset]:
    """Return every source of the sample project."""
    return load(settings, tuple(settings.values.exports), TODAY)


def period(name: str) -> Period:
    """Return a period by its name."""
    return Period.parse(name, today=TODAY)


@pytest.mark.parametrize("name", PERIODS)
def test_the_rows_of_every_figure_make_exactly_the_figure(
    settings: Settings, datasets: Mapping[str, Dataset], name: str
) -> None:
    """Every total, part, rule and memo of every KPI is re-counted from its rows."""
    request = Request(period(name))
    run = Run(settings, request, TODAY, datasets)
    walked = 0
    for kpi in settings.catalog.kpi.values():
        kpi_run = KpiRun(run, kpi)
        for figure in kpi_run.figures(period(name)):
            evidence = gather(kpi_run, RowsRequest(request, item=figure.item))
            assert evidence.figure.value == figure.value
            if kpi.measure in ("count", "rules"):
                assert len(evidence.rows) == figure.value.number
            places = {(r.source, r.place.file, r.place.row) for r in evidence.rows}
            assert len(places) == len(evidence.rows)
            walked += 1
    assert walked > len(settings.catalog.kpi)  # each has a figure, and most have parts


def ask(
    settings: Settings,
    kpi: str,
    *,
    item: str | None = None,
    by: str | None = None,
    group: str | None = None,
    of: ComparisonKind | None = None,
) -> Evidence:
    """Return the evidence of a KPI in 2025H1."""
    request = Request(period("2025H1"), (kpi,), by)
    return find_evidence(settings, RowsRequest(request, item, group, of), TODAY)


def test_a_part_has_its_own_rows(settings: Settings) -> None:
    """The 97 complaints are 97 rows whose category was read as 不満."""
    evidence = ask(settings, "voices", item="不満")
    read = [cell.read for row in evidence.rows for cell in row.cells if cell.column == "category"]
    assert read == ["不満"] * 97


def test_a_ratio_names_numerator_and_denominator(settings: Settings) -> None:
    """178 rows stand in the numerator, the other 74 of 252 in the denominator alone."""
    roles = [row.role for row in ask(settings, "renewal_talks").rows]
    assert (roles.count("numerator"), roles.count("denominator")) == (178, 74)


def test_the_numerator_that_stands_elsewhere_comes_with_its_rows(settings: Settings) -> None:
    """Ten of eleven in service are in the numerator, and fifty records make them so."""
    roles = [row.role for row in ask(settings, "explaining_staff").rows]
    counts = {role: roles.count(role) for role in sorted({*roles})}
    assert counts == {"denominator": 1, "elsewhere": 50, "numerator": 10}


def test_rules_are_named(settings: Settings) -> None:
    """Each missed response names the rule that holds for it."""
    rules = sorted(str(row.rule) for row in ask(settings, "missed_responses").rows)
    assert rules == ["期限超過", "点検で判明", "点検で判明"]


def test_another_period_and_a_group(settings: Settings) -> None:
    """Comparisons and groups have rows too: 163 a year ago, 575 in 損保."""
    assert len(ask(settings, "voices_nonlife", of="year_ago").rows) == 163
    assert len(ask(settings, "voices", by="line", group="損保").rows) == 575


def test_a_kpi_without_a_total_asks_for_an_item(settings: Settings) -> None:
    """The error names the items."""
    with pytest.raises(UsageError) as caught:
        ask(settings, "scheme_explanations")
    assert caught.value.hint is not None
    assert "高額療養費制度" in caught.value.hint.ja


@pytest.mark.parametrize(("item", "by", "group"), [("不備", None, None), (None, "line", "火災")])
def test_an_unknown_item_or_group_names_those_that_exist(
    settings: Settings, item: str | None, by: str | None, group: str | None
) -> None:
    """Nothing is guessed from a misspelt item or group."""
    with pytest.raises(UnknownName) as caught:
        ask(settings, "voices", item=item, by=by, group=group)
    assert caught.value.hint is not None


def test_personal_cells_are_masked_but_still_told_apart(settings: Settings) -> None:
    """Equal persons get equal numbers; no staff id and no customer id is left."""
    rows = masked(ask(settings, "roleplay_participants")).rows
    people = [c.read for row in rows for c in row.cells if c.column == "staff"]
    assert len(set(people)) == 26
    assert all(person.startswith("*") for person in people)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run kpicli in the sample project."""
    return subprocess.run(
        [sys.executable, "-m", "kpicli", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
