"""The path of kpicli.toml. Light: it is looked for before pydantic, which reads it, is loaded."""

from pathlib import Path

FILE_NAME = "kpicli.toml"
DIGEST_KEY_VARIABLE = "KPICLI_SECRET_FILE"
"""The environment variable that names the file of the secret that keys row digests."""


def find_settings(start: Path) -> Path | None:
    """Return the nearest kpicli.toml in `start` or a folder above it; None where there is none."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def settings_in_force(named: Path | None) -> Path | None:
    """Return the settings file that is named, else the nearest; None where there is none."""
    return named or find_settings(Path.cwd())
