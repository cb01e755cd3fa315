"""Charts as static SVG whose bytes depend on nothing but the chart: no font is measured.

Widths of letters are taken from their East Asian width. On the page a chart is one picture, named
and described by its own title and desc; its letters are text.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree as Xml

from rich.cells import cell_len

from kpicli.model.judgements import TargetStatus
from kpicli.output.page.folding import fold
from kpicli.output.page.safety import plain
from kpicli.report.charts.chart_data import Chart, Mark, Panel

SVG = "http://www.w3.org/2000/svg"
FONT = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif"
"""Fonts with Japanese letters, one of which is on every usual system."""

DEEP, MIDDLE, MISSED, PENDING = "#1f4e79", "#5b87b0", "#b3541e", "#5b5b5b"
"""Of totals, of parts, of missed and of pending targets: each has a contrast of 3 to white."""
INK, SOFT = "#1a1a1a", "#595959"

WIDTH = 360
"""As wide as a phone shows without scaling, so that letters keep their size."""
TITLE, LETTERS, SMALL = 17, 14, 13
CELL = 0.56
"""The width of half a full-width letter, in its size: digits are a little wider than half."""
TALLEST, LEAST = 96, 16
"""Heights of the tallest panel, and of the lowest."""
SLIVER = 2
"""The height of the smallest bar that is not nothing."""
BAR = 12


def draw(chart: Chart, *, alone: bool = False) -> str:
    """Return the chart as an SVG element.

    Standing `alone` it has its words in it and a size; on a page those are the page's.
    """
    Xml.register_namespace("", SVG)
    canvas = _Canvas()
    if alone:
        _head(canvas, chart)
    if chart.kind == "targets":
        _targets(canvas, chart.panels)
    else:
        _panels(canvas, chart)
    if alone:
        for note in chart.notes:
            canvas.paragraph(note, SMALL, SOFT)
    root = Xml.Element(
        f"{{{SVG}}}svg",
        {
            "viewBox": f"0 0 {WIDTH} {canvas.y + 6}",
            "role": "img",
            "aria-labelledby": f"{chart.id}-title {chart.id}-desc",
            "font-family": FONT,
            "font-size": str(SMALL),
            "fill": INK,
            "text-anchor": "middle",
        },
    )
    if alone:
        root.set("width", str(2 * WIDTH))
        root.set("height", str(2 * (canvas.y + 6)))
    for tag, words in (("title", chart.title), ("desc", chart.description)):
        Xml.SubElement(root, f"{{{SVG}}}{tag}", id=f"{chart.id}-{tag}").text = plain(words)
    Xml.SubElement(root, f"{{{SVG}}}rect", width="100%", height="100%", fill="#fff")
    root.extend(canvas.elements)
    return Xml.tostring(root, encoding="unicode")


class _Canvas:
    """Elements from the top to `y`, the first line below them."""

    def __init__(self) -> None:
        self.elements: list[Xml.Element] = []
        self.y = 4

    def add(self, tag: str, **attributes: object) -> Xml.Element:
        named = {key.replace("_", "-"): _written(value) for key, value in attributes.items()}
        element = Xml.Element(f"{{{SVG}}}{tag}", named)
        self.elements.append(element)
        return element

    def text(self, words: str, x: object, y: object, **attributes: object) -> None:
        self.add("text", x=x, y=y, **attributes).text = plain(words)

    def paragraph(self, words: str, size: int, colour: str, **attributes: object) -> None:
        """Add folded lines, and go on below them."""
        for line in fold(words, int((WIDTH - 4) / (size * CELL)), fill=True):
            self.y += round(1.4 * size)
            attributes |= {"font_size": size, "fill": colour, "text_anchor": "start"}
            self.text(line, 2, self.y, **attributes)
        self.y += 2


def _written(value: object) -> str:
    """Return a number with two decimals at most, so that no machine writes another."""
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def _head(canvas: _Canvas, chart: Chart) -> None:
    canvas.paragraph(chart.title, TITLE, INK, font_weight="bold")
    if chart.subtitle:
        canvas.paragraph(chart.subtitle, SMALL, SOFT)
    canvas.y += 4


def _panels(canvas: _Canvas, chart: Chart) -> None:
    sizes = [m.size for panel in chart.panels for m in panel.marks if m.size is not None]
    top, bottom = max([Decimal(0), *sizes]), min([Decimal(0), *sizes])
    scale = TALLEST / (top - bottom) if top > bottom else Decimal(0)
    band = WIDTH / len(chart.categories)
    named = len(chart.panels) > 1
    for number, panel in enumerate(chart.panels):
        if named:
            canvas.paragraph(
                panel.name, LETTERS, INK, font_weight="bold" if not number else "normal"
            )
        own = [mark.size for mark in panel.marks if mark.size is not None]
        above = max(LEAST, float(scale * max([Decimal(0), *own])))
        below = float(scale * -min([Decimal(0), *own]))
        base = canvas.y + SMALL + 7 + above
        shapes = _bars if chart.kind == "bars" else _line
        colour = DEEP if not number else MIDDLE
        shapes(canvas, panel.marks, band, base, scale, colour)
        canvas.add("path", d=f"M0 {_written(base)}H{WIDTH}", stroke=SOFT, stroke_width=1)
        canvas.y = int(base + below + (SMALL + 6 if below else 6))
    _categories(canvas, chart.categories, band)


def _bars(
    canvas: _Canvas,
    marks: Sequence[Mark],
    band: float,
    base: float,
    scale: Decimal,
    colour: str,
) -> None:
    width = min(band * 0.7, 48)
    written = _labelled(marks, band)
    labels: list[_Label] = []
    for at, mark in enumerate(marks):
        middle = band * (at + 0.5)
        if mark.size is None:
            continue
        height = float(abs(mark.size) * scale)
        height = max(height, SLIVER) if mark.size else 0.0
        top = base if mark.size < 0 else base - height
        if height:
            canvas.add(
                "rect", x=middle - width / 2, y=top, width=width, height=height,
                **_filled(mark, colour),
            )  # fmt: skip
        if at in written:
            y = base + height + SMALL if mark.size < 0 else top - 4
            labels.append(_Label(mark.label, _within(middle, mark.label), y))
    _written_labels(canvas, labels, marks, band, base)


def _line(
    canvas: _Canvas,
    marks: Sequence[Mark],
    band: float,
    base: float,
    scale: Decimal,
    colour: str,
) -> None:
    points = [
        None if mark.size is None else (band * (at + 0.5), base - float(mark.size * scale))
        for at, mark in enumerate(marks)
    ]
    for (one, other), mark in zip(pairwise(points), marks[1:], strict=True):
        if mark.broken and other is not None:
            x = other[0] - band / 2
            canvas.add(
                "path", d=f"M{_written(x)} {_written(base)}v-{LEAST + SMALL}", stroke=SOFT,
                stroke_width=1.5, stroke_dasharray="3 3",
            )  # fmt: skip
        elif one is not None and other is not None:
            path = " ".join(f"{_written(x)} {_written(y)}" for x, y in (one, other))
            canvas.add("path", d=f"M{path}", stroke=colour, stroke_width=2)
    written = _labelled(marks, band)
    labels: list[_Label] = []
    for at, (point, mark) in enumerate(zip(points, marks, strict=True)):
        if point is None:
            continue
        canvas.add("circle", cx=point[0], cy=point[1], r=4, **_filled(mark, colour))
        if at in written:
            labels.append(_Label(mark.label, _within(point[0], mark.label), point[1] - 8))
    _written_labels(canvas, labels, marks, band, base)


class _Label(NamedTuple):
    text: str
    x: float
    y: float

    def lies_over(self, other: "_Label") -> bool:
        """Return whether two labels, each written around its x and above its y, share a place."""
        cells = cell_len(self.text) + cell_len(other.text)
        return abs(self.x - other.x) < cells * SMALL * CELL / 2 and abs(self.y - other.y) < SMALL


def _written_labels(
    canvas: _Canvas, labels: Sequence[_Label], marks: Sequence[Mark], band: float, base: float
) -> None:
    """Write the labels, and a sign for each mark without a value unless a label lies there."""
    for at, mark in enumerate(marks):
        sign = _Label("-", band * (at + 0.5), base - 4)
        if mark.size is None and not any(map(sign.lies_over, labels)):
            canvas.text(*sign)
    for label in labels:
        canvas.text(*label)


def _within(middle: float, label: str) -> float:
    """Return the middle of a label, moved so far that it ends within the picture."""
    half = cell_len(label) * SMALL * CELL / 2
    return min(max(middle, half), WIDTH - half)


def _filled(mark: Mark, colour: str) -> dict[str, object]:
    if not mark.doubtful:
        return {"fill": colour}
    return {"fill": "#fff", "stroke": colour, "stroke_width": 1.5, "stroke_dasharray": "3 2"}


def _labelled(marks: Sequence[Mark], band: float) -> frozenset[int]:
    """Return which marks have a label: all where there is room, else the ends and the extremes."""
    widest = max(cell_len(mark.label) for mark in marks) * SMALL * CELL
    if widest <= band - 1:
        return frozenset(range(len(marks)))
    sized = [(mark.size, at) for at, mark in enumerate(marks) if mark.size is not None]
    chosen = [max(sized)[1], *(at for _, at in (sized[0], sized[-1], min(sized)))]
    room = int(widest / band) + 2  # those at the ends are moved inwards
    kept: list[int] = []
    for at in chosen:
        if all(abs(at - other) >= room for other in kept):
            kept.append(at)
    return frozenset(kept)


def _categories(canvas: _Canvas, names: Sequence[str], band: float) -> None:
    cells = max(2, int((band - 2) / (SMALL * CELL)))
    folded = [[part for line in n.split("\n") for part in fold(line, cells)] for n in names]
    for at, lines in enumerate(folded):
        for number, line in enumerate(lines, 1):
            y = canvas.y + number * (SMALL + 3) - 2
            x = band * (at + 0.5)
            canvas.text(line, x, y)
    canvas.y += max(map(len, folded)) * (SMALL + 3) + 4


def _targets(canvas: _Canvas, panels: Sequence[Panel]) -> None:
    colours = {
        TargetStatus.MISSED: MISSED,
        TargetStatus.PENDING: PENDING,
        TargetStatus.ONGOING: PENDING,
    }
    most = max([Decimal(100), *(size for panel in panels for size in _sizes(panel))])
    goal = _written(float(100 / most) * (WIDTH - 2))
    for panel in panels:
        canvas.paragraph(panel.name, LETTERS, INK, font_weight="bold")
        (mark,) = panel.marks
        canvas.paragraph(mark.label, SMALL, INK)
        width = max(float((mark.size or 0) / most) * (WIDTH - 2), SLIVER if mark.size else 0)
        colour = colours.get(panel.verdict or TargetStatus.MET, DEEP)
        canvas.add("rect", x=0, y=canvas.y + 4, width=width, height=BAR, **_filled(mark, colour))
        canvas.add(
            "path", d=f"M{goal} {canvas.y}v{BAR + 8}", stroke=INK, stroke_width=1.5,
            stroke_dasharray="4 3",
        )  # fmt: skip
        canvas.y += BAR + 12


def _sizes(panel: Panel) -> Iterator[Decimal]:
    return (mark.size for mark in panel.marks if mark.size is not None)
