"""Folders of exports that nobody has described, written as other programs write them."""

import random
from pathlib import Path

import pytest

from kpicli.catalog.read import pack_names
from kpicli.intake.guesses import open_questions
from kpicli.intake.offering import settings_of
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from kpicli.model.measured import Measured
from support.blind_folders import blind, by_stem, figures, silently_wrong, wrong_figures
from support.dialects import DIALECTS, by_month, crosstab, pack_exports, wide

TWINS = {"fund_customers", "fx_customers"}
"""Sources of the same columns, which nothing but people can tell apart."""
NAMELESS = frozenset({"opaque"})
"""Dialects under which much cannot be known."""


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_sources_and_columns(tmp_path: Path, dialect: str) -> None:
    """At least 95 of 100 columns are taken for what they are; none is wrong and called sure."""
    columns = right = 0
    for pack in pack_names():
        (folder := tmp_path / pack).mkdir()
        truth = blind(folder, pack, dialect)
        proposal = understand([folder], folder)[1]
        assert list(silently_wrong(proposal, truth)) == []
        fed = by_stem(proposal)
        for stem, export in truth.items():
            if TWINS & {export.source.id}:
                continue
            columns += len(export.headers)
            own = [feed for feed in fed.get(stem, ()) if feed.source.id == export.source.id]
            right += sum(
                export.headers.get(match.name) == match.column.header
                for feed in own[:1]
                for match in feed.matches
            )
    assert columns > 150
    assert right >= 0.95 * columns or dialect in NAMELESS


@pytest.mark.slow
def test_tables_of_figures_are_no_exports(tmp_path: Path) -> None:
    """A table of months by kinds, as offices keep beside their exports, feeds nothing."""
    chance = random.Random(1)
    for pack in pack_names():
        for export in pack_exports(pack, 120):
            crosstab(export, tmp_path / f"{pack}_{export.source.id}", chance)
    _, proposal = understand([tmp_path], tmp_path)
    assert len(proposal.tables) > 30
    assert [feed.table.file for feed in proposal.feeds] == []


@pytest.mark.slow
@pytest.mark.parametrize("pack", pack_names())
def test_wide_tables(tmp_path: Path, pack: str) -> None:
    """A table by month is proposed as one, and its figure is the number of rows it was made of.

    Where neither totals nor its name say that its numbers add up, nothing is counted and the
    question stays open.
    """
    chance = random.Random(pack)
    for export in pack_exports(pack, 120):
        (folder := tmp_path / export.source.id).mkdir()
        wide(export, folder / "表", chance)
        (file,) = folder.iterdir()
        said = "合計" in file.read_text(encoding="utf-8")
        _, proposal = understand([folder], folder)
        (feed,) = proposal.feeds
        assert (feed.made, feed.sure) == (("month", "value"), False)
        opens = open_questions(proposal)
        if not said:
            assert proposal.entries == ()
            assert [each.guessed for each in opens] == [False]
            continue
        assert opens[0].guessed
        settings = settings_of(settings_text(proposal, "ja"), folder)
        counted = figures(settings)
        truth = by_month(export)
        assert counted["monthly", None] == Measured(truth.total())
        kinds = {kind for kind, _ in truth}
        for kind in kinds:
            number = sum(count for (own, _), count in truth.items() if own == kind)
            assert counted["monthly", kind] == Measured(number)
        assert len(counted) == 1 + len(kinds)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("pack", ["insurance_agency", "renewals", "training"])
def test_figures(tmp_path: Path, pack: str, dialect: str) -> None:
    """After --yes a figure is what settings by hand give, or what it lacks is named."""
    (folder := tmp_path / "blind").mkdir()
    (known := tmp_path / "known").mkdir()
    exports = blind(folder, pack, dialect)
    assert list(wrong_figures(folder, known, pack, exports)) == []
