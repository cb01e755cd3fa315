"""What the folder is made of: a licence for every package, and the SBOM as CycloneDX JSON."""

import shutil
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.component import Component
from cyclonedx.model.license import DisjunctiveLicense

import materials
from portable.content import BuildError

LICENCE_NAMES = ("license", "licence", "copying", "notice", "authors")


def licence_files(package: Distribution) -> Iterator[Path]:
    """Yield the files of a package that hold its licence, from its own metadata folder."""
    for file in package.files or ():
        inside = ".dist-info" in file.parts[0]
        if inside and file.name.lower().startswith(LICENCE_NAMES):
            yield Path(str(file.locate()))


def licence_name(package: Distribution) -> str:
    """Return what a package says of its licence: expression, field, else classifiers."""
    words = package.metadata.json
    expression = str(words.get("license_expression", ""))
    field = str(words.get("license", "")).strip()
    if expression or (field and "\n" not in field):
        return expression or field
    kinds = [c for c in words.get("classifier", ()) if c.startswith("License ::")]
    return "; ".join(kind.rpartition(" :: ")[2] for kind in kinds)


def component(package: Distribution, wheelhouse: Path) -> Component:
    """Return a package as a component, with the SHA-256 of the wheel that it came as."""
    name, version = package.name, package.version
    started = f"{name.replace('-', '_').replace('.', '_').lower()}-{version}-"
    wheel = next(path for path in wheelhouse.iterdir() if path.name.lower().startswith(started))
    said = licence_name(package)
    licence = LicenseFactory().make_from_string(said) if said else None
    if licence is None and not list(licence_files(package)):
        raise BuildError(f"{name} {version} names no licence")
    named = [licence or DisjunctiveLicense(name="see licences/")]
    return materials.package(name, version, file=wheel, licenses=named)


def taken(packages: Path, wheelhouse: Path, folder: Path, interpreter: Component) -> None:
    """Write licences/PACKAGE/ and sbom.cdx.json of all packages, and of the interpreter."""
    listed = sorted(distributions(path=[str(packages)]), key=lambda one: one.name.lower())
    for package in listed:
        own = folder / "licences" / f"{package.name}-{package.version}"
        for file in licence_files(package):
            own.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, own / file.name)
    parts = [interpreter, *(component(package, wheelhouse) for package in listed)]
    (folder / "sbom.cdx.json").write_text(materials.listed(parts), encoding="utf-8")
