"""Records of former versions: read, told as what they are, and compared row by row."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import InputError
from kpicli.model.figures import Comparison
from kpicli.reconcile.explaining import UNMATCHED
from support.frozen_project import FrozenProject, by_id, told
from support.root import ROOT
from support.small_project import TODAY

DATA = ROOT / "tests" / "data"


@pytest.fixture
def project(tmp_path: Path, secret_file: Path) -> FrozenProject:
    """Return a project that was frozen by the program as it was before records had seals.

    Its catalogue and program may differ by now: what is compared here are rows.
    """
    folder = tmp_path / "project"
    shutil.copytree(DATA / "record_of_version_1", folder)
    secret_file.parent.mkdir()
    shutil.copy(DATA / "record_secret", secret_file)
    secret_file.chmod(0o600)
    return FrozenProject(folder)


def test_nothing_has_moved(project: FrozenProject) -> None:
    """Its persons are the same: no row moved, and the seal that it lacks is told."""
    found = project.diff()
    assert found.moves == []
    assert [row for kpi in found.kpis for row in kpi.rows] == []
    assert found.notes[0].en.startswith("published/2025H1.json: an older kpicli froze this record")


def test_persons_are_told_apart_as_they_were(project: FrozenProject) -> None:
    """A row that speaks of another person now is found by the digests of then."""
    explained_to(project, "C00002", "C00001")
    moves = told(by_id(project.diff())["scheme_explanations"])
    assert moves == {"公的介護保険制度": [(-1,), ("reassigned", 1, -1)]}


def explained_to(project: FrozenProject, old: str, new: str) -> None:
    """Replace a text in the explanations."""
    project.edit("explanations0.csv", lambda lines: [line.replace(old, new) for line in lines])


def test_a_roster_ratio_is_compared_with_what_says_the_same_now(project: FrozenProject) -> None:
    """Its figure is compared, its rows are not, and a note says both; nothing was redefined."""
    kpi = by_id(project.diff())["explaining_staff"]
    assert (kpi.redefined, kpi.moves) == (False, ())
    assert [note.en for note in kpi.notes] == [
        "the record has the definition in former words (roster_ratio): it means the same, so "
        "figures are compared, but rows cannot be matched"
    ]
    explained_to(
        project, "C00002,公的介護保険制度,有,生保,S001", "C00002,公的介護保険制度,有,生保,S003"
    )
    (move,) = by_id(project.diff())["explaining_staff"].moves
    assert (move.before.number, move.after.number) == (Decimal("33.3"), Decimal("66.7"))
    assert (move.effects, move.why) == ((), UNMATCHED)


def earlier(project: FrozenProject) -> tuple[Comparison, list[str]]:
    """Return what the ratio of 2025H2 is compared with, and the remarks on it."""
    summary = kpicli.summarize(
        "2025H2", kpis=["explaining_staff"], compare=["previous"], today=TODAY,
        config=project.folder / "kpicli.toml",
    )  # fmt: skip
    remarks = summary.kpis["explaining_staff"].remarks
    return summary.figures[0].comparisons[0], [text.en for text in remarks]


def test_a_roster_ratio_stands_as_an_earlier_value(project: FrozenProject) -> None:
    """One of three, as published, and a remark says in which words it was defined."""
    compared, remarks = earlier(project)
    value = compared.value
    assert (value.number, value.numerator, value.denominator) == (Decimal("33.3"), 1, 3)
    assert compared.origin.kind == "frozen"
    assert (
        "2025H1 was published under the same definition in former words (roster_ratio): "
        "they are compared" in remarks
    )


@pytest.mark.parametrize(
    "other",
    [
        '[kpi.explaining_staff]\nextends = true\nwhere = { team = ["生保", "損保"] }',
        '[kpi.explaining_staff]\nextends = true\nnumerator_in = { where = { line = "損保" } }',
        '[kpi.explaining_staff]\nextends = true\nat = "start"',
        '[source.staff]\nextends = true\nuntil = "first_day_out"',
    ],
)
def test_a_roster_ratio_of_another_meaning_is_another_definition(
    other: str, project: FrozenProject
) -> None:
    """Of another team, by other records, on another day, or with another end."""
    with (project.folder / "kpicli.toml").open("a", encoding="utf-8") as file:
        file.write(other + "\n")
    assert by_id(project.diff())["explaining_staff"].redefined
    assert (
        "2025H1 was published under another definition of the same version 1: they are compared "
        "all the same" in earlier(project)[1]
    )


def test_a_roster_ratio_is_held_to_its_rows(project: FrozenProject) -> None:
    """A record whose figure was edited is refused as ever."""
    file = project.folder / "published" / "2025H1.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"33.3"', '"66.7"', 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        project.diff()
    assert "kpis.explaining_staff.figures.0: the rows make another number" in str(error.value)
