"""Answers that are kept: found where nothing has changed, and only there."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import kpicli
from kpicli.cache import summaries
from kpicli.cache.entries import read_entry, write_entry
from kpicli.cache.summaries import KeptSummary, Key, find, keep, key_of
from kpicli.model.summary import Summary
from kpicli.settings.request import WrittenRequest
from kpicli.settings.settings import read_settings
from support.small_project import TODAY, Project

VOICES = ("V1,2025/4/1,損保,感謝,損保-1課,", "V2,2025/5/2,生保,不満,,2025/6/1")


@pytest.fixture
def project(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project whose answers can be kept."""
    assert not cache_folder.exists()
    monkeypatch.setenv("KPICLI_TODAY", TODAY.isoformat())
    return Project(tmp_path).export("voices", VOICES)


def ask(config: Path, **words: Any) -> Key:  # noqa: ANN401 - the fields of a request
    """Return the key of a request for the voices of a half, or of one with other words."""
    key = key_of(config, replace(WrittenRequest("2025H1", ("voices",)), **words))
    assert key is not None
    return key


def count(key: Key) -> Summary:
    """Return the summary of a request, counted, and keep it."""
    assert key.config is not None
    asked = key.request
    summary = kpicli.summarize(
        asked.period, kpis=asked.kpis or None, by=asked.by, config=key.config, today=TODAY
    )
    # What Python's users get is the same, of a class that shows itself in notebooks.
    own = Summary(*(getattr(summary, name) for name in summary.__struct_fields__))
    keep(key, read_settings(key.config), TODAY, own)
    return own


def again(key: Key, *, show_values: bool = False) -> KeptSummary | None:
    """Return what is kept for the request of a key, asked anew."""
    now = key_of(key.config, key.request)
    assert now is not None
    return find(now, show_values=show_values)


def test_found(project: Project) -> None:
    """The same request has the same summary, and the inputs are known with it."""
    key = ask(project.config)
    assert again(key) is None
    summary = count(key)
    answer = again(key)
    own = read_settings(project.config).protected_paths
    assert [kind for kind, _ in own] == ["settings", "published", "narrative", "narrative"]
    assert answer == KeptSummary(summary, project.folder, ("voices0.csv",), own)


def test_every_word_counts(project: Project) -> None:
    """A request of other words is another one; one that may name persons has no key."""
    written = WrittenRequest("2025H1", show_personal=True)
    assert key_of(project.config, written) is None
    key = ask(project.config)
    others = [
        ask(project.config, period="2025-04"),
        ask(project.config, kpis=("voices", "voices_nonlife")),
        ask(project.config, kpis=()),
        ask(project.config, by="line"),
        ask(project.config, compare=("previous",)),
        ask(project.config, as_of="2025-09-01"),
        ask(project.config, recompute=True),
        ask(project.config, allow_definition_change=True),
    ]
    assert len({each.name for each in (key, *others)}) == 9


