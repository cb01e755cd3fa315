"""Answers that are kept: found where nothing has changed, and only there."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

import kpicli
from kpicli.cache import answers
from kpicli.cache.answers import Answer, Question, find, keep, key_of
from kpicli.cache.entries import read_entry, write_entry
from kpicli.model.figures import Summary
from kpicli.settings.settings import read_settings
from support.small_project import TODAY, Project

VOICES = ("V1,2025/4/1,損保,感謝,損保-1課,", "V2,2025/5/2,生保,不満,,2025/6/1")


@pytest.fixture
def project(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project whose answers can be kept."""
    assert not cache_folder.exists()
    monkeypatch.setenv("KPICLI_TODAY", TODAY.isoformat())
    return Project(tmp_path).export("voices", VOICES)


def ask(config: Path) -> Question:
    """Return a question about the voices of a half."""
    return Question(config, "2025H1", ("voices",))


def count(question: Question) -> Summary:
    """Return the summary of a question, counted, and keep it."""
    assert question.config is not None
    key = key_of(question)
    summary = kpicli.summarize(
        question.period, kpis=question.kpis, by=question.by, config=question.config, today=TODAY
    )
    keep(question, key, read_settings(question.config), TODAY, summary)
    return summary


def found(question: Question, *, show_values: bool = False) -> Answer | None:
    """Return what is kept for a question."""
    key = key_of(question)
    assert key is not None
    return find(key, show_values=show_values)


def test_found(project: Project) -> None:
    """The same question has the same summary, and the inputs are known with it."""
    question = ask(project.config)
    assert found(question) is None
    summary = count(question)
    answer = found(question)
    own = read_settings(project.config).protected_paths
    assert [kind for kind, _ in own] == ["settings", "published", "narrative"]
    assert answer == Answer(summary, project.folder, ("voices0.csv",), own)


def test_every_word_counts(project: Project) -> None:
    """A question of other words is another one."""
    question = ask(project.config)
    others = [
        replace(question, period="2025-04"),
        replace(question, kpis=("voices", "voices_nonlife")),
        replace(question, kpis=()),
        replace(question, by="line"),
        replace(question, compare=("previous",)),
        replace(question, as_of="2025-09-01"),
    ]
    assert len({key_of(each) for each in (question, *others)}) == 7


