"""HTML for mail: one column that a phone shows whole, laid out alike by Outlook and Gmail.

Every colour of a text stands with one behind it, so that no mailbox makes a warning invisible when
it turns a light page dark; those that read style sheets get dark colours of our own.
"""

from collections.abc import Iterator, Sequence
from html import escape

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.output.page.document import Document, Figures, Line, Listing, Notes, Tone
from kpicli.output.page.safety import plain

MOST_BYTES = 58_000
"""Gmail clips a message whose HTML is longer than 102 KB; on a phone this is long already."""

LEFT_OUT = Text(
    "長いため、ここまでにしました。続きは本文のテキスト版にあります。",
    "It is too long to be shown in full; the rest is in the plain text of this message.",
)
_LINK = Text("公表ページを開く", "Open the published page")
_NUMBERS = Text("主な数値", "Main figures")
_FIGURES = Text("すべての数値", "All figures")

_TEXT, _PAPER, _FAINT = "#1f2328", "#ffffff", "#57606a"
_TONES: dict[Tone, tuple[str, str, str]] = {
    "missed": ("m", "#6e1410", "#fde0dc"),
    "doubtful": ("d", "#4d3a00", "#fff3cd"),
}
"""Of each: its class, the colour of its text, and the one behind it."""

_DARK = (
    ("body,.p,.t td,.t th", "#e6e8ea", "#16181c"),
    (".d,.t .d td,.t .d th,.d .f,.t .d .f", "#ffe9a8", "#3f3200"),
    (".m,.t .m td,.t .m th,.m .f,.t .m .f", "#ffd9d3", "#4a1d1a"),
    (".f", "#a9b1ba", "transparent"),
    ("a", "#8ab4ff", "transparent"),
)
_FONT = "font-family:Meiryo,'Hiragino Sans','Noto Sans CJK JP',sans-serif"


class MainFigure(Struct, frozen=True):
    """A figure of those that stand first: its title, value, and changes, each with since when."""

    title: str
    value: str
    changes: tuple[str, ...] = ()


class Top(Struct, frozen=True):
    """What a reader sees before the table; `link` is the address of the page, "" for none."""

    verdict: str
    tone: Tone
    concerns: tuple[str, ...]
    introduction: tuple[str, ...]
    figures: tuple[MainFigure, ...]
    link: str = ""


def render_mail(document: Document, top: Top, language: Language) -> str:
    """Return the document as HTML of at most `MOST_BYTES`, its `top` above the tables.

    Nothing is fetched from anywhere: there are no images, scripts or foreign style sheets. What
    does not fit is left out from the end, and a line says so.
    """
    title = document.opening[0].text
    head = [*_head(title, language), *_top(title, top, language)]
    room = MOST_BYTES - len("".join(head).encode()) - 1_000  # for the end, and what is left out
    lines = [*head, *_cut(list(_body(document, language)), room, language), "</div></body></html>"]
    return "".join(f"{line}\n" for line in lines)


def _head(title: str, language: Language) -> Iterator[str]:
    dark = "".join(
        f"{names}{{color:{text}!important;background:{behind}!important}}"
        for names, text, behind in _DARK
    )
    yield f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{_safe(title)}</title>"
    yield f"<style>@media (prefers-color-scheme:dark){{{dark}}}</style></head>"
    yield f'<body style="margin:0;padding:0;color:{_TEXT};background:{_PAPER}">'
    width = "max-width:640px;margin:0 auto;padding:12px;box-sizing:border-box"
    colors = f"color:{_TEXT};background:{_PAPER}"
    yield f'<div class="p" role="main" style="{width};{colors};{_FONT};font-size:15px">'


def _top(title: str, top: Top, language: Language) -> Iterator[str]:
    yield f'<h1 style="font-size:18px;margin:0 0 8px">{_safe(title)}</h1>'
    yield _box([f"<b>{_safe(top.verdict)}</b>"], top.tone)
    if top.introduction:
        yield f"<p>{'<br>'.join(_safe(line) for line in top.introduction)}</p>"
    if top.figures:
        yield _heading(_NUMBERS.in_language(language))
        rows = "\n".join(_main_figure(each) for each in top.figures)
        yield f"{_table()}\n{rows}\n</table>"
    if top.concerns:
        yield _box([_safe(line) for line in top.concerns], "doubtful")
    if top.link:
        words = _LINK.in_language(language)
        style = "color:#0b57d0;font-weight:bold"
        yield f'<p><a href="{escape(top.link)}" style="{style}">{words}</a></p>'


