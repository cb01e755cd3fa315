import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicli.base.errors import InputError, KpicliError
from support.frozen_project import FrozenProject
from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]


@pytest.fixture
def project(tmp_path: Path) -> FrozenProject:
    """Return a project that has been frozen."""
    found = FrozenProject.of(Project(tmp_path).export("voices", VOICES))
    found.freeze()
    return found


def record(project: FrozenProject) -> Path:
    """Return the file of the frozen period."""
    return project.folder / "published" / "2025H1.json"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "kind: not 'kpicli frozen record'"),
        (b'{"kind": "another"}', "kind: not 'kpicli frozen record'"),
        (b'{"kind": "kpicli frozen record", "schema_version": 4}', "schema_version: this program"),
        (b'{"kind": "kpicli frozen record", "schema_version": 1}', "period: the key is missing"),
    ],
)
def test_foreign_files(project: FrozenProject, content: bytes, told: str) -> None:
    """What is no record is an error that names file and key."""
    record(project).write_bytes(content)
    with pytest.raises(InputError) as error:
        project.diff()
    assert error.value.message.en.startswith("published/2025H1.json is no record: ")
    assert told in error.value.message.en


def edited(raw: dict[str, Any], path: str, value: object) -> None:
    """Change one key of a record."""
    *way, last = path.split(".")
    place: Any = raw
    for key in way:
        place = place[int(key) if isinstance(place, list) else key]
    place[int(last) if isinstance(place, list) else last] = value


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("edition", 0, "edition: "),
        ("edition", "x", "edition: "),
        ("frozen_on", "2025-02-30", "frozen_on: "),
        ("period.name", "2024H2", "period: 2024H2"),
        ("period.start", "2025-01-01", "period: 2025H1 (2025-01-01..2025-09-30)"),
        ("kpis.K.figures.0.value", 99, "kpis.voices.figures.0: the rows make another number"),
        ("kpis.K.figures.0.value", 2.0, "kpis.K.figures.0.value: a whole number"),
        ("kpis.K.figures.0.status", "fine", "kpis.K.figures.0.status"),
        ("kpis.K.rows.0", [0, [0], ["2025-04-01", "感謝"], False, None], "kpis.voices.figures.1"),
        ("kpis.K.rows.0", [0, [9], ["2025-04-01", "感謝"], False, None], "kpis.K.rows.0"),
        ("kpis.K.rows.0", [0, [0, 1], ["感謝"], False, None], "kpis.K.rows.0: 1 value for 2"),
        ("kpis.K.rows.0", [7, [0, 1], ["", ""], False, None], "kpis.voices.rows: names a row"),
        ("kpis.K.rows.1", [0, [0, 2], ["", ""], False, None], "kpis.voices.rows: a row counts"),
        ("kpis.K.figures.2.item", "感謝", "kpis.K.figures: one stands twice"),
        ("kpis.K.amount", "x", "kpis.K.amount: a count has none"),
        ("kpis.K.states", "c", "kpis.voices.states: not one letter"),
        ("kpis.K.source", "nowhere", "kpis.voices: there is no source 'nowhere'"),
        ("kpis.K.extra", 1, "kpis.K.extra: "),
        ("sources.0.rows.0", ["ab" * 12, 5, "cd" * 6], "sources.voices.rows: a row names a file"),
        ("sources.0.rows.0", ["not hex", 0, "cd"], "sources.0.rows.0.0: "),
    ],
)
def test_a_key_changed_by_hand(project: FrozenProject, path: str, value: object, told: str) -> None:
    """A record that contradicts itself, or has a wrong key, is told with that key."""
    file = record(project)
    raw = json.loads(file.read_text(encoding="utf-8"))
    place = next(n for n, kpi in enumerate(raw["kpis"]) if kpi["id"] == "voices")
    edited(raw, path.replace(".K.", f".{place}."), value)
    file.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputError) as error:
        project.diff()
    expected = told.replace("kpis.K", f"kpis.{place}")
    assert f"2025H1.json is no record: {expected}" in error.value.message.en


def test_a_kpi_twice(project: FrozenProject) -> None:
    """A record holds each KPI once."""
    file = record(project)
    raw = json.loads(file.read_text(encoding="utf-8"))
    raw["kpis"].append(raw["kpis"][0])
    file.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InputError, match="kpis: one stands twice"):
        project.diff()


def test_a_folder_in_its_place(project: FrozenProject) -> None:
    """A folder of that name is no record either."""
    record(project).unlink()
    record(project).mkdir()
    with pytest.raises(InputError, match="it is a folder"):
        project.diff()


@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_damage_is_never_a_traceback(project: FrozenProject, data: st.DataObject) -> None:
    """Any bytes overwritten or cut: an error of ours, or a record that still agrees."""
    file = record(project)
    content = bytearray(file.read_bytes())
    try:
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            damaged = bytes(content[:at])
        else:
            content[at : at + 1] = data.draw(st.binary(min_size=0, max_size=3))
            damaged = bytes(content)
        kept = file.read_bytes()
        file.write_bytes(damaged)
        with suppress(KpicliError):
            project.diff()
    finally:
        file.write_bytes(kept)
