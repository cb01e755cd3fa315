"""What a release is: `python tools/release.py DIR` builds it, `nox -s release` tests it as built.

DIR gets the sdist, the wheel that is built of the sdist, what the wheel needs as an SBOM
(CycloneDX), and SHA256SUMS. All is built twice, in two folders, and must be the same byte for byte.
It needs the documentation as `nox -s docs` builds it: a release without is none.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from docs_hook import SHARE, SITE
from site_digest import is_current

ROOT = Path(__file__).resolve().parents[1]
NAMESPACE = uuid.UUID("6f0d4c0e-3f0c-5c39-9f0e-2f6a4f8f1f57")
"""Serial numbers are made from what is listed, so that the same content has the same one."""
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


def build(target: Path) -> Sequence[Path]:
    """Build the sdist, and the wheel of it, into a folder; return both, sorted by name."""
    command = [sys.executable, "-m", "build", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return sorted(target.iterdir())


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bill_of_materials(wheel: Path) -> str:
    """Return the SBOM of a wheel: itself, and the version of each dependency that it is tried with.

    These are the ones that are installed where this runs; a range is no material. Extras are not
    in it: `pip install kpicli` brings none.
    """
    version = wheel.name.split("-")[1]
    own = Component(
        name="kpicli",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"kpicli@{version}",
        purl=PackageURL("pypi", name="kpicli", version=version),
    )
    listed: dict[str, Component] = {}
    waiting = ["kpicli"]
    while waiting:
        for text in distribution(waiting.pop()).requires or ():
            wanted = Requirement(text)
            named = wanted.name.lower()
            if named not in listed and (wanted.marker is None or wanted.marker.evaluate()):
                installed = distribution(wanted.name).version
                listed[named] = Component(
                    name=wanted.name,
                    version=installed,
                    bom_ref=f"{named}@{installed}",
                    purl=PackageURL("pypi", name=named, version=installed),
                )
                waiting.append(wanted.name)
    bom = Bom(components=[part for _, part in sorted(listed.items())])
    bom.metadata.component = own
    bom.metadata.timestamp = EPOCH
    bom.register_dependency(own, listed.values())
    bom.serial_number = uuid.uuid5(NAMESPACE, digest(wheel) + "".join(sorted(listed)))
    return f"{JsonV1Dot6(bom).output_as_string(indent=2)}\n"


def main(target: Path) -> None:
    """Build a release into a folder; exit with a sentence where it would not be one."""
    for made in (SITE, SHARE):
        if not is_current(ROOT / made, ROOT):
            sys.exit(f"release: {made} is not of these sources; run `nox -s docs`")
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        once, again = build(Path(first)), build(Path(second))
        if [digest(path) for path in once] != [digest(path) for path in again]:
            sys.exit("release: two builds of the same sources differ")
        target.mkdir(parents=True, exist_ok=True)
        files = [Path(shutil.copy(path, target)) for path in once]
    (wheel,) = (path for path in files if path.suffix == ".whl")
    sbom = target / f"kpicli-{wheel.name.split('-')[1]}.cdx.json"
    sbom.write_text(bill_of_materials(wheel), encoding="utf-8")
    sums = [f"{digest(path)}  {path.name}\n" for path in sorted((*files, sbom))]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
