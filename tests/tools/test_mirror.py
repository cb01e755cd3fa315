"""The tool that holds the mirror finds what has no test file of its name."""

from pathlib import Path

import pytest

import mirror


def written(root: Path, *files: str) -> None:
    """Write empty files below a root."""
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()


def test_the_mirror_lies_in_the_folder_of_the_same_name() -> None:
    """`values/dates.py` is mirrored by `values/test_dates.py`, a loose module by a loose test."""
    assert mirror.mirror_of(Path("values/dates.py")) == Path("values/test_dates.py")
    assert mirror.mirror_of(Path("version.py")) == Path("test_version.py")


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of the same name in another folder does not count; an `__init__.py` needs no test."""
    written(tmp_path, *(f"src/kpicli/{file}" for file in ("__init__.py", "a/x.py", "b/x.py")))
    written(tmp_path, "tests/a/test_x.py")
    assert mirror.main(tmp_path) == 1
    assert capsys.readouterr().out == (
        "source files: 2; with a test file of their name: 1 (50 %)\n  b/test_x.py is missing\n"
    )
    written(tmp_path, "tests/b/test_x.py")
    assert mirror.main(tmp_path) == 0


def test_the_share_is_85_percent(tmp_path: Path) -> None:
    """17 of 20 are enough, 16 are not."""
    written(tmp_path, *(f"src/kpicli/m{number}.py" for number in range(20)))
    written(tmp_path, *(f"tests/test_m{number}.py" for number in range(16)))
    assert mirror.main(tmp_path) == 1
    written(tmp_path, "tests/test_m16.py")
    assert mirror.main(tmp_path) == 0
