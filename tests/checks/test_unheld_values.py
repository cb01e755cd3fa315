"""Values that a KPI asks for and that no row has."""

from pathlib import Path

import pytest

from support.inspected import inspection
from support.small_project import Project

ROWS = ("V1,2025/4/1,生保,感謝,A,", "V2,2025/4/2,損保,不満,営業第一課,", "V3,2025/4/3,損保,不満,,")


def project(folder: Path, where: str, rows: tuple[str, ...] = ROWS) -> Project:
    """Return a project with a KPI of お客様の声 whose filter is `where`."""
    made = Project(folder).export("voices", rows)
    return made.toml(
        '[kpi.own]\ntitle = "声"\nsource = "voices"\nunit = "件"\nmeasure = "count"\n'
        f"where = {where}"
    )


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ('{ team = "a" }', ["チーム = a (「A」のことですか)"]),
        ('{ team = "営業第1課" }', ["チーム = 営業第1課 (「営業第一課」のことですか)"]),
        ('{ team = ["A", "営業第1課"] }', ["チーム = 営業第1課 (「営業第一課」のことですか)"]),
        ('{ team = { not = "a" } }', ["チーム = a (「A」のことですか)"]),
        ('{ team = "B" }', ["チーム = B"]),
        ('{ team = ["A", "B"] }', []),  # B has not happened
        ('{ team = { not = "B" } }', []),
        ('{ team = "Ａ" }', []),  # of another width it is the same
        ('{ category = "要望" }', []),  # a closed list says what may happen
    ],
)
def test_a_value_that_no_row_has_is_told(tmp_path: Path, where: str, told: list[str]) -> None:
    """`check` has a note, and the figure the same words; the nearest value of the rows is named."""
    made = project(tmp_path, where)
    notes = [fault for fault in inspection(made).faults if fault.kind.code == "D412"]
    assert [fault.detail_in("ja") for fault in notes] == told
    remarks = made.summarize("own").summary.kpis["own"].remarks
    own = [text.ja for text in remarks if text.ja.startswith("指標の条件の値が")]
    assert own == [f"指標の条件の値がどの行にもありません: {words}" for words in told]


def test_nothing_is_told_of_an_export_without_rows(tmp_path: Path) -> None:
    """There is nothing that could have the value."""
    faults = inspection(project(tmp_path, '{ team = "a" }', ())).faults
    assert [fault for fault in faults if fault.kind.code == "D412"] == []