@pytest.mark.parametrize(
    "change",
    ["settings", "version", "program", "today", "export", "content"],
)
def test_whatever_changes(change: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other settings, another kpicli, another day or other files: no answer."""
    key = ask(project.config)
    count(key)
    assert again(key) is not None
    if change == "settings":
        project.toml("# a comment")
        assert project.config
    elif change == "version":
        monkeypatch.setattr(summaries, "VERSION", "another")
    elif change == "program":
        monkeypatch.setattr(summaries, "_program", lambda: ["another"])
    elif change == "today":
        monkeypatch.setenv("KPICLI_TODAY", "2025-11-02")
    elif change == "export":
        project.export("voices", VOICES[:1])
        assert project.config
    else:
        (project.folder / "voices0.csv").write_bytes(b"\n")
    assert again(key) is None


def test_the_program_by_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file of kpicli with another time, size or name, or another catalogue, makes another one."""
    (tmp_path / "catalog").mkdir()
    code, data = tmp_path / "__init__.py", tmp_path / "catalog" / "a.toml"
    code.write_bytes(b"1")
    data.write_bytes(b"1")
    os.utime(code, ns=(1, 1))
    os.utime(data, ns=(1, 1))
    monkeypatch.setattr(summaries, "_PACKAGE", tmp_path)
    programs = [summaries._program()]
    assert summaries._program() == programs[0]
    os.utime(code, ns=(2, 2))
    programs.append(summaries._program())
    data.write_bytes(b"2")
    os.utime(data, ns=(1, 1))
    programs.append(summaries._program())
    code.rename(tmp_path / "other.py")
    programs.append(summaries._program())
    assert len({tuple(each) for each in programs}) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").touch()
    assert summaries._program() == programs[-1]


def test_a_program_without_files(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kpicli that has no files to be told by keeps nothing."""
    monkeypatch.setattr(summaries, "_PACKAGE", Path("/nowhere/kpicli.zip/kpicli"))
    assert key_of(project.config, WrittenRequest("2025H1")) is None


def test_a_new_file_of_a_pattern(project: Project) -> None:
    """A file that the pattern names since then makes the answer void."""
    project.exports = {"voices": ['"voices*.csv"']}
    key = ask(project.config)
    count(key)
    assert again(key) is not None
    (project.folder / "voices9.csv").write_bytes((project.folder / "voices0.csv").read_bytes())
    assert again(key) is None


def test_the_same_file_twice(project: Project) -> None:
    """A file that repeats another belongs to the inputs: when it changes, the answer is void."""
    copy = project.folder / "voices1.csv"
    copy.write_bytes((project.folder / "voices0.csv").read_bytes())
    os.utime(copy, ns=(1, 1))
    project.exports = {"voices": ['"voices*.csv"']}
    key = ask(project.config)
    summary = count(key)
    assert [fault.kind.code for fault in summary.faults] == ["D310"]
    assert again(key) is not None
    copy.write_bytes(copy.read_bytes()[::-1])
    os.utime(copy, ns=(1, 1))
    assert again(key) is None


def test_settings_that_change_meanwhile(project: Project) -> None:
    """What was counted by other settings than the key stands for is not kept."""
    key = ask(project.config)
    summary = count(ask(project.config, by="line"))
    settings = read_settings(key.config)
    text = project.config.read_text(encoding="utf-8")
    project.toml("reach_back_months = 5")
    assert project.config
    keep(key, settings, TODAY, summary)
    project.config.write_text(text, encoding="utf-8")
    assert find(key) is None


def test_cells_of_faults(project: Project) -> None:
    """Cells are not kept: who asks for them gets no answer where there were any."""
    project.export("voices", ["V3,2025/9/31,生保,感謝,秘密の課,"])
    key = ask(project.config)
    summary = count(key)
    assert [fault.value for fault in summary.faults] == ["2025/9/31"]
    assert again(key, show_values=True) is None
    answer = again(key)
    assert answer is not None
    bare = tuple(replace(fault, value=None) for fault in summary.faults)
    assert answer.summary == replace(summary, faults=bare)
    content = read_entry(key.name)
    assert content is not None
    assert b"9/31" not in content
    assert "秘密".encode() not in content


def test_no_faults_have_no_cells(project: Project) -> None:
    """Where nothing was left out, the answer serves who asks for cells as well."""
    key = ask(project.config)
    count(key)
    assert again(key, show_values=True) is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"key": "other"}',
    ],
)
def test_a_foreign_entry(content: bytes, project: Project) -> None:
    """An entry that is whole and not ours is no answer, and gives way to ours."""
    key = ask(project.config)
    write_entry(key.name, content)
    assert again(key) is None
    summary = count(key)
    answer = again(key)
    assert answer is not None
    assert answer.summary == summary


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (0, "0" * 64),
        (1, None),
        (2, "Nowhere/City"),
        (2, "../../etc/passwd"),
        (2, 5),
        (3, 5),
        (3, "/nowhere"),
        (4, None),
        (5, {"voices0.csv": [["too", "short"]]}),
        (5, []),
        (6, None),
        (7, {}),
        (8, "published"),
    ],
)
def test_an_entry_with_a_wrong_part(part: int, value: object, project: Project) -> None:
    """An entry of which one part makes no sense is no answer."""
    key = ask(project.config)
    count(key)
    entry = json.loads(read_entry(key.name) or b"")
    for wrong in ([*entry[:part], *entry[part + 1 :]], [*entry[:part], value, *entry[part + 1 :]]):
        write_entry(key.name, json.dumps(wrong).encode())
        assert find(key) is None


def test_settings_from_a_pipe(tmp_path: Path) -> None:
    """Settings that can be read only once are left alone."""
    os.mkfifo(tmp_path / "kpicli.toml")
    written = WrittenRequest("2025H1")
    assert key_of(tmp_path / "kpicli.toml", written) is None
    assert key_of(tmp_path / "none.toml", written) is None


def test_what_cannot_be_written_down(project: Project) -> None:
    """A summary with a value of a foreign type is not kept, and nothing fails."""
    key = ask(project.config)
    summary = replace(count(key), version=1.5)
    other = ask(project.config, as_of="2025-09-01")
    keep(other, read_settings(project.config), date(2025, 11, 1), summary)
    assert again(other) is None
