"""The command line of the builder: a folder, its zip and digest; a wheelhouse; the locks."""

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression

from materials import sha256_of
from portable.content import BuildError, lay_interpreter, lay_out, wheels
from portable.inventory import taken
from portable.platforms import PLATFORMS, PYTHON, ROOT, WINDOWS, Platform

EXTRAS = ("calendar", "report")
"""What the folder has beside the bare program; cluster and PDF need more than a folder."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the first one that a zip can say."""


def interpreter(platform: Platform, folder: Path) -> Component:
    """Return the interpreter that lies in the folder as a component, by its file's digest."""
    name = "python.exe" if platform is WINDOWS else "bin/python3"
    digest = sha256_of(folder / "python" / name)
    return Component(
        name="CPython",
        version=PYTHON,
        type=ComponentType.APPLICATION,
        bom_ref=f"CPython@{PYTHON}",
        licenses=[LicenseExpression("PSF-2.0")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )


def zipped(folder: Path, archive: Path) -> None:
    """Pack a folder under its own name: sorted and dated alike, so that bytes follow content."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            runs = path.stat().st_mode & 0o111
            entry.create_system, entry.external_attr = 3, (0o100755 if runs else 0o100644) << 16
            packed.writestr(entry, path.read_bytes())


def build(platform: Platform, target: Path, python: Path | None, sha256: str) -> Path:
    """Write the folder, its zip and `NAME.zip.sha256` into a folder; return the zip."""
    with tempfile.TemporaryDirectory() as temporary:
        lay_interpreter(platform, Path(temporary), python, sha256)
        wheelhouse = Path(temporary) / "wheels"
        wheels(platform, wheelhouse)
        (own,) = wheelhouse.glob("kpicli-*.whl")
        folder = target / f"kpicli-{own.name.split('-')[1]}-{platform.name}"
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        shutil.move(Path(temporary) / "python", folder)
        lay_out(platform, wheelhouse, folder)
        packages = folder / "python" / platform.packages
        taken(packages, wheelhouse, folder, interpreter(platform, folder))
    archive = folder.with_name(f"{folder.name}.zip")
    zipped(folder, archive)
    digests = archive.with_name(f"{archive.name}.sha256")
    digests.write_text(f"{sha256_of(archive)}  {archive.name}\n", encoding="utf-8")
    return archive


def lock(platform: Platform) -> None:
    """Resolve the newest versions that pyproject.toml allows, with the digests of their files.

    Versions of the last days are left out: not every mirror has them, and a bad one is found soon.
    """
    command = ["uv", "pip", "compile", "--quiet", "--upgrade", "pyproject.toml"]
    command += [f"--extra={extra}" for extra in EXTRAS]
    command += ["--generate-hashes", "--only-binary=:all:", "--no-emit-index-url", "--no-header"]
    command += ["--no-annotate", "--exclude-newer=7 days", f"--python-version={PYTHON}"]
    command += [f"--python-platform={platform.resolver}"]
    subprocess.run([*command, "-o", str(platform.lock)], cwd=ROOT, check=True)


def main() -> None:
    """Do what the command line asks for; an error ends with 1 and one sentence."""
    parser = argparse.ArgumentParser(prog="portable", description=__doc__)
    verbs = parser.add_subparsers(required=True, dest="verb")
    for name in PLATFORMS:
        verb = verbs.add_parser(name, help=f"the folder for {name}")
        verb.add_argument("target", type=Path)
        verb.add_argument("--python", type=Path, help="the embeddable Python's zip (Windows)")
        verb.add_argument("--sha256", default="", help="its digest, as its publisher names it")
    house = verbs.add_parser("wheelhouse", help="all wheels, to be installed without a network")
    house.add_argument("platform", choices=PLATFORMS)
    house.add_argument("target", type=Path)
    verbs.add_parser("lock", help="resolve the locks anew")
    asked = parser.parse_args()
    try:
        if asked.verb == "lock":
            for platform in PLATFORMS.values():
                lock(platform)
        elif asked.verb == "wheelhouse":
            asked.target.mkdir(parents=True, exist_ok=True)
            wheels(PLATFORMS[asked.platform], asked.target)
        else:
            sys.stdout.write(
                f"{build(PLATFORMS[asked.verb], asked.target, asked.python, asked.sha256)}\n"
            )
    except BuildError as error:
        sys.exit(f"portable: {error}")


if __name__ == "__main__":
    main()
