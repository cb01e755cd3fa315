from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import UsageError
from support.frozen_project import FrozenProject, by_id, rows_of, told
from support.small_project import Project

VOICES = [
    "V1,2025/4/1,生保,感謝,,",
    "V2,2025/5/1,損保,不満,,2025/6/1",
    "V3,2025/6/1,損保,感謝,,",
    "V4,2025/10/2,損保,感謝,,",
]


def voices(folder: Path, rows: list[str] = VOICES) -> FrozenProject:
    """Return a project of four voices, one of them of the next half."""
    return FrozenProject.of(Project(folder).export("voices", rows, covers="2024-04..2025-12"))


def replaced(old: str, new: str) -> "list[str]":
    """Return the voices with one line written otherwise, below their header."""
    return [line.replace(old, new) for line in VOICES]


def rewrite(project: FrozenProject, rows: list[str]) -> None:
    """Write other voices."""
    project.edit("voices0.csv", lambda lines: [lines[0], *rows, ""])


@pytest.mark.parametrize(
    ("old", "new", "kpi", "moves"),
    [
        (
            "V1,2025/4/1,生保,感謝",
            "V1,2025/4/1,生保,不満",
            "voices",
            {
                "感謝": [(-1,), ("recategorised", 1, -1)],
                "不満": [(1,), ("recategorised", 1, 1)],
            },
        ),
        (
            "V4,2025/10/2",
            "V4,2025/9/2",
            "voices",
            {"total": [(1,), ("redated", 1, 1)], "感謝": [(1,), ("redated", 1, 1)]},
        ),
        (
            "V1,2025/4/1",
            "V1,2025/3/1",
            "voices",
            {"total": [(-1,), ("redated", 1, -1)], "感謝": [(-1,), ("redated", 1, -1)]},
        ),
        (
            "V1,2025/4/1",
            "V1,2025/4/31",
            "voices",
            {"total": [(-1,), ("in_doubt", 1, -1)], "感謝": [(-1,), ("in_doubt", 1, -1)]},
        ),
        (
            "V3,2025/6/1,損保",
            "V3,2025/6/1,生保",
            "voices_nonlife",
            {"total": [(-1,), ("recategorised", 1, -1)]},
        ),
        (
            "V3,2025/6/1,損保",
            "V3,2025/6/1,",
            "voices_nonlife",
            {"total": [(-1,), ("in_doubt", 1, -1)]},
        ),
        (
            "V2,2025/5/1,損保,不満,,2025/6/1",
            "V2,2025/5/1,損保,不満,,",
            "complaint_improvements",
            {"total": [(-1,), ("redated", 1, -1)]},
        ),
    ],
)
def test_a_change_of_a_row_has_its_cause(
    tmp_path: Path, old: str, new: str, kpi: str, moves: dict[str, object]
) -> None:
    """Re-categorised, re-dated into and out of the period, faulty, in doubt: each by its name."""
    project = voices(tmp_path)
    project.freeze()
    rewrite(project, replaced(old, new))
    moved = told(by_id(project.diff())[kpi])
    assert {name: moved[name] for name in moves} == moves
    assert "その他" not in moved


def test_a_row_in_doubt_is_resolved(tmp_path: Path) -> None:
    """A line that was blank and is filled now is told as resolved."""
    project = voices(tmp_path, replaced("V3,2025/6/1,損保", "V3,2025/6/1,"))
    project.freeze(not_final=True)
    rewrite(project, VOICES)
    assert told(by_id(project.diff())["voices_nonlife"])["total"] == [(1,), ("resolved", 1, 1)]


def test_a_later_export_supersedes(tmp_path: Path) -> None:
    """A row that a later export has otherwise is told with both, the old file being still read."""
    project = voices(tmp_path)
    project.freeze()
    (tmp_path / "later.csv").write_text(
        "受付番号,受付日,商品区分,声の区分\nV1,2025/4/1,生保,要望\nV9,2025/12/1,生保,要望\n",
        encoding="utf-8",
    )
    file = tmp_path / "kpicli.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('files = "voices0', 'files = ["later.csv", "voices0'
        ).replace('.csv", covers', '.csv"], covers'), encoding="utf-8")  # fmt: skip
    changed = by_id(project.diff())["voices"].rows
    assert [(row.cause.value, row.superseded) for row in changed] == [("recategorised", True)]
    assert changed[0].place is not None
    assert (changed[0].file, changed[0].place.file) == ("voices0.csv", "later.csv")


