"""Exports of programs that only write some sources: what they are, and the figures they give."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from kpicli.intake.understanding import understand
from support.blind_folders import silently_wrong, wrong_figures
from support.dialects import pack_exports
from support.shape_dialects import DIALECTS, SOURCES


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_columns_and_figures(tmp_path: Path, dialect: str, seed: int) -> None:
    """Every column is taken for what it is, and figures are what settings by hand give."""
    (folder := tmp_path / "blind").mkdir()
    (known := tmp_path / "known").mkdir()
    pack, source = SOURCES[dialect]
    (export,) = (own for own in pack_exports(pack, 150, seed) if own.source.id == source)
    truth = {"f00": DIALECTS[dialect](export, folder / "f00", random.Random(seed))}
    _, proposal = understand([folder], folder)
    assert list(silently_wrong(proposal, truth)) == []
    (feed,) = proposal.exported
    assert feed.source.id == source
    assert {m.name: m.column.header for m in feed.matches} == truth["f00"].headers
    # What a dialect leaves out, as forms do numbers, is in the truth; nothing else differs.
    full = {"f00": replace(export, columns={**export.columns, **truth["f00"].columns})}
    assert list(wrong_figures(folder, known, pack, full)) == []
