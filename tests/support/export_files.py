"""Files in a folder, found by the patterns of the settings or refused."""

from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files.find_files import FoundFiles, find_files


def make(folder: Path, *names: str) -> None:
    """Write each name as a file whose content is the name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def label(found: FoundFiles) -> list[str]:
    """Return the files as they are shown, in order."""
    return [file.label for file in found.files]


def refused(pattern: str, folder: Path) -> InputError:
    """Return the error that looking for the pattern ends with."""
    with pytest.raises(InputError) as caught:
        find_files([pattern], folder, "voices")
    assert caught.value.hint is not None
    return caught.value
