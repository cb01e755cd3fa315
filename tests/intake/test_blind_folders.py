"""Folders of exports that nobody has described, written as other programs write them."""

import random
from pathlib import Path

import pytest

from kpicli.catalog.read import pack_names
from kpicli.intake.matching.sources import Feed
from kpicli.intake.offering import settings_of
from kpicli.intake.proposal import Proposal
from kpicli.intake.questions import open_remarks
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from kpicli.model.periods import Period
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings
from support.dialects import DIALECTS, Export, crosstab, pack_exports, table_of, text_of
from support.packs import TODAY

ROWS = 120
PERIOD = Period.parse("2025H1", today=TODAY)
TWINS = {"fund_customers", "fx_customers"}
"""Sources of the same columns, which nothing but people can tell apart."""
NAMELESS = frozenset({"opaque"})
"""Dialects under which much cannot be known."""


def blind(folder: Path, pack: str, dialect: str, seed: int = 1) -> dict[str, Export]:
    """Write the exports of a pack in a dialect, and return them by the stems of their names."""
    chance = random.Random(f"{pack} {dialect} {seed}")
    return {
        f"f{number:02}": DIALECTS[dialect](export, folder / f"f{number:02}", chance)
        for number, export in enumerate(pack_exports(pack, ROWS, seed))
    }


def by_stem(proposal: Proposal) -> dict[str, list[Feed]]:
    """Return the tables that feed something by the stems of the names of their files."""
    fed: dict[str, list[Feed]] = {}
    for feed in proposal.feeds:
        fed.setdefault(Path(feed.table.file.split("/", 1)[0]).stem, []).append(feed)
    return fed


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_sources_and_columns(tmp_path: Path, dialect: str) -> None:
    """At least 95 of 100 columns are taken for what they are, and none is wrong and called sure."""
    columns = right = 0
    for pack in pack_names():
        (folder := tmp_path / pack).mkdir()
        truth = blind(folder, pack, dialect)
        fed = by_stem(understand([folder], folder)[1])
        for stem, export in truth.items():
            own = [feed for feed in fed.get(stem, ()) if feed.source.id == export.source.id]
            wrong = [feed for feed in fed.get(stem, ()) if feed.source.id != export.source.id]
            assert not any(feed.sure for feed in wrong), (pack, export.source.id)
            if TWINS & {export.source.id}:
                continue
            columns += len(export.headers)
            for feed in own[:1]:
                for match in feed.matches:
                    same = export.headers.get(match.name) == match.column.header
                    assert same or not match.sure, (export.source.id, match.name)
                    right += same
    assert columns > 150
    assert right >= 0.95 * columns or dialect in NAMELESS


@pytest.mark.slow
def test_tables_of_figures_are_no_exports(tmp_path: Path) -> None:
    """A table of months by kinds, as offices keep beside their exports, feeds nothing."""
    chance = random.Random(1)
    for pack in pack_names():
        for export in pack_exports(pack, ROWS):
            crosstab(export, tmp_path / f"{pack}_{export.source.id}", chance)
    _, proposal = understand([tmp_path], tmp_path)
    assert len(proposal.tables) > 30
    assert [feed.table.file for feed in proposal.feeds] == []


def figures(settings: Settings) -> dict[tuple[str, str | None], object]:
    """Return the numbers of all KPIs that are shown, by KPI and item."""
    summary = summarize(settings, Request(PERIOD), TODAY)
    return {(figure.kpi, figure.item): figure.value.measured for figure in summary.figures}


def told(folder: Path, pack: str, exports: dict[str, Export]) -> Settings:
    """Return settings written by hand for the same rows under the usual headers."""
    entries = []
    for stem, export in exports.items():
        usual = {name: column.headers[0] for name, column in export.source.columns.items()}
        plain = Export(export.source, export.columns, usual)
        (folder / f"{stem}.csv").write_text(text_of(table_of(plain)), encoding="utf-8")
        dated = export.source.rhythm in ("continuous", "sparse")
        covers = ', covers = "2025-04..2025-09"' if dated else ""
        entries.append(f'{export.source.id} = {{ files = "{stem}.csv"{covers} }}')
    text = "\n".join((f'catalogue = ["{pack}"]', "[exports]", *entries, ""))
    return settings_of(text, folder)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("pack", ["insurance_agency", "renewals", "training"])
def test_figures(tmp_path: Path, pack: str, dialect: str) -> None:
    """After --yes a figure is what settings by hand give, or what it lacks is named."""
    (folder := tmp_path / "blind").mkdir()
    exports = blind(folder, pack, dialect)
    _, proposal = understand([folder], folder)
    remarks = open_remarks(proposal)
    text = settings_text(proposal, "en", remarks)
    counted = figures(settings_of(text, folder)) if proposal.entries else {}
    (known := tmp_path / "known").mkdir()
    truth = figures(told(known, pack, exports))
    offered = {kpi.id for kpi in proposal.kpis}
    named = {kpi.id for kpi in proposal.catalog.kpi.values() if proposal.lacking(kpi)}
    for (kpi, item), number in truth.items():
        if kpi in offered:
            assert counted[kpi, item] == number, (kpi, item)
        elif pack not in proposal.packs:
            assert remarks or len(proposal.unused) == len(exports)
        else:
            assert kpi in named
            assert f"#   {kpi} " in text
    assert offered or dialect in NAMELESS
