"""Whoever does the reading, in spans of whatever size: the same datasets come of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.engines import interface as engine_module
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.files import content as content_module
from kpicli.loaders.files.content import FileContent, open_content
from kpicli.loaders.rows.dataset import Dataset
from messy.exports import write_exports
from support.engines import ENGINES, double, loaded, small
from support.root import ROOT
from support.workbooks import write_large_workbooks


def assert_same(one: Dataset, other: Dataset) -> None:
    """Assert that two datasets have the same rows, accounting, files, faults and places."""
    assert (one.accounting, one.files, one.faults) == (other.accounting, other.files, other.faults)
    assert one.coverage == other.coverage
    assert one.frame.equals(other.frame)
    assert (one.faulty == other.faulty).all()
    assert one.unreadable.keys() == other.unreadable.keys()
    for row in range(0, len(one), 50):
        assert one.place(row) == other.place(row)
        for name in one.source.columns:
            assert one.raw([row], [name]) == other.raw([row], [name])


@pytest.fixture(scope="module", params=["sample", "messy", "workbooks"])
def config(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the settings of the sample project, and of messy exports or workbooks that overlap."""
    if request.param == "sample":
        return ROOT / "kpicli.toml"
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "workbooks":
        write_large_workbooks(folder)
    else:
        write_exports(folder, 3)
    return folder / "kpicli.toml"


@pytest.fixture(scope="module")
def expected(config: Path) -> dict[str, Dataset]:
    """Return every source as it is read without any sharing out."""
    return loaded(config)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_comes_to_the_same(
    engine: type[SingleThread | Threads | Processes], config: Path, expected: dict[str, Dataset]
) -> None:
    """Faults, warnings, their order and the way back to the cells do not depend on the spans."""
    found = loaded(config, small(engine))
    assert list(found) == list(expected)
    for name, dataset in found.items():
        assert_same(dataset, expected[name])


@pytest.mark.parametrize("engine", ENGINES)
def test_results_come_in_the_order_of_their_tasks(
    engine: type[SingleThread | Threads | Processes],
) -> None:
    """However long each takes, and however many there are; tasks are taken little by little."""
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(12):
            taken.append(number)
            yield number

    results = engine().map(double, tasks())
    assert next(results) == (0, 0)
    assert len(taken) < 12
    assert list(results) == [(number, 2 * number) for number in range(1, 12)]
    assert list(engine().map(double, iter(()))) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_task_raises_is_raised_in_its_turn(
    engine: type[SingleThread | Threads | Processes],
) -> None:
    """The results before it come first, as if one thing were done after the other."""
    results = engine().map(double, range(10, 20))
    assert [next(results)[1] for _ in range(3)] == [20, 22, 24]
    with pytest.raises(InputError):
        next(results)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("much", [0, 1 << 24])
def test_every_file_has_its_hash(
    engine: type[SingleThread | Threads | Processes],
    much: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Taken at once or meanwhile, it is that of the file's bytes; a file named twice has one."""
    monkeypatch.setattr(engine_module, "_MUCH", much)
    texts = {f"{number}.csv": bytes([number]) * number for number in range(5)}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
    contents = [open_content(tmp_path / name, name) for name in (*texts, "3.csv")]
    with engine().hashes(contents) as sha256:
        found = [sha256(content) for content in contents]
    assert found == [hashlib.sha256(text).hexdigest() for text in (*texts.values(), texts["3.csv"])]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("much", [0, 1 << 24])
def test_a_file_that_changes_before_it_is_hashed_is_told(
    engine: type[SingleThread | Threads | Processes],
    much: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was read and what is hashed are the same bytes, or there is no answer."""
    monkeypatch.setattr(engine_module, "_MUCH", much)
    file = tmp_path / "a.csv"
    file.write_bytes(b"abc")
    content = open_content(file, "a.csv")
    file.write_bytes(b"abcd")
    with engine().hashes([content]) as sha256, pytest.raises(InputError):
        sha256(content)
    with engine().hashes([content]):
        pass  # nobody has asked for it


def test_what_fails_meanwhile_waits_for_no_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever gives up is not kept until gigabytes are hashed, of many files or of one."""
    monkeypatch.setattr(engine_module, "_MUCH", 0)
    monkeypatch.setattr(content_module, "_HASHED_AT_ONCE", 1)
    (tmp_path / "a.csv").write_bytes(bytes(100_000))
    content = open_content(tmp_path / "a.csv", "a.csv")
    reads: list[int] = []
    read = FileContent.read

    def counting(self: FileContent, start: int, stop: int) -> bytes:
        reads.append(start)
        return read(self, start, stop)

    monkeypatch.setattr(FileContent, "read", counting)
    with pytest.raises(KeyboardInterrupt), SingleThread().hashes([content]):
        raise KeyboardInterrupt
    assert len(reads) < 50_000
