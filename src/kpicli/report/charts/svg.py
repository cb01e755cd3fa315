"""An SVG made fit for a page: text alternatives, ids of its own, patterns beside colours."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as Xml

from defusedxml.ElementTree import fromstring

SVG = "http://www.w3.org/2000/svg"
_PATTERNS = (
    "",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M2 2h1.6v1.6h-1.6zM6 6h1.6v1.6h-1.6z",
    "M0 4H8",
    "M4 0V8",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
)
"""White marks on a colour, in tiles of 8; the first colour stays plain."""

_ROLES = ("role", "aria-roledescription", "aria-label")
"""Attributes that Vega writes at the parts of a picture, which is read as one."""


def accessible(
    svg: str, name: str, title: str, description: str, colours: Mapping[str, int]
) -> str:
    """Return the drawing as an element for a page.

    It is one picture to a screen reader, named and described by its own title and desc; its ids
    begin with `name`, so that several can stand on one page; each of the `colours` gets the pattern
    of its number; it has no fixed size.
    """
    Xml.register_namespace("", SVG)
    root = fromstring(_own_ids(svg, name))
    for attribute in ("width", "height", "class", "style"):
        root.attrib.pop(attribute, None)
    marks = [_pattern(name, colour, number) for colour, number in colours.items()]
    for element in root.iter():
        fill = element.get("fill", "")
        if fill in colours and _PATTERNS[colours[fill]]:
            element.set("fill", f"url(#{name}-pattern{colours[fill]})")
        for attribute in [key for key in element.attrib if key in _ROLES]:
            element.attrib.pop(attribute)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    definitions = Xml.Element(f"{{{SVG}}}defs")
    definitions.extend(mark for mark in marks if mark is not None)
    root[:0] = [_text("title", title, name), _text("desc", description, name), definitions]
    return Xml.tostring(root, encoding="unicode")


def _own_ids(svg: str, name: str) -> str:
    named = re.sub(r'\bid="', f'id="{name}-', svg)
    named = re.sub(r"url\(#", f"url(#{name}-", named)
    return re.sub(r'href="#', f'href="#{name}-', named)


def _text(tag: str, words: str, name: str) -> Xml.Element:
    element = Xml.Element(f"{{{SVG}}}{tag}", id=f"{name}-{tag}")
    element.text = words
    return element


def _pattern(name: str, colour: str, number: int) -> Xml.Element | None:
    if not _PATTERNS[number]:
        return None
    pattern = Xml.Element(
        f"{{{SVG}}}pattern",
        id=f"{name}-pattern{number}",
        width="8",
        height="8",
        patternUnits="userSpaceOnUse",
    )
    Xml.SubElement(pattern, f"{{{SVG}}}rect", width="8", height="8", fill=colour)
    drawn = {"d": _PATTERNS[number], "stroke": "#fff", "fill": "none", "stroke-width": "1.4"}
    Xml.SubElement(pattern, f"{{{SVG}}}path", drawn)
    return pattern
