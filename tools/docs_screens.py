"""Pictures of page, mail and workbook in the documents, as PNG: `nox -s pictures`.

A browser and an office draw them, in the letters of the machine that they run on, so that no other
machine draws the same bytes. What is held to the program is what they were drawn of: its digests
are kept beside them, tests/tools compares those with what the program makes now, and only what has
changed is drawn again. It needs what tools/pictures.py needs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

from docs_pictures import ROOT, kpicli
from docs_samples import PERIOD, write_pages

DIGESTS = "screens.json"
"""The file beside the pictures: the digest of what each was drawn of, by the picture's name."""
COLOURS = 128
"""Of a picture: letters stay smooth, and it is a third as large as with all colours."""
DOTS = 96
"""Dots an inch, of a sheet of paper."""


class Screen(NamedTuple):
    """What a picture shows: a file, and of a page as much as a window of this size holds."""

    source: str
    width: int = 0
    height: int = 0


SCREENS: Mapping[str, Screen] = {
    "report-1280.png": Screen("report.html", 1280, 1000),
    "report-375.png": Screen("report.html", 375, 1000),
    "report.en-1280.png": Screen("report.en.html", 1280, 1000),
    "mail-375.png": Screen("mail.html", 375, 800),
    "workbook.png": Screen("kpi.xlsx"),
}


def write_sources(folder: Path) -> None:
    """Write what the pictures show into a folder that is there: pages, mail, workbook."""
    write_pages(folder)
    book = str(folder / "kpi.xlsx")
    kpicli("summarize", *PERIOD, "--compare", "previous,year-ago", "-o", book)


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of what each picture shows, by its name: SHA-256 in hex."""
    files = {screen.source for screen in SCREENS.values()}
    of = {name: sha256(_content(folder / name)).hexdigest() for name in files}
    return {name: of[screen.source] for name, screen in SCREENS.items()}


def _content(file: Path) -> bytes:
    """Return what a file shows: a page itself, of a workbook the first sheet's cells.

    The bytes of a workbook depend on the versions of libraries that write and pack it.
    """
    if file.suffix == ".html":
        return file.read_bytes()
    sheet: Any = load_workbook(file).worksheets[0]
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
    shown = [f"{c.coordinate} {c.value!r} {c.number_format} {c.font.b}" for c in cells]
    widths = [f"{name} {column.width}" for name, column in sheet.column_dimensions.items()]
    return "\n".join([*shown, *widths]).encode()


def draw(sources: Path, work: Path, target: Path, names: list[str]) -> Iterator[Path]:
    """Draw pictures of these names into a folder, and give the file of each.

    `work` is for what programs leave behind.
    """
    sys.path[:0] = [str(ROOT / "tests")]
    from system.browser import browser

    with browser(work / "profile") as shown:
        for name in names:
            screen, file = SCREENS[name], target / name
            if screen.width:
                shown.open(sources / screen.source, screen.width, screen.height)
                shown.window(file)
            else:
                paper(sources / screen.source, work, file)
            fewer_colours(file)
            yield file


def paper(book: Path, work: Path, target: Path) -> None:
    """Write the first page of a workbook as an office prints it, without what is blank around."""
    from PIL import Image, ImageChops

    profile = f"-env:UserInstallation=file://{work}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work)]
    subprocess.run([*command, str(book)], check=True, capture_output=True, timeout=180)
    printed, begin = work / f"{book.stem}.pdf", target.with_suffix("")
    command = ["pdftoppm", "-singlefile", "-f", "1", "-png", "-r", str(DOTS)]
    subprocess.run([*command, str(printed), str(begin)], check=True)
    with Image.open(target) as whole:
        sheet = whole.convert("RGB")
    blank = Image.new("RGB", sheet.size, "white")
    left, top, right, bottom = ImageChops.difference(sheet, blank).getbbox() or (0, 0, *sheet.size)
    sheet.crop((left - 8, top - 8, right + 8, bottom + 8)).save(target)


def fewer_colours(file: Path) -> None:
    """Write a picture again with few colours, packed as small as it gets.

    The octree keeps colours of few dots, such as the red of a missed target; the median cut, which
    is Pillow's own choice, loses them.
    """
    from PIL import Image

    with Image.open(file) as drawn:
        few = drawn.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    few.save(file, optimize=True)


def main(arguments: list[str]) -> int:
    """Draw what has changed, or with `--all` everything, below the folder that is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="draw what has not changed, too")
    asked = parser.parse_args(arguments)
    target = asked.folder / "pictures"
    target.mkdir(exist_ok=True)
    kept = target / DIGESTS
    former = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    with tempfile.TemporaryDirectory() as work:
        sources = Path(work) / "sources"
        sources.mkdir()
        write_sources(sources)
        now = digests(sources)
        names = [
            n for n in now if asked.all or former.get(n) != now[n] or not (target / n).exists()
        ]
        drawn = list(draw(sources, Path(work), target, names)) if names else []
    kept.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write("".join(f"{file}\n" for file in drawn))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
