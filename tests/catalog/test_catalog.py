"""The built-in catalogue: its ids are a contract."""

import pytest

from kpicli.catalog.read import read_catalog

CATALOG = read_catalog()

SOURCES = [
    "voices",
    "responses",
    "elderly",
    "proposals",
    "meetings",
    "trainings",
    "qualifications",
    "explanations",
    "sheets",
    "renewals",
    "contacts",
    "followups",
    "staff",
]
KPIS = [
    "compliance_meetings",
    "roleplay_sessions",
    "roleplay_participants",
    "roleplay_first_passes",
    "roleplay_passes",
    "explaining_staff",
    "missed_responses",
    "doubtful_closures",
    "renewal_talks",
    "elderly_explained",
    "elderly_agreed",
    "voices",
    "complaint_improvements",
    "specialist_exam_takers",
    "specialist_subject_passes",
    "adviser_passes",
    "unclear_reasons",
    "navi_uses",
    "elderly_cases",
    "elderly_cases_group",
    "family_contacts",
    "intent_sheets",
    "quote_sheets",
    "scheme_explanations",
    "followups",
    "voice_circulations",
    "voices_nonlife",
    "insurer_reports",
    "insurer_improvements",
]
PERSONAL = {
    "voices": {"staff", "content", "improvement"},
    "responses": {"staff", "note"},
    "elderly": {"staff", "second_staff", "customer"},
    "proposals": {"staff", "checker"},
    "meetings": set(),
    "trainings": {"staff"},
    "qualifications": {"staff"},
    "explanations": {"customer", "staff"},
    "sheets": set(),
    "renewals": {"policy"},
    "contacts": {"customer"},
    "followups": {"customer"},
    "staff": {"staff"},
}


def test_the_built_in_catalogue_has_these_sources_and_kpis() -> None:
    """Ids are a contract, and KPIs stand in the order of the published report."""
    assert list(CATALOG.source) == SOURCES
    assert list(CATALOG.kpi) == KPIS


def test_tables_know_their_own_ids() -> None:
    """Sources, code tables and KPIs carry the names they are listed under."""
    for tables in (CATALOG.source, CATALOG.codes, CATALOG.kpi):
        assert [table.id for table in tables.values()] == list(tables)


def test_sparse_sources_and_the_register_are_marked() -> None:
    """Meetings, trainings and qualifications are sparse; the register has no base date."""
    rhythms = {name: source.rhythm for name, source in CATALOG.source.items()}
    sparse = {name for name, rhythm in rhythms.items() if rhythm == "sparse"}
    assert sparse == {"meetings", "trainings", "qualifications"}
    assert rhythms["staff"] == "register"
    assert CATALOG.source["staff"].base_date is None
    assert CATALOG.source["elderly"].base_date == "handled_on"


def test_personal_columns_are_marked() -> None:
    """Every column that names a person, or tells of one in free words, is personal."""
    marked = {
        name: {column for column, spec in source.columns.items() if spec.personal}
        for name, source in CATALOG.source.items()
    }
    assert marked == PERSONAL


@pytest.mark.parametrize(
    ("table", "spelling", "value"),
    [
        ("line", "生命保険", "生保"),
        ("line", "団体保険", "団体"),
        ("voice_category", "お褒め", "感謝"),
        ("voice_category", "感謝の声", "感謝"),
        ("voice_category", "ご要望", "要望"),
        ("voice_category", "苦情", None),
        ("case_status", "完了", "済"),
        ("case_status", "対応済み", "済"),
        ("case_status", "未", "未対応"),
        ("navi", "無", "未使用"),
        ("scheme", "介護保険制度", "公的介護保険制度"),
        ("meeting", "コンプライアンス推進会議", "コンプライアンス会議"),
        ("nonlife_product", "自動車保険", "自動車"),
    ],
)
def test_synonyms_merge_as_listed_and_nothing_else(
    table: str, spelling: str, value: str | None
) -> None:
    """苦情 is not 不満."""
    assert CATALOG.codes[table].canonical(spelling) == value


def test_additive_measures_are_those_that_add_up() -> None:
    """Counts and labelled rules add up over months; distinct counts and ratios do not."""
    by_measure = {kpi.measure: kpi.additive for kpi in CATALOG.kpi.values()}
    assert by_measure == {
        "count": True,
        "rules": True,
        "distinct": False,
        "ratio": False,
    }
