"""What a release is: `python tools/release.py DIR` builds it, `nox -s release` tests it as built.

DIR gets the sdist, the wheel that is built of the sdist, what the wheel needs as an SBOM
(CycloneDX), and SHA256SUMS. All is built twice, in two folders, and must be the same byte for byte.
It needs the documentation as `nox -s docs` builds it: a release without is none.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

from cyclonedx.model.component import Component, ComponentType
from packaging.requirements import Requirement

import materials
from docs_hook import SHARE, SITE
from materials import sha256_of
from site_digest import is_current

ROOT = Path(__file__).resolve().parents[1]


def build(target: Path) -> Sequence[Path]:
    """Build the sdist, and the wheel of it, into a folder; return both, sorted by name."""
    command = [sys.executable, "-m", "build", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return sorted(target.iterdir())


def bill_of_materials(wheel: Path) -> str:
    """Return the SBOM of a wheel: itself, and the version of each dependency that it is tried with.

    These are the ones that are installed where this runs; a range is no material. Extras are not
    in it: `pip install kpicli` brings none.
    """
    parts: dict[str, Component] = {}
    waiting = ["kpicli"]
    while waiting:
        for text in distribution(waiting.pop()).requires or ():
            wanted = Requirement(text)
            named = wanted.name.lower()
            if named not in parts and (wanted.marker is None or wanted.marker.evaluate()):
                installed = distribution(wanted.name).version
                parts[named] = materials.package(wanted.name, installed)
                waiting.append(wanted.name)
    version = wheel.name.split("-")[1]
    own = materials.package("kpicli", version, kind=ComponentType.APPLICATION, file=wheel)
    return materials.listed([part for _, part in sorted(parts.items())], own)


def main(target: Path) -> None:
    """Build a release into a folder; exit with a sentence where it would not be one."""
    for made in (SITE, SHARE):
        if not is_current(ROOT / made, ROOT):
            sys.exit(f"release: {made} is not of these sources; run `nox -s docs`")
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        once, again = build(Path(first)), build(Path(second))
        if [sha256_of(path) for path in once] != [sha256_of(path) for path in again]:
            sys.exit("release: two builds of the same sources differ")
        target.mkdir(parents=True, exist_ok=True)
        files = [Path(shutil.copy(path, target)) for path in once]
    (wheel,) = (path for path in files if path.suffix == ".whl")
    sbom = target / f"kpicli-{wheel.name.split('-')[1]}.cdx.json"
    sbom.write_text(bill_of_materials(wheel), encoding="utf-8")
    sums = [f"{sha256_of(path)}  {path.name}\n" for path in sorted((*files, sbom))]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
