"""The parts of a workbook: its sheets, texts, number formats, and the year it counts from."""

import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import (
    SHARED_STRINGS,
    SHEET_MAIN_NS,
    STYLES_TYPE,
)

from kpicli.errors import InputError
from kpicli.loaders.container import damaged, open_workbook
from kpicli.loaders.number_formats import NumberFormat, number_format
from kpicli.loaders.xml_bounds import BrokenPartError, elements, read_manifest, read_whole
from kpicli.wording import Text

NAMESPACE = f"{{{SHEET_MAIN_NS}}}"
_STRICT = b"http://purl.oclc.org/ooxml"
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f]|005F)_")


_TELLING = (BrokenPartError, zipfile.BadZipFile, ParseError, KeyError)  # their words show no cell
_BROKEN = (
    *_TELLING,
    zlib.error,
    lzma.LZMAError,
    DefusedXmlException,
    EOFError,
    OSError,
    NotImplementedError,
    LookupError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, whether it is in sight, and where its cells are in the zip."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """What the sheets of a workbook share. `formats` goes by the style number of a cell."""

    archive: zipfile.ZipFile
    shown: str
    sheets: tuple[SheetPart, ...]
    texts: Sequence[str]
    formats: Sequence[NumberFormat]
    epoch_1904: bool


def read_package(content: bytes, shown: str) -> Package:
    """Return the parts of the workbook in `content`; chart sheets are left out.

    openpyxl reads the workbook itself; texts and formats are read here, since openpyxl changes the
    ids of number formats and gives up on flaws of fonts and colours that no figure needs.
    Raises `InputError` for a broken, encrypted, oversized or Strict Open XML workbook.
    """
    _require_defusedxml()
    archive = open_workbook(content, shown)
    with reading(shown), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on parts that kpicli never reads
        reader = _read_with_openpyxl(content, shown)
        sheets = tuple(
            SheetPart(str(sheet.name), sheet.state == "visible", str(rel.target))
            for sheet, rel in reader.parser.find_sheets()
            if str(rel.Type).endswith("/worksheet")
        )
        texts = _part(reader, SHARED_STRINGS)
        styles = _part(reader, STYLES_TYPE)
        return Package(
            archive,
            shown,
            sheets,
            _read_texts(archive, texts) if texts else (),
            _read_formats(read_whole(archive, styles)) if styles else (NumberFormat(),),
            reader.wb.epoch == CALENDAR_MAC_1904,
        )


@contextmanager
def reading(shown: str) -> Iterator[None]:
    """Turn whatever a broken zip or XML raises within the block into one `InputError`."""
    try:
        yield
    except _BROKEN as error:
        told = f": {error}" if isinstance(error, _TELLING) else ""
        raise damaged(shown, type(error).__name__ + told) from None


def text_of(element: Element) -> str:
    """Return the text of a string element, its runs joined, the phonetic readings left out."""
    runs = [element, *element.findall(f"{NAMESPACE}r")]
    text = "".join(run.findtext(f"{NAMESPACE}t") or "" for run in runs)
    return unescaped(text)


def unescaped(text: str) -> str:
    """Return `text` with `_x000D_` and its kin (control characters in XML) put back."""
    if "_x00" not in text:
        return text
    return _CONTROL.sub(lambda found: chr(int(found[1], 16)), text)


def _require_defusedxml() -> None:
    if not openpyxl.DEFUSEDXML:
        raise InputError(
            Text(
                "defusedxml が無効なため、Excel ブックを安全に読めません",
                "workbooks cannot be read safely, since defusedxml is off",
            ),
            Text(
                "defusedxml を入れ、環境変数 OPENPYXL_DEFUSEDXML を消してください",
                "install defusedxml and unset the environment variable OPENPYXL_DEFUSEDXML",
            ),
        )


def _read_with_openpyxl(content: bytes, shown: str) -> ExcelReader:
    reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        read_manifest(reader)
        for name in reader.valid_files:
            if name.startswith("xl/workbook") and _STRICT in reader.archive.read(name):
                raise _strict(shown)
        reader.read_workbook()
    except (TypeError, AttributeError) as error:  # openpyxl's way with missing or odd attributes
        raise damaged(shown, type(error).__name__) from None
    return reader


def _strict(shown: str) -> InputError:
    return InputError(
        Text(
            f"{shown}: 「厳密な Open XML」形式のブックは読めません",
            f"{shown}: workbooks of the kind Strict Open XML cannot be read",
        ),
        Text(
            "Excel で開き、「Excel ブック (*.xlsx)」として保存し直してください",
            "open it in Excel and save it as an Excel workbook (*.xlsx)",
        ),
    )


def _part(reader: ExcelReader, content_type: str) -> str | None:
    parts = (o.PartName for o in reader.package.Override if o.ContentType == content_type)
    return next((str(part).lstrip("/") for part in parts), None)


def _read_texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    texts: list[str] = []
    with archive.open(part) as xml:
        for element in elements(xml, f"{NAMESPACE}si"):
            if element.tag == f"{NAMESPACE}si":
                texts.append(text_of(element))
    return texts


def _read_formats(xml: bytes) -> tuple[NumberFormat, ...]:
    """Return the number format of every cell style, the file's own codes before the built-in."""
    root = fromstring(xml, forbid_dtd=True)
    codes = {
        int(found.get("numFmtId", "0")): found.get("formatCode", "")
        for found in root.iterfind(f"{NAMESPACE}numFmts/{NAMESPACE}numFmt")
    }
    styles = root.iterfind(f"{NAMESPACE}cellXfs/{NAMESPACE}xf")
    numbers = [int(style.get("numFmtId", "0")) for style in styles]
    return tuple(number_format(number, codes.get(number)) for number in numbers) or (
        NumberFormat(),
    )
