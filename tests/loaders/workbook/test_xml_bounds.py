"""XML that declares a document type is never parsed, wherever the declaration stands."""

import time
from collections.abc import Callable
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

import pytest
from defusedxml.common import DTDForbidden

from kpicli.loaders.workbook.xml_bounds import BrokenPartError, elements, read_tree

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
ROOT = "<x><y>1</y></x>"


def by_element(xml: bytes) -> list[str]:
    """Return the tags of a part that is read element by element."""
    return [element.tag for element in elements(BytesIO(xml), "y", "x")]


def as_a_whole(xml: bytes) -> list[str]:
    """Return the tags of a part that is read as a whole."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("part", xml)
        return [element.tag for element in read_tree(archive, "part").iter()][::-1]


BOTH = pytest.mark.parametrize("read", [by_element, as_a_whole])


@BOTH
@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, "<!DOCTYPE x>"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        '<?xml version="1.0"?>',
        "\n" * 50_000,
        f"<!-- {'x' * 40_000} -->",
        "<?note x?><!-- <x> -->",
    ],
    ids=["first", "after the declaration", "far down", "after a comment", "after <x> in a comment"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_type(
    read: Callable[[bytes], list[str]], declared: str, before: str, encoding: str
) -> None:
    """A document type is refused, however far down it stands and in whatever encoding."""
    with pytest.raises(DTDForbidden):
        read(f"{before}{declared}{ROOT}".encode(encoding))


@BOTH
def test_a_document_type_in_another_code_page(read: Callable[[bytes], list[str]]) -> None:
    """An encoding that is declared hides none."""
    for name in ("windows-1252", "iso-8859-15", "koi8-r"):
        with pytest.raises(DTDForbidden):
            read(f'<?xml version="1.0" encoding="{name}"?>{BOMB}{ROOT}'.encode(name))


@BOTH
@pytest.mark.parametrize(
    "xml",
    [
        f"<x><y>1</y>{BOMB}</x>",
        f"{ROOT}{BOMB}",
        "<x><y>&a;</y></x>",
        f"\0{BOMB}{ROOT}",
        f"text{BOMB}{ROOT}",
        f"{BOMB[:9]}",
        "",
    ],
)
def test_what_is_no_xml(read: Callable[[bytes], list[str]], xml: str) -> None:
    """What is no XML, a declaration out of its place included, is refused as such."""
    with pytest.raises(ParseError):
        read(xml.encode())


@BOTH
@pytest.mark.parametrize("name", ["no-such", "shift_jis", "utf-16"])
def test_an_encoding_that_cannot_be_read(read: Callable[[bytes], list[str]], name: str) -> None:
    """A part in an encoding that the look at its beginning cannot follow is not parsed at all."""
    with pytest.raises((ParseError, LookupError, ValueError)):
        read(f'<?xml version="1.0" encoding="{name}"?>{BOMB}{ROOT}'.encode())


@BOTH
def test_words_that_only_look_so(read: Callable[[bytes], list[str]]) -> None:
    """A comment or a text may hold the words of a declaration."""
    xml = f"<!-- {BOMB} --><x><y><![CDATA[{BOMB}]]></y></x>"
    assert read(xml.encode()) == ["y", "x"]
    assert read(f"<x><y>{'z' * 100_000}</y></x>".encode()) == ["y", "x"]


@pytest.mark.parametrize(
    "xml",
    [
        f"<!-- {'x' * 3_000_000} -->{ROOT}",
        f"<x a='{'x' * 3_000_000}'><y>1</y></x>",
        "\n" * 3_000_000 + ROOT,
    ],
    ids=["comment", "attribute", "white space"],
)
@BOTH
def test_a_long_way_to_the_first_element(read: Callable[[bytes], list[str]], xml: str) -> None:
    """It is refused at once: a tag that goes on would be parsed anew with every piece."""
    started = time.process_time()
    with pytest.raises(BrokenPartError):
        read(xml.encode())
    assert time.process_time() - started < 5


def test_a_long_comment_among_the_elements() -> None:
    """Of eight megabytes it is read soon; beyond the bound it is refused."""
    started = time.process_time()
    long = f"<x><y>1</y><!-- {'x' * 8_000_000} --><y a='{'x' * 8_000_000}'/></x>"
    assert by_element(long.encode()) == ["y", "y", "x"]
    assert time.process_time() - started < 10
    with pytest.raises(BrokenPartError, match="an abnormal length"):
        by_element(f"<x><y>1</y><!-- {'x' * (33 << 20)} --></x>".encode())
