"""What a request names is there, or it is said where it is."""

from pathlib import Path

import pytest

from kpicli.base.errors import UnknownName, UsageError
from kpicli.settings.request import WrittenRequest
from kpicli.settings.requested import needed_kpis, requested_kpis
from kpicli.settings.settings import read_settings
from support.command_line import process
from support.small_project import TODAY, Project


@pytest.mark.parametrize("command", ["explain", "rows"])
def test_what_is_entered_by_hand_has_no_rows(tmp_path: Path, command: str) -> None:
    """It is no unknown KPI: the error says where its values are, and the advice works."""
    project = Project(tmp_path).export("voices", ["V1,2025-04-01,損保,苦情,,"])
    project.toml('[entered.likes]\ntitle = "いいね"')
    config = str(project.config)
    asked = process("--config", config, "--lang", "en", command, "likes", "-p", "2025H1")
    assert asked.code == 2
    assert "'likes' is entered by hand" in asked.err
    assert "kpicli summarize --kpi likes" in asked.err
    assert process("--config", config, "summarize", "--kpi", "likes", "-p", "2025H1").code == 0


@pytest.mark.parametrize(
    ("by", "error", "said"),
    [
        ("colour", UnknownName, "cannot group by 'colour'"),
        ("line,category,team", UsageError, "cannot be crossed"),
        ("month,quarter", UsageError, "cannot be crossed"),
        ("line,line", UsageError, "cannot be crossed"),
    ],
)
def test_dimensions_that_no_figure_has(
    tmp_path: Path, by: str, error: type[UsageError], said: str
) -> None:
    """A word that names no column, and more dimensions than a table has sides."""
    project = Project(tmp_path).export("voices", ["V1,2025-04-01,損保,苦情,,"])
    settings = read_settings(project.config)
    with pytest.raises(error) as caught:
        requested_kpis(settings, WrittenRequest("2025H1", by=by).read(settings, TODAY))
    assert said in caught.value.message.en


def test_what_is_asked_for_comes_in_the_order_of_showing(tmp_path: Path) -> None:
    """Each once, with the KPIs that a composed one is made of behind them."""
    project = Project(tmp_path).export("voices", ["V1,2025-04-01,損保,苦情,,"])
    project.toml(
        '[kpi.all_voices]\ntitle = "声"\nsource = "voices"\nmeasure = "count"\n'
        '[kpi.twice]\ntitle = "倍"\nmeasure = "total"\nfigures = ["voices", "all_voices"]'
    )
    settings = read_settings(project.config)
    request = WrittenRequest("2025H1", kpis=("twice", "voices")).read(settings, TODAY)
    assert [kpi.id for kpi in requested_kpis(settings, request)] == ["voices"]
    assert [kpi.id for kpi in needed_kpis(settings, request)] == ["voices", "all_voices"]
