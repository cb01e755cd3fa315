"""What a user's kpicli.toml lays over the built-in catalogue."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.catalog.read import read_catalog
from support.small_project import Project, codes

ROWS = ["V1,2025/4/1,生保,苦情,,", "V2,2025/4/1,生保,不満,,"]


def test_an_overlay_changes_nothing_else() -> None:
    """Tables merge key by key; the built-in catalogue itself stays as it is."""
    plain = read_catalog()
    changed = read_catalog({"kpi": {"voices": {"extends": True, "title": "声"}}}, "kpicli.toml")
    assert changed.kpi["voices"].title == Text("声", "声 (voices)")
    assert changed.kpi["voices"].parts == plain.kpi["voices"].parts
    assert {k: v for k, v in changed.kpi.items() if k != "voices"} == {
        k: v for k, v in plain.kpi.items() if k != "voices"
    }
    assert read_catalog() == plain


def test_an_overlay_adds_a_kpi_behind_the_others(tmp_path: Path) -> None:
    """A new KPI is counted like a built-in one."""
    project = Project(tmp_path).export("voices", ROWS)
    project.toml(
        '[kpi.own]\ntitle = "生保の声"\nsource = "voices"\nmeasure = "count"\n'
        'where = { line = "生保", category = "不満" }'
    )
    result = project.summarize("own")
    assert (result.number(), result.summary.kpis["own"].title.ja) == (1, "生保の声")


def test_a_user_may_map_a_synonym_in_the_catalogue(tmp_path: Path) -> None:
    """苦情 counts as 不満 only where a user says so; ご不満 is kept by naming it again."""
    project = Project(tmp_path).export("voices", ROWS)
    assert project.summarize("voices").items()["不満"] == 1
    assert codes(project.load("voices")) == {"D102": 1}
    project.toml("[codes.voice_category]\nextends = true")
    project.toml('[codes.voice_category.values]\n"不満" = ["ご不満", "苦情"]')
    assert project.summarize("voices").items()["不満"] == 2
    assert codes(project.load("voices")) == {}


def test_a_user_may_map_a_synonym_for_one_export(tmp_path: Path) -> None:
    """A synonym of an export holds for its files alone; the built-in ones stay."""
    project = Project(tmp_path)
    synonyms = ', synonyms = { category = { "不満" = ["苦情"] } }'
    project.export("voices", [*ROWS, "V3,2025/4/1,生保,ご不満,,"], options=synonyms)
    project.export("voices", ["V4,2025/4/1,生保,苦情,,"])
    result = project.summarize("voices")
    assert result.items()["不満"] == 3
    assert result.value().faulty_rows == 1


def test_a_user_may_add_a_header(tmp_path: Path) -> None:
    """A header of an export is one more spelling, also for a required column."""
    header = "番号,来た日,商品区分,声の種類,チーム,改善日"
    names = 'voice_id = "番号", received_on = ["来た日"], category = "声の種類"'
    project = Project(tmp_path).export(
        "voices",
        ROWS,
        header=header,
        options=f", headers = {{ {names} }}",
    )
    assert project.summarize("voices").items()["不満"] == 1


def test_a_user_may_add_a_source(tmp_path: Path) -> None:
    """A source of one's own is loaded and counted like a built-in one."""
    project = Project(tmp_path)
    project.toml(
        '[source.visits]\ntitle = "訪問"\nrhythm = "continuous"\nkey = ["visit"]\n'
        "[source.visits.columns]\n"
        'visit = { headers = ["訪問番号"], type = "id", required = true }\n'
        'on = { headers = ["訪問日"], type = "date", required = true }\n'
        'minutes = { headers = ["分"], type = "number" }\n'
        '[kpi.visit_minutes]\ntitle = "訪問時間"\nsource = "visits"\nmeasure = "sum"\n'
        'of = "minutes"\nunit = "分"'
    )
    project.export("visits", ["1,2025/4/1,30", "2,2025/4/2,45"], header="訪問番号,訪問日,分")
    assert project.summarize("visit_minutes").number() == 75


def test_an_own_table_over_a_built_in_id_is_an_error(tmp_path: Path) -> None:
    """What it does not say itself would come from the other table, unseen."""
    project = Project(tmp_path).toml('[kpi.voices]\ntitle = "当社の声"')
    with pytest.raises(SettingsError, match=r"kpi\.voices: the built-in catalogue has that id"):
        project.load("voices")
    project = Project(tmp_path).toml('[kpi.voices]\nextends = true\ntitle = "当社の声"')
    project.export("voices", ["V1,2025/4/1,生保,感謝,,"])
    assert project.summarize("voices").summary.kpis["voices"].title.ja == "当社の声"


def test_what_extends_nothing_is_an_error(tmp_path: Path) -> None:
    """A slip in the id of a built-in table would make a new one."""
    project = Project(tmp_path).toml("[kpi.voicse]\nextends = true\nversion = 2")
    with pytest.raises(SettingsError, match=r"kpi\.voicse\.extends: no built-in .*voices"):
        project.load("voices")


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        (
            '[codes.own]\nvalues = { "感謝" = ["御礼"], "要望" = ["御礼"] }',
            r"'御礼' stands under '感謝' and under '要望'",
        ),
        (
            '[codes.own]\nvalues = { "感謝" = ["要望"], "要望" = [] }',
            "stands under '感謝' and under",
        ),
    ],
)
def test_a_spelling_means_one_value(toml: str, problem: str, tmp_path: Path) -> None:
    """One that stands under two values would be counted by the order in which they are written."""
    with pytest.raises(SettingsError, match=problem):
        Project(tmp_path).toml(toml).load("voices")


@pytest.mark.parametrize(
    "synonyms", ['{ "不満" = ["お褒め"] }', '{ "不満" = ["苦情"], "要望" = ["苦情"] }']
)
def test_a_synonym_of_an_export_means_one_value(synonyms: str, tmp_path: Path) -> None:
    """Neither two of its own values, nor another one of the code table."""
    project = Project(tmp_path).export("voices", ROWS, options=f", synonyms.category = {synonyms}")
    with pytest.raises(SettingsError, match=r"exports\.voices\.synonyms\.category: '.+' stands"):
        project.load("voices")


@pytest.mark.parametrize("measure", ['"distinct"', '"ratio"\nnumerator = { form = "ロープレ" }'])
def test_amounts_identify_nothing(measure: str, tmp_path: Path) -> None:
    """Distinct amounts are neither persons nor cases: the error says what to write."""
    project = Project(tmp_path).toml(
        f'[kpi.own]\ntitle = "点"\nsource = "trainings"\nmeasure = {measure}\nof = "score"'
    )
    with pytest.raises(SettingsError, match=r"kpi\.own\.of: 'score' is a number column.*id, text"):
        project.load("trainings")
