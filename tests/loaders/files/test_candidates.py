"""Which files of a folder may be exports."""

from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files.candidates import files_in


def test_files_that_may_be_exports(tmp_path: Path) -> None:
    """By suffix, below too, in order; hidden files and folders, and Excel's own, are none."""
    for name in (
        "b.csv",
        "A.XLSX",
        "deep/c.zip",
        "old.xls",
        "note.md",
        ".d.csv",
        "~$A.xlsx",
        ".git/e.csv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    named = [file.relative_to(tmp_path).as_posix() for file in files_in(tmp_path)]
    assert named == ["A.XLSX", "b.csv", "old.xls", "deep/c.zip"]
    assert list(files_in(tmp_path / "note.md")) == [tmp_path / "note.md"]
    with pytest.raises(InputError):
        list(files_in(tmp_path / "none"))
