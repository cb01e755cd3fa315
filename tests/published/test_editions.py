"""Editions of records: none is lost, changed or put in another one's place in silence."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import InputError, OutputError
from kpicli.base.faults import Fault
from kpicli.published.editions import content_digest, read_editions
from support.frozen_project import FrozenProject
from support.small_project import TODAY, Project

VOICES = [
    "V1,2024/10/1,生保,感謝,,",
    "V2,2025/3/1,損保,不満,,2025/6/1",
    "V3,2025/4/1,損保,感謝,,",
]


@pytest.fixture
def project(tmp_path: Path) -> FrozenProject:
    """Return a project with three editions of 2024H2, and 2025H1 frozen after the second."""
    found = FrozenProject.of(Project(tmp_path).export("voices", VOICES))
    found.freeze("2024H2", note="1")
    found.freeze("2024H2", note="2", revise=True)
    found.freeze("2025H1")
    found.freeze("2024H2", note="3", revise=True)
    return found


def published(project: FrozenProject, name: str) -> Path:
    """Return a file of the folder of records."""
    return project.folder / "published" / name


def found(project: FrozenProject) -> list[tuple[str, str, str | None]]:
    """Return code, file and other file of what a comparison with 2024H2 has to tell of records."""
    summary = kpicli.summarize(
        "2025H1", compare=["previous"], config=project.folder / "kpicli.toml", today=TODAY
    )
    return [described(fault) for fault in summary.faults if fault.source == "published"]


def described(fault: Fault) -> tuple[str, str, str | None]:
    """Return code, file and other file of a finding."""
    other = None if fault.other is None else fault.other.file
    return fault.kind.code, fault.place.file, other


def test_editions_that_are_as_they_were(project: FrozenProject) -> None:
    """Three editions and another period that knows one of them: nothing to tell."""
    assert found(project) == []
    assert project.diff("2024H2").notes == ()
    assert project.diff("2025H1").notes == ()
    raw = json.loads(published(project, "2024H2.json").read_text(encoding="utf-8"))
    before = published(project, "2024H2.2.json").read_bytes()
    assert raw["earlier"] == {"edition": 2, "sha256": content_digest(before)}
    assert [(each["period"], each["edition"]) for each in raw["others"]] == [("2025H1", 1)]


@pytest.mark.parametrize("edition", [1, 2])
def test_an_older_edition_that_was_edited(edition: int, project: FrozenProject) -> None:
    """It is named, with the edition that remembers it; the figures of the newest stand."""
    file = published(project, f"2024H2.{edition}.json")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f'"note": "{edition}"', '"note": "x"'), encoding="utf-8")
    other = "2024H2.json" if edition == 2 else "2024H2.2.json"
    told = ("D504", f"published/2024H2.{edition}.json", f"published/{other}")
    assert found(project) == [told]
    (note,) = project.diff("2024H2").notes
    assert note.en == (
        f"{told[1]}: the older edition is not as it was when the next one was frozen ({told[2]})"
    )


@pytest.mark.parametrize("edition", [1, 2])
def test_an_older_edition_that_was_deleted(edition: int, project: FrozenProject) -> None:
    """It is missed by name."""
    published(project, f"2024H2.{edition}.json").unlink()
    other = "2024H2.json" if edition == 2 else "2024H2.2.json"
    assert found(project) == [("D503", f"published/2024H2.{edition}.json", f"published/{other}")]


def test_older_editions_that_changed_places(project: FrozenProject) -> None:
    """Each of two that were swapped is named."""
    first, second = (published(project, f"2024H2.{edition}.json") for edition in (1, 2))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    assert [code for code, *_ in found(project)] == ["D504", "D504"]


def test_an_older_edition_in_the_newest_ones_place(project: FrozenProject) -> None:
    """It is refused where a later edition is there, or another period knows one."""
    shutil.copy(published(project, "2024H2.1.json"), published(project, "2024H2.json"))
    with pytest.raises(InputError) as error:
        project.diff("2024H2")
    assert error.value.message.en == (
        "published/2024H2.json is edition 1, but published/2024H2.2.json knows edition 2"
    )
    published(project, "2024H2.2.json").unlink()
    with pytest.raises(InputError) as error:
        found(project)
    assert error.value.message.en == (
        "published/2024H2.json is edition 1, but published/2025H1.json knows edition 2"
    )


def test_the_newest_edition_lost(project: FrozenProject) -> None:
    """Where the last edition is gone and nobody knows of it, the one before is there twice."""
    shutil.copy(published(project, "2024H2.2.json"), published(project, "2024H2.json"))
    assert found(project) == [
        ("D505", "published/2024H2.json", "published/2024H2.2.json"),
    ]


def test_a_record_that_was_deleted(project: FrozenProject) -> None:
    """A comparison that counts anew says that a record should be there; so do diff and freeze."""
    for file in project.folder.glob("published/2024H2*.json"):
        file.unlink()
    assert found(project) == [("D507", "published/2024H2.json", "published/2025H1.json")]
    with pytest.raises(InputError, match=r"2024H2\.json: other records know that the period was"):
        project.diff("2024H2")
    with pytest.raises(OutputError, match="other records know that edition 2 was frozen"):
        project.freeze("2024H2")
    frozen = project.freeze("2024H2", revise=True)
    assert frozen.record.edition == 3
    assert [warning.en.partition(":")[0] for warning in frozen.warnings] == [
        "published/2024H2.json"
    ]
    assert [code for code, *_ in found(project)] == ["D503", "D503"]


def test_only_older_editions_left(project: FrozenProject) -> None:
    """The kept editions of a record that was deleted show that it was there."""
    published(project, "2024H2.json").unlink()
    published(project, "2025H1.json").unlink()
    (told,) = found(project)
    assert told[:2] == ("D507", "published/2024H2.json")


def test_a_record_that_was_frozen_once_more(project: FrozenProject) -> None:
    """One that was deleted and frozen anew is not the one that another record knows."""
    for file in project.folder.glob("published/2024H2*.json"):
        file.unlink()
    known = published(project, "2025H1.json").read_bytes()
    published(project, "2025H1.json").unlink()
    project.freeze("2024H2", note="another")
    project.freeze("2024H2", note="another", revise=True)
    published(project, "2025H1.json").write_bytes(known)
    assert found(project) == [("D506", "published/2024H2.json", "published/2025H1.json")]


def test_recompute_asks_no_record(project: FrozenProject) -> None:
    """Where no record is compared with, none is missed."""
    published(project, "2024H2.json").unlink()
    summary = kpicli.summarize(
        "2025H1",
        compare=["previous"],
        recompute=True,
        config=project.folder / "kpicli.toml",
        today=TODAY,
    )
    assert [fault for fault in summary.faults if fault.source == "published"] == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"kind": "x"}', b"\xff", b"[" * 10**5])
def test_other_files_are_passed_over(content: bytes, project: FrozenProject) -> None:
    """What is no record in the folder hides no record and breaks nothing."""
    published(project, "2025H2.json").write_bytes(content)
    published(project, "notes.json").write_bytes(published(project, "2025H1.json").read_bytes())
    assert found(project) == []
    names = ["2024H2.1.json", "2024H2.2.json", "2024H2.json", "2025H1.json"]
    assert list(read_editions(project.folder / "published").heads) == names


def test_line_ends_are_no_change(project: FrozenProject) -> None:
    """Git may give every file the line ends of another system."""
    for file in project.folder.glob("published/*.json"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert found(project) == []
    assert project.diff("2024H2").notes == ()


def test_editions_of_before(project: FrozenProject, tmp_path: Path) -> None:
    """A record without a seal can be revised: its content is known to the next edition."""
    del tmp_path

    def former(name: str) -> None:
        file = published(project, name)
        raw = json.loads(file.read_text(encoding="utf-8"))
        raw["schema_version"] = 1
        for key in ("seal", "earlier", "others"):
            del raw[key]
        file.write_text(json.dumps(raw), encoding="utf-8")

    for name in ("2024H2.json", "2024H2.1.json", "2024H2.2.json"):
        former(name)
    assert [code for code, *_ in found(project)] == ["D501"]
    frozen = project.freeze("2024H2", revise=True)
    assert frozen.record.edition == 4
    assert [warning.en.partition(": ")[2][:17] for warning in frozen.warnings] == [
        "an older kpicli f"
    ]
    assert found(project) == []
    edit: Callable[[str], str] = lambda text: text.replace('"note": "3"', '"note": "x"')  # noqa: E731
    file = published(project, "2024H2.3.json")
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert [code for code, *_ in found(project)] == ["D504"]