@pytest.mark.parametrize(
    "change",
    ["settings", "version", "program", "today", "export", "content"],
)
def test_whatever_changes(change: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other settings, another kpicli, another day or other files: no answer."""
    question = ask(project.config)
    count(question)
    assert found(question) is not None
    if change == "settings":
        project.toml("# a comment")
        assert project.config
    elif change == "version":
        monkeypatch.setattr(answers, "VERSION", "0.2.0")
    elif change == "program":
        monkeypatch.setattr(answers, "_program", lambda: ["another"])
    elif change == "today":
        monkeypatch.setenv("KPICLI_TODAY", "2025-11-02")
    elif change == "export":
        project.export("voices", VOICES[:1])
        assert project.config
    else:
        (project.folder / "voices0.csv").write_bytes(b"\n")
    assert found(question) is None


def test_the_program_by_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file of kpicli with another time, size or name, or another catalogue, makes another one."""
    (tmp_path / "catalog").mkdir()
    code, data = tmp_path / "__init__.py", tmp_path / "catalog" / "a.toml"
    code.write_bytes(b"1")
    data.write_bytes(b"1")
    os.utime(code, ns=(1, 1))
    os.utime(data, ns=(1, 1))
    monkeypatch.setattr(answers, "_PACKAGE", tmp_path)
    programs = [answers._program()]
    assert answers._program() == programs[0]
    os.utime(code, ns=(2, 2))
    programs.append(answers._program())
    data.write_bytes(b"2")
    os.utime(data, ns=(1, 1))
    programs.append(answers._program())
    code.rename(tmp_path / "other.py")
    programs.append(answers._program())
    assert len({tuple(each) for each in programs}) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").touch()
    assert answers._program() == programs[-1]


def test_a_program_without_files(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kpicli that has no files to be told by keeps nothing."""
    monkeypatch.setattr(answers, "_PACKAGE", Path("/nowhere/kpicli.zip/kpicli"))
    assert key_of(ask(project.config)) is None


def test_a_new_file_of_a_pattern(project: Project) -> None:
    """A file that the pattern names since then makes the answer void."""
    project.exports = {"voices": ['"voices*.csv"']}
    question = ask(project.config)
    count(question)
    assert found(question) is not None
    (project.folder / "voices9.csv").write_bytes((project.folder / "voices0.csv").read_bytes())
    assert found(question) is None


def test_the_same_file_twice(project: Project) -> None:
    """A file that repeats another belongs to the inputs: when it changes, the answer is void."""
    copy = project.folder / "voices1.csv"
    copy.write_bytes((project.folder / "voices0.csv").read_bytes())
    os.utime(copy, ns=(1, 1))
    project.exports = {"voices": ['"voices*.csv"']}
    question = ask(project.config)
    summary = count(question)
    assert [fault.kind.code for fault in summary.faults] == ["D310"]
    assert found(question) is not None
    copy.write_bytes(copy.read_bytes()[::-1])
    os.utime(copy, ns=(1, 1))
    assert found(question) is None


def test_settings_that_change_meanwhile(project: Project) -> None:
    """What was counted by other settings than the key stands for is not kept."""
    question = ask(project.config)
    key = key_of(question)
    summary = count(replace(question, by="line"))
    settings = read_settings(question.config)
    text = project.config.read_text(encoding="utf-8")
    project.toml("reach_back_months = 5")
    assert project.config
    keep(question, key, settings, TODAY, summary)
    project.config.write_text(text, encoding="utf-8")
    assert find(key) is None


def test_cells_of_faults(project: Project) -> None:
    """Cells are not kept: who asks for them gets no answer where there were any."""
    project.export("voices", ["V3,2025/9/31,生保,感謝,秘密の課,"])
    question = ask(project.config)
    summary = count(question)
    assert [fault.value for fault in summary.faults] == ["2025/9/31"]
    assert found(question, show_values=True) is None
    answer = found(question)
    assert answer is not None
    bare = tuple(replace(fault, value=None) for fault in summary.faults)
    assert answer.summary == replace(summary, faults=bare)
    key = key_of(question)
    assert key is not None
    content = read_entry(key)
    assert content is not None
    assert b"9/31" not in content
    assert "秘密".encode() not in content


def test_no_faults_have_no_cells(project: Project) -> None:
    """Where nothing was left out, the answer serves who asks for cells as well."""
    question = ask(project.config)
    count(question)
    assert found(question, show_values=True) is not None


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
    question = ask(project.config)
    key = key_of(question)
    assert key is not None
    write_entry(key, content)
    assert found(question) is None
    summary = count(question)
    answer = found(question)
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
    question = ask(project.config)
    count(question)
    key = key_of(question)
    assert key is not None
    entry = json.loads(read_entry(key) or b"")
    for wrong in ([*entry[:part], *entry[part + 1 :]], [*entry[:part], value, *entry[part + 1 :]]):
        write_entry(key, json.dumps(wrong).encode())
        assert find(key) is None


def test_settings_from_a_pipe(tmp_path: Path) -> None:
    """Settings that can be read only once are left alone."""
    os.mkfifo(tmp_path / "kpicli.toml")
    assert key_of(Question(tmp_path / "kpicli.toml", "2025H1")) is None
    assert key_of(Question(tmp_path / "none.toml", "2025H1")) is None
    assert find(None) is None


def test_what_cannot_be_written_down(project: Project) -> None:
    """A summary with a value of a foreign type is not kept, and nothing fails."""
    question = ask(project.config)
    summary = replace(count(question), version=1.5)
    other = replace(question, as_of="2025-09-01")
    keep(other, key_of(other), read_settings(question.config), date(2025, 11, 1), summary)
    assert found(other) is None
