"""`rows --all` of the sample: from its rows one query gives each published figure again."""

from pathlib import Path

import pytest

import kpicli
from support.counted_again import assert_counted_again
from support.root import ROOT
from support.small_project import TODAY


@pytest.mark.parametrize("asked", ["2025H1", "2025-06"])
def test_every_figure_of_the_sample(asked: str, tmp_path: Path) -> None:
    """Counts, distinct persons, ratios, rules and parts: by the query, and by hand."""
    config = ROOT / "kpicli.toml"
    summary = kpicli.summarize(asked, config=config, today=TODAY)
    assert assert_counted_again(summary, config, TODAY, tmp_path) > 30
