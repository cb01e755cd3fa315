"""The pictures of pages, mail and workbook are of what the program makes now."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docs_screens import DIGESTS, SCREENS, digests, write_sources
from support.root import ROOT

PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of what the pictures show, made now."""
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    return folder


@pytest.mark.slow
def test_the_pictures_are_no_older_than_what_they_show(sources: Path) -> None:
    """What each was drawn of is what the program makes now (else: nox -s pictures)."""
    kept = json.loads((PICTURES / DIGESTS).read_text(encoding="utf-8"))
    assert kept == digests(sources)
    assert list(kept) == list(SCREENS)


@pytest.mark.slow
def test_a_digest_is_of_what_is_seen(sources: Path, tmp_path: Path) -> None:
    """Another word of the mail, another number of the sheet are another digest, each its own."""
    folder = tmp_path / "changed"
    shutil.copytree(sources, folder)
    mail = folder / "mail.html"
    mail.write_text(mail.read_text(encoding="utf-8").replace("841", "840"), encoding="utf-8")
    book = load_workbook(folder / "kpi.xlsx")
    book.save(folder / "kpi.xlsx")  # other bytes, the same cells
    assert _changed(sources, folder) == {"mail-375.png"}
    cell = next(c for row in book.worksheets[0] for c in row if c.value == 841)
    cell.value = 840
    book.save(folder / "kpi.xlsx")
    assert _changed(sources, folder) == {"mail-375.png", "workbook.png"}


def _changed(one: Path, other: Path) -> set[str]:
    """Return the pictures whose digests differ."""
    return {name for name, _ in set(digests(one).items()) ^ set(digests(other).items())}


def test_every_picture_is_there_and_small() -> None:
    """One file each, and no other; with the terminals, all of them are less than 400 kB."""
    assert {file.name for file in PICTURES.glob("*.png")} == set(SCREENS)
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < 400_000