def test_a_definition_is_compared_only_when_asked(tmp_path: Path) -> None:
    """Another version is named; its rows count as `definition` where it is to be compared."""
    project = voices(tmp_path)
    project.freeze()
    project.settings_too('[kpi.voices_nonlife]\nversion = 2\nwhere = { line = "生保" }')
    kpi = by_id(project.diff())["voices_nonlife"]
    assert (kpi.versions, kpi.compared, kpi.moves) == ((1, 2), False, ())
    kpi = by_id(project.diff(any_version=True))["voices_nonlife"]
    assert told(kpi) == {"total": [(-1,), ("definition", 3, -1)]}


def test_a_definition_that_changes_in_silence(tmp_path: Path) -> None:
    """A changed filter without a raised version is told, and counts as a change."""
    project = voices(tmp_path)
    project.freeze()
    project.settings_too('[kpi.voices_nonlife]\nwhere = { line = ["損保", "生保"] }')
    found = project.diff()
    kpi = by_id(found)["voices_nonlife"]
    assert told(kpi) == {"total": [(1,), ("definition", 1, 1)]}
    assert [note.en for note in kpi.notes] == [
        "the definition has changed but not its version 1: raise it"
    ]
    assert found.changed


def test_another_reading_of_the_same_file(tmp_path: Path) -> None:
    """Where the file is the same, a move comes from code tables or settings."""
    project = voices(tmp_path, [*VOICES[:3], "V5,2025/7/1,損保,苦情,,"])
    project.freeze(not_final=True)
    file = tmp_path / "kpicli.toml"
    synonyms = ', synonyms = { category = { "不満" = ["苦情"] } } }'
    file.write_text(
        file.read_text(encoding="utf-8").replace(" }]", f"{synonyms}]"), encoding="utf-8"
    )
    assert told(by_id(project.diff())["voices"])["不満"] == [(1,), ("catalogue", 1, 1)]


def test_the_as_of_date_moves_deadlines(tmp_path: Path) -> None:
    """Frozen before the period was over, overdue cases come with the days."""
    rows = ["A1,2025/4/1,新規,生保,対応中,2025/5/1,,,", "A2,2025/4/1,新規,生保,対応中,2025/9/1,,,"]
    small = Project(tmp_path).export("responses", rows)
    project = FrozenProject.of(small)
    project.today = date(2025, 7, 1)
    frozen = project.freeze(not_final=True)
    assert not frozen.record.final
    project.today = date(2025, 11, 1)
    found = project.diff()
    assert found.as_of == (date(2025, 6, 30), date(2025, 9, 30))
    assert told(by_id(found)["missed_responses"])["total"] == [(1,), ("as_of", 1, 1)]


def test_an_as_of_date_that_was_given_holds(tmp_path: Path) -> None:
    """A record frozen with --as-of is counted again as of that day."""
    rows = ["A1,2025/4/1,新規,生保,対応中,2025/9/1,,,"]
    project = FrozenProject.of(Project(tmp_path).export("responses", rows))
    project.freeze(as_of=date(2025, 8, 1))
    assert not project.diff().changed


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


def test_another_person_on_a_row(tmp_path: Path) -> None:
    """A customer corrected on a record changes a distinct count; the person is not named."""
    rows = ["E1,2025/5/1,C1,高額療養費制度,有,生保,S1", "E2,2025/5/2,C1,高額療養費制度,有,生保,S1"]
    project = FrozenProject.of(Project(tmp_path).export("explanations", rows))
    project.freeze()
    project.edit("explanations0.csv", lambda lines: [x.replace("/2,C1", "/2,C2") for x in lines])
    kpi = by_id(project.diff())["scheme_explanations"]
    assert told(kpi) == {"高額療養費制度": [(1,), ("reassigned", 1, 1)]}
    assert rows_of(kpi) == [("reassigned", 3, ())]


def test_a_roster(tmp_path: Path) -> None:
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
    assert rows_of(kpi) == [("added", 3, ()), ("added", 4, ())]


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
