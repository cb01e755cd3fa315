"""The parts of a workbook: its sheets, texts, number formats, and the year it counts from."""

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.loaders.workbook.container import DAMAGED_ZIP, UNKNOWN_METHOD, damaged, open_workbook
from kpicli.loaders.workbook.manifest import MAIN, SheetPart, read_contents, read_manifest
from kpicli.loaders.workbook.number_formats import NumberFormat, number_format
from kpicli.loaders.workbook.shared_texts import read_texts
from kpicli.loaders.workbook.xml_bounds import BrokenPartError, read_tree

_LONGEST_FORMAT = 1_000
"""Characters of a number format; Excel permits 255."""


_BROKEN = (
    BrokenPartError,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    zlib.error,
    lzma.LZMAError,
    DefusedXmlException,
    EOFError,
    OSError,
    NotImplementedError,
    LookupError,
    ValueError,
    ArithmeticError,
)


class Package(Struct, frozen=True):
    """The parts that sheets of a workbook share.

    `formats` and `indents` (of text, in steps) go by the style number of a cell; where no style has
    an indent there are none.
    """

    archive: zipfile.ZipFile
    label: str
    sheets: tuple[SheetPart, ...]
    texts: Sequence[str]
    formats: Sequence[NumberFormat]
    indents: Sequence[int]
    epoch_1904: bool

    def __reduce__(self) -> tuple[Callable[..., "Package"], tuple[object, ...]]:
        """Travel to another process without archive and texts, which are read by then."""
        return _of_cells, (self.label, self.formats, self.indents, self.epoch_1904)


def _of_cells(
    label: str, formats: Sequence[NumberFormat], indents: Sequence[int], epoch_1904: bool
) -> Package:
    nothing = zipfile.ZipFile(BytesIO(), "w")
    return Package(nothing, label, (), (), formats, indents, epoch_1904)


def read_package(content: bytes, label: str) -> Package:
    """Return the parts of the workbook in `content`; chart sheets are left out.

    Raises `InputError` for a broken, encrypted or oversized workbook.
    """
    archive = open_workbook(content, label)
    with reading(label):
        manifest = read_manifest(archive)
        texts, styles_part = (_there(archive, p) for p in (manifest.texts, manifest.styles))
        contents = read_contents(archive, manifest.workbook)
        none = ((NumberFormat(), 0),)
        styles = _read_styles(archive, styles_part) if styles_part else none
        return Package(
            archive,
            label,
            contents.sheets,
            read_texts(archive, texts) if texts else (),
            tuple(form for form, _ in styles),
            tuple(indent for _, indent in styles) if any(indent for _, indent in styles) else (),
            contents.epoch_1904,
        )


@contextmanager
def reading(label: str) -> Iterator[None]:
    """Turn whatever a broken zip or XML raises within the block into one `InputError`."""
    try:
        yield
    except _BROKEN as error:
        raise damaged(label, _reason(error)) from None


def _reason(error: Exception) -> Text:
    """Return what is wrong with a part, in words that show no cell and name no exception."""
    if isinstance(error, BrokenPartError):
        return error.reason
    if isinstance(error, DefusedXmlException):
        return Text("ブックにない文書型の宣言があります", "a document type is declared")
    if isinstance(error, ParseError | UnicodeError):
        return Text("XML として読めない部分があります", "a part is no XML that can be read")
    if isinstance(error, KeyError):
        return Text("必要な部分がありません", "a part that is needed is missing")
    if isinstance(error, zipfile.BadZipFile | zlib.error | lzma.LZMAError | EOFError | OSError):
        return DAMAGED_ZIP
    if isinstance(error, NotImplementedError):
        return UNKNOWN_METHOD
    return Text("内容が矛盾しています", "its parts contradict each other")


def _there(archive: zipfile.ZipFile, part: str | None) -> str | None:
    """Return a part that is in the zip, else None: one that is only listed may have no use either.

    Where a cell refers to it, its number is out of range, and the workbook is damaged.
    """
    try:
        return None if part is None else archive.getinfo(part).filename
    except KeyError:
        return None


def _bounded(code: str) -> str:
    # A format of a million zeros would show every id of a column with as many.
    if len(code) > _LONGEST_FORMAT:
        raise BrokenPartError(
            "表示形式が異常に長くなっています", "a number format of an abnormal length"
        )
    return code


def _read_styles(archive: zipfile.ZipFile, part: str) -> tuple[tuple[NumberFormat, int], ...]:
    """Return number format and indent of every cell style, the file's own codes before built-in."""
    root = read_tree(archive, part)
    codes = {
        int(own.get("numFmtId", "0")): _bounded(own.get("formatCode", ""))
        for own in root.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    styles = root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    numbers = [(int(style.get("numFmtId", "0")), _indent(style)) for style in styles]
    return tuple((number_format(number, codes.get(number)), own) for number, own in numbers) or (
        (NumberFormat(), 0),
    )


def _indent(style: Element) -> int:
    alignment = style.find(f"{MAIN}alignment")
    written = "" if alignment is None else alignment.get("indent", "")
    return int(written[:3]) if written.isdecimal() else 0
