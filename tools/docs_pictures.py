"""The pictures in the documents, as SVG: `python tools/docs_pictures.py docs`.

It writes terminals and a workbook of the sample project into `pictures/` of the folder that is
named. They hold text, not shapes of letters: small, sharp at any size, and the same bytes as long
as the program says the same. tests/tools holds them to what it says now.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
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
WORKBOOK = ("summarize", "--period", "2025H1", "--compare", "year-ago", "--kpi", FEW)
COLUMNS = 80
WIDE, HIGH, MARGIN = 8, 20, 20
"""A cell of the terminal, and what is around all of them, in pixels."""
MONOSPACED = "'Noto Sans Mono CJK JP','BIZ UDGothic','MS Gothic','Osaka-Mono',monospace"
SANS = "'Noto Sans CJK JP','Yu Gothic','Hiragino Sans',sans-serif"


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


def workbook() -> str:
    """Return a picture of the first sheet of a workbook, as an office shows it."""
    with tempfile.TemporaryDirectory() as folder:
        kpicli(*WORKBOOK, "-o", str(Path(folder) / "kpi.xlsx"))
        sheet: Any = load_workbook(Path(folder) / "kpi.xlsx").worksheets[0]
    names = [cell.column_letter for cell in sheet[4]]
    widths = [round(sheet.column_dimensions[name].width * 7.2) for name in names]
    size = (sum(widths) + 48, (len(list(sheet.rows)) + 1) * 24 + 14 + 2)
    return svg(size, f"kpi.xlsx: {sheet.title}", _sheet(sheet, names, widths, size))


def _sheet(
    sheet: Any,  # noqa: ANN401 - openpyxl's cells are of several classes
    names: Sequence[str],
    widths: Sequence[int],
    size: tuple[int, int],
) -> Iterator[str]:
    """Give the grid with the letters of its columns, then every cell."""
    yield f'<rect width="{size[0]}" height="{size[1]}" fill="#ffffff" stroke="#b0b0b0"/>'
    yield f'<g font-family="{SANS}" font-size="12">'
    for index, name in enumerate(names):
        left = 40 + sum(widths[:index])
        yield f'<text x="{left + widths[index] // 2}" y="17" fill="#595959">{name}</text>'
    top = 24
    for row in sheet.rows:
        high = 38 if any("\n" in str(cell.value) for cell in row) else 24
        yield f'<text x="14" y="{top + 17}" fill="#595959">{row[0].row}</text>'
        for index, cell in enumerate(row):
            left, width = 40 + sum(widths[:index]), widths[index]
            fill = f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else "none"
            if row[0].row > 3:  # the title runs over the columns
                place = f'x="{left}" y="{top}" width="{width}" height="{high}"'
                yield f'<rect {place} fill="{fill}" stroke="#d0d0d0"/>'
            if cell.value is not None:
                yield from _cell(cell, left, top, width if row[0].row > 3 else size[0])
        top += high
    yield "</g>"


def _cell(cell: Any, left: int, top: int, width: int) -> Iterator[str]:  # noqa: ANN401 - as above
    """Give the lines of a cell, numbers at its right; what does not fit ends in dots."""
    number = not isinstance(cell.value, str)
    lines = [written(cell.value, cell.number_format)] if number else cell.value.split("\n")
    anchor = ' text-anchor="end"' if number else ""
    bold = ' font-weight="bold"' if cell.font.b else ""
    x = left + width - 6 if number else left + 6
    for index, line in enumerate(lines):
        shown = line
        while cell_len(shown) * 6 > width - 10 and shown:
            shown = shown.removesuffix("…")[:-1] + "…"
        y = top + 17 + index * 15
        yield f'<text x="{x}" y="{y}" fill="#1a1a1a"{anchor}{bold}>{escape(shown)}</text>'


def written(value: float, form: str) -> str:
    """Return a number as an office shows it in one of the formats of kpicli's workbooks."""
    shown, sign = form.partition(";")[0], "+" if form.startswith("+") else ""
    if shown.endswith("%"):
        return f"{value * 100:{sign},.1f}%"
    decimals = len(shown.partition(".")[2].rstrip('"pt'))
    if value == 0:
        sign = ""
    return f"{value:{sign},.{decimals}f}" + ("pt" if "pt" in shown else "")


def main(arguments: list[str]) -> int:
    """Write the pictures below the folder that is named; return 2 where none is."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/docs_pictures.py FOLDER\n")
        return 2
    target = Path(arguments[0]) / "pictures"
    target.mkdir(exist_ok=True)
    drawn = {name: terminal(*of) for name, of in TERMINALS.items()} | {"workbook.svg": workbook()}
    for name, picture in drawn.items():
        (target / name).write_text(picture, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
