"""Pictures of terminals in the documents, as SVG: `python tools/docs_pictures.py docs`.

It writes them, of the sample project, into `pictures/` of the folder that is named. They hold
text, not shapes of letters: small, sharp at any size, and the same bytes as long as the program
says the same. tests/tools holds them to what it says now. What a browser or an office shows is
drawn by docs_screens.py.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2025-11-01"
FEW = "voices,missed_responses,renewal_talks"
TERMINALS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "terminal.svg": ("ja", ("summarize", "--period", "2025H1", "--kpi", FEW)),
    "terminal.en.svg": ("en", ("summarize", "--period", "2025H1", "--kpi", FEW)),
    "explain.svg": ("ja", ("explain", "renewal_talks", "--period", "2025H1")),
    "explain.en.svg": ("en", ("explain", "renewal_talks", "--period", "2025H1")),
}
"""The language of each picture, and the command whose output it shows."""
COLUMNS = 80
WIDE, HIGH, MARGIN = 8, 20, 20
"""A cell of the terminal, and what is around all of them, in pixels."""
MONOSPACED = "'Noto Sans Mono CJK JP','BIZ UDGothic','MS Gothic','Osaka-Mono',monospace"


def kpicli(*arguments: str, language: str = "ja") -> str:
    """Return what kpicli prints in the sample project, its columns those of a terminal."""
    fixed = {"KPICLI_LANG": language, "KPICLI_TODAY": TODAY, "COLUMNS": str(COLUMNS)}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "kpicli", *arguments],
        cwd=ROOT, env=os.environ | fixed, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"kpicli {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def svg(size: tuple[int, int], title: str, parts: Iterator[str]) -> str:
    """Return a picture of a size with a title, which screen readers speak."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n<title>{escape(title)}</title>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def terminal(language: str, arguments: Sequence[str]) -> str:
    """Return a picture of a terminal in which a command has run."""
    typed = f"$ kpicli {'--lang en ' if language == 'en' else ''}{' '.join(arguments)}"
    form = "text" if arguments[0] == "explain" else "table"
    lines = [typed, "", *kpicli(*arguments, "-f", form, language=language).rstrip().split("\n")]
    columns = max(COLUMNS, *map(cell_len, lines))
    size = (columns * WIDE + 2 * MARGIN, len(lines) * HIGH + 2 * MARGIN)
    return svg(size, typed.removeprefix("$ "), _terminal(lines, size))


def _terminal(lines: Sequence[str], size: tuple[int, int]) -> Iterator[str]:
    """Give the window, then every line, run by run."""
    yield f'<rect width="{size[0]}" height="{size[1]}" rx="8" fill="#1b1f27"/>'
    yield f'<g font-family="{MONOSPACED}" font-size="14" fill="#e6e6e6">'
    for number, line in enumerate(lines):
        yield from _runs(line, MARGIN + number * HIGH + 15, "#8fd694" if not number else "")
    yield "</g>"


def _runs(line: str, y: int, colour: str) -> Iterator[str]:
    """Give a line as texts, each where its cells begin and as wide as they are in any font.

    Signs of one and of two cells, and what gaps part, are texts of their own.
    """
    column = 0
    for kind, signs in groupby(line, key=lambda sign: 0 if sign == " " else cell_len(sign)):
        run = "".join(signs)
        cells = cell_len(run)
        if kind:
            place = f'x="{MARGIN + column * WIDE}" y="{y}" textLength="{cells * WIDE}"'
            fill = f' fill="{colour}"' if colour else ""
            yield f'<text {place} lengthAdjust="spacingAndGlyphs"{fill}>{escape(run)}</text>'
        column += cells


def main(arguments: list[str]) -> int:
    """Write the pictures below the folder that is named; return 2 where none is."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/docs_pictures.py FOLDER\n")
        return 2
    target = Path(arguments[0]) / "pictures"
    target.mkdir(exist_ok=True)
    for name, of in TERMINALS.items():
        (target / name).write_text(terminal(*of), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
