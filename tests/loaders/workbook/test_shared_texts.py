"""A list of texts in bulk is the list read text by text."""

import zipfile
from io import BytesIO
from xml.etree.ElementTree import ParseError

import pytest
from defusedxml.common import DTDForbidden
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.workbook import shared_texts
from kpicli.loaders.workbook.shared_texts import read_texts
from kpicli.loaders.workbook.xml_bounds import elements
from support.workbooks import MAIN

ROOT = f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}" count="9">'
ITEMS = {
    "<t>感謝</t>": "感謝",
    '<t xml:space="preserve"> a\n</t>': " a\n",
    "<t>A&amp;B &lt;x&gt; &#x611F;</t>": "A&B <x> 感",
    "<t>a > b</t>": "a > b",
    "<t></t>": "",
    "<t/>": "",
    "": "",
    "<r><t>感</t></r><r><rPr><b/></rPr><t>謝</t></r>": "感謝",
    '<t>感謝</t><rPh sb="0" eb="1"><t>カンシャ</t></rPh><phoneticPr fontId="1"/>': "感謝",
    "<t>_x000D_</t>": "\r",
    "<t>_x005F_x000D_</t>": "_x000D_",
    "<t>_x005F_x000D_&amp;</t>": "_x000D_&",
    "<x/><t>a</t>": "a",
}


def texts(xml: str, monkeypatch: pytest.MonkeyPatch, *, small: int) -> list[str]:
    """Return the texts of a list; up to `small` bytes one by one."""
    monkeypatch.setattr(shared_texts, "SMALL", small)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("t.xml", xml)
        return list(read_texts(archive, "t.xml"))


def test_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of item is read, wherever the list is cut, and only in bulk where it is long."""
    xml = f"{ROOT}{''.join(f'<si>{item}</si>' for item in ITEMS)}</sst>"
    assert texts(xml, monkeypatch, small=1 << 20) == [*ITEMS.values()]
    monkeypatch.setattr(shared_texts, "elements", only_around)
    for first in (200, 300, 1 << 20):
        monkeypatch.setattr(shared_texts, "PROLOG", first)
        for piece in range(1, 400, 13):
            monkeypatch.setattr(shared_texts, "_PIECE", piece)
            assert texts(xml, monkeypatch, small=0) == [*ITEMS.values()]


def only_around(xml: BytesIO, taken: str) -> object:
    """Return the elements of what stands around the texts: one, with `x`."""
    assert xml.getvalue().count(b"<si>") == 1
    return elements(xml, taken)


@given(st.lists(st.lists(st.sampled_from([*ITEMS, "</si>", "<si>", "x", "<t>", "&"]), max_size=3)))
def test_any_items(drawn: list[list[str]]) -> None:
    """Whatever the items are, in bulk is as one by one, or refused as there."""
    xml = f"{ROOT}{''.join(f'<si>{chr(10).join(item)}</si>' for item in drawn)}</sst>"
    with pytest.MonkeyPatch.context() as monkeypatch:
        try:
            each = texts(xml, monkeypatch, small=1 << 20)
        except ParseError:
            with pytest.raises(ParseError):
                texts(xml, monkeypatch, small=0)
        else:
            assert texts(xml, monkeypatch, small=0) == each


@pytest.mark.parametrize(
    "items",
    [
        "<si><t>a</t></si> <si><t>b</t></si>",
        "<si><t>a</t></si><si/><si><t>b</t></si>",
        "<si><t><![CDATA[</t></si><si><t>]]></t></si>",
        "<!-- <si><t>a</t></si> --><si><t>b</t></si>",
        '<si xml:space="preserve"><t>a</t></si><si><t>b</t></si>',
        "<si><t>a\r\nb</t></si>",
        "<si><x><t>a</t></x></si>",
        "<si><t>a</t><t>b</t></si>",
        "<x><si><t>a</t></si></x>",
        "<si><t>a</t><si><t>b</t></si></si>",
        f'<si><t>a</t><x:si xmlns:x="{MAIN}"><x:t>b</x:t></x:si></si>',
    ],
)
def test_odd_lists(items: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that few programs write are read as they are one by one."""
    for root in (ROOT, ROOT.replace(MAIN, "urn:x")):
        xml = f"{root}{items}</sst>"
        each = texts(xml, monkeypatch, small=1 << 20)
        assert texts(xml, monkeypatch, small=0) == each


@pytest.mark.parametrize(
    "items",
    [
        "<si><t>\x01</t></si>",
        "<si><t>\uffff</t></si>",
        "<si><t>]]></t></si>",
        "<si><t>&nope;</t></si>",
        "<si><t>a</si></t>",
        "<si><t>a</t></si></sst><sst>",
        "<si><y:t>a</y:t></si>",
    ],
)
def test_broken_lists(items: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no XML is none in bulk either."""
    with pytest.raises(ParseError):
        texts(f"{ROOT}{items}</sst>", monkeypatch, small=0)
    declared = f'<!DOCTYPE x [<!ENTITY nope "x">]>{ROOT.partition(chr(10))[2]}{items}</sst>'
    with pytest.raises(DTDForbidden):
        texts(declared, monkeypatch, small=0)
