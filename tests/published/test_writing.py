"""Writing records: by one process at a time, whole, and no edition is lost or told for nothing."""

import errno
import json
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from kpicli.base.errors import OutputError
from kpicli.published.secret import Secret, find_secret
from kpicli.published.store import RecordFolder
from kpicli.published.writing import sealed_content, write_record
from support.command_line import environment
from support.frozen_project import FrozenProject
from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]


@pytest.fixture
def project(tmp_path: Path) -> FrozenProject:
    """Return a project of two voices."""
    return FrozenProject.of(Project(tmp_path).export("voices", VOICES))


def at_once(project: FrozenProject, *args: str) -> list[tuple[int, str, str]]:
    """Freeze in three processes that start together; return what each of them says."""
    children = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "kpicli", "--lang", "en", "freeze"),
                *("--period", "2025H1", "--note", f"run {number}", *args),
            ],
            cwd=project.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(3)
    ]
    said = [child.communicate(timeout=120) for child in children]
    return [
        (child.returncode, out.decode(), err.decode())
        for child, (out, err) in zip(children, said, strict=True)
    ]


def editions(project: FrozenProject) -> list[str]:
    """Return the notes of all editions that exist, the oldest first."""
    files = sorted(project.folder.glob("published/*.json"), key=lambda file: len(file.name))
    raws = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [raw["note"] for raw in sorted(raws, key=lambda raw: raw["edition"])]


def key(project: FrozenProject) -> Secret:
    """Return the secret of a project that has been frozen."""
    secret = find_secret(project.settings)
    assert secret is not None
    return secret


@pytest.mark.parametrize("rows", [2, 10_001])
def test_three_first_freezings_at_once(rows: int, tmp_path: Path, secret_file: Path) -> None:
    """One wins; the others say so and exit 7; the secret is one, and the record is under it.

    So it is where the rows have a file of their own: there is one, which the record names.
    """
    lines = [f"V{number},2025/5/1,損保,不満,," for number in range(rows)]
    project = FrozenProject.of(Project(tmp_path).export("voices", lines))
    outcomes = at_once(project)
    assert sorted(code for code, *_ in outcomes) == [0, 7, 7]
    (winner,) = [number for number, (code, *_) in enumerate(outcomes) if code == 0]
    assert editions(project) == [f"run {winner}"]
    for code, out, err in outcomes:
        assert ("frozen" in out) is (code == 0)
        if code:
            assert "in the meantime; nothing has been written" in err or "is there already" in err
    assert len(secret_file.read_bytes()) == 65
    secret = find_secret(project.settings)
    stored = RecordFolder(project.settings).read(project.period("2025H1"))
    assert secret is not None
    assert stored is not None
    assert (stored.record.secret_check, stored.findings) == (secret.check, ())
    named = [] if stored.record.row_file is None else [stored.record.row_file.name]
    assert [file.name for file in project.folder.glob("published/*.parquet")] == named
    assert len(named) == (rows > 10_000)


def test_three_revisions_at_once(project: FrozenProject) -> None:
    """Every edition that was told as frozen exists, under its own number."""
    project.freeze(note="first")
    outcomes = at_once(project, "--revise")
    told = {
        out.partition(" edition ")[2].partition(",")[0]: f"run {number}"
        for number, (code, out, _) in enumerate(outcomes)
        if code == 0
    }
    assert told
    assert {code for code, *_ in outcomes} <= {0, 7}
    kept = editions(project)
    assert kept[0] == "first"
    assert {str(number): note for number, note in enumerate(kept[1:], 2)} == told
    assert project.diff().notes == ()


def test_what_was_frozen_meanwhile_is_not_overwritten(project: FrozenProject) -> None:
    """Who read another content than lies there when the record is written writes nothing."""
    first = project.freeze(note="first")
    period, settings = project.period("2025H1"), project.settings
    read_before = RecordFolder(settings).read(period)
    second = project.freeze(note="second", revise=True)
    before = {file.name: file.read_bytes() for file in project.folder.glob("published/*.json")}
    content = sealed_content(first.record, key(project))
    assert content == before["2025H1.1.json"]
    for known in (None, read_before):
        with pytest.raises(OutputError, match="nothing has been written"):
            write_record(settings, period, first.record, key(project), known)
    after = {file.name: file.read_bytes() for file in project.folder.glob("published/*.json")}
    assert after == before
    assert before["2025H1.json"] == sealed_content(second.record, key(project))


def test_a_record_that_was_deleted_meanwhile(project: FrozenProject) -> None:
    """Where the edition that was read is gone, that is no first edition either."""
    frozen = project.freeze()
    period, settings = project.period("2025H1"), project.settings
    known = RecordFolder(settings).read(period)
    (project.folder / "published" / "2025H1.json").unlink()
    with pytest.raises(OutputError, match="nothing has been written"):
        write_record(settings, period, frozen.record, key(project), known)


def test_a_row_a_line(project: FrozenProject) -> None:
    """Two editions can be compared line by line: what is small stands on one line."""
    project.freeze(note="公表")
    file = project.folder / "published" / "2025H1.json"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert ' "note": "公表",' in lines
    assert any(line.strip().startswith('["') and line.count("[") == 1 for line in lines)
    assert max(map(len, lines)) < 1000
    rows = [row for source in json.loads("\n".join(lines))["sources"] for row in source["rows"]]
    assert len(rows) == 2
    for row in rows:
        assert sum(json.loads(line.strip().rstrip(",")) == row for line in lines if row[0] in line)


def test_a_disk_that_fills_up_leaves_what_was_there(
    project: FrozenProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new edition cannot be written, the older one is not kept twice."""
    project.freeze(note="first")
    syncs = count(1)  # the older edition, its folder, the newer one

    def fill_up(_: int) -> None:
        if next(syncs) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr("kpicli.base.storage.os.fsync", fill_up)
        with pytest.raises(OutputError, match="no space left"):
            project.freeze(note="second", revise=True)
    assert [file.name for file in project.folder.glob("published/*.json")] == ["2025H1.json"]
    assert editions(project) == ["first"]
    assert project.diff().notes == ()
