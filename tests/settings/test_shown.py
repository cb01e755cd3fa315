"""Which KPIs are shown, in which order, and why others are left out."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.settings.settings import Settings, read_settings
from kpicli.settings.shown import in_order, left_out, named_by, shown_kpis
from support.small_project import TODAY, Project

VOICES = ("voices", "complaint_improvements", "voices_nonlife")
INSURERS = ("insurer_reports", "insurer_improvements")
OWN = '[kpi.own]\ntitle = "自社"\nsource = "sheets"\nmeasure = "count"\n'
NPS = '[entered.nps]\ntitle = "NPS"\n'


def settings(folder: Path, toml: str = "", kpis: str = "") -> Settings:
    """Return the settings of a project that exports the voices alone."""
    project = Project(folder).export("voices", []).toml(toml)
    return read_settings((project.toml(f"kpis = {kpis}") if kpis else project).config)


def test_without_a_choice(tmp_path: Path) -> None:
    """Built-in ones with exports, and all of one's own, entered ones too, in catalogue order."""
    read = settings(tmp_path, OWN + NPS)
    assert shown_kpis(read) == (*VOICES, *INSURERS, "own", "nps")
    gone = left_out(read)
    assert len(gone) == 29 - 5
    assert gone["explaining_staff"].ja == "出力がない: staff, explanations"
    assert gone["followups"].en == "no export of followups"


def test_an_extended_built_in_one_is_no_own_one(tmp_path: Path) -> None:
    """Another title does not make up for the exports."""
    read = settings(tmp_path, '[kpi.followups]\nextends = true\ntitle = "フォロー"\n')
    assert shown_kpis(read) == (*VOICES, *INSURERS)


def test_a_choice_gives_the_order(tmp_path: Path) -> None:
    """By ids and patterns, each KPI once, where it is named first; the rest says why."""
    read = settings(tmp_path, OWN + NPS, '["nps", "insurer_*", "voices*", "voices", "followups"]')
    assert shown_kpis(read) == ("nps", *INSURERS, "voices", "voices_nonlife", "followups")
    assert left_out(read)["own"].en == "not named by `kpis` in the settings"
    assert {*left_out(read), *shown_kpis(read)} == {*read.catalog.kpi, "nps"}
    assert in_order(read, ["own", "voices", "nps"]) == ("nps", "voices", "own")


def test_named_ones_without_a_choice_are_in_catalogue_order(tmp_path: Path) -> None:
    """Whether they have exports or not."""
    names = ["voices_nonlife", "navi_uses", "voices"]
    assert in_order(settings(tmp_path), names) == ("voices", "navi_uses", "voices_nonlife")


def test_without_exports_all_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of KPIs is for those who write their settings too."""
    monkeypatch.chdir(tmp_path)
    assert len(shown_kpis(read_settings(None))) == 29


@pytest.mark.parametrize(
    ("kpis", "said"),
    [
        ('["voicess"]', "kpis: no KPI 'voicess' (did you mean 'voices'?)"),
        ('["voices", "x*"]', "kpis: no KPI 'x*'"),
    ],
)
def test_a_name_that_fits_nothing_is_an_error(kpis: str, said: str, tmp_path: Path) -> None:
    """A slip would leave a figure out unseen."""
    with pytest.raises(SettingsError) as error:
        settings(tmp_path, "", kpis)
    assert said in error.value.message.en


def test_figures_come_in_the_order(tmp_path: Path) -> None:
    """Counted and entered ones mixed; named ones too, whatever the order of naming."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,"]).toml(NPS)
    config = project.toml('kpis = ["voices_nonlife", "nps", "voices"]').config
    everything = kpicli.summarize("2025H1", config=config, today=TODAY)
    assert list(everything.kpis) == ["voices_nonlife", "nps", "voices"]
    names = ["voices", "insurer_reports", "nps"]
    named = kpicli.summarize("2025H1", kpis=names, config=config, today=TODAY)
    assert (list(named.kpis), named.left_out) == (["nps", "voices", "insurer_reports"], 0)


def test_how_many_are_left_out_is_part_of_the_answer(tmp_path: Path) -> None:
    """Only where nobody chose: neither the settings nor the request."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,"])
    assert kpicli.summarize("2025H1", config=project.config, today=TODAY).left_out == 24
    assert project.summarize("voices").summary.left_out == 0
    chosen = project.toml('kpis = "voices"').config
    assert kpicli.summarize("2025H1", config=chosen, today=TODAY).left_out == 0


@given(
    st.lists(st.text("ab*?[]!-", max_size=4), max_size=4),
    st.lists(st.text("abA", min_size=1, max_size=3), unique=True),
)
def test_ids_and_patterns_name_alike(patterns: list[str], known: list[str]) -> None:
    """An id names what it would fit as a pattern: each id once, in the order of the patterns."""
    fitting: list[str] = []
    for pattern in patterns:
        fitting += [n for n in known if fnmatchcase(n, pattern) and n not in fitting]
    assert named_by(patterns, known) == tuple(fitting)
