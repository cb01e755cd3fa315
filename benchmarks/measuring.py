"""Running commands as child processes, and what they cost.

The measuring process stays small on purpose: Linux counts the memory of the parent, as it was at
the fork, to a child's peak.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
"""Children run here, so that `python -m benchmarks` works in them too."""

_AS_INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""The environment, with modules compiled once, as an installed program's are."""

Command = Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One command, or several in a pipe. Steps of a contender run one after another."""

    commands: tuple[Command, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run cost: seconds that passed, seconds of all processors, and bytes of memory.

    `cpu` holds user and system time with that of all descendants. `peak` is the largest resident
    set of a process and its descendants in a step's command; the commands of a pipe add up.
    """

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run that ended well: the cost of each step, what the last command printed, step names."""

    steps: tuple[Usage, ...]
    output: bytes
    names: tuple[str, ...] = ()

    @property
    def usage(self) -> Usage:
        """Return the cost of all steps: times add up, the largest peak stands."""
        return Usage(
            wall=sum(step.wall for step in self.steps),
            cpu=sum(step.cpu for step in self.steps),
            peak=max(step.peak for step in self.steps),
        )


class CommandFailed(Exception):
    """A command ended with another code than 0; the message holds the end of its stderr."""


def run(steps: Sequence[Step], environment: Mapping[str, str]) -> Run:
    """Run the steps in order and return their cost. Raises `CommandFailed`."""
    usages: list[Usage] = []
    output = b""
    for step in steps:
        usage, output = _run_step(step, environment)
        usages.append(usage)
    return Run(tuple(usages), output, tuple(step.name for step in steps))


def _run_step(step: Step, environment: Mapping[str, str]) -> tuple[Usage, bytes]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        processes = _started(
            step.commands, {**_AS_INSTALLED, **environment}, out.fileno(), err.fileno()
        )
        cpu, peak, codes = 0.0, 0, []
        for process in processes:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            codes.append(process.returncode)
            cpu += used.ru_utime + used.ru_stime
            peak += used.ru_maxrss * 1024
        wall = time.perf_counter() - began
        out.seek(0)
        err.seek(0)
        if any(codes):
            told = err.read().decode(errors="replace")[-500:].strip()
            raise CommandFailed(f"exit codes {codes} of {step.commands[-1][:3]}: {told}")
        return Usage(wall, cpu, peak), out.read()


def _started(
    commands: Sequence[Command], environment: Mapping[str, str], out: int, err: int
) -> list["subprocess.Popen[bytes]"]:
    """Start the commands, each reading what the one before prints."""
    processes: list[subprocess.Popen[bytes]] = []
    for place, command in enumerate(commands):
        before = processes[-1].stdout if processes else None
        last = place == len(commands) - 1
        processes.append(
            subprocess.Popen(
                command,
                stdin=before or subprocess.DEVNULL,
                stdout=out if last else subprocess.PIPE,
                stderr=err,
                env=environment,
                cwd=ROOT,
            )
        )
        if before is not None:
            before.close()  # the reader alone holds it, so that its end is noticed
    return processes
