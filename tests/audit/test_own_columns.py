"""kpicli's own csv, frozen or printed."""

from kpicli.audit.audit import SheetAudit, audit_table
from kpicli.audit.own_columns import KnownKpi
from kpicli.audit.table import Table, squared
from kpicli.catalog.read import read_catalog
from support.audited import audited

HEAD = "period,start,end,kpi,by,group,part,item,value,unit,numerator,denominator"
H1, H2 = "2025H1,2025-04-01,2025-09-30", "2025H2,2025-10-01,2026-03-31"
YEAR = "2025,2025-04-01,2026-03-31"
CATALOG = read_catalog().kpi
KPIS = {
    "voices": KnownKpi(CATALOG["voices"]),
    "takers": KnownKpi(CATALOG["roleplay_participants"]),
    "talks": KnownKpi(CATALOG["renewal_talks"]),
    "missed": KnownKpi(CATALOG["missed_responses"]),
}


def own(*rows: str) -> SheetAudit:
    """Return the audit of rows under the tidy header."""
    cells = [row.split(",") for row in (HEAD, *rows)]
    return audit_table(Table(squared(cells, "kpi.csv")), lambda: KPIS)


def verdicts(*rows: str) -> list[tuple[str, str]]:
    """Return verdict and cell of each finding."""
    return [(f.verdict, f.relation.result.spot.cell) for f in own(*rows).findings]


def test_parts_of_a_count() -> None:
    """Parts add up to the total."""
    rows = [f"{H1},voices,,,,,10,件,,", f"{H1},voices,,,line,生保,4,件,,"]
    assert verdicts(*rows, f"{H1},voices,,,line,損保,6,件,,") == []
    assert verdicts(*rows, f"{H1},voices,,,line,損保,5,件,,") == [("wrong", "I2")]


def test_parts_of_a_distinct_count() -> None:
    """Parts of a distinct count are not called wrong, unless the total exceeds their sum."""
    rows = [f"{H1},takers,,,,,5,名,,", f"{H1},takers,,,line,生保,4,名,,"]
    assert verdicts(*rows, f"{H1},takers,,,line,損保,4,名,,") == [("overlap", "I2")]
    assert verdicts(*rows, f"{H1},takers,,,line,損保,0,名,,") == [("wrong", "I2")]


def test_rules_and_memos() -> None:
    """Rules add up to the total, memos to nothing."""
    rows = [f"{H1},missed,,,,,3,件,,", f"{H1},missed,,,rule,点検,2,件,,"]
    rows += [f"{H1},missed,,,rule,期限,1,件,,", f"{H1},missed,,,memo,後に完了,9,件,,"]
    assert verdicts(*rows) == []
    assert own(*rows).checked == {"total": 1}


def test_percentages() -> None:
    """A ratio is checked; an undefined one is blank and is not."""
    assert verdicts(f"{H1},talks,,,,,70.6,%,178,252", f"{H1},talks,month,x,,,,%,0,0") == []
    assert verdicts(f"{H1},talks,,,,,71.6,%,178,252") == [("wrong", "I2")]


def test_groups() -> None:
    """Months of a span, and groups of the same span, make the whole."""
    rows = [f"{H1},voices,,,,,3,件,,"]
    rows += ["2025-04,2025-04-01,2025-04-30,voices,month,2025-04,,,1,件,,"]
    rows += ["2025-05,2025-05-01,2025-05-31,voices,month,2025-05,,,2,件,,"]
    assert (verdicts(*rows), own(*rows).checked) == ([], {"group": 1})


def test_halves_make_the_year() -> None:
    """Counts add up over periods that fill a longer one."""
    rows = [f"{H1},voices,,,,,3,件,,", f"{H2},voices,,,,,4,件,,", f"{YEAR},voices,,,,,8,件,,"]
    assert verdicts(*rows) == [("wrong", "I4")]


def test_other_columns_are_no_own_ones() -> None:
    """A table that merely has a column value is read by its labels."""
    assert audited("kpi,value\na,1\n合計,1\n").checked == {}
