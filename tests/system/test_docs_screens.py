"""The pictures in the documents, drawn anew by a real browser and a real office."""

from pathlib import Path

import pytest
from PIL import Image

from docs_screens import SCREENS, draw, write_sources
from support.root import ROOT
from system.browser import browser

LETTER = """
const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
pen.font = `32px ${getComputedStyle(document.body).fontFamily}`;
pen.fillText(arguments[0], 0, 40);
return canvas.toDataURL();
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of what the pictures show."""
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    return folder


def test_pictures_are_as_large_as_those_of_the_documents_and_not_blank(
    sources: Path, tmp_path: Path
) -> None:
    """Each has the size of its window or sheet, and ink on it: as much as the one in docs/."""
    drawn = list(draw(sources, tmp_path, tmp_path, list(SCREENS)))
    assert [file.name for file in drawn] == list(SCREENS)
    for file in drawn:
        (size, ink), (kept_size, kept_ink) = seen(file), seen(ROOT / "docs/pictures" / file.name)
        screen = SCREENS[file.name]
        assert (file.name, size) == (
            file.name,
            (screen.width, screen.height) if screen.width else size,
        )
        assert all(abs(a - b) <= 40 for a, b in zip(size, kept_size, strict=True))
        assert 0.02 < ink < 0.6
        assert ink == pytest.approx(kept_ink, abs=0.03)


def seen(file: Path) -> tuple[tuple[int, int], float]:
    """Return the size of a picture, and the share of its dots that are not of its ground."""
    with Image.open(file) as picture:
        counted = picture.convert("RGB").getcolors(1 << 24) or []
        size = picture.size
    return size, 1 - max(count for count, _ in counted) / (size[0] * size[1])


@pytest.mark.parametrize("name", [n for n, screen in SCREENS.items() if screen.width])
def test_a_page_fits_its_window_in_japanese_letters(
    sources: Path, tmp_path: Path, name: str
) -> None:
    """Nothing lies beyond its right edge; two letters are two shapes, not the box of no font."""
    screen = SCREENS[name]
    with browser(tmp_path / "profile") as shown:
        shown.open(sources / screen.source, screen.width, screen.height)
        assert shown.ask("return document.documentElement.scrollWidth") <= screen.width
        one, other = (shown.driver.execute_script(LETTER, letter) for letter in "声数")
        assert one != other
