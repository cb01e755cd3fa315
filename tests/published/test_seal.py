"""The seal of a record: whatever is edited is noticed, and named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kpicli
from kpicli.base.errors import InputError
from kpicli.published.record import Record, Seal
from kpicli.published.seal import edited_parts
from kpicli.published.secret import Secret
from support.frozen_project import FrozenProject
from support.small_project import TODAY, Project

VOICES = [
    "V1,2024/10/1,生保,感謝,,",
    "V2,2025/3/1,損保,不満,,2025/6/1",
    "V3,2025/4/1,損保,感謝,,",
]
Raw = dict[str, Any]


@pytest.fixture
def project(tmp_path: Path) -> FrozenProject:
    """Return a project in which 2024H2 was frozen."""
    found = FrozenProject.of(Project(tmp_path).export("voices", VOICES))
    found.freeze("2024H2", note="公表")
    return found


def record(project: FrozenProject) -> Path:
    """Return the file of the frozen period."""
    return project.folder / "published" / "2024H2.json"


def raw_of(project: FrozenProject) -> Raw:
    """Return the record as JSON has it."""
    raw: Raw = json.loads(record(project).read_text(encoding="utf-8"))
    return raw


def rewritten(project: FrozenProject, change: Callable[[Raw], object]) -> None:
    """Edit the record by hand."""
    raw = raw_of(project)
    change(raw)
    record(project).write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def kpi(raw: Raw, name: str = "voices") -> Raw:
    """Return a KPI of a record."""
    found: Raw = next(each for each in raw["kpis"] if each["id"] == name)
    return found


def put(name: str, value: object) -> Callable[[Raw], object]:
    """Return an edit of a field of the record."""
    return lambda raw: raw.__setitem__(name, value)


def put_in_kpi(name: str, value: object) -> Callable[[Raw], object]:
    """Return an edit of a field of a KPI."""
    return lambda raw: kpi(raw).__setitem__(name, value)


def published_total(value: int) -> Callable[[Raw], object]:
    """Return an edit that gives a KPI a total, which it says was entered."""

    def change(raw: Raw) -> None:
        figure = kpi(raw)["figures"][0]
        figure["value"] = value
        figure["origin"] = {**figure["origin"], "kind": "entered", "source": "頁1"}

    return change


EDITS: dict[str, tuple[Callable[[Raw], object], str]] = {
    "the date": (put("frozen_on", "2025-04-01"), "frozen_on"),
    "the note": (put("note", "別の公表"), "note"),
    "final": (put("final", False), "final"),
    "not final": (put("not_final", ["voices"]), "not_final"),
    "the as-of date": (put("as_of", "2025-03-30"), "as_of"),
    "the edition": (put("edition", 2), "edition"),
    "the catalogue": (put("catalogue_hash", "0" * 64), "catalogue_hash"),
    "the program": (put("kpicli_version", "9"), "kpicli_version"),
    "the definition": (put_in_kpi("definition", []), "kpis.voices.definition"),
    "the version": (put_in_kpi("version", 2), "kpis.voices.version"),
    "the title": (put_in_kpi("title", "苦情"), "kpis.voices.title"),
    "a total": (published_total(999), "kpis.voices.figures"),
    "no data": (
        lambda raw: kpi(raw)["figures"][0].update(status="no_data", value=None),
        "kpis.voices.figures",
    ),
    "a digest of a file": (
        lambda raw: raw["files"][0].__setitem__("sha256", "0" * 64),
        "files.0",
    ),
    "a digest of a row": (
        lambda raw: raw["sources"][0]["rows"][0].__setitem__(2, "0" * 12),
        "sources.voices.rows",
    ),
    "a KPI taken out": (
        lambda raw: raw.__setitem__("kpis", [k for k in raw["kpis"] if k["id"] != "voices"]),
        "kpis.voices",
    ),
    "a KPI put in": (lambda raw: raw["kpis"].append({**raw["kpis"][0], "id": "own"}), "kpis.own"),
    "the order": (lambda raw: raw["kpis"].reverse(), "seal"),
    "what it knows of others": (
        put("others", [{"period": "2024H1", "edition": 1, "sha256": "0" * 64}]),
        "others",
    ),
    "the seal": (lambda raw: raw["seal"].__setitem__("whole", "0" * 64), "seal"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_named_by_every_reader(name: str, project: FrozenProject) -> None:
    """`diff`, a comparison and freezing refuse an edited record, and name what was edited."""
    change, part = EDITS[name]
    rewritten(project, change)
    words = f"published/2024H2.json has been edited since it was frozen: {part}"
    with pytest.raises(InputError) as error:
        project.diff("2024H2")
    assert error.value.message.en == words
    assert error.value.message.ja.endswith(f"は凍結したあとに書き換えられています: {part}")
    with pytest.raises(InputError) as error:
        kpicli.summarize(
            "2025H1", compare=["previous"], config=project.folder / "kpicli.toml", today=TODAY
        )
    assert error.value.message.en == words
    with pytest.raises(InputError):
        project.freeze("2025H1")
    with pytest.raises(InputError):
        project.freeze("2024H2", revise=True)


def test_many_edits_are_named_in_part(project: FrozenProject) -> None:
    """Of many edits the first are named, and the number of the others."""
    rewritten(
        project,
        lambda raw: [each.update(unit="x", title="y", version=9) for each in raw["kpis"]],
    )
    with pytest.raises(InputError, match=r"frozen: kpis\.[a-z_]+\.[a-z]+, .* and \d+ more\n"):
        project.diff("2024H2")


@pytest.mark.parametrize("how", ["as it was", "indented", "one line", "line ends"])
def test_spaces_and_line_ends_do_not_matter(how: str, project: FrozenProject) -> None:
    """A record is what it says, however a program or git lays it out."""
    content, raw = record(project).read_bytes(), raw_of(project)
    record(project).write_bytes(
        {
            "as it was": content,
            "indented": json.dumps(raw, indent=4).encode(),
            "one line": json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode(),
            "line ends": content.replace(b"\n", b"\r\n"),
        }[how]
    )
    assert project.diff("2024H2").notes == ()


def test_without_a_seal_it_is_no_record_of_today(project: FrozenProject) -> None:
    """A seal that was taken out is missed."""
    rewritten(project, lambda raw: raw.pop("seal"))
    with pytest.raises(InputError, match="seal: is missing"):
        project.diff("2024H2")


def test_an_older_version_has_no_seal(project: FrozenProject) -> None:
    """Version 1 with a seal contradicts itself; without one it is told as what it says it is."""
    rewritten(project, put("schema_version", 1))
    with pytest.raises(InputError, match="a record of version 1 has no seal"):
        project.diff("2024H2")
    rewritten(project, lambda raw: [raw.pop("seal"), raw.pop("others"), raw.pop("earlier")])
    (note,) = [note for note in project.diff("2024H2").notes if "seal" in note.en]
    assert note.en.startswith("published/2024H2.json: an older kpicli froze this record without")


@pytest.mark.parametrize("secret", ["missing", "another", "the forger's"])
def test_a_seal_that_cannot_be_checked(
    secret: str, project: FrozenProject, secret_file: Path
) -> None:
    """Without the secret, or with another, that is said; a forger's own seal is none of ours."""
    if secret == "the forger's":
        ours = secret_file.read_bytes()
        secret_file.unlink()
        record(project).unlink()
        project.freeze("2024H2", note="偽")  # under a secret of his own
        secret_file.write_bytes(ours)
    else:
        secret_file.unlink()
    if secret == "another":
        secret_file.write_text("".join(f"{n:02x}" for n in range(32)), encoding="ascii")
        secret_file.chmod(0o600)
    summary = kpicli.summarize(
        "2025H1", compare=["previous"], config=project.folder / "kpicli.toml", today=TODAY
    )
    (finding,) = [fault for fault in summary.faults if fault.source == "published"]
    assert (finding.kind.code, finding.level) == ("D502", "warning")
    assert finding.place.file == "published/2024H2.json"


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of everything in a record that is no list or table."""
    if isinstance(value, dict):
        return [leaf for name, each in value.items() for leaf in leaves(each, (*path, name))]
    if isinstance(value, list):
        return [leaf for place, each in enumerate(value) for leaf in leaves(each, (*path, place))]
    return [path]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_of_anything_is_named(
    project: FrozenProject, secret_file: Path, data: st.DataObject
) -> None:
    """Whatever value of the file is changed, its part is named, and no other."""
    raw = raw_of(project)
    seal = Seal.model_validate(raw["seal"])
    key = Secret(bytes.fromhex(secret_file.read_text(encoding="ascii")))
    assert edited_parts(raw, seal, key) == ()
    path = data.draw(st.sampled_from([leaf for leaf in leaves(raw) if leaf[0] != "seal"]))
    place: Any = raw
    for step in path[:-1]:
        place = place[step]
    former = place[path[-1]]
    values = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
    place[path[-1]] = data.draw(
        values.filter(lambda value: (type(value), value) != (type(former), former))
    )
    named = edited_parts(raw, seal, key)
    assert {part.split(".")[0] for part in named} == {path[0]}
    if path[0] not in ("kpis", "sources", "files"):
        assert named == (path[0],)
    elif path[-1] == "id":  # the entry has gone, and another one has come
        assert named == (f"{path[0]}.{former}", f"{path[0]}.{place['id']}")
    elif path[0] != "files":
        assert named == (f"{path[0]}.{raw[str(path[0])][path[1]]['id']}.{path[2]}",)
    else:
        assert named == (f"files.{path[1]}",)


def test_no_seal_without_the_secret(project: FrozenProject) -> None:
    """Another key makes another seal of the same record, in every part."""
    stored = Record.model_validate(raw_of(project))
    assert stored.seal is not None
    edited = edited_parts(raw_of(project), stored.seal, Secret(bytes(range(32))))
    assert {part.split(".")[0] for part in edited} >= {"note", "kpis", "sources", "files"}
