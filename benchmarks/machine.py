"""What the numbers were measured on: machine and versions."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measuring import ROOT

PACKAGES = (
    "kpicli",
    "pandas",
    "pyarrow",
    "numpy",
    "duckdb",
    "polars",
    "csvkit",
    "python-calamine",
    "fastexcel",
    "openpyxl",
    "dask",
)
PROGRAMS = (("mlr", "--version"), ("iconv", "--version"), ("git", "rev-parse", "--short", "HEAD"))
"""Commands whose first line tells a version; git's is that of kpicli's own sources."""


def described() -> str:
    """Return two lines of Markdown: the machine, and the version of everything that ran."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}"
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {found}" for name in PACKAGES if (found := _package(name))]
    versions += [told for command in PROGRAMS if (told := _told(command))]
    return (
        f"- machine: {_processor()}, {cores} cores, {memory:.1f} GiB of memory, {system}\n"
        f"- versions: {', '.join(versions)}\n"
    )


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _told(command: tuple[str, ...]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    line = done.stdout.partition("\n")[0]
    if done.returncode:
        return ""
    return f"sources {line}" if command[0] == "git" else line
