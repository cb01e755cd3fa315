"""Records of many rows: the rows stand in a file beside the record, which is written first."""

import json
import os
import resource
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kpicli
from kpicli.base.errors import InputError, KpicliError, OutputError
from kpicli.base.storage import write_whole
from kpicli.published.rows import apart
from kpicli.published.store import RecordFolder
from support.frozen_project import FrozenProject
from support.small_project import TODAY, Project

LINES = [
    *(f"V{n},2025/{4 + n % 6}/1,{('生保', '損保')[n % 2]},感謝,," for n in range(1, 9)),
    "V9,2024/10/1,生保,不満,,2025/6/1",
]
TALKS = [f"E{n},2025/5/1,C{n % 3},高額療養費制度,有,生保,S{n % 2}" for n in range(5)]
STAFF = ["S0,生保,2020/4/1,", "S1,損保,2020/4/1,"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FrozenProject:
    """Return a project in which few rows are many: two, and a record has them apart."""
    monkeypatch.setattr(apart, "MOST_WHOLE", 2)
    return made(tmp_path / "project")


def made(folder: Path) -> FrozenProject:
    """Return a project of voices, explanations and the staff who gave them."""
    folder.mkdir(parents=True)
    small = Project(folder).export("voices", LINES).export("explanations", TALKS)
    return FrozenProject.of(small.export("staff", STAFF, covers=None))


def files(project: FrozenProject, pattern: str = "*.parquet") -> list[Path]:
    """Return the files of rows in the folder of records."""
    return sorted(project.folder.glob(f"published/{pattern}"))


def raw(project: FrozenProject, name: str = "2025H1.json") -> dict[str, Any]:
    """Return a record as its file has it."""
    found: dict[str, Any] = json.loads((project.folder / "published" / name).read_bytes())
    return found


def refused(project: FrozenProject) -> str:
    """Return what is said of a record that cannot be read."""
    with pytest.raises(InputError) as error:
        project.diff()
    return error.value.message.en


def test_the_bound(tmp_path: Path) -> None:
    """Ten thousand rows stand in the record; with one more all are in the file, each counted.

    What the file says is counted again by plain rows: figures, states and numbers agree.
    """
    rows = [f"V{n},2025/{4 + n % 7}/1,損保,{('感謝', '不満')[n % 2]},," for n in range(10_001)]
    for number in (10_000, 10_001):
        folder = tmp_path / str(number)
        folder.mkdir()
        project = FrozenProject.of(Project(folder).export("voices", rows[:number]))
        project.freeze()
        written = raw(project)
        assert written["schema_version"] == (2 if number == 10_000 else 3)
        assert len(files(project)) == (0 if number == 10_000 else 1)
    (file,) = files(project)
    held = pq.read_table(file).to_pylist()
    assert written["row_file"] == {
        "name": file.name, "sha256": written["row_file"]["sha256"], "rows": len(held)
    }  # fmt: skip
    assert written["sources"][0]["rows"] == len({row["key"] for row in held}) == 10_001
    for kpi in (kpi for kpi in written["kpis"] if kpi["source"] is not None):
        counted = [row[f"kpis.{kpi['id']}.figures"] for row in held]
        assert kpi["rows"] == sum(figures is not None for figures in counted)
        assert kpi["states"] == Counter(row[f"kpis.{kpi['id']}.state"] for row in held)
        for place, figure in enumerate(kpi["figures"]):
            own = sum(str(place) in (figures or "").split() for figures in counted)
            assert figure["value"] == own
    assert {row["values.received_on"] for row in held if row["kpis.voices.figures"]} == {
        f"2025-{month:02}-01" for month in range(4, 10)
    }
    assert file.stat().st_size < 30 * 10_001
    assert not project.diff().changed


EDITS: dict[str, Callable[[list[str]], list[str]]] = {
    "nothing": lambda lines: lines,
    "another part": lambda lines: [line.replace("感謝", "不満") for line in lines],
    "rows gone and new": lambda lines: [*lines[:3], "V77,2025/5/5,生保,要望,,", *lines[5:]],
    "in doubt": lambda lines: [line.replace("2025/6/1,", "2025/6/31,") for line in lines],
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_has_moved_is_the_same(
    edit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row by row the comparison says what it says of a record that holds its rows itself."""
    told = []
    for most in (2, 10_000):
        monkeypatch.setattr(apart, "MOST_WHOLE", most)
        project = made(tmp_path / str(most))
        project.freeze()
        assert len(files(project)) == (most == 2)
        project.edit("voices0.csv", EDITS[edit])
        project.edit("explanations0.csv", lambda lines: [x.replace("C2,", "C1,") for x in lines])
        told.append(project.diff())
    assert told[0] == told[1]
    assert told[0].changed


def test_a_file_that_is_gone(project: FrozenProject) -> None:
    """It is named, and what to do; without comparing with what was published, figures are told."""
    project.freeze()
    (file,) = files(project)
    file.unlink()
    assert refused(project) == (
        f"published/2025H1.json cannot be read: {file.name}, which holds its rows, "
        "cannot be opened: there is no such file"
    )
    config = project.folder / "kpicli.toml"
    with pytest.raises(InputError, match="cannot be opened") as error:
        kpicli.summarize("2025H2", compare=["previous"], config=config, today=TODAY)
    assert error.value.hint is not None
    assert "put it back beside the record" in error.value.hint.en
    assert "kpicli freeze --period 2025H1 --revise makes a new edition" in error.value.hint.en
    assert "add --recompute to summarize" in error.value.hint.en
    again = kpicli.summarize(
        "2025H2", compare=["previous"], config=config, today=TODAY, recompute=True
    )
    assert again.figures


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # fmt: skip
@given(data=st.data())
def test_a_file_that_is_damaged(project: FrozenProject, data: st.DataObject) -> None:
    """Any byte changed, or any number of them cut off: it is not what was frozen."""
    if not files(project):
        project.freeze()
    (file,) = files(project)
    content = file.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    changed = content[:at]
    if data.draw(st.booleans()):
        changed += bytes([content[at] ^ data.draw(st.integers(1, 255))]) + content[at + 1 :]
    try:
        file.write_bytes(changed)
        told = refused(project)
    finally:
        file.write_bytes(content)
    assert f"{file.name}, which holds its rows, is not as it was frozen" in told
    assert not project.diff().changed


def test_a_file_of_another_period(project: FrozenProject) -> None:
    """Put in its place, it is not what was frozen; nor is one that the record is made to name."""
    project.freeze()
    (own,) = files(project)
    project.freeze("2024H2")
    (other,) = (file for file in files(project) if file != own)
    kept = own.read_bytes()
    shutil.copy(other, own)
    assert f"{own.name}, which holds its rows, is not as it was frozen" in refused(project)
    own.write_bytes(kept)
    record = project.folder / "published" / "2025H1.json"
    record.write_text(record.read_text(encoding="utf-8").replace(own.name, other.name), "utf-8")
    assert refused(project) == (
        "published/2025H1.json has been edited since it was frozen: row_file"
    )


def test_figures_alone(project: FrozenProject, secret_file: Path) -> None:
    """Where only figures are needed rows are not read, unless no seal can vouch for the figures.

    The file must be there and as it was all the same.
    """
    project.freeze()
    (file,) = files(project)
    period, content = project.period("2025H1"), file.read_bytes()

    def rows() -> dict[str, int]:
        stored = RecordFolder(project.settings).read(period, rows=False)
        assert stored is not None
        return {source.id: len(source.rows) for source in stored.record.sources}

    def refused_too() -> None:
        file.write_bytes(content[:-1])
        with pytest.raises(InputError, match="is not as it was frozen"):
            rows()
        file.write_bytes(content)

    assert rows() == {"voices": 0, "explanations": 0, "staff": 0}
    refused_too()
    secret_file.unlink()
    assert rows() == {"voices": 9, "explanations": 5, "staff": 2}
    refused_too()


@pytest.mark.parametrize("change", ["rows", "figures", "name", "columns"])
def test_a_record_that_does_not_fit_its_rows(
    change: str, project: FrozenProject, secret_file: Path
) -> None:
    """Where nothing can tell by the seal what was edited, the rows themselves contradict it."""
    project.freeze()
    secret_file.unlink()
    written = raw(project)
    voices = next(kpi for kpi in written["kpis"] if kpi["id"] == "voices")
    told = f"row_file: {written['row_file']['name']} holds other rows"
    if change == "rows":
        voices["rows"] += 1
    if change == "figures":
        voices["figures"][0]["value"] += 1
        told = "kpis.voices.figures.0: the rows make another number"
    if change == "name":
        written["row_file"]["name"] = "../secret"
        told = "row_file: name: is not that of its content"
    if change == "columns":
        voices["columns"].append("line2")
        told = "does not hold the rows of this record: other columns"
    record = project.folder / "published" / "2025H1.json"
    record.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    assert told in refused(project)


def test_each_edition_keeps_its_rows(project: FrozenProject) -> None:
    """Older ones stay as they are, each with its file; it is told where that is gone or changed."""
    project.freeze()
    (first,) = files(project)
    project.edit("voices0.csv", EDITS["another part"])
    assert project.freeze(revise=True).warnings == ()
    assert raw(project, "2025H1.1.json")["row_file"]["name"] == first.name
    assert len(files(project)) == 2
    assert not project.diff().changed
    assert project.diff().notes == ()
    content = first.read_bytes()
    for changed in (content[:-1], content[:40] + bytes([content[40] ^ 1]) + content[41:]):
        first.write_bytes(changed)
        (note,) = project.diff().notes
        assert note.en == (
            f"published/{first.name}: the older edition is not as it was when the next one was "
            "frozen (published/2025H1.1.json)"
        )
    first.unlink()
    (note,) = project.diff().notes
    assert note.en == (
        f"published/{first.name}: an edition that was there before a newer one is not there "
        "(published/2025H1.1.json)"
    )


@pytest.mark.parametrize("lost", ["gone", "damaged"])
def test_a_new_edition_where_the_rows_are_lost(project: FrozenProject, lost: str) -> None:
    """Without its file of rows a period can be frozen anew, and what is lost with them is told.

    The older figures stay to the byte; the new edition has its own rows and is whole.
    """
    project.freeze()
    (file,) = files(project)
    before = (project.folder / "published" / "2025H1.json").read_bytes()
    if lost == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1])
    project.edit("voices0.csv", EDITS["another part"])
    with pytest.raises(OutputError, match="is there already") as error:
        project.freeze()
    assert error.value.hint is not None
    assert "--revise" in error.value.hint.en
    frozen = project.freeze(revise=True)
    assert [warning.en.partition(": ")[0] for warning in frozen.warnings] == [
        f"published/{file.name}", "the rows of edition 1 are lost"
    ]  # fmt: skip
    assert "stay in published/2025H1.1.json" in frozen.warnings[1].en
    assert (project.folder / "published" / "2025H1.1.json").read_bytes() == before
    found = project.diff()
    assert not found.changed
    assert (found.edition, len(found.notes)) == (2, 1)
    assert raw(project)["row_file"]["name"] != file.name


def test_a_new_edition_of_the_rows_that_were_lost(project: FrozenProject) -> None:
    """The same rows make the same file: it is back, for the older edition too."""
    project.freeze()
    (file,) = files(project)
    content = file.read_bytes()
    for lost in (None, content[:-1]):
        file.unlink()
        if lost is not None:
            file.write_bytes(lost)
        assert project.freeze(revise=True).warnings == ()
        assert file.read_bytes() == content
        assert project.diff().notes == ()


def test_rows_of_older_editions_are_read_where_rows_are_asked_for(project: FrozenProject) -> None:
    """Where figures are enough, that their files are there is: it is told if one is not."""
    project.freeze()
    (first,) = files(project)
    project.edit("voices0.csv", EDITS["another part"])
    project.freeze(revise=True)
    period, folder = project.period("2025H1"), RecordFolder(project.settings)

    def findings() -> list[list[str]]:
        read = (folder.read(period, rows=rows) for rows in (False, True))
        return [[own.kind.code for own in stored.findings] for stored in read if stored]

    assert findings() == [[], []]
    first.write_bytes(first.read_bytes()[:-1])
    assert findings() == [[], ["D504"]]
    first.unlink()
    assert findings() == [["D503"], ["D503"]]


def test_the_same_rows_again(project: FrozenProject) -> None:
    """A new edition of the same rows names the same file."""
    project.freeze()
    before = files(project)
    project.freeze(revise=True, note="同じ行")
    assert files(project) == before
    assert not project.diff().changed


def in_a_child(freeze: Callable[[], object]) -> int:
    """Run something in a forked process and return how that ended: its exit code or signal."""
    child = os.fork()
    if not child:
        code = 1
        try:
            freeze()
            code = 0
        except KpicliError as error:
            code = error.exit_code
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(*_: object, **__: object) -> None:
    """End the process as a machine does that loses its power."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
@pytest.mark.parametrize("frozen_before", [False, True])
def test_killed_between_the_two_files(
    frozen_before: bool, project: FrozenProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is as it was; the file that no record names is told by the next freezing."""
    if frozen_before:
        project.freeze()
    before = {file.name: file.read_bytes() for file in files(project, "*.json")}
    known = files(project)
    project.edit("voices0.csv", EDITS["another part"])
    with monkeypatch.context() as patch:
        patch.setattr("kpicli.published.writing.write_whole", killed)
        ended = in_a_child(lambda: project.freeze(revise=frozen_before))
    assert ended == -signal.SIGKILL
    assert {file.name: file.read_bytes() for file in files(project, "*.json")} == before
    (left,) = {*files(project)} - {*known}
    project.edit("voices0.csv", EDITS["rows gone and new"])
    (warning,) = project.freeze(revise=frozen_before).warnings
    assert f"{left.name} holds rows of no record that is here" in warning.en
    assert not project.diff().changed
    left.unlink()
    assert project.freeze(revise=True).warnings == ()


@pytest.mark.parametrize("limit", [2_000, 25_000])
def test_no_space_for_one_of_the_files(limit: int, project: FrozenProject) -> None:
    """Neither the file of rows nor a part of it is left where it, or the record, is too large."""

    def freeze() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        project.freeze()

    assert in_a_child(freeze) == OutputError.exit_code
    assert [file.name for file in files(project, "*")] == [".kpicli.lock"][: limit > 10_000]
    project.freeze()
    (rows,) = files(project)
    record = project.folder / "published" / "2025H1.json"
    assert (rows.stat().st_size > limit, record.stat().st_size > limit) == (limit < 10_000, True)


def test_a_file_of_that_name_stays_where_the_record_fails(
    project: FrozenProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be of an older edition, whose rows are the same."""
    project.freeze()
    before = files(project)

    def full(target: Path, content: bytes, **named: bool) -> None:
        if target.name == "2025H1.json":
            raise OSError(28, "No space left on device")
        write_whole(target, content, **named)

    monkeypatch.setattr("kpicli.published.writing.write_whole", full)
    with pytest.raises(OutputError, match="no space left"):
        project.freeze(revise=True)
    monkeypatch.undo()
    assert files(project) == before
    assert not project.diff().changed
