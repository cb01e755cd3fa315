"""The list of what something is made of, as CycloneDX JSON: the same content is the same file."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
NAMESPACE = uuid.UUID("6f0d4c0e-3f0c-5c39-9f0e-2f6a4f8f1f57")
"""Serial numbers are made from what is listed, so that the same content has the same one."""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def package(
    name: str,
    version: str,
    *,
    kind: ComponentType = ComponentType.LIBRARY,
    file: Path | None = None,
    licenses: Iterable[License] = (),
) -> Component:
    """Return a Python package as a component, with the digest of the file that it came as."""
    hashes = [] if file is None else [HashType(alg=HashAlgorithm.SHA_256, content=sha256_of(file))]
    return Component(
        name=name,
        version=version,
        type=kind,
        bom_ref=f"{name}@{version}",
        purl=PackageURL("pypi", name=name.lower(), version=version),
        licenses=licenses,
        hashes=hashes,
    )


def listed(parts: Sequence[Component], own: Component | None = None) -> str:
    """Return the list of the parts, of a component of our own where one is given."""
    bom = Bom(components=parts)
    if own is not None:
        bom.metadata.component = own
        bom.register_dependency(own, parts)
    every = parts if own is None else (own, *parts)
    said = "\n".join(str(part.bom_ref) + "".join(h.content for h in part.hashes) for part in every)
    bom.serial_number = uuid.uuid5(NAMESPACE, said)
    bom.metadata.timestamp = EPOCH
    return f"{JsonV1Dot6(bom).output_as_string(indent=2)}\n"