def _box(lines: Sequence[str], tone: Tone) -> str:
    name, text, behind = _TONES.get(tone, ("", _TEXT, "#e7f3ea"))
    kind = f' class="{name}"' if name else ' class="p"'
    colors = f"color:{text};background:{behind}"
    return f'<p{kind} style="margin:8px 0;padding:8px;{colors}">{"<br>".join(lines)}</p>'


def _main_figure(figure: MainFigure) -> str:
    changes = "".join(f"<br>{_faint(change)}" for change in figure.changes)
    return _row("", _safe(figure.title), f"<b>{_safe(figure.value)}</b>{changes}")


def _body(document: Document, language: Language) -> Iterator[str]:
    """Yield pieces that each stand alone, so that the end can be left out."""
    yield _heading(_FIGURES.in_language(language))
    others = document.opening[1:]
    yield "".join(f"<p>{_faint(entry.text)}</p>" for entry in others)
    for block in document.blocks:
        match block:
            case Figures() | Listing():
                yield from _tables(block)
            case Notes():
                notes = "".join(f"<br>- {_safe(note)}" for note in block.lines)
                yield f"<p><b>{_safe(block.heading)}</b>{notes}</p>"


def _cut(pieces: list[str], room: int, language: Language) -> Iterator[str]:
    for piece in pieces:
        room -= len(piece.encode()) + 1
        if room < 0:
            yield f"<p><b>{_safe(LEFT_OUT.in_language(language))}</b></p>"
            return
        yield piece


def _tables(block: Figures | Listing) -> Iterator[str]:
    value = block.value if isinstance(block, Figures) else None
    names = [column.name for column in block.columns]
    for section in block.sections:
        rows = "\n".join(_line(line, names, value) for line in section.lines)
        heading = _heading(section.heading, 3) if section.heading else ""
        yield f"{heading}\n{_table()}\n{rows}\n</table>"


def _line(line: Line, names: Sequence[str], value: int | None) -> str:
    """Return a row of two cells: the name with what is said beside the value, and the value."""
    beside = [
        _beside(name, cell)
        for place, (name, cell) in enumerate(zip(names, line.cells, strict=True))
        if cell and place != value
    ]
    name = "&emsp;" * line.depth + _safe(line.name)
    details = "".join(f"<br>{'&emsp;' * line.depth}{_faint(words)}" for words in beside)
    shown = "" if value is None else _safe(line.cells[value])
    return _row(line.tone, f"{name}{details}", shown)


def _beside(name: str, cell: str) -> str:
    return f"{name} {cell}".strip()


def _row(tone: Tone, name: str, value: str) -> str:
    kind, colors = "", ""
    if tone in _TONES:
        known, text, behind = _TONES[tone]
        kind, colors = f' class="{known}"', f' style="color:{text};background:{behind}"'
    number = f'<td align="right" valign="top" nowrap>{value}</td>'
    return f'<tr{kind}{colors}><th scope="row" align="left">{name}</th>{number}</tr>'


def _table() -> str:
    width = 'width="100%" cellspacing="0" cellpadding="5" border="1"'
    style = (
        f"border-collapse:collapse;border-color:#d0d7de;font-weight:normal;font-size:14px;{_FONT}"
    )
    return f'<table class="t" {width} style="{style}">'


def _heading(text: str, level: int = 2) -> str:
    size = {2: 16, 3: 14}[level]
    return f'<h{level} style="font-size:{size}px;margin:14px 0 6px">{_safe(text)}</h{level}>'


def _faint(text: str) -> str:
    return f'<span class="f" style="font-weight:normal;color:{_FAINT}">{_safe(text)}</span>'


def _safe(text: str) -> str:
    return escape(plain(text))
