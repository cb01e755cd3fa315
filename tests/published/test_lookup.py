"""Figures are compared with what was published, where something was."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicli
from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.model.figures import Comparison
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.model.value import Origin, Status, Value
from kpicli.published.entered import EnteredValue
from kpicli.published.lookup import Published
from support.frozen_project import FrozenProject
from support.small_project import TODAY, Project

VOICES = [
    "V1,2024/10/1,生保,感謝,,",
    "V2,2025/3/1,損保,不満,,",
    "V3,2025/4/1,損保,感謝,,",
    "V4,2025/5/1,損保,感謝,,",
]


@pytest.fixture
def project(tmp_path: Path) -> FrozenProject:
    """Return a project in which 2024H2 was frozen with 2 voices, one of which is gone now."""
    found = FrozenProject.of(Project(tmp_path).export("voices", VOICES))
    found.freeze("2024H2")
    found.edit("voices0.csv", lambda lines: [lines[0], *lines[2:]])
    return found


def summarized(
    project: FrozenProject, kpi: str = "voices", by: str | None = None, *,
    recompute: bool = False, any_version: bool = False,
) -> Summary:  # fmt: skip
    """Return the summary of 2025H1 with the half before."""
    return kpicli.summarize(
        "2025H1", kpis=[kpi], by=by, compare=["previous"], recompute=recompute,
        allow_definition_change=any_version, config=project.folder / "kpicli.toml", today=TODAY,
    )  # fmt: skip


def other(summary: Summary, item: str | None = None, group: str | None = None) -> Comparison:
    """Return what a figure is compared with."""
    found = [f for f in summary.figures if (f.item, f.group) == (item, group)]
    return found[0].comparisons[0]


def test_what_was_published_is_compared(project: FrozenProject) -> None:
    """The frozen value and its parts stand, with file, edition and date; the change is to it."""
    summary = summarized(project)
    total = other(summary)
    assert (total.value.number, total.change) == (2, 0)
    assert (total.origin.kind, total.origin.source) == ("frozen", "published/2024H2.json")
    assert (total.origin.edition, total.origin.on) == (1, TODAY)
    assert other(summary, "感謝").value.number == 1
    assert other(summary, "要望").value.number == 0


def test_recompute_ignores_the_record(project: FrozenProject) -> None:
    """With `recompute` the exports are counted, even where the record cannot be read."""
    (project.folder / "published" / "2024H2.json").write_text("x", encoding="utf-8")
    total = other(summarized(project, recompute=True))
    assert (total.value.number, total.origin.kind) == (1, "computed")
    with pytest.raises(InputError, match=r"published/2024H2\.json is no record"):
        summarized(project)


def test_groups_of_a_column_are_counted(project: FrozenProject) -> None:
    """A record has no groups: those are counted, the whole is as published."""
    summary = summarized(project, by="line")
    assert other(summary).origin.kind == "frozen"
    assert other(summary, None, "生保").origin.kind == "computed"


def test_a_frozen_month_is_compared_with_the_month(project: FrozenProject) -> None:
    """By month, April is compared with what was published of March."""
    project.freeze("2025-03")
    project.edit("voices0.csv", lambda lines: [lines[0], *lines[2:]])
    april = other(summarized(project, by="month"), None, "2025-04")
    assert (april.value.number, april.origin.source) == (1, "published/2025-03.json")


def test_another_version_is_not_compared(project: FrozenProject) -> None:
    """There is no value, and a note says why and what to type; or it is compared all the same."""
    project.settings_too("[kpi.voices]\nextends = true\nversion = 2")
    summary = summarized(project)
    assert (other(summary).value.status.value, other(summary).change) == ("no_data", None)
    told = [remark.en for remark in summary.kpis["voices"].remarks]
    assert told == [
        "2024H2 was published under version 1 of the definition, now it is version 2: "
        "they are not compared (--allow-definition-change compares them)"
    ]
    summary = summarized(project, any_version=True)
    assert other(summary).value.number == 2
    assert summary.kpis["voices"].remarks[0].en.endswith("they are compared all the same")


def test_a_kpi_that_is_new_is_counted(project: FrozenProject) -> None:
    """What was not frozen is counted from the exports."""
    project.settings_too('[kpi.own]\ntitle = "声"\nsource = "voices"\nmeasure = "count"')
    assert other(summarized(project, "own")).origin.kind == "computed"


def test_another_definition_of_the_same_version_is_told(project: FrozenProject) -> None:
    """It is compared as before, as nobody raised the version, but not in silence."""
    project.settings_too('[kpi.voices]\nextends = true\nwhere = { line = ["生保", "損保"] }')
    summary = summarized(project)
    assert other(summary).value.number == 2
    assert [remark.en for remark in summary.kpis["voices"].remarks] == [
        "2024H2 was published under another definition of the same version 1: they are compared "
        "all the same"
    ]


SPANS = st.builds(Period.month_of, st.dates(date(2025, 1, 1), date(2025, 3, 31)))
ITEMS = st.tuples(st.sampled_from(["voices", "meetings"]), st.sampled_from([None, "損保"]), SPANS)


@given(st.lists(ITEMS), ITEMS)
def test_an_entry_is_looked_up(
    of: list[tuple[str, str | None, Period]], asked: tuple[str, str | None, Period]
) -> None:
    """The value of an item in a period is that of its first entry; there is none without one."""
    entered = tuple(
        EnteredValue(
            period,
            kpi,
            item,
            Value(number, None, None, Status.OK, 0),
            Origin("entered"),
            Text("行", "row"),
        )
        for number, (kpi, item, period) in enumerate(of)
    )
    found = Published(entered=entered).item(*asked)
    expected = of.index(asked) if asked in of else None
    assert (None if found is None else found.value.number) == expected
