"""kpicli on a Dask cluster of two workers, on as many rows as are asked for and the disk holds.

`python -m benchmarks cluster --rows 100000000 --files 100` writes about 9.3 GB, all of it rows of
their own, piece by piece, and deletes it in the end.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bench import Bench, Turn
from benchmarks.contenders import Dataset
from benchmarks.measuring import ROOT
from benchmarks.plan import Plan
from benchmarks.scenarios.commands import COMMANDS, Command, once
from benchmarks.scenarios.declared import Scenario, described_plan, plan_of
from benchmarks.tables import Measured, comparison
from benchmarks.targets import Target

WORKERS = 2
NAMES = ("summarize", "check", "rows", "freeze")
"""The commands that run on the cluster unless others are named."""
MOST_MEMORY = Target("peak", 1e9)
"""Of the machine that asks, up to so many rows:"""
MOST_ROWS = 20_000_000
ROW_BYTES = 150
"""More than a row takes in any encoding, with the usual share of long texts."""
MOST_DISK = 15
"""Gigabytes that the files may take, unless more are allowed."""
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler and its workers on this machine, each a process of its own."""

    address: str
    workers: Sequence[int]
    """The ids of the workers' processes."""

    def peaks(self) -> list[int]:
        """Return the most memory that each worker has had, in bytes; none where none says so."""
        peaks = []
        for worker in self.workers:
            status = Path(f"/proc/{worker}/status")
            lines = status.read_text("utf-8").splitlines() if status.exists() else []
            peaks += [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")]
        return peaks


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table of the commands on the cluster, after `summarize` on this machine alone."""
    asked = plan_of(options)
    plan = replace(asked, rows=min(asked.rows, _room(bench.folder, options.cluster_disk)))
    missing = [] if find_spec("distributed") else ["distributed"]
    with bench.dataset(plan) as data, bench.scratch() as folder:
        if missing:
            measured, peaks = _run(bench, data, options, "tcp://none:1", missing), []
        else:
            with _running(folder) as cluster:
                measured = _run(bench, data, options, cluster.address, missing)
                peaks = cluster.peaks()
    heading = f"### Cluster: {described_plan(plan)}"
    after = [_workers_told(peaks), *(_extrapolated(m, plan, asked) for m in measured)]
    return "\n".join((heading, "", comparison(measured), *filter(None, after)))


def _room(folder: Path | None, most: float) -> int:
    """Return how many rows fit into the disk, of which so many gigabytes may be taken."""
    free = shutil.disk_usage(folder or tempfile.gettempdir()).free
    return int(min(most * 1e9, free * 0.8)) // ROW_BYTES


def _run(
    bench: Bench, data: Dataset, options: argparse.Namespace, address: str, missing: Sequence[str]
) -> list[Measured]:
    commands = {command.name: command for command in COMMANDS}
    alone = commands["summarize"]
    turns = [Turn("summarize, no cluster", once(alone, data), alone.does)]
    targets = (MOST_MEMORY,) if data.plan.rows <= MOST_ROWS else ()
    for name in options.cluster_commands:
        command = _on_cluster(commands[name], address)
        does = f"{command.does}; the memory is that of the process that asks"
        turns.append(Turn(f"{name}, cluster", once(command, data), does, missing, targets))
    return bench.alternate(turns, options.cluster_repeat)


def _on_cluster(command: Command, address: str) -> Command:
    return replace(command, arguments=f"{command.arguments} --engine dask --scheduler {address}")


def _workers_told(peaks: Sequence[int]) -> str:
    if not peaks:
        return ""
    told = " and ".join(f"{peak / 1e6:,.0f}" for peak in peaks)
    return f"The most memory of the {len(peaks)} workers, over all runs: {told} MB.\n"


def _extrapolated(measured: Measured, plan: Plan, asked: Plan) -> str:
    """Return what more rows would take, where the disk held fewer than were asked for."""
    if not measured.runs or plan.rows >= asked.rows:
        return ""
    times = asked.rows / plan.rows
    wall = max(run.wall for run in measured.runs) * times
    peak = max(run.peak for run in measured.runs) * times
    return (
        f"- {measured.name}: {asked.rows:,} rows were asked for and {plan.rows:,} measured, as the "
        f"disk holds no more. In proportion, which is arithmetic and no measurement: {wall:,.0f} s "
        f"and {peak / 1e6:,.0f} MB."
    )


@contextmanager
def _running(folder: Path) -> Iterator[Cluster]:
    """Start a scheduler and workers, and end them at once."""
    file = folder / "scheduler.json"
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(
            _started(folder, "dask_scheduler", "--port", "0", "--scheduler-file", str(file))
        )
        address = _address(file)
        for _ in range(WORKERS):
            own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
            processes.append(_started(folder, "dask_worker", address, *own))
        yield Cluster(address, [process.pid for process in processes[1:]])
    finally:
        for process in processes:
            process.kill()  # asked to end, a worker would wait for a scheduler that is gone as well
            process.wait()


def _started(folder: Path, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
    with (folder / f"{program}.log").open("ab") as log:
        command = (sys.executable, "-W", "ignore", "-m", f"distributed.cli.{program}")
        host = ("--host", "127.0.0.1", "--no-dashboard")
        return subprocess.Popen(
            (*command, *arguments, *host),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _address(file: Path) -> str:
    """Return the scheduler's address. Raises `TimeoutError` where it does not start."""
    end = time.monotonic() + START_SECONDS
    while not (file.exists() and file.stat().st_size):
        if time.monotonic() > end:
            raise TimeoutError("the scheduler has not started")
        time.sleep(0.05)
    return str(json.loads(file.read_text(encoding="utf-8"))["address"])


def _names(text: str) -> tuple[str, ...]:
    """Read names of commands joined by commas."""
    names = tuple(text.split(","))
    if unknown := set(names) - {command.name for command in COMMANDS if command.name != "diff"}:
        raise argparse.ArgumentTypeError(f"no commands of a cluster: {', '.join(sorted(unknown))}")
    return names


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare which commands run, how often, and how much of the disk the files may take."""
    parser.add_argument("--cluster-commands", type=_names, default=NAMES, help=",".join(NAMES))
    parser.add_argument("--cluster-repeat", type=int, default=1)
    parser.add_argument("--cluster-disk", type=float, default=MOST_DISK, help="gigabytes at most")


CLUSTER = Scenario("cluster", "commands on two workers of Dask", measure, 2.0, add_options)
