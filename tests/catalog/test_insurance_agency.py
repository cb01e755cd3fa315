"""Built-in KPIs: what each takes for one, so that nothing counts twice for being tried twice."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.catalog.measures.ratio import RatioKpi
from kpicli.catalog.read import read_catalog
from support.small_project import Project

COURSE = "損害保険大学課程(専門コース)"


def test_a_subject_tried_twice_is_one(tmp_path: Path) -> None:
    """Failed in June and passed in July it is one of one; of two people it is two."""
    rows = [
        f"2025/6/1,S001,{COURSE},法律・税務,不合格",
        f"2025/7/1,S001,{COURSE},法律・税務,合格",
        f"2025/7/1,S002,{COURSE},法律・税務,不合格",
        f"2025/8/1,S002,{COURSE},法律・税務,不合格",
        f"2025/8/1,S002,{COURSE},リスクマネジメント,合格",
        f"2025/10/1,S002,{COURSE},法律・税務,合格",
    ]
    found = Project(tmp_path).export("qualifications", rows).summarize("specialist_subject_passes")
    value = found.value()
    assert (value.numerator, value.denominator) == (2, 3)
    assert found.accounting.counted == 5


def test_without_a_subject_it_cannot_be_told_which_was_tried(tmp_path: Path) -> None:
    """A blank subject is in doubt, not a subject of its own."""
    rows = [f"2025/6/1,S001,{COURSE},,合格", f"2025/6/2,S001,{COURSE},法律・税務,合格"]
    found = Project(tmp_path).export("qualifications", rows).summarize("specialist_subject_passes")
    value = found.value()
    assert (value.numerator, value.denominator, value.faulty_rows) == (1, 1, 1)


@given(
    tries=st.lists(
        st.tuples(st.sampled_from("123"), st.sampled_from(["甲", "乙"]), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_any_number_of_attempts(
    tmp_path_factory: pytest.TempPathFactory, tries: list[tuple[str, str, bool]]
) -> None:
    """Recounted by a table of who tried what, which any pass fills."""
    best: dict[tuple[str, str], bool] = {}
    rows = []
    for number, (who, subject, passed) in enumerate(tries):
        best[who, subject] = passed or best.get((who, subject), False)
        day = date(2025, 4, 1) + timedelta(number)
        rows.append(f"{day},S00{who},{COURSE},{subject},{'合格' if passed else '不合格'}")
    project = Project(tmp_path_factory.mktemp("p")).export("qualifications", rows)
    value = project.summarize("specialist_subject_passes").value()
    assert (value.numerator, value.denominator) == (sum(best.values()), len(best))


def test_shares_of_people_go_by_people() -> None:
    """Only notices and cases, which are what is published, are counted by row."""
    ratios = {name: kpi.of for name, kpi in read_catalog().kpi.items() if isinstance(kpi, RatioKpi)}
    assert ratios == {
        "roleplay_first_passes": ("staff",),
        "roleplay_passes": ("staff",),
        "renewal_talks": (),  # notices that were sent
        "elderly_explained": (),  # cases
        "elderly_agreed": (),
        "explaining_staff": (),  # people, by `numerator_in`
        "specialist_subject_passes": ("staff", "subject"),
    }
