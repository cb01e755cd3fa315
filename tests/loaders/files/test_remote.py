"""Exports under URLs: the same files, figures and errors as under paths."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import known_implementations

import kpicli
from kpicli.base.errors import InputError, KpicliError, SettingsError
from kpicli.loaders.files.content import read_all
from kpicli.loaders.files.find_files import FoundFiles, find_files
from kpicli.output.formats import Options
from kpicli.output.formats.json import render
from kpicli.output.summary.answer import summary_answer
from support.command_line import voices
from support.root import ROOT
from support.small_project import TODAY

FIRST = voices("V1,2025/4/1,損保,感謝,,,", "V2,2025/5/2,生保,不満,,,").encode("cp932")
SECOND = voices("V2,2025/5/2,生保,不満,,,", "V3,2025/6/3,生保,要望,,,").encode()


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """Return fsspec's filesystem in memory, empty."""
    filesystem = MemoryFileSystem()
    filesystem.store.clear()
    yield filesystem
    filesystem.store.clear()


def found(*patterns: str, folder: Path = ROOT) -> FoundFiles:
    """Return what the patterns name."""
    return find_files(patterns, folder, "voices")


def refused(*patterns: str) -> KpicliError:
    """Return the error that looking for the patterns ends with."""
    with pytest.raises(KpicliError) as caught:
        found(*patterns)
    assert caught.value.hint is not None
    return caught.value


def test_patterns(memory: MemoryFileSystem) -> None:
    """Matches come by name, hidden and lock files left out, as URLs; a literal name is meant."""
    for name in ("/d/b.csv", "/d/a.csv", "/d/e/c.csv", "/d/.h.csv", "/d/~$a.csv", "/d/[1].csv"):
        memory.pipe_file(name, name.encode())

    def label(*patterns: str) -> list[str]:
        return [file.label for file in found(*patterns).files]

    assert label("memory://d/?.csv") == ["memory://d/a.csv", "memory://d/b.csv"]
    assert label("memory://d/**/c.csv") == ["memory://d/e/c.csv"]
    assert label("memory://d/b.csv", "memory://d/[ab].csv") == [
        "memory://d/b.csv",
        "memory://d/a.csv",
    ]
    assert label("memory://d/[1].csv") == ["memory://d/[1].csv"]


def test_the_same_content_is_read_once(memory: MemoryFileSystem, tmp_path: Path) -> None:
    """A file on the disk and its copy behind a URL are one file, named as repeated."""
    memory.pipe_file("/a.csv", FIRST)
    (tmp_path / "a.csv").write_bytes(FIRST)
    files = found("a.csv", "memory://a.csv", (tmp_path / "a.csv").as_uri(), folder=tmp_path)
    assert [file.label for file in files.files] == ["a.csv"]
    assert [(f.kind.code, f.other and f.other.file) for f in files.findings] == [
        ("D310", "a.csv"),
        ("D310", "a.csv"),
    ]


def test_bytes_in_part(memory: MemoryFileSystem) -> None:
    """Any stretch of a file can be read, also beyond its end."""
    memory.pipe_file("/a.csv", b"0123456789")
    (file,) = found("memory://a.csv").files
    assert file.content.read(2, 5) == b"234"
    assert file.content.read(8, 99) == b"89"
    assert file.content.read(99, 100) == b""
    assert read_all(file.content) == b"0123456789"


def test_a_file_that_changes(memory: MemoryFileSystem) -> None:
    """A file that is written anew, or goes, during the run ends it."""
    memory.pipe_file("/a.csv", FIRST)
    (file,) = found("memory://a.csv").files
    memory.pipe_file("/a.csv", FIRST)
    with pytest.raises(InputError, match="changed while it was read"):
        read_all(file.content)
    memory.rm("/a.csv")
    with pytest.raises(InputError, match=r"cannot open memory://a\.csv"):
        read_all(file.content)


@pytest.mark.parametrize("way", ["memory", "file"])
def test_the_sample_project_behind_urls(memory: MemoryFileSystem, tmp_path: Path, way: str) -> None:
    """All sources read through fsspec, the workbook too, give the figures of the files."""
    if way == "memory":
        memory.put(str(ROOT / "sample_data") + "/", "/sample_data/", recursive=True)
        base = "memory://sample_data"
    else:
        shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
        base = f"file://{tmp_path}/sample_data"
    text = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    config = tmp_path / "kpicli.toml"
    config.write_text(text.replace('"sample_data', f'"{base}'), encoding="utf-8")
    whole = kpicli.summarize("2025H1", config=ROOT / "kpicli.toml", today=TODAY)
    expected = render(summary_answer(whole), Options("ja"))
    summary = kpicli.summarize("2025H1", config=config, today=TODAY)
    assert {file.path.partition("//")[0] for file in summary.files} == {f"{way}:"}
    assert render(summary_answer(summary), Options("ja")) == expected.replace(
        '"sample_data', f'"{base}'
    )


def test_what_is_not_there(memory: MemoryFileSystem) -> None:
    """A URL that names nothing, or a folder, is an error that names it."""
    memory.pipe_file("/d/a.csv", FIRST)
    assert str(refused("memory://d/*.txt")) == "no file matches memory://d/*.txt"
    assert str(refused("memory://d/b.csv")) == "no file matches memory://d/b.csv"
    assert str(refused("memory://d")) == "memory://d is no file"


def test_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown scheme, a missing package and a missing fsspec say what to do."""
    unknown = refused("nosuch://bucket/*.csv")
    assert (type(unknown), str(unknown)) == (
        SettingsError,
        "nosuch://bucket/*.csv: nosuch:// is not known",
    )
    absent = {"class": "no_such_package.Absent", "err": "Install no_such_package"}
    monkeypatch.setitem(known_implementations, "absent", absent)
    lacking = refused("absent://me:secret@bucket/*.csv")
    assert str(lacking) == "absent://bucket/*.csv needs another package"
    assert lacking.hint is not None
    assert lacking.hint.en == "Install no_such_package"
    assert str(refused("zip://a.csv::memory://a.zip")).endswith("URLs cannot be chained")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    without = refused("s3://bucket/*.csv")
    assert str(without) == "s3://bucket/*.csv needs fsspec"
    assert without.hint is not None
    assert without.hint.en == 'pip install "kpicli[dask]"'


def test_what_a_filesystem_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the libraries behind a URL raise ends the run in words, without a password."""

    def exists(_: MemoryFileSystem, path: str) -> bool:
        raise RuntimeError(f"no credentials for memory:/{path}")

    monkeypatch.setattr(MemoryFileSystem, "exists", exists)
    error = refused("memory://me:secret@host/a.csv")
    assert type(error) is InputError
    assert str(error) == ("cannot open memory://host/a.csv: no credentials for memory://host/a.csv")
