"""No test touches what is the user's own; none is answered from it unless it is about that."""

import signal
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

import kpicli.cli
from support.command_line import PROJECT, TODAY, Outcome, Run
from support.quick import is_costly, quick
from support.root import ROOT

settings.register_profile("untimed", deadline=None)  # no test may depend on how busy a machine is
settings.load_profile("untimed")

# A shell starts what runs in the background deaf to Ctrl-C, and that is handed on to children.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return 0 where single files are named: they end before workers have started."""
    named = [Path(argument.partition("::")[0]) for argument in config.args]
    return 0 if all(path.suffix == ".py" for path in named) else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Pass over files without a quick test where no other is wanted: some take long to import."""
    wanted = config.option.markexpr == "quick" and collection_path.match("test_*.py")
    return True if wanted and is_costly(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the quick tests."""
    for item in quick(items):
        item.add_marker("quick")


@pytest.fixture(scope="session", autouse=True)
def _no_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the whole session, and the processes it starts, a place where no folder can be."""
    file = tmp_path_factory.mktemp("home") / "no-folder"
    file.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(file))
        patch.setenv("XDG_STATE_HOME", str(file))
        yield


@pytest.fixture
def cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the test keep answers, and return the folder in which they will lie."""
    home = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home / "kpicli" / "summaries"


@pytest.fixture(scope="session")
def _secrets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder of its own for every test, the next at each step."""
    base = tmp_path_factory.mktemp("secrets")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def secret_file(_secrets: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the secret of frozen records out of the user's own folder."""
    folder = next(_secrets)
    folder.mkdir()
    file = folder / "own" / "secret"
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(file))
    return file


@pytest.fixture
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the user be one whom the system does not know, without HOME or any XDG folder."""

    def unknown(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", unknown)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the test remember what it showed or sent, and return the folder that will hold it."""
    home = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home / "kpicli"


@pytest.fixture
def voices_project(tmp_path: Path) -> Path:
    """Write a project of two voices, and return its folder."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run_in(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a runner: `run_in(folder, *args)` runs the command line in this process, there."""
    for name in ("KPICLI_LANG", "PYTHONIOENCODING", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KPICLI_TODAY", TODAY)

    def run(folder: Path, *args: str) -> Outcome:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["kpicli", *args])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            kpicli.cli.main()
        out, err = capfdbinary.readouterr()
        assert isinstance(end.value.code, int)
        return Outcome(end.value.code, out, err.decode())

    return run


@pytest.fixture
def run_kpicli(tmp_path: Path, run_in: Run) -> Run:
    """Return a runner: `run_kpicli(files, *args)` writes the files and runs in their folder.

    With None for files it runs in the sample project.
    """

    def run(files: Mapping[str, str | bytes] | None, *args: str) -> Outcome:
        for name, content in (files or {}).items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(data)
        return run_in(ROOT if files is None else tmp_path, *args)

    return run
