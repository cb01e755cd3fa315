"""Elements by where they stand in the bytes of a part."""

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.report.office.markup import Edit, UnreadablePartError, edited, elements, opening_tag

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def test_elements_are_found_by_their_local_names() -> None:
    """Prefixes, attributes with `>`, self-closing ones, and what lies within what."""
    part = '<a:r xmlns:a="u"><a:c q="1>2" r=\'"\'>あ<a:v/>い</a:c><a:c/></a:r>'.encode()
    outer, inner, alone = elements(part, ("c", "v"))
    assert (outer.tag, outer.attributes, outer.text, outer.owner) == (
        "a:c",
        {"q": "1>2", "r": '"'},
        "あい",
        -1,
    )
    assert part[outer.start : outer.end].decode() == '<a:c q="1>2" r=\'"\'>あ<a:v/>い</a:c>'
    assert part[outer.inner : outer.inner_end].decode() == "あ<a:v/>い"
    assert (part[inner.start : inner.end], inner.owner) == (b"<a:v/>", 0)
    assert (part[alone.start : alone.end], alone.inner, alone.inner_end) == (
        b"<a:c/>",
        alone.end,
        alone.end,
    )
    assert opening_tag(outer, q=None, s="<") == '<a:c r="&quot;" s="&lt;">'


@given(st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), max_size=6))
def test_an_edit_changes_its_element_alone(cells: list[tuple[str, str, bool]]) -> None:
    """Whatever stands before, between and behind comes back byte for byte."""
    pieces = [f"{escape(gap)}<t>{escape(text)}</t><!-- <t> -->" for gap, text, _ in cells]
    part = f"<r>{''.join(pieces)}</r>".encode()
    every = elements(part, ("t",))
    assert [each.text for each in every] == [text for _, text, _ in cells]
    edits = [
        Edit(each.start, each.end, b"<new/>")
        for each, (_, _, changes) in zip(every, cells, strict=True)
        if changes
    ]
    expected = [
        f"{escape(gap)}{'<new/>' if changes else f'<t>{escape(text)}</t>'}<!-- <t> -->"
        for gap, text, changes in cells
    ]
    assert edited(part, edits) == f"<r>{''.join(expected)}</r>".encode()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (b"<r>", "no XML"),
        ("<r/>".encode("utf-16"), "UTF-8"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><r/>', "UTF-8"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "document type"),
    ],
)
def test_what_cannot_be_changed_surely_is_refused(part: bytes, said: str) -> None:
    """Another encoding, entities, broken XML: the offsets would be of something else."""
    with pytest.raises(UnreadablePartError) as raised:
        elements(part, ("r",))
    assert said in raised.value.reason.en
