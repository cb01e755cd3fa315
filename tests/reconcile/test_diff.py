"""Which figures moved since they were published, and which cause moved them how far."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.base.errors import UsageError
from support.frozen_project import FrozenProject, by_id, rows_of, told
from support.frozen_voices import VOICES, rewrite, voices
from support.small_project import Project


def test_a_definition_is_compared_only_when_asked(tmp_path: Path) -> None:
    """Another version is named; its rows count as `definition` where it is to be compared."""
    project = voices(tmp_path)
    project.freeze()
    project.settings_too(
        '[kpi.voices_nonlife]\nextends = true\nversion = 2\nwhere = { line = "生保" }'
    )
    kpi = by_id(project.diff())["voices_nonlife"]
    assert (kpi.versions, kpi.compared, kpi.moves) == ((1, 2), False, ())
    kpi = by_id(project.diff(any_version=True))["voices_nonlife"]
    assert told(kpi) == {"total": [(-1,), ("definition", 3, -1)]}


def test_a_definition_that_changes_in_silence(tmp_path: Path) -> None:
    """A changed filter without a raised version is told, and counts as a change."""
    project = voices(tmp_path)
    project.freeze()
    project.settings_too(
        '[kpi.voices_nonlife]\nextends = true\nwhere = { line = ["損保", "生保"] }'
    )
    found = project.diff()
    kpi = by_id(found)["voices_nonlife"]
    assert told(kpi) == {"total": [(1,), ("definition", 1, 1)]}
    assert [note.en for note in kpi.notes] == [
        "the definition has changed but not its version 1: raise it"
    ]
    assert found.changed


def swapped(lines: list[str]) -> list[str]:
    """Return the lines with the categories of two voices in each other's place."""
    first = lines[1].replace("感謝", "不満")
    second = lines[2].replace("不満", "感謝")
    return [lines[0], first, second, *lines[3:]]


def replaced(lines: list[str]) -> list[str]:
    """Return the lines with another voice of the same values in place of the first."""
    return [lines[0], lines[1].replace("V1", "V9"), *lines[2:]]


@pytest.mark.parametrize(
    ("edit", "causes"),
    [(swapped, {"recategorised"}), (replaced, {"removed", "added"})],
    ids=["two change places", "one replaces another"],
)
def test_rows_that_cancel_out(
    edit: Callable[[list[str]], list[str]], causes: set[str], tmp_path: Path
) -> None:
    """Rows that came, went or moved are told and are a change, though no figure moved."""
    two = ["V1,2025/4/1,生保,感謝,,", "V2,2025/4/1,生保,不満,,"]
    project = FrozenProject.of(Project(tmp_path).export("voices", two))
    project.freeze()
    assert not project.diff().changed
    project.edit("voices0.csv", edit)
    found = project.diff()
    assert (found.moves, found.changed) == ([], True)
    assert {row.cause.value for row in by_id(found)["voices"].rows} == causes
    assert len(by_id(found)["voices"].rows) == 2


TRAININGS = [
    "T1,2025/5/1,公的介護保険制度,ロープレ,S1,1,80,合格",
    "T1,2025/5/1,公的介護保険制度,ロープレ,S2,1,50,不合格",
    "T2,2025/6/1,公的介護保険制度,ロープレ,S2,2,90,合格",
]


def test_distinct_counts_and_ratios(tmp_path: Path) -> None:
    """A person who is there twice counts once; a ratio's numerator and denominator are told."""
    project = FrozenProject.of(Project(tmp_path).export("trainings", TRAININGS))
    project.freeze()
    late = "T3,2025/7/1,公的介護保険制度,ロープレ,S3,1,80,合格"
    project.edit("trainings0.csv", lambda lines: [*lines[:2], *lines[3:4], late, ""])
    found = by_id(project.diff())
    assert told(found["roleplay_participants"]) == {
        "total": [(1,), ("removed", 1, 0), ("added", 1, 1)]
    }
    assert told(found["roleplay_first_passes"])["total"][1:] == [
        ("removed", 1, 0, 0),
        ("added", 1, 1, 1),
    ]
    assert told(found["roleplay_sessions"]) == {"total": [(1,), ("removed", 1, 0), ("added", 1, 1)]}


def test_a_register(tmp_path: Path) -> None:
    """Who joins late raises the denominator, who gets a record the numerator."""
    small = Project(tmp_path).export(
        "staff", ["S1,生保,2020/4/1,", "S2,生保,2020/4/1,"], covers=None
    )
    small.export("explanations", ["E1,2025/5/1,C1,公的介護保険制度,有,生保,S1"])
    project = FrozenProject.of(small)
    project.freeze()
    project.edit("staff0.csv", lambda lines: [*lines[:-1], "S3,生保,2025/9/1,", ""])
    late = "E2,2025/6/1,C2,公的介護保険制度,無,生保,S2"
    project.edit("explanations0.csv", lambda lines: [*lines[:-1], late, ""])
    kpi = by_id(project.diff())["explaining_staff"]
    assert told(kpi)["total"][1:] == [("added", 2, 1, 1)]
    assert rows_of(kpi) == [("added", 4, ()), ("added", 3, ())]


def test_sums_and_means(tmp_path: Path) -> None:
    """A corrected amount is told with the amounts then and now."""
    small = Project(tmp_path).export("trainings", TRAININGS)
    for measure in ("sum", "mean"):
        small.toml(
            f'[kpi.{measure}_of_scores]\ntitle = "点"\nsource = "trainings"\n'
            f'measure = "{measure}"\nof = "score"\nunit = "点"'
        )
    project = FrozenProject.of(small)
    project.freeze()
    project.edit("trainings0.csv", lambda lines: [x.replace(",80,", ",95,") for x in lines])
    found = by_id(project.diff())
    assert told(found["sum_of_scores"]) == {"total": [(15,), ("amount", 1, 15)]}
    assert [str(move.difference) for move in found["mean_of_scores"].moves] == ["5.0"]
    assert rows_of(found["sum_of_scores"]) == [("amount", 2, (("score", "80", "95"),))]


def test_without_the_secret(tmp_path: Path, secret_file: Path) -> None:
    """A lost or another secret: figures are compared, rows are not, and it says so."""
    project = voices(tmp_path)
    project.freeze()
    rewrite(project, VOICES[1:])
    secret_file.unlink()
    found = project.diff()
    seal, rows = found.notes
    assert seal.en.startswith("published/2025H1.json: the secret that it was frozen with is not")
    assert rows.en.startswith("the secret is missing: rows cannot be matched")
    assert told(by_id(found)["voices"])["total"] == [(-1,)]
    assert by_id(found)["voices"].rows == ()
    assert not secret_file.exists()
    secret_file.touch(0o600)
    secret_file.write_text(bytes(range(32)).hex(), encoding="ascii")
    assert project.diff().notes[1].en.startswith("the secret is not the one")


def test_a_source_that_is_gone(tmp_path: Path) -> None:
    """Where there are no exports any more, the figures have no data, and nothing breaks."""
    project = voices(tmp_path)
    project.freeze()
    file = tmp_path / "kpicli.toml"
    file.write_text("[exports]\n", encoding="utf-8")
    moves = by_id(project.diff())["voices"].moves
    assert [move.after.status.value for move in moves][:1] == ["no_data"]


def test_a_period_that_was_never_frozen(tmp_path: Path) -> None:
    """Is a usage error that names the command to type."""
    with pytest.raises(UsageError) as error:
        voices(tmp_path).diff()
    assert error.value.hint is not None
    assert error.value.hint.en == "kpicli freeze --period 2025H1"
