"""What a cluster cannot do ends in words that say what to do."""

import sys
from pathlib import Path

import fsspec
import pytest
from distributed import Client

from kpicli.base.errors import InputError, SettingsError
from kpicli.loaders.engines.cluster.engine import Dask
from support.cluster_processes import Cluster, counted, refused
from support.command_line import PROJECT, process


def test_what_does_not_go_together(config: Path) -> None:
    """An unknown engine, and a scheduler for this machine's own, are refused."""
    assert str(refused(config, engine="spark")) == "there is no engine 'spark'"
    assert str(refused(config, "tcp://x:1", "local")) == "--scheduler needs --engine dask"


def test_a_file_that_workers_do_not_see(client: Client, config: Path) -> None:
    """A file that is here but not where the workers are is not taken for a broken one."""
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/here/voices.csv", PROJECT["voices.csv"].encode())
    config.write_text('[exports]\nvoices = "memory://here/*.csv"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a worker cannot read it: cannot open memory://here"):
        counted(config, Dask(client))
    memory.rm("/here", recursive=True)


@pytest.mark.usefixtures("client")
def test_a_broken_file(cluster: Cluster, config: Path) -> None:
    """What is wrong with a file is said in the words of this machine's own engine."""
    (config.parent / "voices.csv").write_bytes(b'"V1,2025/4/1\n')
    asked = ("--config", str(config), "--lang", "en", "summarize", "-p", "2025H1")
    here = process(*asked)
    assert here.code == 4
    assert process(*asked, "--engine", "dask", "--scheduler", cluster.address) == here
    (config.parent / "voices.csv").write_bytes(b"PK\x03\x04 no workbook")
    here = process(*asked)
    assert here.code == 4
    assert process(*asked, "--engine", "dask", "--scheduler", cluster.address) == here


def test_dask_is_not_installed(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Dask the error says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    error = refused(config)
    assert (type(error), str(error)) == (SettingsError, "Dask is not installed")
    assert error.hint is not None
    assert error.hint.en == 'pip install "kpicli[dask]"'
