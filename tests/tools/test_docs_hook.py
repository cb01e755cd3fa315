"""Wheel and sdist hold the documentation site, and only one that is as the sources are."""

import shutil
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from docs_hook import SHARED
from site_digest import KEPT, digest, is_current
from support.root import ROOT

FILES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
PAGE = "docs/index.html"
MAN = "man/man1/kpicli.1"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a small copy of the repository with a site of its sources."""
    root = tmp_path / "repository"
    for name in ("tools", "docs"):
        shutil.copytree(ROOT / name, root / name)
    (root / "src" / "kpicli").mkdir(parents=True)
    for name in ("__init__.py", "version.py"):
        shutil.copy(ROOT / "src" / "kpicli" / name, root / "src" / "kpicli")
    for name in FILES:
        shutil.copy(ROOT / name, root)
    site = root / "build" / "site"
    (site / PAGE).parent.mkdir(parents=True)
    (site / PAGE).write_text("<!doctype html>", encoding="utf-8")
    (site / KEPT).write_text(f"{digest(root)}\n", encoding="utf-8")
    page = root / "build" / "share" / MAN
    page.parent.mkdir(parents=True)
    page.write_text(".TH", encoding="utf-8")
    for part in set(SHARED) - {"man"}:
        (root / "build" / "share" / part).mkdir()
    (root / "build" / "share" / KEPT).write_text(f"{digest(root)}\n", encoding="utf-8")
    return root


def in_wheel(root: Path) -> set[str]:
    """Return the names of the files of the wheel that is built of a repository."""
    (wheel,) = WheelBuilder(str(root)).build(directory=str(root / "dist"), versions=["standard"])
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_has_the_site(repository: Path) -> None:
    """Below the package, where `kpicli docs` looks for it; every file of it."""
    assert {f"kpicli/_docs/{PAGE}", f"kpicli/_docs/{KEPT}"} <= in_wheel(repository)


def test_the_wheel_has_the_man_pages_where_they_are_looked_for(repository: Path) -> None:
    """Below share/ of the environment, and nothing of the digest that they are kept with."""
    shared = [name for name in in_wheel(repository) if ".data/" in name]
    assert [name.partition(".data/data/")[2] for name in shared] == [f"share/{MAN}"]


@pytest.mark.parametrize("changed", ["docs/cookbook.md", "src/kpicli/version.py", "README.md"])
def test_a_site_older_than_the_sources_is_left_out(repository: Path, changed: str) -> None:
    """A word more in a document or in the code, and the site is no longer of these sources."""
    with (repository / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    older = [name for name in in_wheel(repository) if "_docs" in name or ".data/" in name]
    assert older == []


def test_a_repository_without_a_site_can_be_built(repository: Path) -> None:
    """The wheel is whole but for the documents."""
    shutil.rmtree(repository / "build")
    names = in_wheel(repository)
    assert "kpicli/version.py" in names
    assert [name for name in names if "_docs" in name] == []


def test_a_wheel_of_the_sdist_has_the_site(repository: Path, tmp_path: Path) -> None:
    """The sdist keeps the site where the sources have it, and what it was built of."""
    (sdist,) = SdistBuilder(str(repository)).build(directory=str(tmp_path / "sdist"))
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # since Python 3.11.4
        archive.extractall(tmp_path)
    (root,) = tmp_path.glob("kpicli-*")
    assert is_current(root / "build" / "site", root)
    names = in_wheel(root)
    assert f"kpicli/_docs/{PAGE}" in names
    assert any(name.endswith(MAN) for name in names)
