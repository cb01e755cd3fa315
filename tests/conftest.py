"""No test touches what is the user's own; none is answered from it unless it is about that."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # no test may depend on how busy a machine is
settings.load_profile("untimed")

# A shell starts what runs in the background deaf to Ctrl-C, and that is handed on to children.
signal.signal(signal.SIGINT, signal.default_int_handler)


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


@pytest.fixture(autouse=True)
def secret_file(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the secret of frozen records out of the user's own folder."""
    file = tmp_path_factory.mktemp("secret") / "own" / "secret"
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(file))
    return file


@pytest.fixture
def state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the test remember what it showed or sent, and return the folder that will hold it."""
    home = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home / "kpicli"
