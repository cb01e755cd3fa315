"""table: the document in columns, for a terminal."""

from collections.abc import Callable

from kpicli.output.interface import Answer, Format, Options

WIDTH = 80


def render(answer: Answer, options: Options) -> str:
    """Return the document in columns, each line within `options.width` cells (80 by default).

    Nothing is cut: names and comparisons fold. Where the width cannot hold the columns without
    breaking a number, the lines of `text` stand instead. Escape sequences are there only with
    `options.color`.
    """
    from kpicli.output.layout.table_lines import table_lines
    from kpicli.output.layout.text_lines import text_lines

    width, document = options.width or WIDTH, answer.document(options)
    lines = table_lines(document, width)
    if lines is None:
        return "".join(f"{line.rstrip()}\n" for line in text_lines(document, width))
    paint = _painted if options.color else _bare
    return "".join(f"{_line(cells, paint)}\n" for cells in lines)


def _painted(words: str, style: str) -> str:
    """Return the words between the escape sequences of a style."""
    return f"\x1b[{style}m{words}\x1b[0m" if style and words.strip() else words


def _bare(words: str, _: str) -> str:
    return words


def _line(cells: tuple[tuple[str, str], ...], paint: Callable[[str, str], str]) -> str:
    """Return a line without spaces at its end, its cells a gap apart."""
    texts = [text for text, _ in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    if texts:
        texts[-1] = texts[-1].rstrip()
    styles = [style for _, style in cells]
    return "  ".join(paint(text, style) for text, style in zip(texts, styles, strict=False))


FORMAT = Format("table", "text/plain", render, holds_remarks=True, fits_width=True, has_color=True)
