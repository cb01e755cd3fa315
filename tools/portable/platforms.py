"""What differs between the folder for Windows and the one for Linux."""

import site
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON = "3.11"
"""The version whose wheels are locked; the interpreter must be of it."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One target: how it is called, and where Python looks for things there.

    `wheels` are the tags for pip, best first; `resolver` is the name that uv knows it by. The
    interpreter lies in the folder python/ with its packages in `packages` below that.
    """

    name: str
    resolver: str
    wheels: tuple[str, ...]
    packages: str
    start: str

    @property
    def lock(self) -> Path:
        """Return the file of pinned versions with the digests of their wheels."""
        return HERE / "locks" / f"{self.name}.txt"


WINDOWS = Platform(
    name="windows-x64",
    resolver="x86_64-pc-windows-msvc",
    wheels=("win_amd64",),
    packages="site-packages",
    start="kpicli.cmd",
)
LINUX = Platform(
    name="linux-x64",
    resolver="x86_64-manylinux_2_28",
    wheels=("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    # Debian's Python looks into dist-packages.
    packages=f"lib/python{PYTHON}/{Path(site.getsitepackages()[-1]).name}",
    start="kpicli",
)
PLATFORMS = {"windows": WINDOWS, "linux": LINUX}


def running_version() -> str:
    """Return major and minor version of the interpreter that runs this."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"
