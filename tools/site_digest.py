"""The digest of what the documentation site is made of, so that no other site is ever shipped.

The site keeps it when it is built (docs/conf.py); a wheel or sdist takes the site along only where
the sources still have the same (tools/docs_hook.py). It needs nothing but Python.
"""

from hashlib import sha256
from pathlib import Path

KEPT = "sources.sha256"
"""The file within the site that holds the digest of its sources."""
_SOURCES = (
    *("*.md", "docs/**/*", "examples/**/*", "changelog.d/README.md", "src/kpicli/**/*"),
    *("kpicli.toml", "sample_data/*", "narrative/*"),  # of which samples and pictures are made
)


def digest(root: Path) -> str:
    """Return the digest of the names and bytes of all sources below the root of the repository."""
    files = {file for pattern in _SOURCES for file in root.glob(pattern) if file.is_file()}
    whole = sha256()
    for file in sorted(file for file in files if "__pycache__" not in file.parts):
        content = sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(root).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def is_current(site: Path, root: Path) -> bool:
    """Return whether a site is there, and was built of what is in the repository now."""
    kept = site / KEPT
    return kept.is_file() and kept.read_text(encoding="utf-8").strip() == digest(root)
