"""A Dask cluster gives the figures, faults and accounting of this machine, byte for byte."""

import json
from pathlib import Path
from random import Random

import pytest
from distributed import Client

from kpicli.loaders.engines.cluster.engine import Dask
from kpicli.loaders.engines.local import SingleThread
from kpicli.loaders.reading import Progress
from messy.exports import write_exports
from support.cluster_processes import Cluster, Remembering, counted
from support.command_line import process
from support.engines import loaded
from support.messy_export import messy, seen
from support.parquet_files import sample_as_parquet
from support.root import ROOT
from support.small_project import Project
from support.wide_tables import UNPIVOT, monthly, text
from support.zips import zipped


@pytest.mark.parametrize("span", [None, 20_000])
def test_the_sample_project(client: Client, span: int | None) -> None:
    """All 13 sources, the workbook among them, read whole or in many spans."""
    config = ROOT / "kpicli.toml"
    assert counted(config, Dask(client, span)) == counted(config, SingleThread())


def test_messy_exports(client: Client, tmp_path: Path) -> None:
    """Overlapping exports in three encodings, with faults, duplicates and replaced rows.

    Every span is reported when its turn comes, up to the last byte.
    """
    write_exports(tmp_path, 1)
    config = tmp_path / "kpicli.toml"
    seen: list[Progress] = []
    found = counted(config, Dask(client, 10_000), seen.append)
    assert found == counted(config, SingleThread())
    summary = json.loads(found)
    sums = [source["accounting"] for source in summary["sources"]]
    assert all(sum(own[name] for own in sums) for name in ("duplicate", "superseded"))
    assert summary["faults"]
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert len(set(done)) > 20
    assert 0.99 * seen[-1].total < done[-1] <= seen[-1].total  # byte-order marks are no rows


def test_parquet(client: Client, tmp_path: Path) -> None:
    """Workers read Parquet by themselves, and what they hand back answers for its rows."""
    config = sample_as_parquet(tmp_path / "sample", typed=True, rows=100) / "kpicli.toml"
    assert counted(config, Dask(client, None)) == counted(config, SingleThread())


def test_a_zip(client: Client, tmp_path: Path) -> None:
    """Workers unpack the spans of a zip's members by themselves."""
    files = {f"{seed}/声.csv": messy(Random(seed)) for seed in (1, 2)}
    (tmp_path / "月次.zip").write_bytes(zipped(files, "cp932"))
    config = tmp_path / "kpicli.toml"
    config.write_text('[exports]\nvoices = "月次.zip/**/声.csv"\n', encoding="utf-8")
    read = counted(config, Dask(client, 4000))
    assert read == counted(config, SingleThread())
    assert [file["path"] for file in json.loads(read)["files"]] == [f"月次.zip/{n}" for n in files]


def test_the_command_line(cluster: Cluster) -> None:
    """`--engine dask` writes the same bytes, on a named cluster and on one that it starts."""
    asked = ("summarize", "-p", "2025H1", "--compare", "previous", "-f", "json")
    here = process(*asked)
    assert here.code == 0
    assert process(*asked, "--engine", "dask", "--scheduler", cluster.address) == here
    assert process(*asked, "--engine", "dask") == here


def test_what_is_known_of_cells_stays_with_a_worker(client: Client) -> None:
    """The readers go to each worker once, so that what they remember serves the next span."""
    engine = Dask(client)
    remembering = Remembering()
    places = [place for _, place in engine.map(remembering, range(40))]
    assert len({worker for worker, _ in places}) <= 2
    for own in {worker for worker, _ in places}:
        counts = [count for worker, count in places if worker == own]
        # Without a memory that goes from task to task each would count 1. Dask may run a task once
        # more, or begin two at the same moment, so not every count need be another.
        assert max(counts) > len(counts) / 2


def test_a_wide_table(client: Client, tmp_path: Path) -> None:
    """A table in which a line is not a row is read whole by one worker."""
    lines = ["地区,店舗,2025/4/1,2025/5/1", *(f"東,S{n},{n},{n % 7 or 'x'}" for n in range(300))]
    own = monthly(Project(tmp_path), "月次.csv", text(*lines), f'{UNPIVOT}, fill_down = "地区"')
    read, here = (
        loaded(own.config, engine)["monthly"] for engine in (Dask(client, 4000), SingleThread())
    )
    assert seen(read) == seen(here)
    assert read.accounting.read == 600
