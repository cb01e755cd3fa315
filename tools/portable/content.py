"""What lies in the folder: the interpreter, the packages, kpicli, the sample, the start files."""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

from materials import sha256_of
from portable.platforms import HERE, LINUX, PYTHON, ROOT, WINDOWS, Platform, running_version

NOT_OF_THE_LIBRARY = (
    "site-packages",
    "dist-packages",
    "test",
    "idlelib",
    "__pycache__",
    "config-*",
)
"""Of the standard library: other packages, Python's own tests, its editor, its C build."""
NOT_OF_THE_PACKAGES = ("bin", "*/tests", "*/*/tests", "pyarrow/include", "pyarrow/**/*.pxd")
"""Scripts, which name the Python that builds; tests and headers, which nothing loads."""
SAMPLE = ("kpicli.toml", "sample_data", "narrative", "published")
NOT_OF_THE_SAMPLE = ("*.py", "__pycache__", ".kpicli*")


class BuildError(Exception):
    """Why no folder can be built; the text is for the person who builds."""


def embedded(archive: Path, sha256: str, folder: Path) -> None:
    """Unpack python.org's embeddable Python, which must have the digest, into the folder python/.

    Its `._pth` file is what makes it look nowhere else: site-packages is added there.
    """
    digest = sha256_of(archive)
    if digest != sha256.lower():
        raise BuildError(f"{archive.name} has the SHA-256 {digest}, not {sha256}")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "python")
    paths = list((folder / "python").glob("python*._pth"))
    wanted = f"python{PYTHON.replace('.', '')}._pth"
    if [path.name for path in paths] != [wanted]:
        raise BuildError(f"{archive.name} is no embeddable Python {PYTHON}: it has no {wanted}")
    lines = [f"{paths[0].stem}.zip", ".", WINDOWS.packages]
    paths[0].write_text("\r\n".join(lines) + "\r\n", encoding="ascii", newline="")


def copied_interpreter(folder: Path) -> None:
    """Copy the running interpreter and its standard library, and nothing that was installed to it.

    The libraries of the system that it is linked to stay with the system, as with any program.
    """
    if running_version() != PYTHON:
        raise BuildError(f"the wheels are locked for Python {PYTHON}, this is {running_version()}")
    binary = folder / "python/bin/python3"
    binary.parent.mkdir(parents=True)
    shutil.copy(Path(sys.executable).resolve(), binary)
    library = folder / f"python/lib/python{PYTHON}"
    shutil.copytree(
        sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix}),
        library,
        ignore=shutil.ignore_patterns(*NOT_OF_THE_LIBRARY),
    )
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        # The start file tells the loader of this folder.
        shared = str(sysconfig.get_config_var("INSTSONAME"))
        shutil.copy(Path(str(sysconfig.get_config_var("LIBDIR"))) / shared, library.parent / shared)


def pip(*arguments: str | Path) -> None:
    """Run pip; raise BuildError with its words when it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(done.stderr.strip())


def tags(platform: Platform) -> Sequence[str]:
    """Return the options by which pip takes the wheels of a platform that need not be this one."""
    names = [f"--platform={name}" for name in (*platform.wheels, "any")]
    version = PYTHON.replace(".", "")
    return [
        *names,
        f"--python-version={PYTHON}",
        "--implementation=cp",
        f"--abi=cp{version}",
        "--abi=abi3",
        "--abi=none",
        "--only-binary=:all:",
        "--no-deps",
    ]


def wheels(platform: Platform, folder: Path) -> None:
    """Fetch the wheels of the lock, each of which must have its digest, and build kpicli's own."""
    pip("download", "-q", *tags(platform), "--require-hashes", "-r", platform.lock, "-d", folder)
    pip("wheel", "-q", "--no-deps", ROOT, "-w", folder)


def installed(platform: Platform, wheelhouse: Path, packages: Path) -> None:
    """Unpack every wheel into a folder of packages, but for what nothing there loads."""
    names = [
        f"{path.name.split('-')[0]}=={path.name.split('-')[1]}" for path in wheelhouse.iterdir()
    ]
    offline = ("--no-index", "--find-links", wheelhouse, "--no-compile", "--target", packages)
    pip("install", "-q", *tags(platform), *offline, *sorted(names))
    for pattern in NOT_OF_THE_PACKAGES:
        for path in packages.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def started(platform: Platform, folder: Path) -> None:
    """Lay the start file and the first page into the folder, and the sample to try it with."""
    start = folder / platform.start
    shutil.copy(HERE / "start" / platform.start, start)
    start.chmod(0o755)
    shutil.copy(HERE / "start/はじめに.html", folder)
    for name in SAMPLE:
        source, target = ROOT / name, folder / "sample" / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NOT_OF_THE_SAMPLE))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def lay_interpreter(platform: Platform, folder: Path, python: Path | None, sha256: str) -> None:
    """Write the interpreter into the folder python/, before anything is fetched for it."""
    if platform is LINUX:
        copied_interpreter(folder)
    elif python is not None:
        embedded(python, sha256, folder)
    else:
        raise BuildError("the folder for Windows needs --python: the embeddable Python's archive")


def lay_out(platform: Platform, wheelhouse: Path, folder: Path) -> None:
    """Write what stands beside the interpreter, but for the inventory."""
    installed(platform, wheelhouse, folder / "python" / platform.packages)
    started(platform, folder)
