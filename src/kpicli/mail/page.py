"""HTML for mail: tables and attributes alone, which Outlook and Gmail lay out alike."""

from collections.abc import Iterator, Sequence
from html import escape

from kpicli.base.wording import Language, Text
from kpicli.output.page.document import (
    Column,
    Document,
    Figures,
    Line,
    Listing,
    Notes,
    Tone,
    with_joined_states,
)
from kpicli.output.page.safety import plain

MOST_BYTES = 90_000
"""Gmail clips a message whose HTML is longer than 102 KB."""

LEFT_OUT = Text(
    "長いため、ここまでにしました。続きは本文のテキスト版にあります。",
    "It is too long to be shown in full; the rest is in the plain text of this message.",
)
_FONT = "font-family:'Meiryo','Hiragino Sans',sans-serif;font-size:14px"
_TABLE = '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">'
_BACKGROUND: dict[Tone, str] = {"missed": "#fde0dc", "doubtful": "#fff3cd"}


def render_mail(
    document: Document, first: Sequence[str], introduction: Sequence[str], language: Language
) -> str:
    """Return the document as HTML of at most `MOST_BYTES`, what comes `first` at its top.

    Nothing is fetched from anywhere: there are no images, links, scripts or style sheets. What
    does not fit is left out from the end, and a line says so.
    """
    lines = [
        *_head(first, introduction, language),
        *_cut(list(_body(document)), language),
        "</td></tr></table></body></html>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _head(first: Sequence[str], introduction: Sequence[str], language: Language) -> Iterator[str]:
    yield f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"></head><body>'
    yield f'<table role="presentation" cellpadding="8"><tr><td style="{_FONT}">'
    if first:
        lines = "<br>".join(_safe(line) for line in first)
        yield '<table role="presentation" cellpadding="8"><tr><td bgcolor="#fff3cd">'
        yield f"<b>{lines}</b></td></tr></table>"
    if introduction:
        yield f"<p>{'<br>'.join(_safe(line) for line in introduction)}</p>"


def _body(document: Document) -> Iterator[str]:
    """Yield pieces that each stand alone, so that the end can be left out."""
    title, *others = document.opening
    yield f"<h3>{_safe(title.text)}</h3>{''.join(f'<p>{_safe(e.text)}</p>' for e in others)}"
    for block in document.blocks:
        match block:
            case Figures():
                yield from _tables(with_joined_states(block))
            case Listing():
                yield from _tables(block)
            case Notes():
                notes = "".join(f"<br>- {_safe(note)}" for note in block.lines)
                yield f"<p><b>{_safe(block.heading)}</b>{notes}</p>"


def _cut(pieces: list[str], language: Language) -> Iterator[str]:
    room = MOST_BYTES - 10_000  # for what stands first, and the introduction
    for piece in pieces:
        room -= len(piece.encode())
        if room < 0:
            yield f"<p><b>{_safe(LEFT_OUT.in_language(language))}</b></p>"
            return
        yield piece


def _tables(figures: Figures | Listing) -> Iterator[str]:
    names = "".join(_heading([column.name, *column.under]) for column in figures.columns)
    for section in figures.sections:
        rows = "\n".join(_line(line, figures.columns) for line in section.lines)
        yield (
            f"<p><b>{_safe(section.heading)}</b></p>\n"
            f"{_TABLE}<tr>{_heading([figures.item])}{names}</tr>\n{rows}\n</table>"
        )


def _heading(parts: Sequence[str]) -> str:
    return f'<th bgcolor="#eeeeee">{"<br>".join(_safe(part) for part in parts)}</th>'


def _line(line: Line, columns: Sequence[Column]) -> str:
    color = _BACKGROUND.get(line.tone)
    row = "<tr>" if color is None else f'<tr bgcolor="{color}">'
    name = "&nbsp;&nbsp;&nbsp;" * line.depth + _safe(line.name)
    cells = "".join(
        _cell(cell, right=column.right) for column, cell in zip(columns, line.cells, strict=True)
    )
    return f"{row}<td>{name}</td>{cells}</tr>"


def _cell(text: str, *, right: bool = False) -> str:
    return f'<td align="right" nowrap>{_safe(text)}</td>' if right else f"<td>{_safe(text)}</td>"


def _safe(text: str) -> str:
    return escape(plain(text))
