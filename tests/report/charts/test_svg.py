"""A drawing is made fit to stand in a page."""

from xml.etree import ElementTree as Xml

import pytest
from defusedxml.common import DefusedXmlException

from kpicli.report.charts.svg import SVG, accessible

DRAWING = (
    f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks" width="9"'
    ' height="9" style="x" viewBox="0 0 9 9"><defs><clipPath id="clip"><rect/></clipPath></defs>'
    '<g role="graphics-object" aria-label="bars" clip-path="url(#clip)">'
    '<path fill="#111111"/><path fill="#222222"/><use xlink:href="#clip"/></g></svg>'
)


def made(title: str = "題", description: str = "説明") -> Xml.Element:
    """Return the drawing as a page's element: the second colour is the first with a pattern."""
    colours = {"#111111": 0, "#222222": 1}
    return Xml.fromstring(accessible(DRAWING, "fd-x", title, description, colours))


def test_it_is_one_picture_with_a_name_and_a_description() -> None:
    """A screen reader reads title and description, and none of the parts."""
    root = made("<題>", "a & b")
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "fd-x-title fd-x-desc")
    assert [(e.tag.split("}")[1], e.get("id"), e.text) for e in root[:2]] == [
        ("title", "fd-x-title", "<題>"),
        ("desc", "fd-x-desc", "a & b"),
    ]
    assert not [e for e in root.iter() if e is not root and (e.get("role") or e.get("aria-label"))]


def test_it_grows_with_its_page() -> None:
    """No fixed size is left, only the shape."""
    root = made()
    assert [root.get(name) for name in ("width", "height", "class", "style")] == [None] * 4
    assert root.get("viewBox") == "0 0 9 9"


def test_ids_and_what_points_at_them_are_its_own() -> None:
    """Two drawings on a page do not share an id."""
    root = made()
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert "fd-x-clip" in ids
    assert all(name is not None and name.startswith("fd-x-") for name in ids)
    assert [e.get("clip-path") for e in root.iter() if e.get("clip-path")] == ["url(#fd-x-clip)"]
    link = "{http://www.w3.org/1999/xlink}href"
    assert [e.get(link) for e in root.iter() if e.get(link)] == ["#fd-x-clip"]


def test_patterns_tell_colours_apart() -> None:
    """The first colour is plain, the second is drawn with marks on it."""
    root = made()
    fills = [e.get("fill") for e in root.iter(f"{{{SVG}}}path") if e.get("fill") != "none"]
    assert fills == ["#111111", "url(#fd-x-pattern1)"]
    pattern = next(root.iter(f"{{{SVG}}}pattern"))
    assert [child.get("fill") for child in pattern] == ["#222222", "none"]


def test_a_drawing_with_entities_is_refused() -> None:
    """What could unpack to more than it is never gets into a page."""
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + DRAWING
    with pytest.raises(DefusedXmlException):
        accessible(bomb, "fd-x", "題", "説明", {})
